"""One record, under whatever names, as one article."""

import pytest

from corpus.fields import has_text, is_teaser, read_authors, read_fields, read_language


def test_the_names_of_a_published_data_set() -> None:
    raw = read_fields({"article_title": "Dam holds", "article_content": "It held.", "source": "The Gazette", "ID": 7})
    assert (raw.title, raw.text, raw.outlet, raw.id) == ("Dam holds", "It held.", "The Gazette", "7")


def test_the_names_of_schema_org() -> None:
    raw = read_fields(
        {
            "headline": "Dam holds",
            "articleBody": "It held.",
            "publisher": {"@type": "Organization", "name": "Lowmarsh Gazette"},
            "author": [{"name": "Ada Wick"}, {"name": "Tom Bell"}],
            "datePublished": "2031-05-02T08:00:00Z",
            "url": "https://gazette.example/dam",
        }
    )
    assert raw.outlet == "Lowmarsh Gazette"
    assert raw.authors == ("Ada Wick", "Tom Bell")
    assert raw.published == "2031-05-02T08:00:00+00:00"
    assert raw.url == "https://gazette.example/dam"


@pytest.mark.parametrize("name", ["text", "Text", " TEXT ", "body", "content", "article_text", "mainText", "full-text"])
def test_a_text_by_any_usual_name(name: str) -> None:
    assert read_fields({name: "It held."}).text == "It held."


def test_the_surer_name_wins_whatever_the_order() -> None:
    assert read_fields({"content": "A summary.", "article_body": "The whole report."}).text == "The whole report."


def test_an_empty_field_gives_way_to_the_next() -> None:
    assert read_fields({"text": "  ", "body": "It held."}).text == "It held."


def test_a_list_of_paragraphs_is_a_text() -> None:
    assert read_fields({"body": ["It held.", "It rained."]}).text == "It held.\n\nIt rained."


@pytest.mark.parametrize("nothing", [None, "", "nan", "None", "N/A", float("nan"), [], {}])
def test_what_only_says_missing_is_missing(nothing: object) -> None:
    raw = read_fields({"text": "It held.", "title": nothing, "author": nothing, "publisher": nothing, "url": nothing})
    assert (raw.title, raw.authors, raw.outlet, raw.url) == ("", (), None, None)


def test_an_outlet_is_not_made_from_an_address() -> None:
    assert read_fields({"text": "It held.", "url": "https://www.gazette.example/dam"}).outlet is None
    assert read_fields({"text": "It held.", "source": "https://www.gazette.example/feed"}).outlet is None


def test_an_ambiguous_date_gives_way_to_a_sure_one() -> None:
    assert read_fields({"date": "03/04/2031", "pubDate": "3 Apr 2031"}).published == "2031-04-03"


def test_an_address_that_is_none_is_left_out() -> None:
    assert read_fields({"text": "It held.", "url": "javascript:alert(1)"}).url is None


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Wick", ("Ada Wick",)),
        ("by: Ada Wick", ("Ada Wick",)),
        ("byAda Wick", ("Ada Wick",)),
        ("Byron Wick", ("Byron Wick",)),
        ("Ada Wick and Tom Bell", ("Ada Wick", "Tom Bell")),
        ("Ada Wick, Tom Bell, and Uma Roe", ("Ada Wick", "Tom Bell", "Uma Roe")),
        ("Ada Wick; Tom Bell", ("Ada Wick", "Tom Bell")),
        ("Tom Bell, Jr.", ("Tom Bell, Jr.",)),
        ("Wick, Ada", ("Wick, Ada",)),
        ("['Ada Wick', 'Tom Bell']", ("Ada Wick", "Tom Bell")),
        (["Ada Wick", "Ada Wick", ""], ("Ada Wick",)),
        (None, ()),
    ],
)
def test_bylines(byline: object, names: tuple[str, ...]) -> None:
    assert read_authors(byline) == names


def test_a_record_without_a_text_field_has_no_text() -> None:
    assert not has_text({"title": "Dam holds", "price": 3})


def test_what_else_a_record_says_and_where() -> None:
    raw = read_fields(
        {
            "Text": "It held.",
            "Date": "2031-05-02",
            "last_updated": "2031-05-03T08:00:00Z",
            "lang": "en_gb",
            "category": ["Esterby", "Water"],
            "credit_line": "Meridian/MWN",
            "rights": "© Gazette",
        },
        where="column",
    )
    assert (raw.published, raw.updated) == ("2031-05-02", "2031-05-03T08:00:00+00:00")
    assert (raw.language, raw.section, raw.agency, raw.copyright) == (
        "en-GB",
        "Esterby, Water",
        "Meridian/MWN",
        "© Gazette",
    )
    assert dict(raw.provenance) == {
        "published": "column Date",
        "updated": "column last_updated",
        "language": "column lang",
        "section": "column category",
        "agency": "column credit_line",
        "copyright": "column rights",
    }


def test_a_change_at_the_moment_of_publication_is_none() -> None:
    assert read_fields({"text": "It held.", "date": "2031-05-02", "modified": "2031-05-02"}).updated is None


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("en", "en"),
        ("EN-us", "en-US"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("en-US.UTF-8", "en-US"),
        ("de-DE-1996", "de-DE"),
        ("English", None),
        ("e", None),
        ("", None),
        (None, None),
        (7, None),
        ({"name": "de"}, "de"),
    ],
)
def test_languages(value: object, tag: str | None) -> None:
    assert read_language(value) == tag


def test_a_summary_stands_for_the_text_of_what_is_an_article_by_its_address_or_date() -> None:
    teaser = {"title": "Dam holds", "description": "It held.", "url": "https://gazette.example/dam"}
    raw = read_fields(teaser)
    assert (raw.text, raw.is_summary, is_teaser(teaser)) == ("It held.", True, True)
    assert not is_teaser({"title": "Ferry", "description": "A ferry of wood.", "price": 3})
    assert not read_fields({**teaser, "text": "It held all night."}).is_summary


def test_a_text_that_was_cut_is_a_summary() -> None:
    raw = read_fields({"title": "Dam holds", "content": "It held through the ni… [+2371 chars]"})
    assert (raw.text, raw.is_summary) == ("It held through the ni…", True)
