"""Reading noun phrases without a parser: back from a verb, or on from where one begins.

All functions work on token indices of one `Sentence`. A phrase ends at the nearest border: punctuation, a word that
opens a clause, a finite verb, a preposition that does not go on with it.
"""

from __future__ import annotations

from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNISH
from rag.attribution.tokens import Sentence

Ranges = list[tuple[int, int]]
"""Half-open ranges of tokens: more than one where a phrase was interrupted."""

MAX_WORDS = 40
FORWARD_BORDERS = (
    g.RELATIVES
    | g.SUBORDINATORS
    | g.SUBJECT_PRONOUNS
    | g.DAYS
    | frozenset("but yet yesterday today tonight last earlier recently later".split())
)
MARKS_OF_NAMES = ("@", "$", "#", "&", "/")


def is_finite(s: Sentence, at: int) -> bool:
    """Whether token `at` looks like a finite verb."""
    if not s.is_word(at):
        return False
    low = s.lower[at]
    if low in g.FINITE:
        return not (low in {"have", "do", "may"} and s.is_capital(at))
    before = s.lower[at - 1] if at else ""
    after = s.lower[at + 1] if at + 1 < len(s) else ""
    if before in g.DETERMINERS or before.endswith(("'s", "’s")) or (s.is_capital(at) and at > 0):
        return False
    form = FORMS.get(low)
    if form is not None:
        return (form.tense == "past" and after != "by") or (form.tense == "s" and form.cues[0].lemma not in NOUNISH)
    if not low.endswith("ed") or len(low) <= 4 or after == "by" or before in g.PREPOSITIONS:
        return False
    return not (at and s.is_adverb(at - 1)) and not _is_adjective(s, at)


def _is_adjective(s: Sentence, at: int) -> bool:
    """An -ed word at the head of a phrase, before a noun: "retired officers"."""
    if at + 1 >= len(s) or not s.is_word(at + 1):
        return False
    opens = at == 0 or s.lower[at - 1] in g.CONJUNCTIONS | g.DETERMINERS
    return opens and s.lower[at + 1] not in g.DETERMINERS | g.PREPOSITIONS | g.PRONOUNS


def phrase_back(s: Sentence, end: int, low: int) -> Ranges | None:
    """The noun phrase that ends before token `end` and begins no earlier than `low`."""
    last = end - 1
    while last >= low and s.is_word(last) and s.is_adverb(last) and not s.is_capital(last):
        last -= 1
    last = _before_time(s, last, low)
    if last < low:
        return None
    if s.lower[last] in g.SUBJECT_PRONOUNS | {"which", "that"}:
        return [(last, last + 1)]
    start = _walk_back(s, last, low)
    if start is None or end - start > MAX_WORDS:
        return None
    start = _trim_front(s, start, end)
    if start >= end or (s.lower[start].endswith("ing") and not s.is_capital(start) and end - start > 1):
        return None
    stop = last + 1 if last + 1 > start else end
    return [(_unclosed_apposition(s, start, low), stop)] if is_nominal(s, start, stop) else None


def _before_time(s: Sentence, last: int, low: int) -> int:
    """The council [last night] rejected | The mayor [on Monday] said: the last token of the phrase itself."""
    if last - 1 > low and s.lower[last] in g.CALENDAR and s.lower[last - 1] in {"last", "this", "late", "early", "on"}:
        return last - 2
    return last - 1 if last > low and s.lower[last] in {"yesterday", "today", "tonight"} else last


def _walk_back(s: Sentence, last: int, low: int) -> int | None:
    """The first token of the phrase that ends with token `last`; None where it is the object of an earlier verb."""
    start, at = last + 1, last
    while at >= low:
        if s.words[at] in {")", "]"}:
            opening = opening_bracket(s, at, low)
            if opening is None:
                break
            start, at = opening, opening - 1
            continue
        if not s.is_word(at) and not s.words[at].startswith(MARKS_OF_NAMES):
            break
        if is_finite(s, at):
            jump = at if _is_reduced(s, at, last) else _relative_before(s, at, low)
            if jump is None:
                return start if _takes_clause(s, at) else None
            start, at = jump, jump - 1
            continue
        if _is_border(s, at, start, last, low):
            break
        start = at
        at -= 1
        if s.lower[start] in g.POSSESSIVES | g.ARTICLES and at >= low and s.is_word(at) and _is_noun(s, at):
            break  # told CNN | her brother
    return start


