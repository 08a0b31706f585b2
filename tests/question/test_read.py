"""Questions as people ask them, and what is understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.errors import QuestionError
from rag.question import Corpus, Filters, PartyNames, Query, read_question
from rag.store.entries import Appearance
from rag.types import Party

PARTIES = (
    Party(id="orla-ministry-of-defence", name="Orla Ministry of Defence", kind="government", aliases=("the ministry",)),
    Party(id="ana-ruiz", name="Ana Ruiz", kind="person", role="mayor", aliases=("Mayor Ana Ruiz", "Ruiz", "she")),
    Party(id="tom-vale", name="Tom Vale", kind="person", aliases=("Vale", "Sir Tom Vale")),
    Party(id="jo-vale", name="Jo Vale", kind="person", aliases=("Vale",)),
    Party(id="pike", name="Pike", kind="person"),
    Party(id="officials@a1", name="officials", kind="unnamed"),
)
PLAIN = Corpus(names=PartyNames(PARTIES))


def speakers(question: str) -> list[str]:
    return [party.id for party in read_question(question, corpus=PLAIN).speakers]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did Ana Ruiz say about the dam?", ["ana-ruiz"]),
        ("What has Mayor Ruiz told reporters?", ["ana-ruiz"]),
        ("Did the Orla Ministry of Defence deny the raid?", ["orla-ministry-of-defence"]),
        ("what did ana ruiz say?", ["ana-ruiz"]),
        ("How many died, according to Ana Ruiz?", ["ana-ruiz"]),
    ],
)
def test_the_party_that_is_asked_for_is_found(question: str, wanted: list[str]) -> None:
    assert speakers(question) == wanted


def test_a_party_that_is_only_spoken_about_is_no_speaker() -> None:
    assert speakers("Who said that Ana Ruiz lied?") == []
    assert speakers("Which minister accused Ana Ruiz?") == []


def test_a_bare_noun_asks_for_those_who_bear_it_unless_they_are_many() -> None:
    assert speakers("What did the mayor say about the dam?") == ["ana-ruiz"]
    others = [Party(id=f"m{n}", name=f"Bo E{n}k", kind="person", role="mayor") for n in "abcde"]
    for more, asked in ((1, ["ana-ruiz", "ma"]), (5, [])):
        corpus = Corpus(names=PartyNames([*PARTIES, *others[:more]]))
        query = read_question("What did the mayor say about the dam?", corpus=corpus)
        assert [party.id for party in query.speakers] == asked


def test_a_role_with_a_place_is_not_taken_for_the_place() -> None:
    assert read_question("What did the mayor of Elsin say about the dam?", corpus=PLAIN).unknown is None


def test_a_surname_that_two_people_bear_asks_for_both() -> None:
    assert sorted(speakers("What did Vale say?")) == ["jo-vale", "tom-vale"]


def test_a_full_name_does_not_ask_for_the_namesake() -> None:
    assert speakers("What did Tom Vale say?") == ["tom-vale"]


def test_a_namesake_with_another_first_name_is_not_asked_for() -> None:
    query = read_question("What did Edna Ruiz say?", corpus=PLAIN)
    assert query.speakers == ()
    assert query.unknown == "Edna Ruiz"


def test_a_first_name_or_a_title_that_is_somebodys_surname_does_not_ask_for_him() -> None:
    """Pike Marlow is not Pike, and Pope Leo is no Amy Pope."""
    parties = (
        *PARTIES,
        Party(id="amy-pope", name="Amy Pope", kind="person", aliases=("Pope",)),
        Party(id="francis", name="Francis", kind="person", role="pope", aliases=("Pope Francis", "Pope", "the pope")),
    )
    corpus = Corpus(names=PartyNames(parties))

    def asked(question: str) -> tuple[list[str], str | None]:
        query = read_question(question, corpus=corpus)
        return sorted(party.id for party in query.speakers), query.unknown

    assert asked("What did Pike Marlow say about the dam?") == ([], "Pike Marlow")
    assert asked("What did Pope Leo say about the war?") == ([], "Pope Leo")
    assert asked("What did Pope Francis say about the war?") == (["francis"], None)
    assert asked("What did Pope say about the war?") == (["amy-pope", "francis"], None)
    assert asked("What did Pike say in March?") == (["pike"], None)
    assert asked("What Did Pike Say About The Dam?") == (["pike"], None)
    assert asked("Did Pike Monday deny it?") == (["pike"], None)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who reported the civilian deaths?", "the civilian deaths?"),
        ("What did Ana Ruiz say about the dam?", "the dam?"),
        ("What did Ana Ruiz say?", ""),
    ],
)
def test_the_topic_is_what_is_left_without_the_frame_of_the_question(question: str, topic: str) -> None:
    assert read_question(question, corpus=PLAIN).topic == topic


def test_a_full_name_finds_a_party_that_articles_name_by_surname_alone() -> None:
    assert speakers("What did Edna Pike say?") == ["pike"]


def test_a_common_noun_or_pronoun_is_no_name() -> None:
    assert speakers("What did she say?") == []
    assert speakers("What did the ministry say?") == []


def test_a_name_that_no_claim_belongs_to_is_told() -> None:
    query = read_question("What did Zoltan Brack say about the dam?", corpus=PLAIN)
    assert query.unknown == "Zoltan Brack"
    assert query.speakers == ()


def test_it_is_told_with_its_article_where_the_question_has_one() -> None:
    assert read_question("What did the Archduke say about the dam?", corpus=PLAIN).unknown == "the Archduke"
    assert read_question("What did Archduke Brack say about the dam?", corpus=PLAIN).unknown == "Archduke Brack"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Who reported the civilian deaths?", "who_said"),
        ("Which officials said the dam was safe?", "who_said"),
        ("What did Ana Ruiz say?", "what_said"),
        ("Did Ana Ruiz deny it?", "whether"),
        ("How many people died, according to whom?", "figure"),
        ("What is known about the dam?", "topic"),
    ],
)
def test_what_kind_of_question_it_is(question: str, intent: str) -> None:
    assert read_question(question, corpus=PLAIN).intent == intent


@pytest.mark.parametrize(
    ("question", "stances"),
    [
        ("Who denied the raid?", ("denies",)),
        ("Did the firm reject the charge?", ("denies",)),
        ("Who confirmed it?", ("confirms",)),
        ("Who promised repairs?", ("promises",)),
        ("Who spoke of the raid?", ()),
    ],
)
def test_the_stance_that_is_asked_for(question: str, stances: tuple[str, ...]) -> None:
    assert read_question(question, corpus=PLAIN).stances == stances


def test_a_follow_up_takes_the_question_before_it_along() -> None:
    history = ["What did Ana Ruiz say about the dam?"]
    assert "dam" in read_question("And when?", corpus=PLAIN, history=history).text
    assert "dam" in read_question("Who else?", corpus=PLAIN, history=[*history, "And when?"]).text


def test_a_question_that_stands_alone_leaves_the_earlier_ones_behind() -> None:
    query = read_question("Who owns Acme Mining?", corpus=PLAIN, history=["What did Ana Ruiz say about the dam?"])
    assert query.text == "Who owns Acme Mining?"


@pytest.mark.parametrize("question", ["", "   ", "?!"])
def test_an_empty_question_says_what_to_ask(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        read_question(question, corpus=PLAIN)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(since="yesterday"), "since must be a date"),
        (Filters(until="2026-1-3"), "until must be a date"),
        (Filters(since="2026-02-30"), "since must be a date"),
        (Filters(since="2026-02-02", until="2026-02-01"), "2026-02-02 is after until 2026-02-01"),
        (Filters(parties=("Nobody Known",)), "Nobody Known"),
    ],
)
def test_a_filter_that_cannot_be_read_is_an_error_that_names_it(filters: Filters, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        read_question("Who spoke?", corpus=PLAIN, filters=filters)


def test_a_description_that_holds_a_name_is_not_that_name() -> None:
    """Ana Ruiz's chief of staff is not Ana Ruiz: to answer with her words would blame her for what she did not say."""
    assert speakers("What did Ana Ruiz's chief of staff say?") == []
    assert read_question("What did the Marrow police chief say?", corpus=PLAIN).unknown is None


