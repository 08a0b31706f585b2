"""What a cue is about: where the content after it begins, by its verb's frames, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.attribution import grammar as g
from rag.attribution.cues import FORMS
from rag.attribution.phrases import is_finite
from rag.attribution.tokens import Sentence
from rag.attribution.verbs import VerbGroup

Shape = Literal["quote", "that", "clause", "wh", "infinitive", "noun", "colon", "none"]

WH = frozenset("whether what why how who where when if which".split())
ADVERBIAL = frozenset("in on at during after before via through to with from by over since".split())
NAMING = frozenset({"call", "label", "brand", "dub", "deem", "name"})
NO_CONTENT = g.CONJUNCTIONS | frozenset(
    "as about of against for on at into with from in by while because after over like so than up out off down ; – — ( "
    ")".split()
)
TURNS = frozenset("while although though whereas compared but according adding".split())
MEDIUM = frozenset(
    "statement interview speech email e-mail letter tweet post call conference briefing report memo column article "
    "essay rally debate news video message note hearing court twitter facebook television tv radio phone reporters "
    "journalists telephone release filing affidavit press blog testimony meeting appearance".split()
)
CONTRACTED = ("'s", "’s", "'re", "’re", "'d", "’d", "'ll", "’ll", "'ve", "’ve", "'m", "’m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complement:
    """The content after a cue: tokens start..end; the cue reaches to token `cue_end`, over "in a statement"."""

    shape: Shape
    start: int
    end: int
    cue_end: int

    @property
    def empty(self) -> bool:
        return self.shape == "none" or self.end <= self.start


def sentence_end(s: Sentence) -> int:
    """The token after the last word or quotation: the final period outside a quotation is left out."""
    end = len(s)
    while end > 0 and s.quote[end - 1] < 0 and s.words[end - 1] in {".", "?", "!", "…", ";", ":"}:
        end -= 1
    return end


def complement(s: Sentence, group: VerbGroup) -> Complement:
    """Find the content that follows a verb group, by what its verb may be followed by."""
    high = sentence_end(s)
    at = group.end
    while at < high and s.is_word(at) and s.is_adverb(at) and s.lower[at] not in {"also", "even", "only", "not"}:
        at += 1
    addressed = False
    if "r" in group.frames or group.lemma in {"ask", "promise"}:
        end = _recipient_end(s, at, high, group)
        addressed, at = end > at, end
    at = _skip_topic(s, _skip_adverbials(s, at, high), high, group)
    return _read(s, group, at, high, addressed=addressed)


def _read(s: Sentence, group: VerbGroup, at: int, high: int, *, addressed: bool) -> Complement:
    """The complement whose first token is `at`, recipient and adverbials being skipped."""
    word = s.lower[at] if at < len(s) else ""
    if at >= high:
        shape: Shape = "colon" if word == ":" else "none"
        end = at + (shape == "colon")
        return Complement(shape=shape, start=end, end=end, cue_end=max(end, group.end))
    if s.quote[at] >= 0:
        return _made(s, "quote", at, high)
    clausal = any(frame in group.frames for frame in "qtbrw")
    if word == "," and clausal:
        return _after_comma(s, at, high)
    shape = _shape(s, group, at, high, addressed=addressed)
    if shape != "none":
        found = _made(s, shape, at + (word == ":"), high)
        if shape != "noun" or group.lemma not in NAMING or _names(s, found):
            return found
    return Complement(shape="none", start=at, end=at, cue_end=max(at, group.end))


def _shape(s: Sentence, group: VerbGroup, at: int, high: int, *, addressed: bool) -> Shape:
    """What the word at token `at`, no quotation and no comma, opens as complement of the verb."""
    frames, word = group.frames, s.lower[at]
    told = addressed and "r" in frames
    followed = at + 1 < high
    fits: dict[Shape, bool] = {
        "colon": word == ":" and any(frame in frames for frame in "qtbrw"),
        "that": word == "that" and any(frame in frames for frame in "tbr"),
        "wh": word in WH and _takes_question(group, word),
        "infinitive": word == "to"
        and followed
        and s.is_word(at + 1)
        and ("i" in frames or told or group.lemma in {"urge", "ask", "encourage"}),
    }
    found = next((shape for shape, right in fits.items() if right), None)
    counted = word in {"about", "over", "up"} and followed and s.lower[at + 1][0].isdigit()
    if found is not None or (word in NO_CONTENT | WH | {"that", "to", ":", ","} and not counted):
        return found or "none"
    short = group.lemma in {"say", "think", "believe"} and high - at >= 2
    if ("b" in frames or told) and (short or _has_clause(s, at, high)):
        return "clause"
    return "noun" if "n" in frames and word not in g.AUXILIARIES else "none"


def _made(s: Sentence, shape: Shape, start: int, high: int, *, cue_end: int | None = None) -> Complement:
    end = clause_end(s, start, high, noun=shape == "noun")
    return Complement(shape=shape, start=start, end=end, cue_end=start if cue_end is None else cue_end)


def _after_comma(s: Sentence, comma: int, high: int) -> Complement:
    """said, “...” | said, however, that ..."""
    if comma + 1 < high and s.quote[comma + 1] >= 0:
        return _made(s, "quote", comma + 1, high, cue_end=comma)
    close = next((i for i in range(comma + 1, min(high, comma + 14)) if s.words[i] == ","), None)
    if close is not None and close + 1 < high and s.lower[close + 1] == "that":
        return _made(s, "that", close + 1, high, cue_end=comma)
    return Complement(shape="none", start=comma, end=comma, cue_end=comma)


def _takes_question(group: VerbGroup, word: str) -> bool:
    if word in {"when", "if", "which"} or not any(frame in group.frames for frame in "wtbrq"):
        return False
    return (
        word not in {"where", "who"} or "w" in group.frames or group.lemma in {"know", "say", "tell", "see", "explain"}
    )


def _names(s: Sentence, content: Complement) -> bool:
    """called [the deal] [a “gift”]: an object and what it is called, rather than a telephone call or a meeting."""
    inside = range(content.start, content.end)
    if any(s.quote[i] >= 0 for i in inside):
        return True
    summons = any(s.lower[i] in {"to", "after", "when", "on", "for"} for i in inside[:5])
    return len(inside) > 2 and not summons


def _has_clause(s: Sentence, at: int, high: int) -> bool:
    """A subject and a finite verb follow."""
    stop = next((i for i in range(at, high) if s.words[i] == ";"), high)
    return any(_is_verbal(s, i) for i in range(at + 1, min(stop, at + 40)))


def _is_verbal(s: Sentence, at: int) -> bool:
    if is_finite(s, at) or s.quote[at] >= 0:
        return True
    low = s.lower[at]
    if low.endswith(CONTRACTED):
        return low.replace("’", "'").partition("'")[0] in g.SUBJECT_PRONOUNS | {"that"}
    return low.endswith("s") and not s.is_capital(at) and s.lower[at - 1] in {"he", "she", "it"}


def _recipient_end(s: Sentence, at: int, high: int, group: VerbGroup) -> int:
    """told [reporters] that ...: the token after the phrase between the verb and the content."""
    if at >= high or not s.is_word(at) or s.lower[at] in WH | {"that", "to"}:
        return at
    if s.lower[at] in {"him", "them", "me", "us", "you", "it", "himself", "herself", "themselves"}:
        return at + 1
    if s.lower[at] == "her" and not _goes_on(s, at + 1, high):
        return at + 1
    end = at + 1
    while end < high and s.is_word(end) and not _ends_recipient(s, end):
        end += 1
    if end < high and is_finite(s, end):  # that was the subject of a bare clause: told reporters prices rose
        return at + 1 if group.lemma == "tell" and end - at > 1 else at
    return end


def _goes_on(s: Sentence, at: int, high: int) -> bool:
    """Whether "her" before token `at` is a possessive: told her brother that."""
    closed = WH | g.DETERMINERS | g.SUBJECT_PRONOUNS | {"that", "to"}
    return at < high and s.is_word(at) and s.lower[at] not in closed and not is_finite(s, at)


def _ends_recipient(s: Sentence, at: int) -> bool:
    low = s.lower[at]
    if low in WH | g.SUBJECT_PRONOUNS | g.DAYS | {"that", "to", "about", "there", "in", "on", "at", "during", "after"}:
        return True
    return is_finite(s, at) or (low in g.DETERMINERS and s.lower[at - 1] not in g.PREPOSITIONS | {"and", "or"})


def _skip_adverbials(s: Sentence, at: int, high: int) -> int:
    """Skip "in a statement", "on Monday", "to reporters", "during a visit to Lund" between a cue and its content."""
    while at < high and s.is_word(at):
        low = s.lower[at]
        if low in g.DAYS or low in {"yesterday", "today", "tonight", "earlier", "later"}:
            at += 1
            while at < high and s.lower[at] in g.TIMES:
                at += 1
        elif low in {"last", "this", "next", "late", "early"} and at + 1 < high and s.lower[at + 1] in g.TIMES:
            at += 2
        else:
            end = _adverbial_end(s, at, high) if low in ADVERBIAL else at
            if end == at:
                return at
            at = end
    return at


def _adverbial_end(s: Sentence, at: int, high: int) -> int:
    """The end of the prepositional phrase at `at`, or `at` itself where it does not plainly end before a content."""
    if s.lower[at] == "to" and at + 1 < high:
        form = FORMS.get(s.lower[at + 1])
        if s.quote[at + 1] >= 0 or (form is not None and form.tense == "base"):
            return at
    end = at + 1
    while end < high and s.is_word(end) and end - at < 25:
        if end > at + 1 and _ends_adverbial(s, end):
            return end
        if s.lower[end] in {"he", "she", "they", "we", "i", "it", "there"}:
            return end
        if is_finite(s, end):
            return at
        end += 1
    return end


def _ends_adverbial(s: Sentence, at: int) -> bool:
    low, before = s.lower[at], s.lower[at - 1]
    if low == "that" or low in g.ARTICLES:
        return before not in g.PREPOSITIONS | {"and", "or"}
    if low in ADVERBIAL:
        return True
    closed = before in g.TIMES | MEDIUM
    return closed and not (low in g.TIMES | MEDIUM | g.PREPOSITIONS | {"and"} or low.isdigit())


def _skip_topic(s: Sentence, at: int, high: int, group: VerbGroup) -> int:
    """said [of the deal]: "..." | said [for weeks] that ..."""
    if at >= high or s.lower[at] not in {"of", "about", "for", "as"} or "q" not in group.frames:
        return at
    end = at + 1
    while end < high and s.is_word(end) and end - at < 16 and s.lower[end] != "that":
        if is_finite(s, end):
            return at
        end += 1
    if end >= high or end == at + 1:
        return at
    comma = s.words[end] == "," and end + 1 < high and s.quote[end + 1] >= 0
    return end if comma or s.quote[end] >= 0 or s.lower[end] in {":", "that"} else at


def clause_end(s: Sentence, start: int, high: int, *, noun: bool = False) -> int:
    """Where the content that begins at token `start` ends: mostly with the sentence. `noun`: it is no clause."""
    for at in range(start, high):
        word, low = s.words[at], s.lower[at]
        following = s.lower[at + 1] if at + 1 < high else ""
        if word == ";":
            return at
        if at == start:
            continue
        if word == "," and _turns_away(s, at + 1, high, noun=noun):
            return at
        if low in {"and", "but"} and _shared_cue(s, at + 1):
            return at
        if low == "according" and following == "to":
            return at
        if noun and (
            low in {"while", "because", "after", "when", "although", "though", "before", "but", "—", "–", "--"}
        ):
            return at
    return high


def _turns_away(s: Sentence, at: int, high: int, *, noun: bool) -> bool:
    """Whether after a comma, at token `at`, something else begins: a turn, another cue, a parenthesis."""
    if at >= high:
        return False
    low = s.lower[at]
    if low in TURNS or s.lower[at : at + 2] in (["even", "though"], ["even", "as"]) or _participle_cue(s, at):
        return True
    if low == "and" and at + 1 < high:
        return noun or _shared_cue(s, at + 1)
    if noun and low in {"who", "which", "he", "she", "they", "as", "when"}:
        return True
    return low in {"he", "she", "they"} and _shared_cue(s, at + 1)


def _participle_cue(s: Sentence, at: int) -> bool:
    form = FORMS.get(s.lower[at])
    return form is not None and s.lower[at].endswith("ing") and any(cue.speech for cue in form.cues)


def _shared_cue(s: Sentence, at: int) -> bool:
    """... and said: another cue of speech begins at token `at`."""
    while at < len(s) and s.is_word(at) and s.is_adverb(at):
        at += 1
    form = FORMS.get(s.lower[at]) if at < len(s) and s.quote[at] < 0 else None
    if form is None or not any(cue.speech for cue in form.cues):
        return False
    return form.tense == "past" or (form.tense == "s" and form.cues[0].lemma in {"say", "add", "tell", "argue"})
