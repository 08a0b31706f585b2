"""What a content does by its own wording, under a cue as plain as "said": deny, promise, hedge, ask.

"She said she had not sold the boat" denies it, "he said he would resign" promises it, though neither cue says so. Only
the main clause counts, and only patterns that were right more often than not on questions written for the purpose.
"""

from __future__ import annotations

import re

from rag.types import Stance

_MARKS = "“”\"'‘’«»„ "
LEAD = re.compile(
    r"^(?:that|well|look|and|but|so|yes|frankly|honestly|just to be clear|let[’']s be clear)\b[,.:]?\s+", re.IGNORECASE
)
PERSON = r"(?:he|she|they|it|i|we)"
NOT = r"(?:\snot|\snever|n[’']t)"
UNSURE_VERBS = (
    "know|recall|remember|think|expect|want|see|like|care|understand|sure|certain|mean|need|agree|"
    "going to jump|identify|mention|discuss|address|mind|wish|trust|doubt|have time|have the|make|makes|"
    r"take\s(?:a\s(?:lot|genius)|much|long)|(?:seen|heard|felt|known)\s(?:anything|such|so)"
)
DENIAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # he did not sell it | she has never met them | they are not trying to hide
        rf"^{PERSON}(?:\s\w+ly)?\s?(?:did|does|do|has|have|had|[’']ve){NOT}(?:\s(?:\w+ly\s)?(?!(?:been\s(?:paid|told|given|asked|informed|able|sent|allowed))\b|(?:{UNSURE_VERBS})\b)|$|,)",
        rf"^{PERSON}\s?(?:was|were|is|are|am|[’']s|[’']re|[’']m){NOT}\s(?:\w+ly\s)?(?:\w+ing\b(?<!going)|part\b|involved|aware)",
        rf"^{PERSON}\snever\s(?!(?:{UNSURE_VERBS})\b)\w+(?:ed|t|id|ade|ave|oke|ook|ew|ent|en)\b",
        rf"^{PERSON}(?:\s(?:has|have|had)|[’']ve|[’']s)(?:\s(?:had|got))?\sno\s(?!doubt|choice|idea|plans? to)",
        # the minister was not hiding anything | the talks had no bearing on it
        r"^(?:[\w’'-]+\s){1,10}?(?:was|were|is|are)(?:\snot|n[’']t)\s(?:\w+ly\s)?(?:\w+ing\b|an?\s(?:response|reaction|result|attempt|"
        r"sign|case)\b|intended|meant|aware|involved|responsible|related|linked|based|motivated|about\b)",
        r"^(?:[\w’'-]+\s){1,10}?(?:has|have|had)\sno\s(?:bearing|role|part|knowledge|connection|involvement|influence|contact|"
        r"conversations?|links?|ties|evidence)\b",
        r"^(?:[\w’'-]+\s){1,6}?(?:did|does|do)(?:\snot|n[’']t)\sand\s",
        r"^(?:[\w’'-]+\s){1,8}?(?:has|have|had)(?:\snot|n[’']t)\s(?:done|communicated|received|sent|paid|made|taken|given)\b",
        r"^there\s(?:never\s(?:was|were|has been)|(?:was|were|has|have)\s?(?:never|n[’']t|not)\b)",
        r"^there\s(?:did|does)(?:\snot|n[’']t)\s(?:appear|seem)\b",
        r"^neither\s",
        r"^(?:absolutely\s)?not\s(?:true|at all|so)\b|^no[,.]\s|^nonsense\b",
        r"^(?:they|he|she|that|it|you)(?:\swould|[’']d)?\sbe\swrong\b",
        r"\b(?:is|are|was|were|be|been|[’']s|[’']re)\s(?:\w+ly\s)?(?:not\s(?:true|correct|accurate)|incorrect|inaccurate|untrue|false|baseless|meritless|unfounded|"
        r"groundless|nonsense|mischaracteri[sz]ed|misquoted|fabricated|a\slie|taken\sout\sof\scontext|made\sup|fiction)\b",
    )
)
PROMISE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:i|we)(?:(?:\swill|[’']ll)(?:\sjust)?\smake\s(?:this|you\sa|a)\spromise|\s(?:promise|pledge|vow)\b)",
        rf"^{PERSON}(?:\swould|[’']d)(?:\s(?:not|never|also|immediately|personally|now))*(?:$|[.,]|\s(?!be\b|have\b|like\b|"
        r"love\b|prefer\b|rather\b|think\b|say\b|argue\b|tell\b|know\b|see\b|want\b|need\b|expect\b|feel\b|also\b|take\b|"
        r"not\b|never\b|immediately\b|personally\b|now\b|\w{3,}ed\b|been\b)\w+)",
    )
)
WHAT_FOLLOWS = re.compile(
    r"it(?:\swould|[’']d)\s(?:\w+ly\s)?(?:mean|improve|risk|cause|create|provoke|affect|harm|hurt|help|result|cost|require|allow|violate|"
    r"undermine|threaten|increase|reduce|lead|come|happen|depend)\b",
    re.IGNORECASE,
)
"""What something would bring about, which nobody promises."""
OF_OTHERS = re.compile(r"(?:he|she|they|it)\b", re.IGNORECASE)
HEDGE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:(?!while\b|if\b|when\b|because\b)[\w’'-]+\s){1,7}?(?:might|may|could)\s(?!not\b|never\b|only\b|\d|be\s(?:heard|seen|felt)\b)(?:be|have|also|yet|well|still|soon|\w+)\b(?<!barely)",
        r"^(?:maybe|perhaps|possibly|probably|presumably|who knows)\b",
        r"^i(?:\swould|[’']d)?\s(?:suspect|guess|assume|suppose|imagine)\b|^i\swould\sthink\b",
        r"^i(?:[’']m|\sam)\snot\s(?:sure|certain)\b",
        r"\b(?:hard|difficult|too early|too soon|impossible)\sto\s(?:say|tell|know|estimate|predict|judge)\b",
        # if they showed him, he may come round
        r"\bif\b[^.!?]*\b(?:may|might)\b(?!\snot)|\b(?:may|might)\b(?!\snot)[^.!?]*\bif\b",
        r"^(?:[\w’'-]+\s){1,8}?(?:was|were|is|are)\s(?:likely|probably|possibly|apparently|perhaps)\b",
    )
)
CONFIRMATION = re.compile(r"^(?:[\w’'-]+\s){1,6}?indeed\b", re.IGNORECASE)
NOBODY_KNOWS = re.compile(
    r"\b(?:no\sone|nobody)\s(?:can|could)\s(?:\w+ly\s)?(?:say|state|claim|assert|know|prove|be\s(?:sure|certain))\b",
    re.IGNORECASE,
)
ASKING = re.compile(r"\?[”\"’'»\s]*$")
CLAUSE = re.compile(r"\s\.\.\.\s|[.!?;]\s|:\s|[”\"]\s")