MARROW = Corpus(
    names=PartyNames(
        (
            *PARTIES,
            Party(id="lena-holt", name="Lena Holt", kind="person", role="Marrow police chief", aliases=("the chief",)),
            Party(id="ruiz-campaign", name="Ruiz campaign", kind="organisation", aliases=("Ana Ruiz's campaign",)),
        )
    ),
    outlets=("The Orla Post", "Marrow Gazette"),
)


def read(question: str, *history: str) -> Query:
    return read_question(question, corpus=MARROW, history=history)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did the Marrow police chief say?", ["lena-holt"]),
        ("What did Ana Ruiz's campaign say about the dam?", ["ruiz-campaign"]),
        ("What did the Orla police chief say?", []),
        ("What did the town's mayor say about the dam?", ["ana-ruiz"]),
        ("What did Tom Vale's mayor say about the dam?", []),
        ("Compare Ana Ruiz and Tom Vale on the dam", ["ana-ruiz", "tom-vale"]),
        ("How do Ana Ruiz and Tom Vale differ on the dam?", ["ana-ruiz", "tom-vale"]),
    ],
)
def test_whose_words_a_description_asks_for(question: str, wanted: list[str]) -> None:
    assert [party.id for party in read(question).speakers] == wanted


@pytest.mark.parametrize(
    ("question", "history", "wanted"),
    [
        ("And what did she say about the bridge?", "What did Ana Ruiz say about the dam?", ["ana-ruiz"]),
        ("And how did her campaign answer that?", "What did Tom Vale say about Ana Ruiz?", ["ruiz-campaign"]),
        ("And when?", "What did Ana Ruiz say about the dam?", ["ana-ruiz"]),
        ("And what did Tom Vale say?", "What did Ana Ruiz say about the dam?", ["tom-vale"]),
        ("Who else?", "What did Ana Ruiz say about the dam?", []),
    ],
)
def test_whose_words_a_follow_up_asks_for(question: str, history: str, wanted: list[str]) -> None:
    assert [party.id for party in read(question, history).speakers] == wanted


