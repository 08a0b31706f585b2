"""What an answer says first, what it sets side by side, and what it says where nothing fits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import pytest

from corpus.types import Article, Span
from rag.answer.compose import compose_answer
from rag.answer.select import Selection, Shown
from rag.question import Intent, Query
from rag.store.entries import Carriage
from rag.types import Answer, ArticleRef, Claim, Party, Scope, Stance

SCOPE = Scope(articles=3, outlets=("Orla Post",), since="2031-05-01", until="2031-05-09")
RUIZ = Party(id="ruiz", name="Ana Ruiz", kind="person", role="mayor")
VALE = Party(id="vale", name="Tom Vale", kind="person")


@dataclass(slots=True)
class Shelf:
    """A store of a few articles; `carriage` says who carries a claim."""

    articles: dict[str, Article] = field(default_factory=dict)
    carriage: dict[str, Carriage] = field(default_factory=dict)

    def article(self, article_id: str) -> Article | None:
        return self.articles.get(article_id)

    def attributed(self, ids: Collection[str]) -> dict[str, list[Span]]:
        return {id_: [] for id_ in ids}

    def origins_of(self, ids: Collection[str]) -> dict[str, str]:
        return {id_: id_ for id_ in ids}

    def with_copies(self, ids: Collection[str]) -> Collection[str]:
        return ids

    def carried_by(self, claim: str) -> Carriage | None:
        return self.carriage.get(claim)

    def put(self, words: str, party: Party, *, stance: Stance = "asserts", published: str = "2031-05-04") -> Shown:
        name = f"a{len(self.articles) + 1}"
        self.articles[name] = Article(id=name, text=words, outlet="Orla Post", published=published)
        claim = Claim(
            id=f"c-{name}",
            text=words,
            party=party,
            voice="unnamed" if party.kind == "unnamed" else "party",
            stance=stance,
            quote_type="indirect",
            source=(),
            cue=(),
            content=(Span(0, len(words)),),
            article=name,
            confidence=0.9,
        )
        return Shown(claim=claim, cited=Span(0, len(words)), words=words)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def answer(shelf: Shelf, *shown: Shown, intent: Intent = "topic", question: str = "What?", **query: object) -> Answer:
    asked = Query(question=question, text=question, intent=intent, **query)  # type: ignore[arg-type]
    return compose_answer(asked, Selection(claims=shown, own_words=()), scope=SCOPE, store=shelf)


def test_a_figure_is_said_first_with_whose_it_is(shelf: Shelf) -> None:
    made = answer(
        shelf,
        shelf.put("more than 20 sailors drowned off Elsin", RUIZ),
        shelf.put("nine sailors drowned off Elsin", VALE),
        intent="figure",
        question="How many sailors drowned?",
    )
    first, second = made.text.split("\n\n")[:2]
    assert first == "More than 20 sailors according to Ana Ruiz [1]; nine sailors according to Tom Vale [2]."
    assert second == "**The figures differ:**"
    assert [row.party for row in made.tables[0].rows] == ["Ana Ruiz", "Tom Vale"]


def test_the_figure_said_first_counts_what_is_asked_for(shelf: Shelf) -> None:
    knocked = shelf.put("officers knocked on 610 doors and 1,200 people left", RUIZ)
    treated = shelf.put("14 ambulances came", VALE)
    made = answer(shelf, knocked, treated, intent="figure", question="How many residents left?")
    assert made.text.startswith("1,200 people according to Ana Ruiz [1].")


def test_what_may_be_on_something_else_is_not_said_to_be_on_what_was_asked(shelf: Shelf) -> None:
    shown = (shelf.put("nine sailors drowned", RUIZ), shelf.put("14 sailors drowned", VALE))
    leads = []
    for query in (
        Query(question="Who found it?", text="Who found it?", intent="who"),
        Query(question="How many sailors?", text="How many sailors?", intent="figure"),
        Query(question="Timeline of it", text="Timeline of it", intent="timeline"),
        Query(question="What did they say?", text="What did they say?", intent="topic", speakers=(RUIZ, VALE)),
    ):
        made = compose_answer(query, Selection(claims=shown, own_words=(), sure=False), scope=SCOPE, store=shelf)
        assert (made.status, made.sure, made.tables) == ("answered", False, ())
        leads.append(made.text.split("\n\n")[0])
    assert leads == [
        "Nothing in these articles surely answers this. The nearest is from Ana Ruiz [1] and Tom Vale [2]:",
        "Nothing in these articles surely answers this. The nearest is from Ana Ruiz [1] and Tom Vale [2]:",
        "Nothing in these articles surely answers this. The nearest is from Ana Ruiz [1] and Tom Vale [2]:",
        "Nothing in these articles surely answers this. What Ana Ruiz [1] and Tom Vale [2] said comes nearest:",
    ]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many sailors are dead?", "14 sailors according to Tom Vale [2]."),
        ("How many of the dead were children?", "Four of the dead according to Ana Ruiz [1]"),
    ],
)
def test_a_part_is_told_only_where_parts_are_asked_for(shelf: Shelf, question: str, first: str) -> None:
    part = shelf.put("four of the dead were children", RUIZ)
    made = answer(shelf, part, shelf.put("14 sailors are dead", VALE), intent="figure", question=question)
    assert made.text.startswith(first)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How much are the sailors still owed?", "About 1.3 million crowns according to Ana Ruiz [1]."),
        ("How much money arrived?", "2\\.6 million crowns according to Ana Ruiz [1]."),
    ],
)
def test_of_two_figures_that_of_the_words_asked_is_said_first(shelf: Shelf, question: str, first: str) -> None:
    told = shelf.put(
        "that 2.6 million crowns arrived over the weekend and that about 1.3 million crowns are still owed", RUIZ
    )
    made = answer(shelf, told, intent="figure", question=question)
    assert made.text.startswith(first)


@pytest.mark.parametrize(
    ("stance", "words", "first"),
    [
        ("denies", "that the dam leaks", "Yes: Ana Ruiz denies it [1]."),
        ("denies", "a report that she had been warned", "Ana Ruiz denies what is quoted here [1]; none of it"),
        ("asserts", "that the dam leaks", "Not in these articles"),
    ],
)
def test_whether_a_party_denied_is_yes_only_for_the_words_asked(
    shelf: Shelf, stance: Stance, words: str, first: str
) -> None:
    shown = shelf.put(words, RUIZ, stance=stance)
    made = answer(
        shelf, shown, intent="whether", topic="that the dam leaks", speakers=(RUIZ, VALE), stances=("denies",)
    )
    assert made.text.startswith(first)


def test_a_denial_of_something_else_is_not_called_one_of_this(shelf: Shelf) -> None:
    near = shelf.put("that he had misled the council", VALE, stance="denies")
    says = shelf.put("the dam above Orla leaks", RUIZ)
    asked = {"topic": "the dam leaks", "question": "Who denied that the dam leaks?"}
    denied = answer(shelf, near, says, intent="who_said", stances=("denies",), **asked)
    assert denied.text.startswith("The nearest denials here are by Tom Vale [1]; on the same matter")
    said = answer(shelf, says, near, intent="who_said", topic="the dam leaks")
    assert said.text.startswith("On this the articles cite Ana Ruiz [1] and Tom Vale [2].")


def test_who_denies_is_told_apart_from_who_asserts(shelf: Shelf) -> None:
    made = answer(
        shelf,
        shelf.put("the dam above Orla leaks", RUIZ),
        shelf.put("that the dam above Orla leaks", VALE, stance="denies"),
        intent="who_said",
    )
    assert made.text.startswith("On this the articles cite Ana Ruiz [1]; Tom Vale [2] denies it.")
    assert made.tables[0].kind == "positions"


def test_a_party_that_is_compared_and_silent_is_said_to_be(shelf: Shelf) -> None:
    made = answer(shelf, shelf.put("the dam is safe", RUIZ), intent="compare", speakers=(RUIZ, VALE))
    assert made.notes == ("No article here quotes Tom Vale on this.",)
    assert "No article here quotes Tom Vale on this" in made.text


def test_a_timeline_runs_by_date_whatever_fits_best(shelf: Shelf) -> None:
    made = answer(
        shelf,
        shelf.put("the dam broke", RUIZ, published="2031-05-09"),
        shelf.put("the dam leaks", VALE, published="2031-05-01T08:00:00+02:00"),
        intent="timeline",
    )
    assert [citation.article.published for citation in made.citations] == ["2031-05-01T08:00:00+02:00", "2031-05-09"]
    assert made.text.index("the dam leaks") < made.text.index("the dam broke")


def test_outlets_that_carry_a_report_and_those_that_cut_it_are_named(shelf: Shelf) -> None:
    def ref(outlet: str) -> ArticleRef:
        return ArticleRef(id=outlet, title="", outlet=outlet, published=None, url=None, path=None)

    shown = shelf.put("the dam is safe", RUIZ)
    shelf.carriage[shown.claim.id] = Carriage(
        claim=shown.claim.id,
        article=ref("Orla Post"),
        origin=ref("Orla Post"),
        carrying=(ref("Tarn News"),),
        rewording=(),
        lacking=(ref("Elsin Herald"),),
    )
    made = answer(shelf, shown)
    assert "the same report is in Tarn News; Elsin Herald left this out" in made.text
    assert made.citations[0].copies[0].outlet == "Tarn News"


@pytest.mark.parametrize(
    ("query", "selection", "reason"),
    [
        ({"unknown": "Zoltan Brack"}, Selection(claims=(), own_words=()), "Zoltan Brack"),
        ({"exclude": ("ana-ruiz",)}, Selection(claims=(), own_words=()), "besides those who were named before"),
        ({"speakers": (RUIZ,)}, Selection(claims=(), own_words=(), near=("“the rail”",)), "Ana Ruiz is quoted"),
        ({"speakers": (RUIZ, VALE)}, Selection(claims=(), own_words=()), "Ana Ruiz and Tom Vale are quoted here"),
        ({}, Selection(claims=(), own_words=(), near=("“Dams”",)), "touch on this"),
        ({}, Selection(claims=(), own_words=()), "no article here reports this"),
    ],
)
def test_why_there_is_no_answer(shelf: Shelf, query: dict[str, object], selection: Selection, reason: str) -> None:
    asked = Query(question="What?", text="What?", intent="topic", **query)  # type: ignore[arg-type]
    made = compose_answer(asked, selection, scope=SCOPE, store=shelf)
    assert made.status == "no_evidence"
    assert reason in (made.reason or "")
    assert all(words.strip("“”") in made.text for words in selection.near)
    assert "Searched 3 articles" in made.text


def test_where_filters_leave_no_article_nobody_is_said_to_be_quoted(shelf: Shelf) -> None:
    asked = Query(question="What?", text="What?", intent="topic", speakers=(RUIZ,))
    nothing = replace(SCOPE, articles=0)
    made = compose_answer(asked, Selection(claims=(), own_words=()), scope=nothing, store=shelf)
    assert made.reason == "there is no article to search"
    narrowed = replace(nothing, filters=("outlet Nosuch Post",), outlets=(), since=None, until=None)
    made = compose_answer(asked, Selection(claims=(), own_words=()), scope=narrowed, store=shelf)
    assert made.text == "No article fits the filters. Searched nothing (outlet Nosuch Post)."


def test_a_figure_of_another_place_or_of_something_else_is_no_answer(shelf: Shelf) -> None:
    """The claims stay below the first sentence, with their parties."""
    shown = [
        shelf.put("more than 80 people were killed in Norhaven", RUIZ),
        shelf.put("1,100 people have been rescued in Elsin since the flood", VALE),
    ]
    made = answer(shelf, *shown, intent="figure", question="How many people were killed by the flood in Elsin?")
    assert made.text.split("\n\n")[0] == (
        "No figure for this is given here; on the matter the articles cite Ana Ruiz [1] and Tom Vale [2]."
    )


def test_dozens_may_be_the_answer_though_they_are_no_figure(shelf: Shelf) -> None:
    made = answer(
        shelf, shelf.put("dozens were killed in Elsin", RUIZ), intent="figure", question="How many died there?"
    )
    assert made.text.split("\n\n")[0] == "According to Ana Ruiz [1]:"


def test_what_it_cost_is_the_figure_behind_the_word_for_it(shelf: Shelf) -> None:
    shown = [
        shelf.put("that forgiving $10,000 of every debt will cost Velia $3 billion", RUIZ),
        shelf.put("that it comes at a price of $4 billion", VALE),
        shelf.put("that a debtor owes about $37,000", replace(VALE, id="holm", name="Ida Holm")),
    ]
    made = answer(shelf, *shown, intent="figure", question="How much will the debt relief cost?")
    assert (
        made.text.split("\n\n")[0] == "\\$3 billion according to Ana Ruiz [1]; \\$4 billion according to Tom Vale [2]."
    )
    (table,) = made.tables
    assert [row.citation for row in table.rows] == [1, 2]


def test_who_turned_something_down_denied_nothing(shelf: Shelf) -> None:
    words = "Ruiz rejected the resignation of the minister"
    shown = shelf.put(words, RUIZ, stance="denies")
    cue = Span(words.index("rejected"), words.index(" the resignation"))
    rejected = replace(shown, claim=replace(shown.claim, cue=(cue,), text="the resignation of the minister"))
    said = shelf.put("that the minister tendered the resignation", VALE)
    made = answer(
        shelf, rejected, said, intent="who_said", question="Who rejected the resignation?", stances=("denies",)
    )
    assert made.text.startswith("Rejected by Ana Ruiz [1]")
    assert made.tables == ()


def test_where_no_party_gives_the_figure_the_articles_own_words_do(shelf: Shelf) -> None:
    said, own = shelf.put("that Elsin mourns", RUIZ), shelf.put("The flood in Elsin killed 16 people.", VALE)
    own = replace(own, claim=replace(own.claim, voice="outlet"))
    asked = Query(question="How many people died in Elsin?", text="How many people died in Elsin?", intent="figure")
    made = compose_answer(asked, Selection(claims=(said,), own_words=(own,)), scope=SCOPE, store=shelf)
    assert made.text.split("\n\n")[0] == "No party here gives this figure; in the articles’ own words: 16 people [2]."


def test_of_a_country_those_who_speak_for_it_are_told_to_be_silent(shelf: Shelf) -> None:
    made = answer(shelf, intent="what_said", speakers=(RUIZ, VALE), state="Velia", topic="cod")
    assert made.text.startswith("Those who speak for Velia are quoted here, but nothing that fits the question.")


@pytest.mark.parametrize(("language", "told"), [("de", True), ("und", True), ("en-GB", False), (None, False)])
def test_words_in_another_language_may_be_somebodys(shelf: Shelf, language: str | None, *, told: bool) -> None:
    """Claims are read in English: to call them the outlet's own without a word would keep their speaker silent."""
    said = shelf.put("Der Damm ist sicher, sagte die Bürgermeisterin.", Party(id="o", name="Orla Post", kind="outlet"))
    said = replace(said, claim=replace(said.claim, voice="outlet"))
    shelf.articles[said.claim.article] = replace(
        shelf.articles[said.claim.article], title="Damm hält", language=language
    )
    selection = Selection(claims=(), own_words=(said,))
    query = Query(question="Ist der Damm sicher?", text="Damm", intent="topic", topic="Damm")
    made = compose_answer(query, selection, scope=SCOPE, store=shelf)
    assert ("“Damm hält” is not in English" in made.text) is told
    assert len(made.notes) == int(told)


@pytest.mark.parametrize(
    ("other", "about"), [("9 dead in Elsin", "people killed"), ("died: 9 people", "people killed")]
)
def test_a_table_says_what_all_its_figures_count(shelf: Shelf, other: str, about: str) -> None:
    shown = [shelf.put("20 people were killed in Elsin", RUIZ), shelf.put(other, VALE)]
    made = answer(shelf, *shown, intent="figure", question="How many people died?")
    assert [table.about for table in made.tables] == [about]


def test_where_some_count_the_hurt_too_a_table_is_of_people(shelf: Shelf) -> None:
    shown = [
        shelf.put("20 people were killed in Elsin", RUIZ),
        shelf.put("9 people were killed or injured in Elsin", VALE),
    ]
    made = answer(shelf, *shown, intent="figure", question="How many people died?")
    assert [table.about for table in made.tables] == ["people"]
