"""Columns of other names: which field of an article each holds."""

import json
from pathlib import Path

import pytest

from corpus import Article, CorpusError, Problem, read_file
from corpus.mapping import parse_mapping
from tests.corpus.documents import ninjs

BODY = "The dam above Lowmarsh held through the night."
MAPPING = {"text": "absatz", "title": "kopf"}


def test_options_are_pairs_of_field_and_column() -> None:
    assert parse_mapping(["text=body,title=headline", " published = day "]) == {
        "text": "body",
        "title": "headline",
        "published": "day",
    }
    assert parse_mapping([]) == {}


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("texts=body", "'texts' is no field of an article; the fields are text, title"),
        ("body", "'body' is no field"),
        ("text=", "no column is given for text"),
        ("text=a,text=b", "two columns are given for text: a and b"),
    ],
)
def test_what_cannot_be_a_mapping_is_said_in_one_line(option: str, words: str) -> None:
    with pytest.raises(CorpusError, match=words) as caught:
        parse_mapping([option])
    assert "\n" not in str(caught.value)


def one(path: Path, *, mapping: dict[str, str]) -> Article | Problem:
    (found,) = read_file(path, mapping=mapping)
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dam.csv", f"kopf,absatz\nDam holds,{BODY}\n"),
        ("dam.tsv", f"kopf\tabsatz\nDam holds\t{BODY}\n"),
        ("dam.jsonl", json.dumps({"kopf": "Dam holds", "absatz": BODY})),
        ("dam.json", json.dumps({"n": 1, "rows": [{"kopf": "Dam holds", "absatz": BODY}]})),
    ],
)
def test_mapped_columns_are_read_in_every_export(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = one(tmp_path / name, mapping=MAPPING)
    assert isinstance(found, Article)
    assert (found.title, found.text) == ("Dam holds", f"Dam holds\n\n{BODY}")


def test_a_mapped_column_comes_before_the_usual_names_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "dam.csv"
    path.write_text(f"text,body,date,title\nnot this,{BODY},2031-05-02,Dam holds\n", encoding="utf-8")
    found = one(path, mapping={"text": "body"})
    assert isinstance(found, Article)
    assert (found.text, found.published) == (f"Dam holds\n\n{BODY}", "2031-05-02")


def test_where_a_mapped_field_was_found_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "dam.csv"
    path.write_text(f"text,tag,kopf\n{BODY},2031-05-02,Dam holds\n", encoding="utf-8")
    found = one(path, mapping={"published": "tag", "title": "kopf"})
    assert isinstance(found, Article)
    assert dict(found.provenance) == {"title": "column kopf", "published": "column tag"}


def test_a_column_may_be_a_path_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "hits.jsonl"
    path.write_text(json.dumps({"_source": {"absatz": BODY, "autor": {"name": "Ada Wick"}}}), encoding="utf-8")
    found = one(path, mapping={"text": "_source.absatz", "authors": "_source.autor.name"})
    assert isinstance(found, Article)
    assert (found.text, found.authors) == (BODY, ("Ada Wick",))


def test_an_unknown_column_of_a_table_is_said_once_with_the_columns_there_are(tmp_path: Path) -> None:
    path = tmp_path / "dam.csv"
    path.write_text(f"kopf,absatz\nDam holds,{BODY}\nDam breaks,{BODY}\n", encoding="utf-8")
    found = one(path, mapping={"text": "corps"})
    assert isinstance(found, Problem)
    assert found.reason == "no column corps; its columns are kopf, absatz"


def test_a_record_without_the_mapped_field_is_a_problem_with_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "dam.jsonl"
    path.write_text(json.dumps({"text": BODY, "kopf": "Dam holds"}), encoding="utf-8")
    found = one(path, mapping={"text": "absatz"})
    assert isinstance(found, Problem)
    assert found.reason == "no text in its field absatz; its fields are text, kopf"


def test_a_mapping_is_for_tables_and_records_and_leaves_other_files_alone(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(BODY, encoding="utf-8")
    assert isinstance(one(path, mapping=MAPPING), Article)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wire.json", ninjs()),
        ("wires.jsonl", ninjs()),
        ("page.jsonld", json.dumps({"@context": "https://schema.org", "@graph": [
            {"@type": "NewsArticle", "headline": "Dam holds", "articleBody": BODY}
        ]})),
    ],
)  # fmt: skip
def test_a_mapping_for_other_files_leaves_the_standards_as_they_are(tmp_path: Path, name: str, content: str) -> None:
    """One command indexes a folder in which an export needs a mapping and agency feeds need none."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = one(tmp_path / name, mapping=MAPPING)
    assert isinstance(found, Article), found
    assert found.title == "Dam holds"


def test_a_mapping_that_fits_comes_before_the_standard(tmp_path: Path) -> None:
    (tmp_path / "wire.json").write_text(ninjs(absatz="The gate of the dam was opened at noon."), encoding="utf-8")
    found = one(tmp_path / "wire.json", mapping={"text": "absatz"})
    assert isinstance(found, Article)
    assert found.text.endswith("The gate of the dam was opened at noon.")
