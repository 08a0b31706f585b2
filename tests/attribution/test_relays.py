"""Through which outlet a claim came: told, interviewed, written, tweeted; and what follows it."""

from __future__ import annotations

import pytest

from corpus.types import Article
from rag.attribution import RuleExtractor
from rag.attribution.coreference import Cast
from rag.attribution.outlet_names import is_media
from rag.attribution.relays import Channels
from rag.attribution.tokens import read_document


def channels(text: str) -> list[str | None]:
    """The outlet of each attribution, in the order of the text."""
    document = read_document(text, None)
    found = RuleExtractor().extract(Article(id="a", text=text))
    cast = Cast(document)
    ends = {made.source: max(piece.end for piece in made.content) for made in found}
    entities = {source: cast.resolve(source, until=ends[source]) for source in sorted(ends) if source}
    told = Channels(document, found, entities, cast.people)
    return [told.of(made) for made in found]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Ana Ruiz told the Elsin Herald that the port was shut.", "Elsin Herald"),
        ("“The port is shut,” Ana Ruiz told Harbourline on Monday.", "Harbourline"),
        ("“The port is shut,” Ana Ruiz told the Tarn Herald’s Gil Marsh.", "Tarn Herald"),
        ("“The port is shut,” Ana Ruiz told Vesta's Gil Marsh.", "Vesta"),
        ("“The port is shut,” Ana Ruiz told Gil Marsh of Vesta News.", "Vesta News"),
        ("“The port is shut,” Ana Ruiz told radio host Gil Marsh.", "Gil Marsh"),
        ("In an interview with Vesta News on Monday, Ana Ruiz said the port was shut.", "Vesta News"),
        ("Ana Ruiz said in an interview with Harbourline that the port was shut.", "Harbourline"),
        ("In a column for the Elsin Post, Ana Ruiz said the port was shut.", "Elsin Post"),
        ("“The port is shut,” Ana Ruiz said on VNN's “Harbour Tonight.”", "VNN"),
        ("“The port is shut,” Ana Ruiz said, according to the Elsin Post.", "Elsin Post"),
        ("The Elsin Post's Gil Marsh wrote that the port was shut.", "Elsin Post"),
        ("Ana Ruiz tweeted that the port was shut.", "Twitter"),
        ("Ana Ruiz wrote on Pondbook that the port was shut.", "Pondbook"),
        ("On “Sail the Bay” on Monday, Ana Ruiz said the port was shut.", "Sail the Bay"),
        ("On an episode of “The Gil Marsh Hour” on Friday, Ana Ruiz said the port was shut.", "Gil Marsh Hour"),
        ("“The port is shut,” Ana Ruiz said in a letter obtained by the Elsin Post.", "Elsin Post"),
        ("In an email released by DockLeaks, Ana Ruiz wrote that the port was shut.", "DockLeaks"),
    ],
)
def test_told_to_an_outlet(text: str, outlet: str) -> None:
    """An outlet is known by its form, or by what is done with it; no list of outlets is needed."""
    assert outlet in channels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz told Gil Marsh that the port was shut.",
        "Ana Ruiz told the Senate that the port was shut.",
        "Ana Ruiz told Norway that the port was shut.",
        "Ana Ruiz told the Harbour Committee that the port was shut.",
        "Ana Ruiz told Marsh, her deputy Gil Marsh, that the port was shut.",
        "Ana Ruiz said on Monday that the port was shut.",
        "Ana Ruiz said she had spoken with Gov. Gil Marsh. Ruiz said that the port was shut.",
        "Ana Ruiz said in Elsin that the port was shut.",
        "The Elsin Post reported that the port was shut.",
        "Ana Ruiz told the Harbourist leaders that the port was shut.",
        "“I would,” Ana Ruiz told the TV.",
        "Ana Ruiz told Tarn-Velians that the port was shut.",
        "Ana Ruiz said in a statement released by the Marsh campaign that the port was shut.",
        "“The port is shut,” said Ana Ruiz, the director for ShipOut.",
        "Ana Ruiz told Western countries that the port was shut.",
        "Following Monday’s reports the board said that the port was shut.",
        "The port was shut, according to the N.T. Harbour Service.",
        "The port was shut, according to Vesta captain Ana Ruiz.",
    ],
)
def test_no_outlet(text: str) -> None:
    """People, bodies, places, days; and who reports is the speaker, not the way."""
    assert set(channels(text)) == {None}


def test_what_follows_was_told_the_same_outlet() -> None:
    text = (
        "Ana Ruiz told the Elsin Herald that the port was shut.\n\n“It is cold,” Ruiz said.\n\n"
        "Gil Marsh said it was late."
    )
    assert channels(text) == ["Elsin Herald", "Elsin Herald", None]


def test_until_the_speaker_speaks_elsewhere() -> None:
    text = (
        "Ana Ruiz told the Elsin Herald that the port was shut.\n\nRuiz said at a rally that it was cold.\n\n"
        "Ruiz said it was late."
    )
    assert channels(text) == ["Elsin Herald", None, None]


def test_a_post_is_followed_by_what_is_written_not_by_what_is_said() -> None:
    text = "Ana Ruiz wrote on Pondbook that the port was shut. “It is cold,” she wrote.\n\nRuiz said it was late."
    assert channels(text) == ["Pondbook", "Pondbook", None]


def test_a_sentence_may_name_the_outlet_before_anything_is_said() -> None:
    text = "Ana Ruiz appeared on Vesta News on Monday.\n\n“The port is shut,” she said."
    assert channels(text)[-1] == "Vesta News"


def test_a_short_name_is_that_of_the_one_outlet_it_may_be() -> None:
    text = "Readers of the Elsin Post wrote in.\n\nAna Ruiz told the Post that the port was shut."
    assert channels(text)[-1] == "Elsin Post"


def test_the_host_is_not_the_outlet_where_the_show_is_named() -> None:
    text = "On The Gil Marsh Morning Show, Ana Ruiz said the port was shut.\n\n“It is cold,” she told Marsh."
    assert channels(text) == ["Gil Marsh Morning Show"] * 2


def test_what_was_told_another_time_is_not_told_now() -> None:
    text = (
        "Ana Ruiz told the Elsin Herald that the port was shut.\n\n“I warned them,” Ruiz told Vesta News in March.\n\n"
        "“It is cold,” Ruiz said."
    )
    assert channels(text) == ["Elsin Herald", "Vesta News", "Elsin Herald"]


def test_a_description_hands_the_outlet_on_to_the_name() -> None:
    text = (
        "On “Sail the Bay” on Monday, the former minister and current candidate said the port was shut.\n\n"
        "“It is cold,” Ana Ruiz said."
    )
    assert channels(text) == ["Sail the Bay"] * 2


@pytest.mark.parametrize(("name", "media"), [("Elsin Herald", True), ("Vesta News", True), ("Harbour Board", False)])
def test_outlets_by_form(name: str, media: bool) -> None:
    assert is_media(name) is media
