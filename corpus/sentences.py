"""Paragraphs and sentences of English news text, as exact spans.

Written here because the libraries at hand do not fit: pysbd reads 0.2 MB/s and does not know „German“ closing quotes;
sentencex is quick and small, but joins "(He was late.) She was not.", parts "5 p.m. Monday", and parts a question in
quotation marks from its speaker. The rules are those of Kiss & Strunk's discussion (Unsupervised Multilingual Sentence
Boundary Detection, Computational Linguistics 32, 2006): a full stop ends a sentence unless the word before it is an
abbreviation, and after one that may end a sentence, the word after it decides.
"""

from __future__ import annotations

import re

from corpus.types import Span

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")

_OPENERS = "\"'“‘„‚«‹([{¿¡"
_CLOSERS = "\"'”’“‘»›)\\]}"  # “ and ‘ close a quotation in German, and in much bad typing
_END = re.compile(
    rf"""(?P<mark>(?<![.!?…])(?:(?<!\.\s)\.(?:\s?\.)++|[.!?…]++))  # an ellipsis, spaced or not, or a full stop
         (?P<close>[{_CLOSERS}]*(?:\s[»›])?)       # what it closes belongs to the sentence
         (?P<gap>\s+|(?<=[”»])(?=[A-Z“‘]))         # white space, or none: said.”He
      |  (?<=[a-z]{{3}})\.(?=[A-Z][a-z]+\s)        # the space was lost: "He left.Then she"
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[\w.&’'-]*\Z")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d]\.)+[^\W\d]|Ph\.D")
_WORD_AFTER = re.compile(r"[\w’'-]+")


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Always followed by what they belong to.
_TITLES = _set_of(
    "mr mrs ms mx dr messrs mme mlle sen sens rep reps gov govs gen lt col maj capt cmdr cpt sgt cpl pvt pfc spc adm "
    "brig prof rev fr hon pres det insp supt amb atty vs v cf e.g i.e approx ca asst dep"
)
_WORDS_TOO = _set_of("gen rep col hon det fr")  # words of the language when they have no capital
_BEFORE_NUMBERS = _set_of("no nos art sec fig vol ch pp p para jan feb mar apr jun jul aug sep sept oct nov dec")
# May end a sentence as well: the next word decides.
_EITHER = _set_of(
    "jr sr inc corp ltd co bros dept st ste mt ft assoc dist univ ave blvd rd esq assn natl intl ala ariz ark calif "
    "colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis "
    "wyo"
)
_CLOCK = _set_of("a.m p.m am pm")
_AFTER_CLOCK = _set_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs "
    "fri sat sun et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eastern pacific central"
)
# Words that, with a capital, begin a sentence and no name.
_STARTERS = _set_of(
    "a about after again all also although an and another any are as at because before both but by can could despite "
    "did do does during each earlier even every few first for from had has have he her here his how however i i'm i've "
    "if in instead is it it's its just last later like many meanwhile more most mr mrs ms much my nearly no nobody "
    "none nor not nothing now of on once one only other our over people police several she since so some still such "
    "that that's the their then there these they they're this those though through thus to today two under until we "
    "we're were what when where whether which while who why will with without would yes yet you your"
)
_SAYING = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|tweeted|added|shouted|yelled|replied|wondered|cried)\b"
)


def split_paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, which are parted by empty lines: trimmed spans, in order."""
    spans, start = [], 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        spans.append(_trimmed(text, start, gap.start()))
        start = gap.end()
    spans.append(_trimmed(text, start, len(text)))
    return [span for span in spans if len(span)]


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text: trimmed spans, in order, none over the end of a paragraph.

    Together they cover every character that is not white space.
    """
    return [sentence for paragraph in split_paragraphs(text) for sentence in _sentences_of(text, paragraph)]


def _sentences_of(text: str, paragraph: Span) -> list[Span]:
    spans, start = [], paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        end = match.end("close") if match["mark"] else match.end()
        if match.end() < paragraph.end and _ends_sentence(text, start, match):
            spans.append(_trimmed(text, start, end))
            start = match.end()
    spans.append(_trimmed(text, start, paragraph.end))
    return [span for span in spans if len(span)]


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if not match["mark"]:
        return True
    opener, first = _next_letter(text, match.end())
    if first.islower() or text[match.end()] in "—–-,;:….":
        return False
    if match["mark"] != ".":
        # “Why?” Minister Ann Bell asked. — the speaker belongs to the question
        return not (match["close"] and not opener and _SAYING.match(text, match.end()))
    before = text[max(start, match.start() - 40) : match.start()]
    if match.start() - start <= 3 and before.strip().isdigit():
        return False  # "1. Open the gate": the number of a list
    if match["close"].strip(")]}"):
        return True  # a quotation's end
    return _full_stop_ends(_last_word(before), opener=opener, after=_next_word(text, match.end()))


def _full_stop_ends(word: str, *, opener: bool, after: str) -> bool:
    """Whether the full stop after `word` ends a sentence, when `after` follows (behind a quotation mark: `opener`)."""
    folded = word.lower().replace("’", "'")
    if folded in _BEFORE_NUMBERS and (word[0].isupper() or folded in {"p", "pp", "para"}):
        return not after[:1].isdigit()
    if folded in _TITLES and (word[0].isupper() or folded not in _WORDS_TOO):
        return False
    if folded in _CLOCK:
        return opener or after.lower() not in _AFTER_CLOCK
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    is_short = folded in _EITHER and word[0].isupper()
    if is_initial or is_short or folded == "etc" or _LETTERS_WITH_STOPS.fullmatch(word):
        return opener or after.lower().replace("’", "'") in _STARTERS
    return True


def _last_word(before: str) -> str:
    match = _WORD_BEFORE.search(before)
    word = (match[0] if match else "").strip(".'’-")
    # "R-Fla." and "then-Gov." are judged by their last part
    return word.rsplit("-", 1)[-1]


def _next_letter(text: str, at: int) -> tuple[bool, str]:
    opener = False
    while at < len(text) and text[at] in _OPENERS:
        opener, at = True, at + 1
    return opener, text[at : at + 1]


def _next_word(text: str, at: int) -> str:
    while at < len(text) and text[at] in _OPENERS:
        at += 1
    match = _WORD_AFTER.match(text, at)
    return match[0] if match else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