def test_a_follow_up_keeps_the_topic_that_it_leaves_out() -> None:
    assert "dam" in read("And what did Tom Vale say?", "What did Ana Ruiz say about the dam?").topic
    assert "dam" in read("And what did her campaign say?", "What did Ana Ruiz say about the dam?").topic
    assert "dam" not in read("And what did she say about the bridge?", "What did Ana Ruiz say about the dam?").topic
    assert read("Who else?", "Who denied that the dam leaks?").stances == ("denies",)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Compare Ana Ruiz and Tom Vale on the dam", "compare"),
        ("Where do Ana Ruiz and Tom Vale disagree?", "compare"),
        ("Give me a timeline of the dam", "timeline"),
        ("When did the dam break, according to whom?", "when"),
        ("Where was the body found?", "where"),
    ],
)
def test_further_kinds_of_questions(question: str, intent: str) -> None:
    assert read(question).intent == intent


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("What was said about the dam in the Orla Post?", ("The Orla Post",)),
        ("What does the Marrow Gazette say about the dam?", ("Marrow Gazette",)),
        ("Who told the Orla Post that the dam leaks?", ()),
        ("What did the Orla Post's editor say?", ()),
    ],
)
def test_the_outlet_that_a_question_names(question: str, outlets: tuple[str, ...]) -> None:
    assert read(question).outlets == outlets


def test_who_was_told_is_known() -> None:
    assert read("Who told the Orla Post that the dam leaks?").told == "the Orla Post"


