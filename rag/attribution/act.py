"""What a cue tells of: that somebody spoke, or what they think, want or fear.

Readers agree on who said what far better than on who wants or believes what (Pareti, 2016), so the two are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.attribution.cues import FORMS, NOUNS, inflect
from rag.types import Act, QuoteType

DOUBTED = 0.85
"""What is left of the confidence in an attitude."""
_ATTITUDES = frozenset(
    "believe think feel reckon figure suppose assume realise realize imagine know understand see learn recognise "
    "recognize remember support favor favour prefer view regard consider seek hope_for want plan intend wish aim fear "
    "worry hope expect doubt suspect anticipate oppose agree_with disagree_with wonder need like love hate dislike "
    "desire crave dread trust mean decide prepare enjoy appreciate admire respect resent".split()
)
"""Lemmas, with their particles, of what goes on in a head."""
_STATES = frozenset(
    "afraid aware certain sure confident concerned convinced worried hopeful optimistic pessimistic happy unhappy glad "
    "proud angry furious surprised shocked alarmed pleased disappointed skeptical sceptical wary keen eager willing "
    "unwilling ready reluctant determined inclined tempted open interested sympathetic fond mindful conscious nervous "
    "anxious fearful satisfied dissatisfied frustrated upset excited thrilled delighted relieved".split()
)
"""Adjectives of what goes on there."""
_FEELINGS = frozenset(
    "view opinion belief conviction concern desire hope fear suspicion doubt wish worry feeling sense dream goal plan "
    "intention expectation confidence interest opposition preference understanding knowledge anger frustration".split()
)
_VOICED = frozenset(
    "express expressed expresses expressing voice voiced voices voicing raise raised raises raising aired airs made "
    "makes issued issues gave gives".split()
)
"""Verbs that make a feeling speech: voiced concern."""
_LINKING = frozenset(
    "is are was were be been being am feel feels felt remain remains remained become became seem seems seemed appear "
    "appears appeared 's 're 'm".split()
)
_CUE_WORD = re.compile(r"[\w’'-]+")
_ATTITUDE_FORMS = frozenset(form for lemma in _ATTITUDES if "_" not in lemma for form in inflect(lemma).values())


def act_of(cue: str, quote_type: QuoteType) -> Act:
    """Speech or attitude, by the verbs, adjectives and nouns of a cue; words quoted in full were spoken."""
    if quote_type == "direct":
        return "speech"
    words = [word.lower().replace("’", "'") for word in _CUE_WORD.findall(cue)]
    told = {_is_spoken(words, at) for at in range(len(words))}
    return "attitude" if False in told and True not in told else "speech"


def _is_spoken(words: Sequence[str], at: int) -> bool | None:
    """Whether the word at this place tells of speech; None where it tells nothing."""
    word = words[at]
    if word in _VOICED:
        return True
    if word in _STATES:
        return None if _LINKING.isdisjoint(words[:at]) else False
    form = FORMS.get(word)
    if form is not None:
        after = " ".join(words[at + 1 :])
        cue = next((c for c in form.cues if after.startswith(c.particle)), form.cues[-1])
        return "_".join([cue.lemma, *cue.particle.split()]) not in _ATTITUDES
    singular = word.removesuffix("s")
    if word in _ATTITUDE_FORMS or singular in _FEELINGS:
        return False
    return True if singular in NOUNS else None
