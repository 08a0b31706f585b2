"""NITF: text, headline, byline and dates."""

from pathlib import Path

import pytest

from tests.corpus.documents import BODY, MORE, nitf, read_one, read_problem, where


def test_an_article_with_all_that_nitf_says_of_it(tmp_path: Path) -> None:
    head = (
        '<docdata><doc-id id-string="dam-1"/><date.issue norm="20310503T081500+0200"/>'
        '<doc.copyright holder="Meridian Wire" year="2031"/></docdata>'
        '<pubdata name="Lowmarsh Gazette" position.section="Esterby" ex-ref="https://gazette.example/dam"/>'
    )
    top = (
        "<hedline><hl1>Dam <em>holds</em></hl1><hl2>Rain has stopped</hl2></hedline>"
        "<byline>By <person>Ada Wick</person>, <byttl>Staff Reporter</byttl></byline>"
        "<distributor>Meridian Wire</distributor><abstract><p>Short.</p></abstract>"
    )
    found = read_one(tmp_path, "dam.nitf", nitf(f"<block><p>{BODY}</p><p>{MORE}</p></block>", head=head, top=top))
    assert found.text == f"Dam holds\n\nRain has stopped\n\n{BODY}\n\n{MORE}"
    assert (found.id, found.title, found.outlet) == ("dam-1", "Dam holds", "Lowmarsh Gazette")
    assert (found.authors, found.agency) == (("Ada Wick",), "Meridian Wire")
    assert (found.published, found.language) == ("2031-05-03T08:15:00+02:00", "en-GB")
    assert (found.section, found.copyright, found.url) == (
        "Esterby",
        "2031 Meridian Wire",
        "https://gazette.example/dam",
    )
    assert not found.is_summary
    assert where(found)["published"] == "NITF date.issue/@norm"


@pytest.mark.parametrize(
    ("norm", "published"),
    [
        ("20310503T081500+0200", "2031-05-03T08:15:00+02:00"),
        ("20310503T081500Z", "2031-05-03T08:15:00+00:00"),
        ("20310503T0815+0200", "2031-05-03T08:15:00+02:00"),
        ("20310503+0200", "2031-05-03"),
        ("20310503", "2031-05-03"),
        ("2031-05-03T08:15:00+02:00", "2031-05-03T08:15:00+02:00"),
        ("20311303T081500Z", None),
        ("2031", None),
        ("", None),
    ],
)
def test_dates_are_read_as_precise_as_they_are(tmp_path: Path, norm: str, published: str | None) -> None:
    head = f'<docdata><date.issue norm="{norm}"/></docdata>'
    assert read_one(tmp_path, "dam.xml", nitf(head=head)).published == published


def test_a_byline_without_persons(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.xml", nitf(top="<byline>By Ada Wick and Tom Bell <byttl>Staff</byttl></byline>"))
    assert found.authors == ("Ada Wick", "Tom Bell")


def test_a_byline_with_nothing_but_an_office_names_nobody(tmp_path: Path) -> None:
    assert read_one(tmp_path, "dam.xml", nitf(top="<byline><byttl>Staff</byttl></byline>")).authors == ()


def test_lists_tables_quotations_and_the_tagline_are_text_and_pictures_are_not(tmp_path: Path) -> None:
    content = (
        f"<p>{BODY}</p><hl2>What is known</hl2><ul><li>One gate is shut.</li></ul><bq><block><p>{MORE}</p></block></bq>"
        "<table><tr><td>Level</td><td>40</td></tr></table>"
        "<media><media-caption>The dam at dusk</media-caption></media>"
    )
    document = nitf(content).replace("</body>", "<body.end><tagline>Editing by Tom Bell</tagline></body.end></body>")
    paragraphs = read_one(tmp_path, "dam.xml", document).text.split("\n\n")
    assert paragraphs[2:] == ["What is known", "One gate is shut.", MORE, "Level", "40", "Editing by Tom Bell"]


def test_an_abstract_stands_for_a_missing_body(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.xml", nitf("", top=f"<hedline><hl1>Dam</hl1></hedline><abstract>{BODY}</abstract>"))
    assert (found.text, found.is_summary) == (f"Dam\n\n{BODY}", True)


def test_a_full_text_block_that_repeats_the_lead_is_read_alone(tmp_path: Path) -> None:
    lead, rest = f"<p>{BODY}</p>", f"<p>{MORE}</p>"
    content = f'<block class="lead_paragraph">{lead}</block><block class="full_text">{lead}{rest}</block>'
    assert read_one(tmp_path, "dam.xml", nitf(content)).text == f"Dam holds\n\n{BODY}\n\n{MORE}"


def test_without_text_it_is_a_problem(tmp_path: Path) -> None:
    assert "too little text" in read_problem(tmp_path, "dam.xml", nitf("")).reason


def test_named_characters_are_read_without_the_document_type(tmp_path: Path) -> None:
    content = "<p>Caf&eacute; Esterby &amp; Sons&nbsp;&ndash; open &lt;again&gt;, all through the week.</p>"
    for start in ("", '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">'):
        found = read_one(tmp_path, "dam.xml", start + nitf(content))
        assert "Café Esterby & Sons – open <again>, all" in found.text