def test_what_a_question_restricts_is_said_and_is_no_topic() -> None:
    query = read("What did Ana Ruiz say in October 2030 about the dam?")
    assert query.filters == ("since 2030-10-01", "until 2030-10-31")
    assert "October" not in query.topic


LAGOON = Corpus(
    names=PartyNames(
        (
            Party(id="mara-lind", name="Mara Lind", kind="person", role="engineer"),
            Party(id="per-holm", name="Per Holm", kind="person", role="night foreman"),
            Party(id="tidal-works", name="Tidal Works", kind="organisation", aliases=("Tidal",)),
            Party(id="brine-bank", name="Brine Bank", kind="organisation"),
        ),
        (
            Appearance(party="mara-lind", role="engineer", article=1),
            Appearance(party="mara-lind", role="head of the lagoon clinic", article=2),
            Appearance(party="per-holm", role="night foreman", article=1),
            Appearance(party="per-holm", role="night foreman", article=3),
            Appearance(party="per-holm", role="night foreman", article=4),
            *(Appearance(party="tidal-works", role=None, article=article) for article in (1, 3)),
            Appearance(party="brine-bank", role=None, article=4),
        ),
    ),
    outlets=("Lagoon Post",),
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did the head of the clinic say about the dam?", ["mara-lind"]),
        ("What did the lagoon clinic's head say about the dam?", ["mara-lind"]),
        ("What did the clinic engineer say about the dam?", []),  # two roles of hers are not one
        ("What did Tidal's night foreman say about the dam?", ["per-holm"]),
        ("What did the night foreman of Tidal Works say about the dam?", ["per-holm"]),
        ("What did Brine Bank's night foreman say about the dam?", []),  # he is mostly named without it
        ("What did Mara Lind's night foreman say about the dam?", []),
    ],
)
def test_every_role_that_articles_give_is_known(question: str, wanted: list[str]) -> None:
    assert [party.id for party in read_question(question, corpus=LAGOON).speakers] == wanted


def test_where_it_was_said_is_no_topic() -> None:
    """All that a party says in an outlet is asked for: nothing more need fit."""
    query = read_question("What did Mara Lind say in the Lagoon Post?", corpus=LAGOON)
    assert (query.outlets, query.topic) == (("Lagoon Post",), "")
    on_dam = read_question("What did Mara Lind say of the dam in the Lagoon Post?", corpus=LAGOON)
    assert on_dam.topic.split()[:3] == ["of", "the", "dam"]


def test_who_is_asked_for_by_what_he_is_is_no_topic() -> None:
    for asked in ("And what did the foreman say?", "And what did the night foreman say?"):
        query = read_question(asked, corpus=LAGOON, history=["Who inspected the dam?"])
        assert [party.id for party in query.speakers] == ["per-holm"]
        assert "foreman" not in query.topic


def test_of_these_days_an_archive_has_none() -> None:
    live, archive = (replace(PLAIN, latest=day) for day in (date(2031, 6, 17), date(2029, 1, 1)))
    asked: dict[str, Any] = {"question": "Who resigned this week?", "today": date(2031, 6, 18)}
    assert read_question(corpus=live, **asked).near == "2031-06-18"
    assert read_question(corpus=archive, **asked).near is None


def test_as_of_an_earlier_day_this_week_is_counted_from_it() -> None:
    corpus = replace(PLAIN, latest=date(2031, 6, 17))
    filters = Filters(until="2031-05-02")
    query = read_question("Who resigned recently?", corpus=corpus, filters=filters, today=date(2031, 6, 18))
    assert query.near == "2031-05-02"


def test_this_week_leans_on_no_question_before() -> None:
    assert (
        read_question("Who left this week?", corpus=PLAIN, history=["Who spoke of the dam?"]).text
        == "Who left this week?"
    )