CALLED = re.compile(
    r"\b(?:false|untrue|unsubstantiated|baseless|groundless|unfounded|meritless|fabricated|fabrication|a lie|lies|"
    r"nonsense|an? (?:fairy tale|invention|fiction|hoax|smear))\b",
    re.IGNORECASE,
)
"""What who calls a charge so denies it."""


def stance_of_wording(content: str) -> Stance:
    """What a content does by itself; "asserts" where nothing in its first clause says more."""
    if ASKING.search(content) or NOBODY_KNOWS.search(content):
        return "questions"
    clause = _main_clause(content)
    if any(pattern.search(clause) for pattern in DENIAL):
        return "denies"
    if any(pattern.search(clause) for pattern in HEDGE):
        return "hedges"
    if any(pattern.search(clause) for pattern in PROMISE) and not _is_no_promise(content, clause):
        return "promises"
    return "confirms" if CONFIRMATION.search(clause) else "asserts"


def _is_no_promise(content: str, clause: str) -> bool:
    """The deal would mean delays, said of "it"; and in quotation marks “They would pay”, where "they" are others."""
    return WHAT_FOLLOWS.match(clause) is not None or (content[:1] in '“"‘«„' and OF_OTHERS.match(clause) is not None)


def _main_clause(content: str) -> str:
    """The words up to the first full stop, without marks, "that" and what people begin with."""
    words = content.strip(_MARKS)
    while (shorter := LEAD.sub("", words)) != words:
        words = shorter.strip(_MARKS)
    return CLAUSE.split(words, maxsplit=1)[0].strip(_MARKS)
