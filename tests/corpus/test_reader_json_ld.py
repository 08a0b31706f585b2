"""JSON-LD files: NewsArticle objects, alone, in a graph, in a list, with references among them."""

import json
from pathlib import Path

import pytest

from corpus import Article
from tests.corpus.documents import BODY, MORE, read_all, read_one, read_problem, where

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Dam holds",
    "articleBody": f"{BODY}\n\n{MORE}",
    "datePublished": "2031-05-03T08:00:00+02:00",
    "dateModified": "2031-05-03T10:00:00+02:00",
    "author": [{"@type": "Person", "name": "Ada Wick"}],
    "publisher": {"@type": "Organization", "name": "Lowmarsh Gazette"},
    "inLanguage": "en",
    "articleSection": "Esterby",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://gazette.example/dam"},
}


@pytest.mark.parametrize("name", ["dam.jsonld", "dam.json"])
def test_an_article(tmp_path: Path, name: str) -> None:
    found = read_one(tmp_path, name, json.dumps(ARTICLE))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.outlet, found.authors, found.section) == ("Lowmarsh Gazette", ("Ada Wick",), "Esterby")
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", "2031-05-03T10:00:00+02:00")
    assert (found.url, found.language) == ("https://gazette.example/dam", "en")
    assert where(found)["updated"] == "JSON-LD dateModified"


def test_references_in_a_graph_are_resolved_and_other_objects_are_no_articles(tmp_path: Path) -> None:
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Gazette online"},
        {"@type": "Person", "@id": "#ada", "name": "Ada Wick"},
        {**ARTICLE, "author": {"@id": "#ada"}, "headline": "One"},
        {**ARTICLE, "headline": "Two"},
    ]
    found = read_all(tmp_path, "dam.jsonld", json.dumps({"@context": "https://schema.org", "@graph": graph}))
    assert [(item.title, item.authors, item.record) for item in found if isinstance(item, Article)] == [
        ("One", ("Ada Wick",), 1),
        ("Two", ("Ada Wick",), 2),
    ]


def test_names_with_the_vocabulary_before_them(tmp_path: Path) -> None:
    long = {
        "@type": ["http://schema.org/NewsArticle"],
        "http://schema.org/headline": [{"@value": "Dam holds"}],
        "http://schema.org/articleBody": [{"@value": BODY, "@language": "en"}],
        "http://schema.org/datePublished": [{"@value": "2031-05-03", "@type": "http://schema.org/Date"}],
    }
    found = read_one(tmp_path, "dam.jsonld", json.dumps([long]))
    assert (found.text, found.published) == (f"Dam holds\n\n{BODY}", "2031-05-03")


def test_a_line_of_json_lines(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.jsonl", json.dumps({"@graph": [ARTICLE]}))
    assert where(found)["title"] == "JSON-LD headline"
    assert "2 articles" in read_problem(tmp_path, "dams.jsonl", json.dumps({"@graph": [ARTICLE, ARTICLE]})).reason


def test_a_description_alone_is_a_summary(tmp_path: Path) -> None:
    item = {key: value for key, value in ARTICLE.items() if key != "articleBody"}
    found = read_one(tmp_path, "dam.jsonld", json.dumps({**item, "description": BODY}))
    assert (found.text, found.is_summary) == (f"Dam holds\n\n{BODY}", True)


def test_without_an_article_the_types_are_named(tmp_path: Path) -> None:
    graph = {"@graph": [{"@type": "WebSite"}, {"@type": ["Organization", "Thing"]}]}
    assert "WebSite, Organization, Thing" in read_problem(tmp_path, "dam.jsonld", json.dumps(graph)).reason
