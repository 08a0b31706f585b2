"""The rule by itself: what an article is to one that is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.identity import canonical_url
from corpus.types import Article
from rag.index.judge import judge_article, keeps_earlier
from rag.store.entries import Known, Trace
from rag.store.rows import content_digest
from tests.index.articles import ALL, LEAD

OLD = Article(
    id="a",
    text="\n\n".join(ALL),
    title="Ferry",
    url="https://orlapost.example/ferry",
    updated="2031-05-04T10:00:00+00:00",
)
NEW = replace(OLD, text=OLD.text.replace("212", "121"), updated="2031-05-05T10:00:00+00:00")
OTHER = replace(OLD, text="The weather stays mild on the coast, said Ona Brill of Radio Lume on Sunday.", title="Mild")


def stored(
    article: Article = OLD, *, source: str = "https://feed.example/a", earlier: tuple[Article, ...] = ()
) -> Known:
    return Known(
        article=article,
        source=source,
        digest="stored",
        content=content_digest(article),
        pipeline="1",
        canonical=canonical_url(article.url),
        earlier=tuple(
            Trace(content=content_digest(one), updated=one.updated, source=source, pipeline="1") for one in earlier
        ),
    )


def judge(article: Article, known: Known, *, path: str = "https://feed.example/b", is_again: bool = False) -> str:
    return judge_article(article, known, digest="read", path=path, is_again=is_again)


def test_the_same_text() -> None:
    assert judge_article(OLD, stored(), digest="stored", path="anywhere") == "same"
    assert judge(replace(OLD, section="Coast"), stored()) == "same", "another file names a section: nothing new is said"
    assert judge(replace(OLD, section="Coast"), stored(), path=stored().source) == "remade"
    assert judge(OLD, stored(source="/no/such/file")) == "remade", (
        "its file is gone, and this one is made anew from here"
    )


def test_versions() -> None:
    assert judge(NEW, stored()) == "newer"
    assert judge(OLD, stored(NEW)) == "older"
    assert judge(OLD, stored(NEW, earlier=(OLD,))) == "same", "a version that is known"


@pytest.mark.parametrize(
    ("read", "there", "verdict"),
    [
        (None, None, "newer"),
        (None, "2031-05-04", "newer"),
        ("2031-05-04", "2031-05-04T10:00:00+00:00", "newer"),
        ("2031-05-03", "2031-05-04T10:00:00+00:00", "older"),
        ("2031-05-04T11:00:00+02:00", "2031-05-04T10:00:00+00:00", "older"),
        ("2031-05-04T12:00:00", "2031-05-04T10:00:00+00:00", "newer"),
    ],
)
def test_only_what_is_certainly_older_is_older(read: str | None, there: str | None, verdict: str) -> None:
    assert judge(replace(NEW, updated=read), stored(replace(OLD, updated=there))) == verdict


def test_a_summary_is_older_than_the_text_whatever_its_date() -> None:
    summary = replace(NEW, text=LEAD, is_summary=True)
    assert judge(summary, stored()) == "older"
    assert judge(OLD, stored(summary)) == "newer"


def test_what_has_nothing_in_common_is_another_article() -> None:
    assert judge(OTHER, stored()) == "apart"
    assert judge(OTHER, stored(), path=stored().source) == "remade", "in its own file it takes the place of the old"
    assert judge(OTHER, stored(), path=stored().source, is_again=True) == "apart", "unless that stands there, too"


def test_an_id_alone_says_little() -> None:
    similar = replace(OLD, url=None, title="Stuck", text=f"{LEAD}\n\n{OTHER.text}\n\n{'Other words follow here. ' * 9}")
    assert judge(similar, stored()) == "apart"
    assert judge(replace(similar, url=OLD.url), stored()) == "newer"
    assert judge(replace(NEW, url=None, title="Stuck"), stored()) == "newer", "nearly all of it is the same"


def test_an_id_that_a_file_uses_twice_says_as_little() -> None:
    """As where the column of ids holds the outlet's."""
    similar = replace(OLD, url=None, title="Stuck", text=f"{LEAD}\n\n{OTHER.text}\n\n{'Other words follow here. ' * 9}")
    assert judge(similar, stored(), path=stored().source, is_again=True) == "apart"
    assert judge(similar, stored(), path=stored().source) == "newer"


def test_short_texts_of_one_pattern_are_held_apart() -> None:
    one = replace(OLD, url=None, title="Note a", text="The road to Orla is open, said Tom Vale on Monday. It was shut.")
    other = replace(one, title="Note b", text=one.text.replace("Tom Vale", "Ona Brill"))
    assert judge(other, stored(one)) == "apart"
    assert judge(replace(other, title="Note a"), stored(one)) == "newer"


@pytest.mark.parametrize(
    ("stamp", "path", "updated", "keeps"),
    [
        ("1", "here", "2031-05-04", True),  # a correction without a date of its own
        ("2", "here", "2031-05-04", False),  # the same page, read better
        ("2", "here", "2031-05-05", True),
        ("2", "there", "2031-05-04", True),
    ],
)
def test_what_is_kept(stamp: str, path: str, updated: str, keeps: bool) -> None:
    known = replace(stored(replace(OLD, updated="2031-05-04")), source="here")
    article = replace(NEW, updated=updated)
    assert keeps_earlier(article, known, verdict="newer", stamp=stamp, path=path) is keeps
    assert not keeps_earlier(article, known, verdict="remade", stamp=stamp, path=path)
