"""A changed byte in what an article owns: no database notices it, the article's seal does."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.syndication import sign_article
from rag.errors import DamagedIndex
from rag.store.ledger import Ledger
from tests.store.examples import MAYOR, WORKS, make_entry
from tests.store.golden import VERSIONS, unpack

DAMAGES = {
    "who said it": "UPDATE claims SET party = (SELECT max(key) FROM parties WHERE id = 'works')",
    "the stance": "UPDATE claims SET stance = 'denies'",
    "the words of a claim": "UPDATE claims SET text = replace(text, 'Dam', 'Dim')",
    "through whom": "UPDATE claims SET via = '[\"Harbour Rodeo\"]'",
    "where it stands": "UPDATE claims SET content = '[[0, 3]]'",
    "the name of a party": "UPDATE parties SET name = 'Ilse Marrow'",
    "a list that cannot be read": "UPDATE parties SET aliases = '[\"Marrok'",
    "where a passage ends": "UPDATE passages SET stop = stop - 1",
    "a vector": "UPDATE units SET vector = zeroblob(length(vector)) WHERE kind = 'claim'",
    "whose vector it is": "UPDATE units SET owner = owner + 1 WHERE kind = 'claim'",
    "the outlet": "UPDATE articles SET outlet = 'Veltport Courtier'",
    "the date": "UPDATE articles SET day = '2031-05-05'",
    "a claim that is gone": "DELETE FROM claims",
    "bytes that are no text": "UPDATE parties SET role = CAST(x'ff' AS TEXT)",
}


@pytest.fixture
def ledger(folder: Path) -> Ledger:
    opened = Ledger.open(folder, create=True)
    opened.write([make_entry("sound", party=WORKS), make_entry("hurt", party=MAYOR)], path="f")
    return opened


def hurt(folder: Path, statement: str) -> None:
    """Change the rows of one of the two articles behind the ledger's back."""
    with sqlite3.connect(folder / "ledger.db") as connection:
        (key,) = connection.execute("SELECT key FROM articles WHERE id = 'hurt'").fetchone()
        mine = f"key = {key}" if " articles " in statement else f"article = {key}"
        connection.execute(f"{statement} {'AND' if 'WHERE kind' in statement else 'WHERE'} {mine}")
    connection.close()


def test_what_was_just_written_is_sound(ledger: Ledger) -> None:
    assert list(ledger.broken()) == []
    ledger.check_sample()
    assert ledger.unsealed() == 0
    ledger.write([make_entry("hurt", "Dam breaks\n\nThe dam broke, the mayor said.")], path="f")
    assert list(ledger.broken()) == []


@pytest.mark.parametrize("what", DAMAGES)
def test_a_change_of_any_part_is_found_and_named(ledger: Ledger, folder: Path, what: str) -> None:
    hurt(folder, DAMAGES[what])
    ledger.check()
    assert [id_ for id_, _ in ledger.broken()] == ["hurt"]
    with pytest.raises(DamagedIndex, match=rf"hurt.*doctor --index {folder} .*index PATH --index {folder} "):
        ledger.check_sample()
    with pytest.raises(DamagedIndex, match="hurt"):
        ledger.check_articles(["sound", "hurt"])
    ledger.check_articles(["sound"])


def test_nothing_is_left_to_answer_from_of_what_is_set_aside(ledger: Ledger, folder: Path) -> None:
    hurt(folder, DAMAGES["who said it"])
    ledger.set_aside(["hurt"])
    assert {claim.article for claim in ledger.claims()} == {"sound"}
    assert {unit.article_id for unit in ledger.units("passage")} == {"sound"}
    assert list(ledger.broken()) == []
    assert ledger.set_aside_articles() == ["hurt"]
    ledger.write([make_entry("hurt")], path="f")
    assert ledger.set_aside_articles() == []
    assert {claim.article for claim in ledger.claims()} == {"sound", "hurt"}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_version_stored_counts_as_unchecked(folder: Path, version: str) -> None:
    file = unpack(version, folder)
    with Ledger.open(file.parent, create=False) as ledger:
        ledger.check_sample()
        assert ledger.unsealed() == ledger.scope().articles > 0
        assert list(ledger.broken()) == []


OF_VERSIONS = {
    "a word": "UPDATE versions SET fields = replace(fields, 'holds', 'leaks')",
    "the headline": "UPDATE versions SET fields = replace(fields, 'Veltport Courier', 'Veltport Courtier')",
    "the date": "UPDATE versions SET updated = '2031-05-05'",
    "whose it is": "UPDATE versions SET article = (SELECT key FROM articles WHERE id = 'sound')",
    "what cannot be read": "UPDATE versions SET fields = '{'",
}


@pytest.mark.parametrize("what", OF_VERSIONS)
def test_an_earlier_version_that_was_changed_is_not_shown(ledger: Ledger, folder: Path, what: str) -> None:
    again = replace(make_entry("hurt", "Dam breaks\n\nThe dam broke, the mayor said."), keeps_earlier=True)
    ledger.write([again], path="f")
    assert [version.article.id for version in ledger.versions_of("hurt")] == ["hurt"]
    assert ledger.broken_versions() == {}
    with sqlite3.connect(folder / "ledger.db") as connection:
        connection.execute(OF_VERSIONS[what])
    connection.close()
    of = "sound" if what == "whose it is" else "hurt"
    for read in (ledger.versions_of, ledger.changes_of):
        with pytest.raises(DamagedIndex, match=rf"{of}.*earlier version.*doctor"):
            read(of)
    assert list(ledger.broken()) == []  # what is searched is sound
    assert list(ledger.broken_versions().values()) == [of]
    ledger.remove_versions(ledger.broken_versions())
    assert ledger.versions_of(of) == ()


def test_of_a_version_without_a_digest_the_text_is_checked(ledger: Ledger, folder: Path) -> None:
    again = replace(make_entry("hurt", "Dam breaks\n\nThe dam broke, the mayor said."), keeps_earlier=True)
    ledger.write([again], path="f")
    for statement, broken in (("SET digest = NULL", []), (OF_VERSIONS["a word"].split(maxsplit=2)[2], ["hurt"])):
        with sqlite3.connect(folder / "ledger.db") as connection:
            connection.execute(f"UPDATE versions {statement}")
        connection.close()
        assert list(ledger.broken_versions().values()) == broken


def test_copies_of_one_side_alone_are_damage(ledger: Ledger, folder: Path) -> None:
    text = "Dam holds\n\n" + " ".join(
        f"The dam above Veltport held at gate {gate}, the mayor said." for gate in range(30)
    )
    signed = [make_entry(name, text) for name in ("first", "second")]
    ledger.write([replace(one, signature=sign_article(one.article)) for one in signed], path="f")
    assert ledger.groups() == {"first": ("second",)}
    with sqlite3.connect(folder / "ledger.db") as connection:
        (sound,) = connection.execute("SELECT key FROM articles WHERE id = 'sound'").fetchone()
        (first,) = connection.execute("SELECT key FROM articles WHERE id = 'first'").fetchone()
        connection.execute("UPDATE copies SET other = ? WHERE article = ?", [sound, first])
    connection.close()
    for read in (ledger.groups, lambda: ledger.copies_of("first"), lambda: ledger.origins_of(["sound", "first"])):
        with pytest.raises(DamagedIndex, match="rebuild"):
            read()
    ledger.write([replace(one, signature=sign_article(one.article)) for one in signed], path="f", remade=True)
    assert ledger.groups() == {"first": ("second",)}
