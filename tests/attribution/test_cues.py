"""The lexicon of cues."""

from __future__ import annotations

from collections import Counter

import pytest

from rag.attribution.cues import FORMS, VERBS, inflect


def test_each_verb_stands_once() -> None:
    entries = Counter(entry for _, _, lemmas in VERBS for entry in lemmas.split())
    assert [entry for entry, count in entries.items() if count > 1] == []


def test_the_lexicon_is_that_of_a_newspaper() -> None:
    assert len({entry.partition("_")[0] for _, _, lemmas in VERBS for entry in lemmas.split()}) >= 150


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("claim", {"claim", "claims", "claimed", "claiming"}),
        ("announce", {"announce", "announces", "announced", "announcing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
        ("say", {"say", "says", "said", "saying"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_inflection(lemma: str, forms: set[str]) -> None:
    assert set(inflect(lemma).values()) == forms


def test_a_particle_makes_another_cue() -> None:
    assert {cue.particle for cue in FORMS["called"].cues} == {"", "for", "on"}
