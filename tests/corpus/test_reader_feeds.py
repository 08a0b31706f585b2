"""RSS and Atom: whole texts and summaries, and what a feed says of its entries."""

from pathlib import Path

import pytest

from corpus import Article, Problem, RawArticle
from corpus.readers.feeds import read_feed
from tests.corpus.documents import ATOM, BODY, MORE, atom, read_all, read_one, read_problem, rss, where

LINK = "<link>https://gazette.example/dam</link>"


def test_an_rss_entry_with_its_whole_text(tmp_path: Path) -> None:
    item = (
        f"<title>Dam holds &amp;amp; rain stops</title>{LINK}<description>A teaser.</description>"
        f"<content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></content:encoded>"
        "<dc:creator>Ada Wick</dc:creator><dc:creator>Tom Bell</dc:creator><category>Esterby</category>"
        "<pubDate>Sat, 03 May 2031 08:00:00 +0200</pubDate>"
    )
    channel = "<title>Lowmarsh Gazette</title><language>en-gb</language><copyright>© 2031 Gazette Media</copyright>"
    found = read_one(tmp_path, "feed.xml", rss(item, channel=channel))
    assert found.text == f"Dam holds & rain stops\n\n{BODY}\n\n{MORE}"
    assert (found.title, found.outlet, found.authors) == (
        "Dam holds & rain stops",
        "Lowmarsh Gazette",
        ("Ada Wick", "Tom Bell"),
    )
    assert found.published == "2031-05-03T08:00:00+02:00"
    assert (found.language, found.section, found.copyright) == ("en-GB", "Esterby", "© 2031 Gazette Media")
    assert (found.url, found.id, found.record) == ("https://gazette.example/dam",) * 2 + (1,)
    assert not found.is_summary
    assert where(found)["published"] == "RSS pubDate"
    assert where(found)["copyright"] == "RSS feed/rights"


def test_a_description_is_a_summary(tmp_path: Path) -> None:
    found = read_one(tmp_path, "feed.rss", rss(f"<title>Dam holds</title><description>{BODY}</description>"))
    assert (found.text, found.is_summary) == (f"Dam holds\n\n{BODY}", True)


def test_a_second_description_is_no_whole_text(tmp_path: Path) -> None:
    item = f"<title>Dam holds</title><description>{BODY}</description><itunes:summary>{BODY}</itunes:summary>"
    assert read_one(tmp_path, "feed.rss", rss(item)).is_summary


def test_what_a_feed_does_not_say_is_missing(tmp_path: Path) -> None:
    found = read_one(tmp_path, "feed.rss", rss(f"<description>{BODY}</description>", channel=""))
    assert (found.title, found.outlet, found.authors, found.published, found.updated) == ("", None, (), None, None)
    assert (found.url, found.language, found.section, found.copyright) == (None, None, None, None)
    assert found.provenance == ()


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("ada@gazette.example (Ada Wick)", ("Ada Wick",)),
        ("Ada Wick &lt;ada@gazette.example&gt;", ("Ada Wick",)),
        ("ada@gazette.example", ()),
        ("Ada Wick and Tom Bell", ("Ada Wick", "Tom Bell")),
    ],
)
def test_authors_without_their_addresses(tmp_path: Path, author: str, names: tuple[str, ...]) -> None:
    item = f"<title>Dam holds</title><description>{BODY}</description><author>{author}</author>"
    assert read_one(tmp_path, "feed.rss", rss(item)).authors == names


def test_of_several_categories_none_is_the_section(tmp_path: Path) -> None:
    item = f"<description>{BODY}</description><category>Esterby</category><category>Water</category>"
    assert read_one(tmp_path, "feed.rss", rss(item)).section is None


def test_an_entry_that_another_outlet_wrote_is_that_outlets(tmp_path: Path) -> None:
    item = f'<description>{BODY}</description><source url="https://wire.example/rss">Meridian Wire</source>'
    found = read_one(tmp_path, "feed.rss", rss(item))
    assert (found.outlet, where(found)["outlet"]) == ("Meridian Wire", "RSS source/title")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<pubDate>Sat, 03 May 2031 08:00:00 GMT</pubDate>", "2031-05-03T08:00:00+00:00"),
        ("<pubDate>Sat, 03 May 31 08:00 EST</pubDate>", "2031-05-03T08:00:00-05:00"),
        ("<dc:date>2031-05-03T08:00:00+02:00</dc:date>", "2031-05-03T08:00:00+02:00"),
        ("<pubDate>03/04/2031</pubDate>", None),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>Sat, 31 Feb 2031 08:00:00 GMT</pubDate>", None),
    ],
)
def test_dates_keep_their_zone_and_bad_ones_are_none(tmp_path: Path, written: str, published: str | None) -> None:
    assert read_one(tmp_path, "feed.rss", rss(f"<description>{BODY}</description>{written}")).published == published


def test_rss_1_is_read_as_the_rest(tmp_path: Path) -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://gazette.example/"><title>Lowmarsh '
        'Gazette</title></channel><item rdf:about="https://gazette.example/dam"><title>Dam holds</title>'
        f"{LINK}<description>{BODY}</description><dc:date>2031-05-03</dc:date></item></rdf:RDF>"
    )
    found = read_one(tmp_path, "feed.rdf", feed)
    assert (found.title, found.outlet, found.published) == ("Dam holds", "Lowmarsh Gazette", "2031-05-03")


