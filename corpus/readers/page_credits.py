"""Who an article is credited to beside its outlet: the news agency, by the places and shapes of such credits.

"BERLIN (dpa/AP) - ..." at the head of a text, "(AFP)" or "— AP" alone at its end, an agency among the authors. A place
in capitals makes any name in the brackets behind it a credit; elsewhere the name has to look like an agency's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST_ABOVE = 8  # paragraphs: standfirst, points, then the dateline
LONGEST_CREDIT = 40  # characters

_NAME = r"[^\W\d_][\w.’'&-]*(?: [^\W\d_][\w.’'&-]*){0,3}"
_CREDIT = rf"{_NAME}(?: ?/ ?{_NAME}){{0,3}}"
_PLACE = r"[^\W\d_][\w.’'&-]*(?:[ ,/-]+[\w.’'&-]+){0,7}"
_DATELINE = re.compile(rf"(?:(?P<place>{_PLACE}),?\s+)?\((?P<credit>{_CREDIT})\)\s*[-–—]+\s*\S")
_SIGNATURE = re.compile(r"[-–—]\s?(?P<dashed>[A-Z]{2,6}(?: ?/ ?[A-Za-z]{2,12}){0,3})|\((?P<bracketed>[^()]{2,40})\)")
_AGENCY_WORD = re.compile(
    r"\b(?:press|presse|agency|agencia|agência|agence|agenzia|agentur|agentschap|newswire|wires?)\b|presse-?agentur",
    re.IGNORECASE,
)
# Agencies whose names say nothing of what they are.
_KNOWN = frozenset(
    "reuters ap afp dpa epd kna apa sda ats efe ansa pti ani upi tass xinhua kyodo yonhap anp ntb tt pap".split()
)
_TITLE = re.compile(r"\s+(?:staff|staff writers?|reporters?)\Z|\Athe\s+", re.IGNORECASE)


def read_dateline(paragraphs: Iterable[str]) -> str | None:
    """The credit in the dateline of a text, "BERLIN, 3 May (dpa) - ...", below what sums the text up."""
    for paragraph in [*paragraphs][:MOST_ABOVE]:
        match = _DATELINE.match(paragraph[:200])
        if match and len(credit := match["credit"]) <= LONGEST_CREDIT:
            place = (match["place"] or "").partition(",")[0]
            is_capital = len(place) > 2 and place.isupper() and credit[:1].isupper()
            if is_capital or _are_agencies(credit):
                return credit
    return None


def read_signature(paragraphs: Sequence[str]) -> str | None:
    """The credit that stands alone at the end of a text: "— AP", "(Reuters)"."""
    match = _SIGNATURE.fullmatch(paragraphs[-1].strip()) if paragraphs else None
    credit = (match["dashed"] or match["bracketed"].strip()) if match else ""
    return credit if credit and _are_agencies(credit) else None


def agency_among(names: Iterable[str], *, outlet: str | None) -> str | None:
    """The agency among names, or behind them ("Ana Ruiz, Associated Press"), as it is printed; never the outlet."""
    found = [
        part
        for name in names
        for part in map(str.strip, re.split(r"[,|]| (?:of|for|via|with) ", name))
        if _is_agency(part) and part.casefold() != (outlet or "").casefold()
    ]
    return "/".join(dict.fromkeys(found)) or None


def _are_agencies(credit: str) -> bool:
    return all(map(_is_agency, credit.split("/")))


def _is_agency(name: str) -> bool:
    name = _TITLE.sub("", name.strip())
    return name.casefold() in _KNOWN or bool(_AGENCY_WORD.search(name))
