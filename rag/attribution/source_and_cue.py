"""The source and the cue of an attribution put right where form decides: titles, asides, artefacts, "denied saying"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS
from rag.attribution.kinds import is_person_noun
from rag.attribution.mentions import ARTEFACT
from rag.attribution.nouns import COMMON, GOVERNMENT, INSTITUTIONS, ORGANISATION
from rag.attribution.roles import is_title
from rag.attribution.spans import cut_spans, merge_spans
from rag.attribution.tokens import Document
from rag.types import Attribution

_INCIDENTAL = re.compile(r",\s+who\s+(?:ha[sd]\s+)?[a-z]+\s+(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]*\s*,?\Z")
"""A clause about the source that ends in the full name of another, right behind its verb: it could be taken for the
source's. Longer clauses stay: readers count them to the source more often than not."""
_REMARK = re.compile(r"\s\((?:[^()\s]+\s){3,}[^()]*\)?\Z")
"""A remark in brackets behind a name, as against a party and state."""
_DENIED_SPEECH = re.compile(r"^(.*\w)\s+(\w+ing)$", re.DOTALL)
_NEXT_PHRASE = re.compile(r"(\w+)\s+((?:an?|the)(?:\s+[A-Z][\w'’-]*){0,2})\Z")
_NAMED_NEXT = re.compile(r"\.?(?: [A-Z][\w’'-]*\.?){1,3}(?: \([^()]{1,20}\))?(?= [a-z])")
_APPOSED = re.compile(r", (?:the )?(?:[A-Z][\w’'-]*[ \u00a0]){1,4}[A-Z][\w’'-]*(?=,? )")
_DESCRIBING = re.compile(r"(?:the|an?|its|his|her|their)\s(?:[\w’'-]+\s)*[a-z][\w-]*\Z", re.IGNORECASE)
_WHICH_ONE = re.compile(r"(?:who|which|that)\s\w")
_HEAD = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Tt]hat)\s(?:[\w’'-]+\s){1,4}\Z")
_TOPIC = re.compile(r"(?P<topic>(?:the|an?|his|her|its|their)\s(?:[a-z][\w-]*\s?){1,4}), (?P<whom>[A-Z][\w’'-]*)", re.I)
_PREDICATE = re.compile(r", (?:is|are|was|were|has|had|will|would|can|could|may|might|should|must)\s")
_TOLD = re.compile(r"reported|reports|said|says|wrote|writes|added|announced|argued|explained")
_COMMA = re.compile(r",[”\"’]?\s\Z|[”\"]\s\Z")
_TELLER = re.compile(r"\s((?:the\s)?[A-Z][\w’'&.-]*(?:\s[A-Z][\w’'&-]*){0,4})(?=[,;]|\.?(?:\s*\n|\s*\Z|\.\s[A-Z“]))")
_OPENING_CLAUSE = re.compile(
    r"(?:[A-Z][a-z]+ed|Following|After|Amid|Despite|With|Before|During|In|At|On|Since|Under)\s[^,]*?"
    r"\b(?:from|by|of|with|against|between|about)\s(?:the\s)?(?:[\w-]+\s){0,3}"
)
_OPENING_PARTICIPLE = re.compile(r"[A-Z]\w+ing")
_BEFORE_CUE = re.compile(r",\s((?:[A-Z][\w’'-]+\s)*[A-Z][\w’'-]+)(?:,\s\d{1,3})?,?\s\Z")
_MEETS = re.compile(r"([^,]*?[A-Z][\w’'-]*)\s(?:met|spoke|talked|gathered)\s")
_SAYING = re.compile(r"(?:saying|claiming|stating|arguing|showing)\b")
_SAYER = re.compile(
    r"\b(?:(?:reaction|response) to|data from|reports? (?:from|by)|letter from|after|of|despite)\s(?:the\s)?"
    r"((?:[A-Z][\w’'-]+(?:\s(?:of|for)(?=\s[A-Z]))?\s?)+)(?<!\s)\s\Z"
)
_BLAMED_FOR = re.compile(
    r"(?P<before>\b[\w’'-]+)\s(?P<whom>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s(?:[\w’'-]+\s){0,3}?(?P<noun>[a-z][\w-]+)|him|them|"
    r"(?:[A-Z][\w’'-]*\.?\s){0,4}[A-Z][\w’'-]*)\sfor\s\Z"
)
_PARTICIPLE = re.compile(r"\w{2,}ing\b")
_WITH = re.compile(r"\w,?\swith\s((?:[A-Z][\w’'-]+\s?)+)\Z")
_BEING = re.compile(
    r"(?:['’]s|\sis|\swas|\s(?:has|had) been)\s(?:\w+ly\s)?(?:estimated|believed|thought|said|reported|hoped)\Z"
)
_ADDRESSING = re.compile(r"(?<=\w)\s+to\Z", re.IGNORECASE)


def with_source_and_cue(document: Document, made: Attribution) -> Attribution:
    """`made` with its source and cue as they should be; content moves only where it gives or takes words of these."""
    text = document.text
    made = _without_verb(text, _behind_clause(document, made))
    made = _with_inverted_name(text, _with_head(text, _without_topic(text, made)))
    made = _with_denied_speech(text, _with_whole_name(text, made))
    made = _without_expletive(text, _of_absolute(text, _of_blamed(text, _of_sayer(text, made))))
    made = _with_artefact(text, _with_plain_source(text, made))
    return _with_parted_names(text, _with_free_cue(text, _with_near_source(document, made)))


def _with_head(text: str, made: Attribution) -> Attribution:
    """The judge | who heard the case | said: a clause that tells which judge it is needs the judge."""
    if len(made.source) != 1 or not made.cue:
        return made
    (source,) = made.source
    if not _WHICH_ONE.match(text, source.start, source.end) or source.end > made.cue[0].start:
        return made
    head = _HEAD.search(text, max(0, source.start - 60), source.start)
    return replace(made, source=(Span(head.start(), source.end),)) if head else made


def _without_topic(text: str, made: Attribution) -> Attribution:
    """Her brother, | Marsh has said, was a thief: an inserted clause, and no name behind a description."""
    if len(made.source) != 1 or len(made.cue) != 1:
        return made
    (source,), (cue,) = made.source, made.cue
    found = _TOPIC.fullmatch(source.of(text))
    rest = _PREDICATE.match(text, cue.end) if found and text[source.end : cue.start].isspace() else None
    if found is None or rest is None:
        return made
    topic = Span(source.start, source.start + found.end("topic"))
    content = merge_spans(text, (topic, *made.content))
    return replace(made, source=(Span(source.start + found.start("whom"), source.end),), content=content)


def _behind_clause(document: Document, made: Attribution) -> Attribution:
    """Following a talk with Ana Ruiz, | members of the board ...: who stands in the opening clause does not speak.

    Addressing the board, Tom Vale, 71, said: nor does its participle.
    """
    if len(made.source) != 1 or not made.cue or made.source[0].end > made.cue[0].start:
        return made
    (source,), text = made.source, document.text
    start = document.sentence_at(source.start).span.start
    opening = source.start == start and _OPENING_PARTICIPLE.fullmatch(source.of(text)) is not None
    if opening or (source.of(text).endswith(("'s", "’s")) and made.cue[0].start > source.end + 1):
        subject = _BEFORE_CUE.search(text, source.end, made.cue[0].start)
        return replace(made, source=(Span(*subject.span(1)),)) if subject else made
    clause, comma = text[start : source.start], text.find(", ", source.start, source.end)
    inside = comma > 0 and _OPENING_CLAUSE.fullmatch(clause) is not None
    return replace(made, source=(Span(comma + 2, source.end),)) if inside else made


def _without_verb(text: str, made: Attribution) -> Attribution:
    """Tom Vale | met with captains to discuss: no verb belongs to a source."""
    if len(made.source) != 1 or len(made.cue) != 1:
        return made
    (source,), (cue,) = made.source, made.cue
    found = _MEETS.match(text, source.start, source.end)
    if found is None or not 0 <= cue.start - source.end <= 1:
        return made
    return replace(made, source=(Span(source.start, found.end(1)),), cue=(Span(found.end(1) + 1, cue.end),))


def _of_sayer(text: str, made: Attribution) -> Attribution:
    """Vale spoke in reaction to | Marsh | saying that it was late."""
    if len(made.source) != 1 or not made.cue or not _SAYING.match(text, made.cue[0].start):
        return made
    (source,), start = made.source, made.cue[0].start
    found = _SAYER.search(text, min(source.end, start), start)
    return replace(made, source=(Span(*found.span(1)),)) if found is not None else made


def _of_blamed(text: str, made: Attribution) -> Attribution:
    """Vale hit out at | Marsh | for calling it unsafe: the one who is blamed did so; the cue is the participle."""
    if len(made.source) != 1 or not made.cue:
        return made
    (source,), cue = made.source, made.cue[0]
    participle = re.search(r"\b\w{2,}ing\Z", cue.of(text))
    start = cue.start + participle.start() if participle else cue.end
    found = _BLAMED_FOR.search(text, min(source.end, start), start) if participle else None
    if found is None or found["before"].lower() == "to":
        return made
    noun = found["noun"]
    speaks = noun is None or is_person_noun(noun) or noun.lower() in COMMON | INSTITUTIONS | GOVERNMENT | ORGANISATION
    content = tuple(piece for piece in made.content if 0 <= piece.start - cue.end <= 1) or made.content
    blamed = replace(made, source=(Span(*found.span("whom")),), cue=(Span(start, cue.end),), content=content)
    return blamed if speaks else made


def _of_absolute(text: str, made: Attribution) -> Attribution:
    """Vale met Marsh, with | Marsh | saying that it was late."""
    if len(made.source) != 1 or not made.cue or not _PARTICIPLE.match(text, made.cue[0].start):
        return made
    (source,) = made.source
    found = _WITH.search(source.of(text))
    close = found is not None and not text[source.end : made.cue[0].start].strip()
    return replace(made, source=(Span(source.start + found.start(1), source.end),)) if found and close else made


def _without_expletive(text: str, made: Attribution) -> Attribution:
    return replace(made, source=()) if is_expletive(text, made) else made


def is_expletive(text: str, made: Attribution) -> bool:
    """It's estimated that the pier will hold: nobody is "it"."""
    if len(made.source) != 1 or not made.cue or made.source[0].of(text).lower() != "it":
        return False
    return _BEING.search(text[made.source[0].end : made.cue[0].end]) is not None


def _with_inverted_name(text: str, made: Attribution) -> Attribution:
    """The pier is shut, reported | NPW, and may stay so: who stands behind the verb of telling speaks."""
    if made.source or len(made.cue) != 1 or not made.content or made.content[0].end > made.cue[0].start:
        return made
    (cue,) = made.cue
    if not _TOLD.fullmatch(cue.of(text)) or not _COMMA.search(text, max(0, cue.start - 4), cue.start):
        return made
    found = _TELLER.match(text, cue.end)
    free = found is not None and not any(piece.overlaps(Span(*found.span(1))) for piece in made.content)
    return replace(made, source=(Span(*found.span(1)),)) if found is not None and free else made


def _with_near_source(document: Document, made: Attribution) -> Attribution:
    """Without a source from another paragraph than the cue: such a link was wrong wherever it was looked at.

    “It held,” said Ruth Marsh, the inspector. | She added: nor does a source go on over the end of the cue's sentence.
    """
    if not made.cue:
        return made
    there = document.sentence_at(made.cue[0].start)
    near = [p for p in made.source if document.sentence_at(p.start).paragraph == there.paragraph]
    near = [p for p in near if p.start < there.span.end or any(piece.end > there.span.end for piece in made.cue)]
    return replace(made, source=tuple(_inside(there.span, p) if p.overlaps(there.span) else p for p in near))


def _inside(outer: Span, piece: Span) -> Span:
    return Span(max(outer.start, piece.start), min(outer.end, piece.end))


def _with_free_cue(text: str, made: Attribution) -> Attribution:
    """Marsh apologised to passengers. “It was our fault.”: without "to", whose object is no content but a recipient."""
    if len(made.cue) != 1 or any(abs(piece.start - made.cue[0].end) <= 1 for piece in made.content):
        return made
    (cue,) = made.cue
    found = _ADDRESSING.search(cue.of(text))
    return replace(made, cue=(Span(cue.start, cue.start + found.start()),)) if found else made


def _with_whole_name(text: str, made: Attribution) -> Attribution:
    """“It held,” Sen. | Ruth Marsh (R-Norland) said: a source that ends in a title goes on with the name behind it."""
    if not made.source or not is_title(made.source[-1].of(text).split()[-1]):
        return made
    last = made.source[-1]
    found = _NAMED_NEXT.match(text, last.end)
    if found is None or any(last.end < piece.start < found.end() for piece in (*made.cue, *made.content)):
        return made
    return replace(made, source=(*made.source[:-1], Span(last.start, found.end())))


def with_apposed_name(text: str, made: Attribution) -> Attribution:
    """the mayor, | Ruth Marsh, said: a description goes on with the name that stands between it and its cue."""
    if len(made.source) != 1 or not made.cue or not _DESCRIBING.match(made.source[0].of(text)):
        return made
    (source,) = made.source
    found = _APPOSED.match(text, source.end)
    if found is None or text[found.end() : made.cue[0].start].strip(" ,"):
        return made
    return replace(made, source=(Span(source.start, found.end()),))


def _with_parted_names(text: str, made: Attribution) -> Attribution:
    """According to the ministry a Tarn | Line ferry sank: the source ends before an article that no preposition leads
    to, and what follows it up to the content belongs to the content."""
    if len(made.source) != 1 or not made.content or made.content[0].start != made.source[0].end + 1:
        return made
    (source,), first = made.source, made.content[0]
    found = _NEXT_PHRASE.search(source.of(text))
    if not found or found[1].lower() in g.PREPOSITIONS | g.CONJUNCTIONS:
        return made
    start = source.start + found.start(2)
    content = (Span(start, first.end), *made.content[1:])
    return replace(made, source=(Span(source.start, source.start + found.end(1)),), content=content)


def _with_plain_source(text: str, made: Attribution) -> Attribution:
    """Dame Ruth Vale, who replaced Owen Park, said: the source ends before the aside."""
    pieces = []
    for piece in made.source:
        aside = _INCIDENTAL.search(piece.of(text)) or _REMARK.search(piece.of(text))
        pieces.append(Span(piece.start, piece.start + aside.start()) if aside and aside.start() else piece)
    return replace(made, source=cut_spans(text, pieces, ()))


def _with_artefact(text: str, made: Attribution) -> Attribution:
    """The inspector's report shows: the report belongs to the cue (PolNeAR's manual), the inspector is the source."""
    if len(made.source) != 1 or not made.cue or made.cue[0].start < made.source[0].end:
        return made
    (source,) = made.source
    found = ARTEFACT.match(source.of(text))
    if not found or text[source.end : made.cue[0].start].strip():
        return made
    owner = Span(source.start, source.start + found.end("whom") + len(_possessive(found)))
    start = owner.end + len(text[owner.end :]) - len(text[owner.end :].lstrip())
    return replace(made, source=(owner,), cue=merge_spans(text, (Span(start, made.cue[0].end), *made.cue[1:])))


def _possessive(found: re.Match[str]) -> str:
    after = found.string[found.end("whom") :]
    return after[: len(after.split(maxsplit=1)[0])]


def _with_denied_speech(text: str, made: Attribution) -> Attribution:
    """Stroud denied saying K: what is denied is the saying, not K."""
    if len(made.cue) != 1:
        return made
    (cue,) = made.cue
    found = _DENIED_SPEECH.match(cue.of(text))
    if not found or not _is(found[1].split()[-1], "denies") or not _is(found[2], None):
        return made
    said = Span(cue.start + found.start(2), cue.end)
    follows = [piece for piece in made.content if piece.start - cue.end in (0, 1)]
    joined = [Span(said.start, follows[0].end) if follows else said, *(p for p in made.content if p not in follows)]
    return replace(made, cue=(Span(cue.start, cue.start + found.end(1)),), content=merge_spans(text, joined))


def _is(word: str, stance: str | None) -> bool:
    """Whether a word is the form of a cue, and of one with this stance where it is given."""
    form = FORMS.get(word.lower())
    return form is not None and any(stance is None or cue.stance == stance for cue in form.cues)