def _is_border(s: Sentence, at: int, start: int, last: int, low: int) -> bool:
    word = s.lower[at]
    if word in {"and", "or"} and at < last:
        return not _is_compound(s, at, start, low)
    if word in g.SUBORDINATORS or word in {"but", "yet", "who", "which"}:
        return True
    if word == "to" and at < last:
        form = FORMS.get(s.lower[at + 1])
        return form is not None and form.tense == "base"
    return word in {"after", "before"} and at < last


def _is_compound(s: Sentence, conjunction: int, start: int, low: int) -> bool:
    """Whether "X and Y" before a verb is one compound source, rather than the seam between two clauses."""
    if s.lower[start] in g.SUBJECT_PRONOUNS - {"who"} or not s.is_word(conjunction - 1):
        return False
    for at in range(conjunction - 1, low - 1, -1):
        if not s.is_word(at) or s.lower[at] in g.SUBORDINATORS:
            return True
        if is_finite(s, at):
            return False
    return True


def _is_noun(s: Sentence, at: int) -> bool:
    closed = g.PREPOSITIONS | g.CONJUNCTIONS | g.SUBORDINATORS | {"both", "all", "half"}
    return s.lower[at] not in closed and not is_finite(s, at) and not s.is_adverb(at)


def _is_reduced(s: Sentence, at: int, last: int) -> bool:
    """voters polled (said) | papers filed on Sunday (show): a participle after its noun, not the clause's verb."""
    if not s.lower[at].endswith("ed") or s.lower[at] in FORMS or at == 0 or not s.is_word(at - 1):
        return False
    if s.lower[at - 1] in g.SUBJECT_PRONOUNS or s.is_capital(at - 1):
        return False
    return at == last or s.lower[at + 1] in g.PREPOSITIONS


def _relative_before(s: Sentence, verb: int, low: int) -> int | None:
    """The "who" or "that" of a restrictive clause whose verb stands at token `verb`, after a noun of this phrase."""
    for at in range(verb - 1, max(low, verb - 7), -1):
        if not s.is_word(at):
            return None
        if s.lower[at] in {"who", "that", "which"}:
            after_noun = s.is_word(at - 1) and s.lower[at - 1] not in FORMS and not is_finite(s, at - 1)
            return at if after_noun else None
    return None


def _takes_clause(s: Sentence, at: int) -> bool:
    """Whether a clause may follow the verb at token `at` without "that": they say | Ana thinks ..."""
    form = FORMS.get(s.lower[at])
    clausal = form is not None and any(frame in cue.frames for cue in form.cues for frame in "btr")
    return clausal or s.lower[at] in {"is", "was", "means"}


def _unclosed_apposition(s: Sentence, start: int, low: int) -> int:
    """Ana Ruiz, the mayor of Lund said: an apposition that lacks its second comma begins at its name."""
    if start - 2 < low or s.words[start - 1] != "," or s.lower[start] not in g.ARTICLES:
        return start
    first = start - 1
    while first > low and s.is_capital(first - 1):
        first -= 1
    lead = s.lower[first : start - 1]
    named = len(lead) >= 2 and not any(word in g.PREPOSITIONS | g.CALENDAR for word in lead)
    return first if named and first in {low, 0} else start


def _trim_front(s: Sentence, start: int, end: int) -> int:
    """Drop what leads into the phrase: "But", "Later", "On Monday", "In Lund"."""
    while start < end:
        low = s.lower[start]
        if low in g.PREPOSITIONS and low not in {"like", "than"} and low not in g.LEADING:
            start = _after_preposition(s, start, end)
        elif low in {"last", "this", "next"} and start + 1 < end and s.lower[start + 1] in g.TIMES:
            start += 2
        elif _leads_in(s, start, end):
            start += 1
        else:
            break
    return start


