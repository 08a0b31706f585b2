"""Whose words a cue is about: subjects of passives and of nouns, which a tagger takes for speakers by their place.

"Marsh has been criticised for the delay": nobody says who criticised; "Vale seized on Marsh's claim that ...": it is
Marsh who claimed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import Span
from rag.attribution import grammar as g
from rag.attribution.cues import FORMS, NOUNS
from rag.attribution.spans import merge_spans
from rag.types import Attribution

_SUFFERED = frozenset(
    "accused criticised criticized blamed condemned denounced mocked ridiculed attacked slammed praised lauded hailed "
    "called described portrayed depicted labelled labeled dubbed deemed branded faulted asked told expected "
    "believed said reported alleged seen viewed considered regarded thought known rumoured rumored urged".split()
)
"""Participles of what is done to somebody by others, in words or in thought."""
_PASSIVE = re.compile(
    r"(?:\A|\s)(?:is|are|was|were|be|been|being)\s(?:[a-z]+ly\s|also\s|not\s|once\s|long\s)*"
    rf"(?:{'|'.join(sorted(_SUFFERED))})\b",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"(?:credited with|accused of|suspected of|charged with|convicted of|blamed for|praised for|known (?:as|for))\b",
    re.IGNORECASE,
)
"""Participles with a preposition that follow whom it is done to and no object: the man accused of the theft."""
_NAMED_SO = re.compile(
    r"(?:dubbed|called|named|nicknamed|titled|entitled|labell?ed)\s[“\"‘'][^”\"’']{1,60}[”\"’']\s(?P<next>\w+)"
)
"""the plan dubbed “Blue Tide” was: what is named so, and what it is or does."""
_DONE = re.compile(r"(?:(?:is|are|was|were|been|be|has|have|had)\s)+(?:approved|convicted|sentenced|diagnosed)\b")
"""Passives of what is done by a deed."""
_NOUN = re.compile(
    r"(?P<whom>[^,;:“”\"]{1,60}?(?:['’]s|s['’])|his|her|their|its)\s+(?:[a-z]+\s+){0,2}?(?P<noun>[a-z]+)\s+that\s"
)


def with_agent(text: str, made: Attribution) -> Attribution:
    """Marsh has been criticised for the delay: Marsh is whom it is about, and the source is not told."""
    if len(made.source) != 1 or len(made.cue) != 1:
        return made
    (source,), (cue,) = made.source, made.cue
    words = cue.of(text)
    reduced = _DONE_TO.match(text, cue.start) and source.end < cue.start
    if not (_PASSIVE.search(words) or reduced) or re.search(r"\bby\b", words) or text[source.end : cue.start].strip():
        return made
    return replace(made, source=(), content=merge_spans(text, (source, *made.content)))


def names_only(text: str, made: Attribution) -> bool:
    """the plan dubbed “Blue Tide” was dropped: a name, which nobody in the sentence claims; nor what was approved."""
    if not made.source and made.cue and _DONE.match(text, made.cue[0].start, made.cue[0].end):
        return True
    if len(made.cue) != 1 or not made.source or text[made.source[-1].end : made.cue[0].start].strip():
        return False
    found = _NAMED_SO.match(text, made.cue[0].start)
    return found is not None and found["next"].lower() in g.AUXILIARIES - g.HAVE | {"has", "had", "have"}


def with_owner(text: str, made: Attribution) -> Attribution:
    """Vale seized on Marsh’s claim that the pier holds: Marsh claims it, where the verb is no cue of saying."""
    if len(made.cue) != 1 or not made.content or _tells(made.cue[0].of(text)):
        return made
    first, *rest = made.content
    found = _NOUN.match(text, first.start, first.end)
    if not found or found["noun"].removesuffix("s") not in NOUNS or first.start - made.cue[0].end != 1:
        return made
    noun = Span(*found.span("noun"))
    content = merge_spans(text, (Span(noun.end + 1, first.end), *rest))
    return replace(made, source=(Span(*found.span("whom")),), cue=(noun,), content=content)


def _tells(cue: str) -> bool:
    return any(word.lower() in FORMS or word.lower().removesuffix("s") in NOUNS for word in re.findall(r"\w+", cue))
