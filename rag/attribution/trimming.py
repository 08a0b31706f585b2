"""Cutting the words of a source down to who speaks: no lead-in, no time, no aside, no artefact.

"according to a poll released on Thursday by the Harbour Institute, which ..." -> "the Harbour Institute".
"""

from __future__ import annotations

import re

from rag.attribution import grammar as g
from rag.attribution.kinds import ARTICLE, POSSESSIVE, head_of, is_named, is_person_noun, kind_of_name
from rag.attribution.nouns import ARTEFACTS, MEASUREMENTS
from rag.attribution.silent import MADE

SPACE = re.compile(r"\s+")
EDGES = ' ,;:–—-"“”«»‹›„[]'
BRACKETS = re.compile(r"\s*[(\[][^)\]]*(?:[)\]]|$)")
AGE = re.compile(r",\s*(?:aged\s+)?\d{1,3}\s*(?=,|$)")
FULL_STOP = re.compile(
    r"(?<=[a-z]{3})(?<!Corp)(?<!Bros)(?<!Calif)(?<!Mass)(?<!Tenn)(?<!Conn)(?<!Minn)(?<!Wash)(?<!Colo)\.$"
)
LEAD = re.compile(r"^(?:according to|but|and|so|even|both|meanwhile|like|of|by|from|with|as|both of)\s+", re.IGNORECASE)
LOOSE_END = re.compile(
    r"[\s,]+(?:of|by|from|with|at|in|on|for|to|under|about|and|or|who|which|that|whose|himself|herself|itself|themselves|"
    r"both|all|also|then|earlier|later)$"
)
IN_OWN = re.compile(r"\sin\s(?:his|her|its|their)(?:\s[a-z-]+){0,2}$")
"""Ana Ruiz in her testimony"""
DISTRICT = re.compile(r", ((?:[A-Z]\.){2,}),?")
"""Elsin, N.D., is one place."""
PARTY_AND_STATE = re.compile(r",\s*[RDI]-[A-Z][\w.]*(?:\s[A-Z]\w*\.?)*(?=,|$)")  # Ruth Marsh, R-Norland,
_DAY = "|".join(sorted(day.capitalize() for day in g.DAYS))
_MONTH = "|".join(sorted({month.rstrip(".").capitalize() for month in g.MONTHS}))
_WHEN = r"(?i:on|late|early|last|this|earlier|later|in|since|by|before|after|over|at)"
TIME = re.compile(  # a month alone may be a name: Ana May
    rf"(?:,?(?:\s{_WHEN})*"
    rf"\s(?:(?:{_DAY})(?:\s(?:morning|afternoon|evening|night))?"
    rf"|(?:{_MONTH})\.?\s\d{{1,4}}|\d{{1,2}}\s(?:{_MONTH})"
    r"|today|yesterday|tonight|the\s(?:time|day|weekend))"
    rf"|(?:,|,?(?:\s{_WHEN})+)\s(?:{_MONTH})\.?"
    r"|,?\s(?:in|since)\s(?:19|20)\d\d|,?\s(?:last|this|earlier|later|next)(?:\s(?:last|this))?"
    r"\s(?:week|month|year|spring|summer|autumn|fall|winter|weekend|morning|evening|afternoon|night))$"
)
OCCASION = re.compile(
    r"(?<=\w)\s(?:at|in|during|after|before)\s(?:an?|the|his|her|its|their|this)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:meeting|conference|briefing|rally|hearing|interview|speech|address|debate|event|ceremony|statement|session|"
    r"testimony|podcast|broadcast|tweet|post|email|e-mail|letter|memo|phone\scall|call)\b(?:\s.*)?$"
)
"""Where it was said: Ana Ruiz | at a meeting of the council"""
NAMED_AFTER_TIME = re.compile(r"\b(?:Mail|Mirror|Express|Sunday|Herald|Post|Times|World)\s+on\s+\w+$")
RELATIVE = re.compile(r",?\s(?:\w+\sof\s)?(?:who|whom|whose|which|where|when)\s.*$|,\s(?:that)\s.*$", re.DOTALL)
ASIDE = re.compile(
    r",\s(?:including|among|like|along with|together with|as well as|such as|speaking|appearing|adding|citing|noting|"
    r"saying|writing|referring|responding|reacting|asked|wearing|standing|now|then|widely|long|once|formerly|himself|herself|"
    r"who|whom|whose|which|where|when|in an?|in his|in her|in their|during|after|before|while|on|at)\b[^,]*(?:,.*)?$"
)
BROKEN_OFF = re.compile(r"\s+(?:-{1,2}|–|—)\s+(?!(?:an?|the|one)\s)[a-z].*$", re.DOTALL)
"""Ana Ruiz — like Vale, | the Harbour Institute - half a point"""
ADDED = re.compile(r"\s+(?:-{1,2}|–|—)\s+(?:and|including|like|such as|among)\s.*$", re.DOTALL)
DASHED = re.compile(r"\s+(?:--|–|—|-)\s+(?=[A-Z]|(?:an?|the|one)\s)")
PARTICIPLE = (
    "released published conducted commissioned compiled carried sponsored issued obtained seen posted made taken "
    "written done filed unsealed provided reported paid"
)
_MADE = "|".join(PARTICIPLE.split())
_MEASURES = "|".join(sorted(MEASUREMENTS, key=len, reverse=True))
_ARTEFACTS = "|".join(sorted(ARTEFACTS | MADE | {f"{noun}s" for noun in MADE}, key=len, reverse=True))
ARTEFACT = re.compile(rf"^(?P<whom>.+?)(?:['’]s|(?<=s)['’])\s+(?:[\w-]+\s+){{0,2}}(?:{_ARTEFACTS})$", re.IGNORECASE)
MADE_BY = re.compile(
    rf"^(?:(?!(?:of|by|for|with|from|on|in|to|at|who|that)\b)[^\s,]+\s)*?(?:{_ARTEFACTS})(?:\s(?:{_MADE}))?"
    r"(?:\s[^,]*?)??\s(?:by|from)\s(?P<whom>(?:the\s|an?\s)?(?:\w+\s)*?[A-Z].*)$"
)
ON_AIR = re.compile(r"^((?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w’'-]+)\son\s[A-Z]{2,}\b[\w\s]*$")
"""Ana Ruiz | on VNN Sport"""
HELD_BY = re.compile(r"\b(?:obtained|seen|reviewed|viewed|pulled|cited|shared|reported)\sby\s(?:the\s)?$")
NOBODY = frozenset("court police government state city county council company school university hospital".split())
"""Common nouns that open a sentence: Court records show."""
AIMED = re.compile(
    r"(?<=\w)\s(?:against|over|about|into|titled|called|posted|published|released|shared|uploaded|aired|dated)(?:\s.*)?$"
)
"""A lawsuit by Ana Ruiz | against Tom Vale, a video from Ana Ruiz | posted on Sunday."""
MEASURED = re.compile(
    rf"^(?:(?:an?|the|one|another|this|that)\s)?(?:(?:new|recent|latest|separate|national|previous|earlier|same)\s)*"
    rf"(?P<whom>[A-Z][\w.&’'/-]*(?:\s(?:(?:of|for|the|and)\s)?[A-Z][\w.&’'/-]*)*)\s(?:[a-z-]+\s)?(?:{_MEASURES}|Poll|Survey)"
    rf"(?:\s(?:of|on|in|{_MADE}|taken|showing|among|for)\b.*)?$"
)


