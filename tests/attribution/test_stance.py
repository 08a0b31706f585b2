"""The stance that a cue lends to its content."""

from __future__ import annotations

import pytest

from rag.attribution.stance import stance_of


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("said", "the road is open", "asserts"),
        ("according to", "the road is open", "asserts"),
        (":", "road is open", "asserts"),
        ("denied", "that the road is open", "denies"),
        ("rejected", "the claim that the road is open", "denies"),
        ("does not believe", "that the road is open", "denies"),
        ("refused", "to open the road", "denies"),
        ("bristled at", "the suggestion that the road is open", "denies"),
        ("bristled", "“The road is open.”", "asserts"),
        ("scoffed", "“The road is open.”", "asserts"),
        ("pushed for", "an open road", "asserts"),
        ("took a moment to praise", "the road", "asserts"),
        ("took aim at", "the road", "accuses"),
        ("took issue with", "the claim that the road is open", "denies"),
        ("did not say", "when the road opens", "none"),
        ("would not confirm", "that the road is open", "none"),
        ("didn’t mention", "the road", "none"),
        ("did not deny", "that the road is open", "hedges"),
        ("declined", "to comment", "declined"),
        ("declined", "to be named", "declined"),
        ("declined", "to offer a figure of its own", "declined"),
        ("did not immediately respond to", "a request for comment", "declined"),
        ("would not say", "who paid", "declined"),
        ("asked not", "to be named", "declined"),
        ("confirmed", "that the road is open", "confirms"),
        ("acknowledged", "delays", "confirms"),
        ("suggested", "the road was open", "asserts"),
        ("suggested", "the road might be open", "hedges"),
        ("may say", "the road is open", "hedges"),
        ("expects", "the road to open", "hedges"),
        ("vowed", "to open the road", "promises"),
        ("asked", "whether the road is open", "questions"),
        ("asked", "the council to open the road", "questions"),
        ("asked", "to open the road", "asserts"),
        ("alleged", "that the road was mined", "accuses"),
        ("blamed", "the council for the road", "accuses"),
        ("claim", "that the road is open", "asserts"),
        ("allegation", "that the road was mined", "accuses"),
        ("", "“Why is the road shut?”", "questions"),
    ],
)
def test_stance(cue: str, content: str, stance: str) -> None:
    assert stance_of(cue, content) == stance


def test_a_passive_without_a_source_is_a_rumour() -> None:
    assert stance_of("is said", "to have fled", has_source=False) == "hedges"


@pytest.mark.parametrize(
    ("content", "stance"),
    [
        ("he did not sell the boat", "denies"),
        ("he did not believe that the boat was sold", "denies"),
        ("the survey found none of the parties has a majority", "asserts"),
        ("he did not mention the boat", "asserts"),
        ("“No one can honestly say whose boat it is.”", "questions"),
        ("“If it is cheap enough, he may buy the boat.”", "hedges"),
        ("there was indeed a hole in the boat", "confirms"),
        ("that she had had no talks with the owner", "denies"),
        ("they are not trying to close the road", "denies"),
        ("the closure was not a response to the strike", "denies"),
        ("that the letters had no bearing on the vote", "denies"),
        ("“There never was a contract,”", "denies"),
        ("the charges were baseless", "denies"),
        ("“No, we never met.”", "denies"),
        ("he would resign", "promises"),
        ("that she would not allow it to pass", "promises"),
        ("the toll could be higher", "hedges"),
        ("“Maybe not all of it,”", "hedges"),
        ("“It’s too early to say,”", "hedges"),
        ("“When does it stop?”", "questions"),
        # no denials: not seen, not known, not the main clause, a description
        ("she did not know who paid", "asserts"),
        ("he was not happy", "asserts"),
        ("the road that was not repaired is open", "asserts"),
        ("she would be surprised", "asserts"),
        ("they will withdraw", "asserts"),
        ("while it could rain, the road is open", "asserts"),
        ("it would not be enough", "asserts"),
        ("that he’d accepted the boat", "asserts"),
        ("it would likely improve the road", "asserts"),
        ("“That is not correct,”", "denies"),
        ("the closure, on 2 May 2031, cost lives", "asserts"),
        ("2 May 2031 the road was open", "asserts"),
        ("gunfire could be heard", "asserts"),
        ("“I’ve never seen anything like this storm,”", "asserts"),
        ("“It doesn’t take a lot of thought to see why.”", "asserts"),
        # what something would bring about, or others would do
        ("it would cause delays", "asserts"),
        ("“They would sell the boat.”", "asserts"),
    ],
)
def test_wording_tells_where_the_cue_is_plain(content: str, stance: str) -> None:
    assert stance_of("said", content) == stance


def test_wording_does_not_overrule_a_cue_that_says_more() -> None:
    assert stance_of("confirmed", "that it had not sold the boat") == "confirms"


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("called", "the charges baseless and made up", "denies"),
        ("called", "it “a fairy tale”", "denies"),
        ("called", "the plan a gift to the town", "asserts"),
        ("did not know", "who owned the boat", "none"),
        ("said", "that it could not establish where the money had gone", "asserts"),
        ("said", "they had not been paid since June", "asserts"),
        ("said", "she had not sold the boat", "denies"),
    ],
)
def test_a_charge_called_false_is_denied_and_ignorance_denies_nothing(cue: str, content: str, stance: str) -> None:
    assert stance_of(cue, content) == stance