KIN = Corpus(
    names=PartyNames(
        (
            Party(id="tom-vale", name="Tom Vale", kind="person"),
            Party(id="jon-vale", name="Jon Vale", kind="person", role="brother of Tom Vale"),
            Party(id="eva-holm", name="Eva Holm", kind="person", role="lawyer of Tom Vale"),
        ),
    ),
)


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And what did his brother say?", "What did Tom Vale say?", ["jon-vale"]),
        ("What did Tom Vale's brother say?", None, ["jon-vale"]),
        ("What did Tom Vale's lawyer say?", None, ["eva-holm"]),
        # nobody is his own brother, nor has the lawyer of a namesake
        ("And what did his brother say?", "What did Jon Vale say?", []),
        ("What did Jon Vale's brother say?", None, []),
        ("What did Jon Vale's lawyer say?", None, []),
        ("What did Eva Holm's brother say?", None, []),
    ],
)
def test_who_is_what_to_whom(question: str, before: str | None, wanted: list[str]) -> None:
    query = read_question(question, corpus=KIN, history=[before] if before else [])
    assert [party.id for party in query.speakers] == wanted
    assert query.unmatched == (not wanted)


def test_a_body_that_belongs_to_nobody_known_is_no_relative() -> None:
    assert not read_question("What did Tom Vale's campaign say?", corpus=KIN).unmatched


STATES = Corpus(
    names=PartyNames(
        [
            Party(id="norway", name="Norway", kind="government", side="Norway"),
            Party(id="ek", name="Bo Ék", kind="person", side="Norway", role="Norwegian prime minister"),
            Party(id="ski", name="Ida Lund", kind="person", side="Norway", role="Norwegian skier"),
            Party(id="old", name="Ole Dahl", kind="person", side="Norway", role="former prime minister of Norway"),
            Party(id="rebels", name="Norwegian opposition forces", kind="government", side="Norway"),
            Party(id="moen", name="Per Moen", kind="person", side="Denmark", role="Danish ambassador to Norway"),
        ]
    )
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did Norway say about the cod?", ["norway", "ek"]),
        ("What did Oslo say about the cod?", ["norway", "ek"]),
        ("what did norway say about the cod?", ["norway", "ek"]),
        ("What did the Norwegian government say about the cod?", ["norway", "ek"]),
        ("What did Denmark say about the cod?", ["moen"]),  # that is itself no party here
    ],
)
def test_a_country_is_asked_through_those_who_speak_for_it(question: str, wanted: list[str]) -> None:
    query = read_question(question, corpus=STATES)
    assert ([party.id for party in query.speakers], query.unknown, query.topic) == (wanted, None, "the cod?")


def test_a_country_for_which_nobody_speaks_is_not_known() -> None:
    query = read_question("What did Sweden say about the cod?", corpus=STATES)
    assert (query.speakers, query.state, query.unknown) == ((), None, "Sweden")


def test_a_name_is_found_without_its_accents() -> None:
    query = read_question("What did Bo Ek say about the cod?", corpus=STATES)
    assert [party.id for party in query.speakers] == ["ek"]


BODIES = Corpus(
    names=PartyNames(
        [
            Party(id="whf", name="World Harbour Federation", kind="organisation"),
            Party(id="ofu", name="Orla Fire Union", kind="organisation"),
            Party(id="ofs", name="Orla Fishers' Union", kind="organisation"),
            Party(id="both", name="Guild and Chamber", kind="group"),
            Party(id="guild", name="the Guild", kind="organisation"),
            Party(id="chamber", name="Chamber", kind="organisation"),
        ]
    )
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did the WHF say about the quay?", ["whf"]),
        ("What did the W.H.F. say about the quay?", ["whf"]),
        ("What did the OFU say about the quay?", []),  # which of two?
        ("What did the Guild and Chamber say about the quay?", ["both", "guild", "chamber"]),
    ],
)
def test_bodies_by_their_first_letters_and_two_that_once_spoke_as_one(question: str, wanted: list[str]) -> None:
    assert [party.id for party in read_question(question, corpus=BODIES).speakers] == wanted