def trim_source(surface: str) -> str:
    """The words of a source without what surrounds the speaker; never empty where the source is not."""
    words = DISTRICT.sub(r" \1", BRACKETS.sub("", SPACE.sub(" ", surface))).strip(EDGES)
    words = DASHED.sub(", ", PARTY_AND_STATE.sub("", AGE.sub("", words))).strip(EDGES)
    aired = ON_AIR.match(words)
    words = aired[1] if aired and kind_of_name(aired[1]) == "person" else words
    words = _led_in(words)
    words = _without_asides(_without_ends(words)).strip(EDGES)
    return FULL_STOP.sub("", POSSESSIVE.sub("", _without_ends(words))) or surface.strip()


def maker_of(words: str) -> str | None:
    """Who made the artefact that speaks: of the auditor's report, a poll by X, an X poll; None for anybody else."""
    owned = ARTEFACT.match(words)
    if owned:
        return owned["whom"]
    measured, made = MEASURED.match(words), MADE_BY.match(words)
    if measured is not None and measured["whom"].lower() in NOBODY:
        measured = None
    measures = measured is not None and kind_of_name(measured["whom"]) in {"organisation", "government"}
    if measured and measures and " by " not in words:  # a Marrow Institute analysis of data from the Lund Agency
        return measured["whom"]
    if made and HELD_BY.search(words[: made.start("whom")]):  # whoever got hold of it did not make it
        made = None
    whom = AIMED.sub("", made["whom"]) if made else ""
    if whom and is_named(ARTICLE.sub("", whom)):
        return _without_ends(whom)
    return measured["whom"] if measured and measures else None


def _led_in(words: str) -> str:
    while True:
        shorter = LEAD.sub("", words)
        if shorter == words or not shorter:
            return words
        words = shorter


def _without_ends(words: str) -> str:
    """The Velian team on Thursday -> the Velian team; a study by -> a study."""
    while True:
        shorter = IN_OWN.sub("", LOOSE_END.sub("", words))
        if not NAMED_AFTER_TIME.search(shorter):
            shorter = OCCASION.sub("", TIME.sub("", shorter))
        if shorter in {words, "", "not", "Not"} or shorter.lower() in g.ARTICLES:
            return words
        words = shorter.rstrip(" ,")


def _without_asides(words: str) -> str:
    """Ana Ruiz, who ...: only what hides nothing. Who speaks "on condition of anonymity" keeps all that is known."""
    words = ADDED.sub("", words)
    first = BROKEN_OFF.sub("", words).split(",", maxsplit=1)[0]
    if is_named(ARTICLE.sub("", first)) or is_named(ARTICLE.sub("", RELATIVE.sub("", first))):
        shorter = ASIDE.sub("", RELATIVE.sub("", BROKEN_OFF.sub("", words)))
        return shorter or words
    if is_person_noun(head_of(ARTICLE.sub("", first))):
        return re.sub(r",\s(?:who|whose)\s.*$", "", words) if words.lower().startswith("the ") else words
    return re.sub(r",\s(?:including|among|like|such as|along with)\b.*$", "", words) or words
