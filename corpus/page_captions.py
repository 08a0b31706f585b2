"""What stands below pictures in the plain text of a web page: captions, and credits alone in their line."""

from __future__ import annotations

import re

CREDIT = r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?|cartoons?|credits?|graphics?|videos?)"
_IN_BRACKETS = (
    rf"\(\s?[^()]{{0,80}}(?:{CREDIT}|getty|/|\bvia\b|supplied)[^()]{{0,80}}\)"
    r"|\((?:ap|afp|dpa|pa|epa|reuters|getty)(?:\s(?:wire|images|photo))?\)"
)
_BRACKETED = re.compile(_IN_BRACKETS, re.IGNORECASE)
_CREDIT_LINE = re.compile(
    rf"{_IN_BRACKETS}|{CREDIT}(?:\sby\s|\scourtesy\s|\s?:\s?).{{2,80}}"
    r"|[^|]{2,60}(?:\|[^|]{2,60})?\|\s?\S+\simages",
    re.IGNORECASE,
)

# What a picture shows and who took it; also where it begins with a quotation mark or tells what somebody said.
_CAPTION = re.compile(
    r".{5,600}\s?(?:(?:photo(?:graph)?|image|picture|illustration)s?(?:\s(?:by|from|courtesy)\s|\s?:\s).{2,100}"
    r"|/\s?(?:getty|shutterstock|reuters|afp|ap|epa|alamy)(?:\simages)?|\S+\s?/\s?(?:getty\simages|ap\sphoto)"
    r"|\breuters/.{2,80}\spurchase\slicensing\srights.{0,40}|\s(?:…|\.\.\.)\s?more\s?[>»])[.)]?",
    re.IGNORECASE,
)
# The credit in brackets at the end; who is where in a picture.
_CREDITED = re.compile(
    rf".{{10,400}}\s(?:\((?!{CREDIT}\))[^()]{{0,80}}(?:{CREDIT}|getty|/|\bvia\b)[^()]{{0,80}}\)|credit:\s.{{3,60}})\.?"
    r"|[^“”\"]{10,300}\bclockwise,?\sfrom\s(?:top|bottom|left|right|upper|lower)\b[^“”\"]{0,300}",
    re.IGNORECASE,
)
# With its day and year, and whose it is behind its last full stop.
_DATED = re.compile(
    r".{20,600}\b(?:19|20)\d\d\b"
    r"(?:.{0,200}\.\s\((?:[A-Z\d&][\w&'’-]*\s?){1,5}\)"
    r"|[^.]{0,160}(?:\.|\s[A-Z][a-z]{1,5}\.)\s(?:AP|AFP|EPA|PA|Reuters|Getty Images))"
)
# Present tense, and a year where it is "seen": "nobody was seen on the road", "she is seen as a friend of the dam"
_PICTURED = re.compile(
    r"\b(?:is|are)\s(?:pictured|photographed|shown\s(?:in|at|on|with)|seen\b(?=.{10,200}\b(?:19|20)\d\d\b))",
    re.IGNORECASE,
)
# "Ada Wick, mayor of Esterby."
_PORTRAIT = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,4}[A-Z][\w.'’-]*,\s(?:an?\s|the\s)?[a-z][^,.“”\"]{3,80}\.?")


def is_credit(line: str, *, in_brackets: bool = False) -> bool:
    """Whether a line is the credit of a picture and nothing else."""
    return bool((_BRACKETED if in_brackets else _CREDIT_LINE).fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether a line is a caption with its credit, also where it begins with a quotation."""
    return bool(_CAPTION.fullmatch(line) or _DATED.fullmatch(line))


def is_credited(line: str) -> bool:
    """Whether a line may be a caption, unless somebody speaks in it."""
    return bool(_CREDITED.fullmatch(line))


def describes_picture(line: str) -> bool:
    """Whether a line tells who or what is in a picture; to be asked of lines above a credit or a byline."""
    return bool(_PICTURED.search(line) or _PORTRAIT.fullmatch(line))
