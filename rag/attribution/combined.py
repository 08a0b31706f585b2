"""The tagger and the rules together: the trained tagger first, the rules where form decides or it sees nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus.types import Article, Span
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNISH, inflect
from rag.attribution.interviews import interview_attributions, without_answers
from rag.attribution.nesting import nest
from rag.attribution.passives import names_only
from rag.attribution.refine import hides_source, is_label, refine
from rag.attribution.rules import RuleExtractor
from rag.attribution.source_and_cue import is_expletive, with_apposed_name
from rag.attribution.spans import cut_spans
from rag.attribution.tagger import TaggerExtractor
from rag.attribution.tokens import read_document
from rag.attribution.within import TELLING, with_inner
from rag.types import Attribution

LIKELY = 0.9
"""Least confidence of a rule for what the tagger does not see at all."""
DOUBTFUL = 0.6
"""What attributions of the rules keep of their confidence: the tagger is right more often."""
LEAST_INNER = 0.5
"""Least confidence of a rule for what it finds inside the words of another."""
SURE_PARTICIPLE = 0.8
"""What a participle has that a clause or a quotation follows."""
PLAIN = TELLING - NOUNISH
"""Words that have no sense but that of telling something."""
MANDATIVE = frozenset(
    form
    for lemma in "suggest demand urge insist propose recommend ask request require".split()
    for form in (lemma, *inflect(lemma).values())
)
BASE_FORMS = frozenset(cue.lemma for form in FORMS.values() for cue in form.cues)

_OPENED = re.compile('[“"„«‘]')
_BREAK = re.compile(r"[”\"’']?\s*(?:[,;(—–]|--|- )")
_BROKEN = re.compile(r"[,;][”\"’']*\Z")


class CombinedExtractor:
    """Outermost attributions by the tagger, put right by form; nested ones, headlines and what it misses by rules."""

    def __init__(self) -> None:
        self._tagger = TaggerExtractor()
        self._rules = RuleExtractor()
        self.name = f"{self._tagger.name}+{self._rules.name}"

    def extract(self, article: Article) -> tuple[Attribution, ...]:
        document = read_document(article.text, article.headline)
        read = refine(document, self._tagger.extract(article))
        ruled = [
            made
            for made in self._rules.extract(article)
            if not any(test(article.text, made) for test in (hides_source, names_only, is_expletive, is_label))
        ]
        answers = interview_attributions(document, article)
        found = combine(
            article,
            [*answers, *without_answers(article.text, read, answers)],
            without_answers(article.text, ruled, answers),
        )
        return with_inner(found, document, read_within=partial(self._tagger.extract_within, article))


def combine(article: Article, read: Sequence[Attribution], ruled: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """What the tagger read, and of the rules what it leaves room for."""
    kept, added = [with_apposed_name(article.text, _with_source(made, ruled)) for made in read], []
    for made in ruled:
        if made.outer is not None:
            if not _is_told(article.text, made):
                continue
            added.append(_adopted(article.text, made, made.outer, kept))
        elif _is_likely(made, article) or (not made.cue and not any(_meets(k, made.content) for k in kept)):
            added.append(_doubted(made))
    return nest([*kept, *added])


def _is_told(text: str, inner: Attribution) -> bool:
    """Whether what a content says of somebody tells that they spoke or thought something.

    Not so of what they would do ("Marsh could back it, Lee said"), of a participle with a mere noun ("a group backing
    Marsh"), of "anybody who complains", nor where the rules doubt it themselves.
    """
    cue = [word.lower() for piece in inner.cue for word in piece.of(text).split()]
    if len(cue) == 1 and inner.outer is not None and _is_wanted(text, inner.outer, cue[0]):
        return False
    relative = all(piece.of(text).lower() in g.RELATIVES for piece in inner.source)
    if not g.MODALS.isdisjoint(cue) or inner.confidence < LEAST_INNER or (inner.source and relative):
        return False
    return not (len(cue) == 1 and cue[0].endswith("ing") and inner.confidence < SURE_PARTICIPLE)


def _is_wanted(text: str, outer: Attribution, verb: str) -> bool:
    """Vale suggested the pilots recall the storm: what others should do, not what they did."""
    wants = any(word.lower() in MANDATIVE for piece in outer.cue for word in piece.of(text).split())
    return wants and verb in BASE_FORMS


def _adopted(text: str, inner: Attribution, outer: Attribution, kept: list[Attribution]) -> Attribution:
    """A nested attribution of the rules, under the tagger’s with the cue of the relaying one where there is such.

    The content of the relaying one is widened, in `kept`, to hold the nested cue, which a tagger of outermost
    attributions may leave out ("reported that Orlov said: ...").
    """
    number = next((n for n, made in enumerate(kept) if _share_cue(made, outer)), None)
    if number is None or any(_meets(made, inner.cue) for n, made in enumerate(kept) if n != number):
        return _doubted(inner)
    holder = kept[number]
    if any(piece.contains(cue) for piece in outer.content for cue in inner.cue):
        kept[number] = replace(holder, content=_widened(text, holder, outer))
        return _doubted(inner)
    # citing the navy: an aside that is in neither content
    kept[number] = replace(holder, content=cut_spans(text, holder.content, (*inner.source, *inner.cue)))
    return replace(inner, outer=kept[number], confidence=DOUBTFUL * inner.confidence)


def _widened(text: str, holder: Attribution, outer: Attribution) -> tuple[Span, ...]:
    """The content of the holder with what the rule’s has more; not so beyond a comma or dash that the holder ends at:
    “Marsh said she expects rain, which ...”: whose the rest is, the tagger knows better."""
    end = max(piece.end for piece in holder.content)
    limit = end if _BREAK.match(text, end) or _BROKEN.search(text, 0, end) else len(text)
    more = [Span(piece.start, min(piece.end, limit)) for piece in outer.content if piece.start < limit]
    return cut_spans(text, (*holder.content, *more), (*holder.source, *holder.cue))


def _with_source(made: Attribution, ruled: Sequence[Attribution]) -> Attribution:
    """With the source that a likely rule gives to the same cue, where the tagger sees none."""
    if made.source:
        return made
    likely = (other for other in ruled if other.confidence >= LIKELY and other.source and _share_cue(made, other))
    found = next((o.source for o in likely if not any(_meets(made, [piece]) for piece in o.source)), ())
    return replace(made, source=found)


def _share_cue(one: Attribution, other: Attribution) -> bool:
    return any(a.overlaps(b) for a in one.cue for b in other.cue)


def _meets(made: Attribution, spans: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in (*made.source, *made.cue, *made.content) for b in spans)


def _doubted(made: Attribution) -> Attribution:
    return replace(made, outer=None, confidence=DOUBTFUL * made.confidence)


def _is_likely(made: Attribution, article: Article) -> bool:
    """Whether what the rules alone see is to be believed.

    It is in the headline, where the tagger sees few; of the rest what is in quotation marks or told by a plain verb of
    telling: other verbs have other senses ("maintains a lead"), which the tagger knows.
    """
    if article.headline is not None and any(span.overlaps(article.headline) for span in made.content):
        return True
    cue = {word.strip(":,").lower() for piece in made.cue for word in piece.of(article.text).split()}
    plain = not PLAIN.isdisjoint(cue) or any(_OPENED.match(article.text, span.start) for span in made.content)
    return made.confidence >= LIKELY and plain
