"""NewsML-G2: items alone, in messages and packages; and the older NewsML 1."""

import base64
from pathlib import Path

import pytest

from corpus import Article, Problem
from tests.corpus.documents import (
    BODY,
    G2,
    MORE,
    component,
    news_item,
    newsml1,
    nitf,
    read_all,
    read_one,
    read_problem,
    where,
)

XHTML = "http://www.w3.org/1999/xhtml"
BASE64 = base64.b64encode(f"{BODY}\n\n{MORE}".encode()).decode()


def test_an_item_with_nitf_in_it(tmp_path: Path) -> None:
    item = (
        '<provider qcode="nprov:MWN"/><firstCreated>2031-05-03T08:00:00+02:00</firstCreated>'
        '<versionCreated>2031-05-03T10:00:00+02:00</versionCreated><pubStatus qcode="stat:usable"/>'
    )
    meta = (
        '<headline>Dam\n holds</headline><language tag="en-GB"/><infoSource><name>Meridian Wire</name></infoSource>'
        "<creator><name>Ada Wick</name></creator>"
    )
    rights = "<copyrightNotice>© 2031 Meridian Wire</copyrightNotice>"
    found = read_one(tmp_path, "dam.xml", news_item(item=item, meta=meta, rights=rights))
    assert found.text == f"Dam holds\n\n{BODY}"
    assert (found.id, found.title, found.outlet) == ("urn:newsml:gazette.example:dam", "Dam holds", "MWN")
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", "2031-05-03T10:00:00+02:00")
    assert (found.authors, found.agency, found.language) == (("Ada Wick",), "Meridian Wire", "en-GB")
    assert found.copyright == "© 2031 Meridian Wire"
    assert where(found) == {
        "title": "NewsML-G2 headline",
        "outlet": "NewsML-G2 provider/@qcode",
        "authors": "NewsML-G2 creator/name",
        "published": "NewsML-G2 firstCreated",
        "updated": "NewsML-G2 versionCreated",
        "language": "NewsML-G2 language/@tag",
        "agency": "NewsML-G2 infoSource/name",
        "copyright": "NewsML-G2 copyrightNotice",
    }


@pytest.mark.parametrize(
    "content",
    [
        f'<inlineXML><html xmlns="{XHTML}"><head><title>No</title></head><body><p>{BODY}</p><p>{MORE}</p></body></html>'
        "</inlineXML>",
        f'<inlineXML><div xmlns="{XHTML}"><p>{BODY}</p><div><p>{MORE}</p></div></div></inlineXML>',
        f"<inlineXML><p>{BODY}</p><p>{MORE}</p></inlineXML>",
        f'<inlineData contenttype="text/plain">{BODY}\n\n{MORE}</inlineData>',
        f'<inlineData contenttype="text/html">&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</inlineData>',
        f'<inlineData encoding="base64">{BASE64}</inlineData>',
        f"<inlineXML>{nitf(f'<p>{BODY}</p><p>{MORE}</p>')}</inlineXML><inlineData>Short.</inlineData>",
    ],
)
def test_the_text_in_whatever_form(tmp_path: Path, content: str) -> None:
    assert read_one(tmp_path, "dam.xml", news_item(content)).text == f"Dam holds\n\n{BODY}\n\n{MORE}"


def test_a_description_stands_for_missing_content(tmp_path: Path) -> None:
    meta = f'<headline>Dam holds</headline><description role="drol:summary">{BODY}</description>'
    found = read_one(tmp_path, "dam.xml", news_item("", meta=meta))
    assert (found.text, found.is_summary) == (f"Dam holds\n\n{BODY}", True)


def test_the_time_of_the_only_version_is_that_of_publication(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.xml", news_item())
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", None)
    assert where(found)["published"] == "NewsML-G2 versionCreated"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (news_item(kind="picture"), "a picture, no article"),
        (news_item(kind="video"), "a video, no article"),
        (news_item(item='<pubStatus qcode="stat:canceled"/>'), "cancelled by its provider"),
        (news_item(item='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>'), "withheld"),
        (news_item("<inlineXML><events/></inlineXML>"), "its content is <events>"),
        (news_item('<remoteContent href="dam.html"/>'), "in another file"),
        (news_item(""), "without content"),
        (f'<packageItem xmlns="{G2}"/>', "a package"),
        (f'<conceptItem xmlns="{G2}"/>', "a concept"),
        (f'<planningItem xmlns="{G2}"/>', "a plan for coverage"),
        (f'<groupSet xmlns="{G2}"/>', "a part of a NewsML-G2 document"),
    ],
)
def test_what_is_no_article_is_refused_with_what_it_is(tmp_path: Path, document: str, reason: str) -> None:
    assert reason in read_problem(tmp_path, "dam.xml", document).reason


