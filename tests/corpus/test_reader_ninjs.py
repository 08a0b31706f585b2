"""ninjs in its three forms, recognised by shape."""

import json
from pathlib import Path

import pytest

from corpus import Article
from tests.corpus.documents import BODY, MORE, ninjs, nitf, read_all, read_one, read_problem, where


def test_version_1(tmp_path: Path) -> None:
    item = ninjs(
        byline="By Ada Wick and Tom Bell",
        firstcreated="2031-05-03T08:00:00+02:00",
        versioncreated="2031-05-03T10:00:00+02:00",
        language="en",
        copyrightholder="Meridian Wire",
        copyrightnotice="© 2031 Meridian Wire",
    )
    found = read_one(tmp_path, "dam.json", item)
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.id, found.title, found.outlet) == ("urn:dam", "Dam holds", "Meridian Wire")
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", "2031-05-03T10:00:00+02:00")
    assert (found.authors, found.copyright) == (("Ada Wick", "Tom Bell"), "© 2031 Meridian Wire")
    assert where(found)["published"] == "ninjs firstcreated"


def test_version_2_and_3(tmp_path: Path) -> None:
    item = {
        "uri": "https://meridian.example/dam",
        "type": "text",
        "versionCreated": "2031-05-03T08:00:00Z",
        "headlines": [{"role": "short", "value": "Dam"}, {"role": "main", "value": "Dam holds"}],
        "bodies": [
            {"role": "plain", "contentType": "text/plain", "value": "Short."},
            {"role": "web", "contentType": "text/html", "value": f"<h1>Dam holds</h1><p>{BODY}</p><p>{MORE}</p>"},
        ],
        "descriptions": [{"role": "creditline", "value": "Meridian/MWN"}],
        "by": "Ada Wick",
        "pubStatus": "usable",
    }
    found = read_one(tmp_path, "dam.json", json.dumps(item))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.title, found.agency, found.published) == ("Dam holds", "Meridian/MWN", "2031-05-03T08:00:00+00:00")
    assert found.updated is None  # its only version is the one that was published
    assert (found.url, where(found)["url"]) == ("https://meridian.example/dam", "ninjs uri")


def test_a_byline_that_names_the_agency(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.json", ninjs(by="Von Ada Wick, mwn", copyrightholder="mwn", language="de"))
    assert (found.authors, found.agency) == (("Ada Wick",), "mwn")


def test_a_body_in_nitf_and_its_date_of_issue_before_that_of_the_version(tmp_path: Path) -> None:
    inner = nitf(head='<docdata><date.issue norm="20310502T1200Z"/></docdata>')
    item = {"uri": "urn:dam", "title": "Dam holds", "versioncreated": "2031-05-09T08:00:00Z", "body_nitf": inner}
    found = read_one(tmp_path, "dam.json", json.dumps(item))
    assert BODY in found.text
    assert (found.published, found.updated) == ("2031-05-02T12:00:00+00:00", "2031-05-09T08:00:00+00:00")
    assert where(found)["published"] == "NITF date.issue/@norm"


def test_a_description_stands_for_a_missing_body(tmp_path: Path) -> None:
    item = {"uri": "urn:dam", "headline": "Dam holds", "description_text": BODY, "pubstatus": "usable"}
    found = read_one(tmp_path, "dam.json", json.dumps(item))
    assert (found.text, found.is_summary) == (f"Dam holds\n\n{BODY}", True)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "picture", "renditions": {}}, "a picture, no article"),
        ({"type": "video"}, "a video, no article"),
        ({"type": "graphic"}, "a graphic, no article"),
        ({"type": "audio"}, "a sound recording, no article"),
        ({"type": "event"}, "an event, no article"),
        ({"type": None, "eventDetails": {"dates": {}}}, "an event, no article"),
        ({"pubstatus": "canceled"}, "cancelled by its provider"),
        ({"pubstatus": "withheld"}, "withheld by its provider"),
        ({"body_text": "", "associations": {"a": {}, "b": {}}}, "without text; its 2 associations were not read"),
    ],
)
def test_what_is_no_article_is_refused_with_what_it_is(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    assert reason in read_problem(tmp_path, "dam.json", ninjs(**fields)).reason


def test_items_in_a_list_or_an_object_are_numbered(tmp_path: Path) -> None:
    items = [json.loads(ninjs(uri="urn:1")), json.loads(ninjs(uri="urn:2", type="picture"))]
    for content in (items, {"items": items}):
        found = read_all(tmp_path, "dam.json", json.dumps(content))
        assert [type(item).__name__ for item in found] == ["Article", "Problem"]
        assert [item.record for item in found] == [1, 2]


def test_items_in_json_lines(tmp_path: Path) -> None:
    found = read_all(tmp_path, "dam.jsonl", f"{ninjs(uri='urn:1')}\n{ninjs(uri='urn:2')}\n")
    assert [item.id for item in found if isinstance(item, Article)] == ["urn:1", "urn:2"]


def test_other_records_with_a_uri_are_not_ninjs(tmp_path: Path) -> None:
    item = {"uri": "77", "title": "Dam holds", "body": BODY, "source": {"title": "Lowmarsh Gazette"}}
    found = read_one(tmp_path, "dam.json", json.dumps(item))
    assert (found.outlet, where(found)["title"]) == ("Lowmarsh Gazette", "field title")


@pytest.mark.parametrize(
    "name", ["headlines", "bodies", "descriptions", "associations", "by", "language", "infosources"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [], [7], [{}], {}, [{"value": None}], [{"role": 7, "value": "x"}]])
def test_fields_of_another_type_are_passed_over(tmp_path: Path, name: str, value: object) -> None:
    assert BODY in read_one(tmp_path, "dam.json", ninjs(**{name: value})).text