def _leads_in(s: Sentence, at: int, end: int) -> bool:
    low = s.lower[at]
    if not s.is_word(at) or low in g.DAYS or low in g.MONTHS:
        return True
    counted = low in {"first", "second", "third"} and at + 1 < end
    return (low in g.LEADING and not counted) or (s.is_adverb(at) and low != "both")


def _after_preposition(s: Sentence, start: int, end: int) -> int:
    """In Lund | officials, On Monday | the mayor: where the phrase after a fronted adverbial begins."""
    at = start + 1
    dated = at + 1 < end and s.lower[at] in {"last", "this", "next", "late", "early"} and s.lower[at + 1] in g.CALENDAR
    if at < end and (s.lower[at] in g.CALENDAR or dated):
        while at < end and (s.lower[at] in g.TIMES or s.lower[at].isdigit()):
            at += 1
        return at
    if at < end and s.lower[at] in g.DETERMINERS:
        at += 1
    for later in range(at + 1, end):
        if s.lower[later] in g.ARTICLES and s.lower[later - 1] not in g.PREPOSITIONS | {"and"}:
            return later
    if at < end and not s.is_capital(at):
        inside = g.PREPOSITIONS | g.DETERMINERS
        return next((i for i in range(at, end) if s.is_capital(i) and s.lower[i - 1] not in inside), end)
    return next((i for i in range(at, end) if not s.is_capital(i)), end)


def is_nominal(s: Sentence, start: int, end: int) -> bool:
    """At least one word that can be a noun."""
    closed = g.PREPOSITIONS | g.CONJUNCTIONS | g.AUXILIARIES | g.SUBORDINATORS | g.ARTICLES
    return any(s.is_word(i) and s.lower[i] not in closed and not s.is_adverb(i) for i in range(start, end))


def opening_bracket(s: Sentence, at: int, low: int) -> int | None:
    return next((i for i in range(at - 1, max(low, at - 15) - 1, -1) if s.words[i] in {"(", "["}), None)


def phrase_forward(s: Sentence, start: int, high: int) -> int:
    """The token after the noun phrase that begins at token `start`."""
    at = start
    while at < high and at - start < MAX_WORDS:
        if s.words[at] == "(":
            close = next((i for i in range(at, min(high, at + 12)) if s.words[i] == ")"), None)
            if close is None:
                break
            at = close + 1
            continue
        if not s.is_word(at) or (at > start and _ends_forward(s, at, high)):
            break
        at += 1
    return at


def _ends_forward(s: Sentence, at: int, high: int) -> bool:
    """Whether a phrase that has begun ends before the word at token `at`."""
    low, before = s.lower[at], s.lower[at - 1]
    if low in FORWARD_BORDERS or (low in g.PREPOSITIONS and not _affiliates(s, at, high)):
        return True
    if low == "and":
        return at + 1 < high and (s.lower[at + 1] in g.SUBJECT_PRONOUNS or is_finite(s, at + 1))
    if low in g.ARTICLES:
        return before not in g.PREPOSITIONS | g.CONJUNCTIONS | {"all", "both"}
    if low.endswith("ing") and low in FORMS:
        return before not in g.DETERMINERS
    return low not in g.PREPOSITIONS and (is_finite(s, at) or (s.is_adverb(at) and low != "only"))


def _affiliates(s: Sentence, at: int, high: int) -> bool:
    """Whether a preposition goes on with the phrase: "a spokesman for the port", not "on Monday", "in a statement"."""
    low = s.lower[at]
    if low in {"of", "for", "from", "with"}:
        return True
    article = at + 2 < high and s.lower[at + 1] in g.ARTICLES
    noun = at + 2 if article else at + 1
    if noun >= high or not s.is_capital(noun) or s.lower[noun] in g.TIMES:
        return False
    return low in {"at", "in", "to", "within", "under"} or (low == "on" and article)
