"""Outlets that were told a claim: "Ortiz told CNN", "said in an interview with the Harbour Post"."""

from __future__ import annotations

import re

from rag.attribution.nouns import AGENCIES
from rag.types import Attribution

OUTLET_WORDS = (
    r"News|Times|Post|Journal|Herald|Tribune|Gazette|Chronicle|Guardian|Observer|Telegraph|Mail|Mirror|Press|Radio|TV|"
    r"Television|Today|Daily|Weekly|Magazine|Courier|Dispatch|Register|Globe|Star|Sentinel|Inquirer|Examiner|Echo|"
    r"Agency|Broadcasting|Monitor|Review|Bulletin|Independent|Standard|Mercury|Argus|Ledger|Reporter|Novosti|Jazeera"
)
NAME = r"(?:[A-Z][\w’'&.-]*)(?:[ \u00a0](?:(?:of|and|the|du|de)[ \u00a0])?(?:[A-Z][\w’'&-]*))*"
TOLD = re.compile(rf"\b(?:told|tells|telling|informed)\s+(?:the\s+)?(?:[a-z]+\s+){{0,2}}({NAME})(?=[\s,.:;“\"’'?]|$)")
WITH = re.compile(
    rf"\b(?:interview\s+(?:with|on|by)|interviewed\s+by|appearance\s+on|speaking\s+to|spoke\s+(?:to|with))\s+(?:the\s+)?({NAME})"
)
OUTLET = re.compile(rf"\b(?:{OUTLET_WORDS})\b")


def addressee(text: str, made: Attribution) -> str | None:
    """The outlet to which a claim was made, where the words after the cue name one."""
    if not made.cue:
        return None
    start = made.cue[0].start
    later = [p.start for p in made.content if p.start >= made.cue[-1].end]
    end = min(later) if later else min(len(text), made.cue[-1].end + 120)
    stretch = text[start : max(end, made.cue[-1].end)].split("\n", maxsplit=1)[0]
    found = TOLD.match(stretch) or TOLD.search(stretch) or WITH.search(stretch)
    if found is None:
        return None
    name = re.sub(r"[’']s(?:\s.*)?$", "", found.group(1))
    return name if is_media(name) else None


def is_media(name: str) -> bool:
    """Whether a name is, by its form or by being well known, that of an outlet."""
    return any(word in AGENCIES for word in name.split()) or OUTLET.search(name) is not None
