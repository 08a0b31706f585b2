"""Whether words tell a time or a place, where that is what a question asks for.

It goes by form: a preposition of place before a name or a noun, a day, an hour. Words that pass may tell another time
or place; words that do not pass tell none.
"""

from __future__ import annotations

import re

from rag.question.query import Intent

_PLACE = re.compile(
    r"\b(?:at|in|near|outside|inside|behind|beside|under|beneath|opposite|off)\s(?:(?:the|an?|its|his|her|their|two|three)\s)?"
    r"(?:[a-z][\w-]*\s){0,2}?(?:[A-Z][\w’'-]+|(?:farm|house|home|street|road|square|yard|field|garage|office|building|"
    r"hall|school|library|chapel|church|hospital|factory|works|store|shop|bank|station|port|harbour|harbor|town|city|"
    r"village|island|river|sea|forest|hills|border|camp|prison|court|hotel|airport|car|kitchen|cellar|roof|coast)s?\b)|"
    r"\b(?:kilometres|kilometers|miles|metres|meters)\s(?:from|off|north|south|east|west|of|to)\b"
)
_TIME = re.compile(
    r"\b\d{1,2}[.:]\d{2}\b|\bo['’]clock\b|\b[ap]\.m\.|\b(?:19|20)\d\d\b|"
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|May(?=\s\d)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\b(?:today|yesterday|tomorrow|tonight|midnight|"
    r"noon|dawn|morning|afternoon|evening|night|weekend|Easter|Christmas)\b|"
    r"\b(?:last|next|this|past|within|before|after|by|until|since|for)\s(?:[\w-]+\s){0,4}?(?:hour|day|week|month|year|spring|"
    r"summer|autumn|fall|winter)s?\b"
)


def tells(intent: Intent, words: str) -> bool:
    """Whether words have the form of what is asked for: a time, a place; any words, where it is neither."""
    if intent == "where":
        return _PLACE.search(words) is not None
    return intent != "when" or _TIME.search(words) is not None