def test_the_items_of_a_message_are_numbered_and_its_package_says_nothing_more(tmp_path: Path) -> None:
    items = news_item() + news_item(kind="picture")
    document = f'<newsMessage xmlns="{G2}"><itemSet><packageItem/>{items}</itemSet></newsMessage>'
    found = read_all(tmp_path, "dam.xml", document)
    assert [(type(item).__name__, item.record) for item in found] == [("Article", 1), ("Problem", 2)]


def test_a_part_of_a_document_that_holds_an_article(tmp_path: Path) -> None:
    document = f'<contentSet xmlns="{G2}"><inlineXML>{nitf()}</inlineXML></contentSet>'
    assert read_one(tmp_path, "dam.xml", document).text == f"Dam holds\n\n{BODY}"


LINES = (
    "<HeadLine>Dam holds</HeadLine><ByLine>By Ada Wick</ByLine><CreditLine>Meridian/MWN</CreditLine>"
    "<CopyrightLine>© Meridian</CopyrightLine>"
)
PAGE = f'<html xmlns="{XHTML}"><head><title/></head><body><p>{BODY}</p><p>{MORE}</p></body></html>'


def test_newsml_1(tmp_path: Path) -> None:
    management = (
        "<FirstCreated>20310503T080000+0200</FirstCreated>"
        "<ThisRevisionCreated>20310503T100000+0200</ThisRevisionCreated>"
    )
    found = read_one(tmp_path, "dam.xml", newsml1(component(PAGE, lines=LINES), management=management))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.id, found.outlet, found.authors) == ("urn:newsml:meridian.example:1", "Meridian Wire", ("Ada Wick",))
    assert (found.published, found.updated) == ("2031-05-03T08:00:00+02:00", "2031-05-03T10:00:00+02:00")
    assert (found.agency, found.copyright) == ("Meridian/MWN", "© Meridian")
    assert where(found)["updated"] == "NewsML 1 ThisRevisionCreated"


@pytest.mark.parametrize("content", [f"{BODY}\n\n{MORE}", f"<![CDATA[<p>{BODY}</p><p>{MORE}</p>]]>"])
def test_newsml_1_with_plain_text_or_packed_html(tmp_path: Path, content: str) -> None:
    found = read_one(tmp_path, "dam.xml", newsml1(component(content, lines=LINES, mime="text/plain")))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"


def test_newsml_1_with_its_parts_in_components_of_their_own(tmp_path: Path) -> None:
    parts = (
        component("<p>Dam holds</p>", role="HeadLine")
        + component("<p>By the press office, tel. 77.</p>", role="Contact")
        + component(f"<p>{BODY}</p>", role="Body")
        + component("<p>Rain has stopped</p>", role="SubHeadLine")
        + component(".x {}", role="StyleSheet", mime="text/css")
        + component("R0lGOD", role="Photo", mime="image/jpeg", lines="<HeadLine>The dam at dusk</HeadLine>")
    )
    document = newsml1(f"<NewsComponent><NewsLines>{LINES}</NewsLines>{parts}</NewsComponent>")
    assert read_one(tmp_path, "dam.xml", document).text == f"Dam holds\n\nRain has stopped\n\n{BODY}"


def test_newsml_1_with_two_articles(tmp_path: Path) -> None:
    second = component(nitf(f"<p>{MORE} {MORE}</p>"), lines="<HeadLine>Board speaks</HeadLine>")
    found = read_all(tmp_path, "dam.xml", newsml1(component(PAGE, lines=LINES), second))
    assert [(item.title, item.record) for item in found if isinstance(item, Article)] == [
        ("Dam holds", 1),
        ("Board speaks", 2),
    ]


def test_newsml_1_without_text(tmp_path: Path) -> None:
    photo = component("R0lGOD", role="Photo", mime="image/jpeg")
    assert "without text" in read_problem(tmp_path, "dam.xml", newsml1(photo)).reason
    cancelled = newsml1(component(PAGE, lines=LINES), management='<Status FormalName="Canceled"/>')
    assert "cancelled" in read_problem(tmp_path, "dam.xml", cancelled).reason
    (found,) = read_all(tmp_path, "dam.xml", "<NewsML/>")
    assert isinstance(found, Problem)
