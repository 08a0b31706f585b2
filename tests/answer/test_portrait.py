"""What is told of a speaker: topics, and whom its denials and accusations name."""

from __future__ import annotations

from rag.answer.portrait import portray
from rag.question import PartyNames
from rag.store.browsing import Speaker
from rag.types import Party

COMMAND = Party(id="elsin-command", name="Elsin Command", kind="government")
OBSERVATORY = Party(id="tarn-observatory", name="Tarn Observatory", kind="organisation")
HARLAN = Party(id="ivo-harlan", name="Ivo Harlan", kind="person", role="spokesman for the Elsin Command")


def test_a_spokesman_does_not_speak_against_whom_he_speaks_for() -> None:
    speaker = Speaker(
        party=HARLAN,
        claims=2,
        articles=1,
        outlets=1,
        most_in=("Orla Post",),
        denials=2,
        accusations=0,
        first="2031-05-04",
        latest="2031-05-04",
    )
    opposed = ["that the Elsin Command had hit the mill", "what the Tarn Observatory had written of the Elsin Command"]
    portrait = portray(speaker, said=opposed, opposed=opposed, names=PartyNames([COMMAND, OBSERVATORY, HARLAN]))
    assert portrait.against == ("Tarn Observatory",)