def test_an_atom_entry(tmp_path: Path) -> None:
    entry = (
        '<title>Dam holds</title><id>tag:gazette.example,2031:dam</id><link href="https://gazette.example/dam"/>'
        "<published>2031-05-03T08:00:00+02:00</published><updated>2031-05-04T09:30:00+02:00</updated>"
        f"<author><name>Ada Wick</name></author><rights>© Gazette</rights><summary>Teaser.</summary>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{BODY}</p><p>2 &lt; 3, {MORE}</p></div></content>"
    )
    found = read_one(tmp_path, "feed.atom", atom(entry, language="en-AU"))
    assert found.text == f"Dam holds\n\n{BODY}\n\n2 < 3, {MORE}"
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", "2031-05-04T09:30:00+02:00")
    assert (found.authors, found.language, found.copyright) == (("Ada Wick",), "en-AU", "© Gazette")
    assert where(found)["updated"] == "Atom updated"


def test_atoms_updated_alone_is_no_date_of_publication(tmp_path: Path) -> None:
    entry = f"<title>Dam holds</title><updated>2031-05-04T09:30:00+02:00</updated><content>{BODY}</content>"
    found = read_one(tmp_path, "feed.atom", atom(entry))
    assert (found.published, found.updated) == (None, "2031-05-04T09:30:00+02:00")


def test_the_authors_of_an_atom_feed_are_those_of_entries_without_any(tmp_path: Path) -> None:
    feed = "<title>Gazette</title><author><name>Ada Wick</name></author>"
    found = read_one(tmp_path, "feed.atom", atom(f"<content>{BODY}</content>", feed=feed))
    assert (found.authors, where(found)["authors"]) == (("Ada Wick",), "Atom feed/author")


def test_signs_in_plain_atom_text_are_no_markup(tmp_path: Path) -> None:
    entry = f'<title>Dam holds</title><content type="text">{BODY} It fell by &lt; 2 m, x &lt;b&gt; y.</content>'
    assert "by < 2 m, x" in read_one(tmp_path, "feed.atom", atom(entry)).text


def test_entries_of_one_address_keep_ids_of_their_own(tmp_path: Path) -> None:
    item = f"<description>{BODY}</description><link>https://gazette.example/</link>"
    found = read_all(tmp_path, "feed.rss", rss(item, item))
    assert [article.id for article in found if isinstance(article, Article)] == [
        "https://gazette.example/",
        "https://gazette.example/#2",
    ]


def test_a_guid_that_is_a_number_is_no_id_for_other_feeds_count_too(tmp_path: Path) -> None:
    item = f'<description>{BODY}</description><guid isPermaLink="false">12</guid>'
    assert read_one(tmp_path, "feed.rss", rss(item)).id == "feed.rss#1"


def test_an_entry_without_text_is_a_problem_with_its_address(tmp_path: Path) -> None:
    found = read_all(tmp_path, "feed.rss", rss(f"<title>Dam holds</title>{LINK}", f"<description>{BODY}</description>"))
    assert [item.record for item in found] == [1, 2]
    assert isinstance(found[0], Problem)
    assert "https://gazette.example/dam" in found[0].reason


def test_a_feed_without_entries_is_a_problem(tmp_path: Path) -> None:
    assert "without entries" in read_problem(tmp_path, "feed.rss", rss()).reason
    assert "without entries" in read_problem(tmp_path, "feed.atom", f'<feed xmlns="{ATOM}"/>').reason


def test_a_feed_that_breaks_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    whole = rss(*(f"<title>Dam {day}</title><description>{BODY}</description>" for day in range(3)))
    cut = whole[: whole.rindex("Nobody")]
    first, second, last = read_all(tmp_path, "feed.rss", cut)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(last, Problem)
    assert (last.record, "breaks off" in last.reason) == (3, True)


def test_a_stray_ampersand_costs_no_entry(tmp_path: Path) -> None:
    feed = rss(f"<title>Dam & gate</title><description>{BODY}</description>", f"<description>{MORE}</description>")
    found = read_all(tmp_path, "feed.rss", feed)
    assert [item.text.split("\n\n")[-1] for item in found if isinstance(item, Article)] == [BODY, MORE]


def test_an_old_encoding_as_declared(tmp_path: Path) -> None:
    feed = rss(f"<title>Damm hält in Zürich</title><description>{BODY}</description>").replace(
        '<?xml version="1.0"?>', '<?xml version="1.0" encoding="iso-8859-1"?>'
    )
    assert read_one(tmp_path, "feed.rss", feed.encode("latin-1")).title == "Damm hält in Zürich"


def test_pictures_and_their_captions_are_left_out_and_other_figures_stay(tmp_path: Path) -> None:
    content = (
        f"<p>{BODY}</p><figure><img src='x'><figcaption>The dam at dusk</figcaption></figure>"
        f"<figure><blockquote>{MORE}</blockquote></figure>"
    )
    found = read_one(tmp_path, "feed.rss", rss(f"<content:encoded><![CDATA[{content}]]></content:encoded>"))
    assert "dusk" not in found.text
    assert MORE in found.text


def test_a_text_of_ten_megabytes_is_whole() -> None:
    long = "rain " * 2_100_000
    (raw,) = read_feed(rss(f"<description>{long}and sun</description>"), path="feed.rss")
    assert isinstance(raw, RawArticle)
    assert raw.text.endswith("rain and sun")
    assert len(raw.text) > 10_000_000
