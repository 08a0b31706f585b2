"""Questions and answers: whose the answers are, which no cue beside them says."""

from __future__ import annotations

from rag import extract_claims

QUOTED = """The keeper who stayed: an interview with Imre Salk

Imre Salk has kept the light at Cape Orrin since he was nineteen.

Why did you not leave with the others?

“The lamp does not light itself. Somebody has to.”

The harbour board says the light is obsolete.

“They said that of the foghorn. Then the Marrow ran aground.

“I do not argue with them any more.”

And what will you do in the spring?

“I will paint the rail.”

The board declined to comment."""

LABELLED = """Imre Salk on the light at Cape Orrin

Imre Salk has kept the light at Cape Orrin since he was nineteen.

Herald: Why did you not leave?

Salk: The lamp does not light itself.

Somebody has to be there.

Herald: Will you stay?

Salk: I will paint the rail in the spring.

The light was built in 1911."""


def answers(text: str, party: str) -> list[str]:
    return [claim.text for claim in extract_claims(text) if claim.party.name == party]


def test_unmarked_questions_give_their_answers_to_the_one_who_is_interviewed() -> None:
    assert answers(QUOTED, "Imre Salk") == [
        "“The lamp does not light itself. Somebody has to.”",
        "“They said that of the foghorn. Then the Marrow ran aground. ... “I do not argue with them any more.”",
        "“I will paint the rail.”",
    ]


def test_an_answer_is_not_given_to_whom_the_question_names() -> None:
    assert [c.text for c in extract_claims(QUOTED) if "board" in c.party.name] == [
        "the light is obsolete",
        "to comment",
    ]


def test_labelled_turns_belong_to_their_label_and_questions_to_nobody() -> None:
    said = [claim for claim in extract_claims(LABELLED, outlet="The Orrin Herald") if claim.party.name == "Imre Salk"]
    assert [claim.text for claim in said] == [
        "The lamp does not light itself. ... Somebody has to be there.",
        "I will paint the rail in the spring.",
    ]
    assert not [c for c in extract_claims(LABELLED) if "1911" in c.text]


def test_two_quotations_behind_questions_are_an_interview_but_one_is_none() -> None:
    text = "Eva Holm runs the mill.\n\nWho knew?\n\n“We were never told about any of this.”"
    assert answers(text, "Eva Holm") == []
