"""From an article as its file gave it to the text that all spans count in."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, RawArticle, Span, clean_article
from corpus.clean import clean_characters, clean_paragraphs

BODY = "The dam above Lowmarsh held through the night.\n\nNobody was hurt, the fire service said."


def cleaned(text: str, **fields: str) -> Article:
    return clean_article(RawArticle(text=text, **fields))  # type: ignore[arg-type]


# Unicode


def test_letters_are_composed_and_line_ends_are_one_kind() -> None:
    assert clean_characters("cafe\u0301\r\nbar\rend") == "café\nbar\nend"


def test_what_cannot_be_seen_is_removed() -> None:
    assert clean_characters("wa\u00adter\u200b le\u2060vel \u202eup\u202c \ufeffnow\x00\x07") == "water level up now"


def test_a_letter_and_its_accent_meet_when_what_parted_them_goes() -> None:
    assert clean_characters("e\u200d\u0301") == "é"


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\t", "  \u00a0 "])
def test_odd_spaces_and_runs_of_spaces_are_one_space(space: str) -> None:
    assert clean_paragraphs(f"40{space}metres") == ["40 metres"]


def test_quotation_marks_of_windows_1252_are_not_lost_as_control_characters() -> None:
    assert clean_characters("\x93No,\x94 she said. It\x92s over.") == "“No,” she said. It’s over."


def test_a_lone_surrogate_never_reaches_the_text() -> None:
    assert cleaned("The dam held \ud83d through the night.").text.encode("utf-8")


def test_everything_else_stays_letter_for_letter() -> None:
    text = "“‘Nein’, said № 5 — ½ of ﬁve… „Ja“ «Oui» £3.50 ۴ 中文 Ｆ ™ 😀"
    assert clean_characters(text) == text


# Paragraphs


def test_paragraphs_are_parted_by_one_empty_line() -> None:
    assert cleaned("One dam held.\n\n\n \nAnother broke.\n").text == "One dam held.\n\nAnother broke."


def test_lines_broken_to_fit_a_page_are_joined() -> None:
    wrapped = (
        "The dam above Lowmarsh held through the night, although the\n"
        "water stood forty centimetres below its crest, the district\n"
        "engineer said on Tuesday.\n"
        "\n"
        "Two villages were cleared. Their people slept in a school at\n"
        "Esterby and may go home on Thursday.\n"
    )
    first, second = wrapped.strip().split("\n\n")
    assert clean_paragraphs(wrapped) == [first.replace("\n", " "), second.replace("\n", " ")]


def test_lines_that_are_paragraphs_stay_paragraphs() -> None:
    lines = ["The dam held.", "Two villages were cleared on Tuesday evening.", "Their people slept in a school."]
    assert clean_paragraphs("\n".join(lines)) == lines


def test_a_sentence_broken_in_its_middle_is_joined_in_any_file() -> None:
    text = "The district\nengineer said no.\nHe left."
    assert clean_paragraphs(text) == ["The district engineer said no.", "He left."]


# Headlines


def test_a_title_goes_in_front_of_a_text_without_it() -> None:
    article = cleaned(BODY, title="Lowmarsh dam holds")
    assert article.text == f"Lowmarsh dam holds\n\n{BODY}"
    assert article.headline == Span(0, 18)


def test_the_text_has_its_own_wording_of_the_headline_and_repeats_go() -> None:
    article = cleaned(f"LOWMARSH DAM HOLDS.\n\nLowmarsh dam  holds\n\n{BODY}", title="Lowmarsh Dam Holds")
    assert article.text == f"LOWMARSH DAM HOLDS.\n\n{BODY}"
    assert article.headline is not None
    assert article.headline.of(article.text) == "LOWMARSH DAM HOLDS."
    assert article.title == "Lowmarsh Dam Holds"


def test_a_first_sentence_that_only_begins_like_the_title_stays() -> None:
    assert cleaned("Lowmarsh dam holds, for now.", title="Lowmarsh dam holds").text.count("holds") == 2


def test_without_a_title_there_is_no_headline() -> None:
    assert cleaned(BODY).headline is None
    assert cleaned(BODY).text == BODY


def test_a_title_of_marks_only_is_not_taken_for_a_repeat() -> None:
    assert cleaned("***\n\nThe dam held.", title="—").text == "—\n\n***\n\nThe dam held."


def test_a_headline_that_reads_like_furniture_stays_and_furniture_above_a_headline_goes() -> None:
    assert cleaned("Read more:\n\nThe dam held.", title="Read more:").text == "Read more:\n\nThe dam held."
    assert cleaned("Share this:\n\nDAM HOLDS\n\nIt did.", title="Dam holds").text == "DAM HOLDS\n\nIt did."


# Fields


def test_the_id_is_the_files_own_or_the_address_or_the_place() -> None:
    raw = {"text": BODY, "path": "news/dam.jsonl", "record": 3}
    assert clean_article(RawArticle(**raw, id="dam-7", url="https://gazette.example/7")).id == "dam-7"  # type: ignore[arg-type]
    assert clean_article(RawArticle(**raw, url="https://gazette.example/7")).id == "https://gazette.example/7"  # type: ignore[arg-type]
    assert clean_article(RawArticle(**raw), default_id="dam.jsonl#3").id == "dam.jsonl#3"  # type: ignore[arg-type]
    assert clean_article(RawArticle(**raw)).id == "news/dam.jsonl#3"  # type: ignore[arg-type]


def test_an_outlet_is_never_made_up() -> None:
    assert cleaned(BODY, url="https://www.gazette.example/7").outlet is None


# Properties

LINES = st.sampled_from(
    [
        "Lowmarsh dam holds", "LOWMARSH DAM HOLDS.", "The dam held through the night.", "Leave a Reply", "Read more:",
        "You may also like", "Share this:", "Facebook", "Five dogs found", "“It held,” she said.", "", " ", "\u200b",
        "e\u0301", "and the water fell", "Name *", "MORE ON THE DAM:", "* * *", "1. Close the gate",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(LINES).map("\n".join), st.lists(LINES).map("\n\n".join))


@given(TEXTS, st.one_of(st.just(""), LINES, st.text(max_size=40)))
def test_cleaning_a_clean_article_changes_nothing(text: str, title: str) -> None:
    once = cleaned(text, title=title)
    again = clean_article(RawArticle(text=once.text, title=once.title))
    assert (again.text, again.title, again.headline) == (once.text, once.title, once.headline)


@given(TEXTS, st.text(max_size=40))
def test_a_clean_text_is_normal_trimmed_and_has_no_control_characters(text: str, title: str) -> None:
    article = cleaned(text, title=title)
    assert article.text == article.text.strip() == unicodedata.normalize("NFC", article.text)
    assert not {unicodedata.category(letter) for letter in article.text.replace("\n", "")} & {"Cc", "Cs", "Zl", "Zp"}
    assert "\n" not in article.text.replace("\n\n", "").replace("\n\n", "")
    if article.headline:
        assert article.text.startswith(article.headline.of(article.text))
        assert "\n" not in article.headline.of(article.text)


# Scripts of all kinds, and what hides between letters

INVISIBLE = (
    "\0\x01\x7f\xad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\ud800\udfff"
)
SCRIPTS = st.text(
    st.one_of(
        st.characters(categories=("L", "M", "N", "P", "S"), exclude_characters="\u034f"),
        st.sampled_from("אבג ابجد हिन्दी ไทย 中文 é e\u0301 o\u0308\u0323 한글 👩‍👧 ﬁ Å Ω"),
        st.sampled_from(INVISIBLE),
        st.sampled_from(" \u00a0\u2009\u3000\t"),
    ),
    max_size=60,
)
SAID = "The warden said: "  # with it a line is nobody's furniture


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", "".join(text.split())).split())


def visible(text: str) -> str:
    hidden = {"Cc", "Cf", "Cs", "Cn"}
    kept = "".join(" " if letter.isspace() else letter for letter in text)
    return "".join(
        letter
        for letter in kept
        if letter != "\u034f" and (letter == " " or unicodedata.category(letter) not in hidden)
    )


@settings(max_examples=1000, deadline=None)
@given(st.lists(SCRIPTS, min_size=1, max_size=4))
def test_nothing_is_lost_but_what_cannot_be_seen(lines: list[str]) -> None:
    text = "\n\n".join(SAID + line for line in lines)
    assert letters(cleaned(text).text) == letters(visible(text))


@settings(max_examples=1000, deadline=None)
@given(st.lists(SCRIPTS, min_size=1, max_size=4), SCRIPTS)
def test_a_quote_is_found_where_the_clean_text_has_it(lines: list[str], title: str) -> None:
    article = cleaned("\n\n".join(SAID + line for line in lines), title=title)
    for line in lines:
        quote = " ".join(clean_characters(SAID + line).split())
        start = article.text.index(quote)
        assert Span(start, start + len(quote)).of(article.text) == quote


@settings(max_examples=1000, deadline=None)
@given(st.lists(SCRIPTS, max_size=4), SCRIPTS)
def test_cleaning_twice_is_cleaning_once_in_any_script(lines: list[str], title: str) -> None:
    once = cleaned("\n\n".join(lines), title=title)
    again = clean_article(RawArticle(text=once.text, title=once.title))
    assert (again.text, again.headline) == (once.text, once.headline)


@settings(max_examples=1000, deadline=None)
@given(SCRIPTS)
def test_a_clean_text_can_be_written_anywhere(text: str) -> None:
    clean = clean_characters(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert not set(clean) & set(INVISIBLE)
    assert clean_characters(clean) == clean


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_is_too_strange_to_clean(text: str, title: str) -> None:
    assert cleaned(text, title=title).text is not None
