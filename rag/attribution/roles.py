"""Telling a name from what is said beside it: "the mayor of Lund, Ana Ruiz", "former mayor Ana Ruiz", "Fox's Tom Vale".

Every function takes the words of a source, trimmed, and gives (name, role); the role is None where none is stated.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.attribution import grammar as g
from rag.attribution.kinds import (
    ARABIC_ARTICLE,
    ARTICLE,
    POSSESSIVE,
    head_of,
    is_person_noun,
    is_plural,
    kind_of_name,
)
from rag.attribution.nouns import COMMON, EITHER_WAY, GOVERNMENT, INSTITUTIONS, ORGANISATION, PARTISANS, PERSON_NOUNS

Described = tuple[str, str | None]

OWNER = re.compile(r"^(?:the|an?|its|his|her|their|our|my)\s+", re.IGNORECASE)
WHOSE = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
INDEFINITE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
AFFILIATED = re.compile(r"^((?:[A-Z][\w.’'-]+\s){1,3}[A-Z][\w’'-]+)\s((?:of|from|at|with|in)\s.+|on\s[A-Z]{2,}\b.*)$")
OWNED = re.compile(
    r"^(?:[Tt]he\s)?((?:[A-Z][\w.&’'-]*\s){0,4}[A-Z][\w.&-]*)['’]s\s((?:[A-Z][\w.’'-]*\s){1,3}[A-Z][\w’'-]+)$"
)
UNPARTED = re.compile(
    r"^((?:[A-Z][\w.’'-]+\s){1,3}(?:(?:al|el|de|van|von|bin)[-\s])?[A-Z][\w’'-]+)\s(an?\s.+|the\s(?:[A-Z][\w-]*\s)?[a-z].+|one\sof\sthe\s.+|[a-z][\w-]*\s(?:of|for|at)\s.+)$"
)
LISTED_BODY = re.compile(
    r"(?:[Tt]he\s)?(?:[A-Z][\w-]+\s)*[A-Z][\w-]+(?:,\s[A-Z][\w-]+)+,?\sand\s(?:[A-Z][\w-]+\s)+(?:"
    + "|".join(sorted(word.capitalize() for word in ORGANISATION | GOVERNMENT))
    + r")\b"
)
"""the Tide, Weather and Harbour Agency"""
BODY_UNPARTED = re.compile(
    r"^((?:[A-Z][\w’'&-]*\s(?:(?:of|for|the|and|on)\s){0,2})*[A-Z][\w’'&-]*(?:\s[a-z]+s)?)\s(an?\s[a-z].+|an?\s[A-Z]\w+-.+)$"
)
"""Tarn Observatory a Velia-based group: what no comma parts."""
HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Mx)\.?")
OUTER_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr)\.?\s|\s(?:Mr|Mrs|Ms|Dr)\.?$")
SUFFIXED = re.compile(r"^([^,]+), ((?:Jr|Sr|Inc|Ltd|Co|Corp|LLC|PLC|II|III|IV)\b\.?)")
RELATIVE = re.compile(r",?\s(?:\w+\sof\s)?(?:who|whom|whose|which|where|when|that)\s.*$")
NO_ROLE = re.compile(
    r"^(?:including|such|among|along|together|as well|like|now|large|small|and|or"
    r"|in particular|in turn|in fact|for one|of course)\b"
)
DOING = re.compile(r"[a-z]+ing\s(?:in|at|on|with|for|from|about|to|by|the|an?|his|her|their)\b")
"""Ana Ruiz, sailing in the bay: what somebody does at the time."""
CITY = re.compile(r"^[\w-]+-(?:based|born|led|backed|run|owned|area|educated)$")
QUALIFYING = frozenset("so-called self-styled self-proclaimed self-declared self-described then-president".split())
OF_OFFICE = frozenset("supervisor secretary minister director chief chair head speaker justice member leader".split())
FIELDS = frozenset(
    "affairs relations resources services works security development trade industry commerce planning safety transport "
    "education defence defense welfare protection".split()
)
"""What an office is of, behind an adjective: Minister of Foreign Affairs."""
EMPTY = (
    g.DETERMINERS
    | g.PRONOUNS
    | frozenset("more less other least most own fellow only also even however meanwhile too then though".split())
)
PLACED = re.compile(
    r"^([a-z].*?\s[A-Z][\w.’'-]*)\s((?:of|from|at|with|in)\s(?:(?:the|an?)\s)?(?:[a-z][\w-]*\s)?[A-Z].*)$"
)
"""the economist Tom Vale of the left-leaning Harbour Institute"""
NAME_PARTICLES = frozenset("de da del della der den di du la le van von bin ibn al el ben abu y".split())
MOST_WORDS = 5
"""The longest name of a person, in words."""
_INITIALS = frozenset({"ceo", "cfo", "coo", "cto", "cmo", "cio"}) | PARTISANS
_KNOWN_TITLES = g.TITLES | PERSON_NOUNS | {"general", "elect"}
_BODIES = INSTITUTIONS | ORGANISATION | GOVERNMENT


def name_and_role(words: str) -> Described:
    """The name among the words of a source, and the role."""
    name, role = _apposition(words)
    if role is None:
        name, role = _prenominal(name)
    return name, _stated(role)


@lru_cache(maxsize=4096)
def is_title(word: str) -> bool:
    """Whether a word is what somebody is called by, rather than a name: Senator, Sen., CEO, Attorney-General."""
    low = POSSESSIVE.sub("", word.strip(".,")).lower()
    if low in _INITIALS:
        return word[:1].isupper()
    if low in {"king", "pope", "prince", "judge", "major", "dean", "chase", "marshal", "coach", "chair"}:
        return True
    return (
        low in _KNOWN_TITLES or low.rsplit("-", 1)[-1] in _KNOWN_TITLES or (word[:1].islower() and is_person_noun(low))
    )


def _stated(role: str | None) -> str | None:
    """A role without its relative clause and without whose it is ("its director").

    None where nothing is left but "another", "more", "among others".
    """
    if role is None:
        return None
    role = RELATIVE.sub("", WHOSE.sub("", role)).strip(" ,;")
    parts = [p for p in role.split(", ") if p and NO_ROLE.match(p) is None and DOING.match(p) is None]
    role = ", ".join(parts)
    meaning = [word for word in re.findall(r"[\w’'-]+", role.lower()) if word not in EMPTY and not CITY.match(word)]
    return role if meaning else None


# After a comma


def _apposition(words: str) -> Described:
    """Ana Ruiz, the mayor of Lund | the mayor of Lund, Ana Ruiz | Lund's mayor, Ana Ruiz."""
    if LISTED_BODY.match(words):
        return words, None
    words = SUFFIXED.sub(r"\1 \2", words)
    first, comma, rest = words.partition(", ")
    if not comma:
        return words, None
    if _describes(first):
        return _after_description(first, rest)
    if _is_capitalised(first):
        name, role = _prenominal(first)
        rest = OWNER.sub("", rest)
        return name, f"{role}, {rest}" if role else rest
    lead, _, last = words.rpartition(", ")
    if _is_name(last, body=_is_body(lead)) and len(last.split()) <= MOST_WORDS:
        return _prenominal(ARTICLE.sub("", last))[0], OWNER.sub("", lead)
    return first, OWNER.sub("", rest)


def _after_description(first: str, rest: str) -> Described:
    """The name that follows a description; without one the description itself, or the whole of a list."""
    named = next((part for part in _parts(rest) if _is_name(part, body=_is_body(first))), None)
    if named is not None:
        return _prenominal(ARTICLE.sub("", named))[0], OWNER.sub("", first)
    return (f"{first}, {rest}", None) if is_plural(head_of(ARTICLE.sub("", first))) else (first, OWNER.sub("", rest))


def _parts(rest: str) -> list[str]:
    """What stands between commas, the last of them first: a name comes at the end of what describes it."""
    parts = rest.split(", ")
    return [parts[-1], parts[0]] if len(parts) > 1 else parts


def _describes(words: str) -> bool:
    """The mayor | a lawyer for the family | Lund's mayor | works manager: a description, for a name to follow."""
    if words.split(maxsplit=1)[0].lower() in g.DETERMINERS:
        return True
    parts = words.split()
    at = next((n for n, word in enumerate(parts) if n and word.lower() in g.PREPOSITIONS), len(parts))
    if at < len(parts):  # Lund's minister for Trade, the head of Blue Lamp
        return parts[at - 1][0].islower() or (at > 1 and is_title(parts[at - 1]))
    return parts[-1][0].islower() and (words[0].islower() or re.search(r"['’]s?\s", words) is not None)


def _is_body(description: str) -> bool:
    return head_of(ARTICLE.sub("", description)) in _BODIES


def _is_name(words: str, *, body: bool) -> bool:
    if body:
        words = ARTICLE.sub("", words)
    return " and " not in words and _is_capitalised(words) and (words[0].isupper() or _prenominal(words)[1] is not None)


def _is_capitalised(words: str) -> bool:
    """A name, or a role with a name after it: its last word has a capital, and it has no determiner."""
    parts = words.split()
    if not parts or not ARABIC_ARTICLE.sub("", parts[-1])[0].isupper() or parts[0].lower() in g.DETERMINERS:
        return False
    return parts[0][0].isupper() or (len(parts) > 1 and parts[-2][0].isupper())


# Before the name


def _prenominal(name: str) -> Described:
    """former mayor Ana Ruiz | Sen. Ana Ruiz | Tom Vale of the Harbour Union | Fox's Tom Vale: name and role."""
    owned = OWNED.match(name)
    if owned and kind_of_name(owned[2]) == "person" and not any(is_title(word) for word in owned[2].split()):
        return owned[2], f"of {owned[1]}"
    after = AFFILIATED.match(name)
    if after and kind_of_name(after[1]) == "person" and not _is_office(after[1]):
        inner, role = _prenominal(after[1])
        return inner, f"{role} {after[2]}" if role else after[2]
    unparted = UNPARTED.match(name)
    if unparted and kind_of_name(unparted[1]) == "person" and _is_of_one(unparted[2]):
        inner, role = _prenominal(unparted[1])
        return inner, f"{role}, {OWNER.sub('', unparted[2])}" if role else OWNER.sub("", unparted[2])
    parted = BODY_UNPARTED.match(ARTICLE.sub("", name))
    if parted and head_of(ARTICLE.sub("", parted[2])) in _BODIES:
        return parted[1], OWNER.sub("", parted[2])
    return _after_role(name)


def _is_of_one(description: str) -> bool:
    """The head of the Observatory, one of the spokesmen for it: what one person is."""
    among = re.sub(r"^one of the ", "", description)
    head = head_of(ARTICLE.sub("", among))
    return is_person_noun(head if among == description else head.removesuffix("s").replace("men", "man"))


def _after_role(name: str) -> Described:
    placed = PLACED.match(ARTICLE.sub("", name))
    if placed and INDEFINITE.match(name) is None:
        inner, role = _after_role(placed[1])
        if role is not None and kind_of_name(inner) == "person" and not is_title(placed[1].split()[-1]):
            return inner, f"{role} {placed[2]}"
    parts = ARTICLE.sub("", name).split()
    cut = _end_of_role(parts)
    lead, rest = parts[:cut], parts[cut:]
    if not lead or not rest or _has_preposition(lead, rest[0], name):
        return name, None
    if all(word.lower() in EMPTY for word in lead):  # many Republicans, another Lund councillor
        return name, None
    if len(rest) > 2 * MOST_WORDS or not all(_in_name(part) for part in rest):
        return name, None
    return _led_by(name, lead, " ".join(rest))


def _led_by(whole: str, lead: list[str], name: str) -> Described:
    """What the words before a name are to it: a role, a title, a qualification, or a part of it."""
    role, head = " ".join(lead).rstrip(","), lead[-1].lower()
    # many people Acme (poisoned), Norland embracing Ana Ruiz
    plural = is_plural(head) and not is_title(head.removesuffix("s")) and head not in FIELDS
    common = plural or head.endswith("ing")
    if common or HONORIFIC.fullmatch(role):
        return name, None
    after = AFFILIATED.match(name)
    if after and kind_of_name(after[1]) == "person":
        return after[1], role
    if kind_of_name(name) == "person" or head in INSTITUTIONS | EITHER_WAY:
        return name, OUTER_HONORIFIC.sub("", role)
    qualified = all((word.islower() and not POSSESSIVE.search(word)) or CITY.match(word) for word in lead)
    return (name, None) if qualified and not is_person_noun(head) and " " in name else (whole, None)


def _has_preposition(role: list[str], following: str, name: str) -> bool:
    """Whether a name after these words is where, whose or of what somebody is, not who."""
    low = [word.lower() for word in role]
    ends = next((word for word in reversed(low) if word != "the"), "the")
    if following.lower() in g.PREPOSITIONS | {"and", "or"} or ends in g.PREPOSITIONS:
        return True
    if _heads_body(role, low):
        return False
    indefinite = INDEFINITE.match(name) is not None
    if indefinite and not g.PREPOSITIONS.isdisjoint(low):
        return True
    # the government of President Ana Ruiz, though: the chief of staff Ana Ruiz
    at = next((n for n, word in enumerate(low) if word in g.PREPOSITIONS), None)
    return at is not None and at > 0 and not is_title(role[at - 1])


def _heads_body(role: list[str], low: list[str]) -> bool:
    """Centre for Harbour Studies Director (Ana Ruiz): an office behind a body's name; not "friends of Mayor"."""
    at = next((n for n, word in enumerate(low) if word in g.PREPOSITIONS), 0)
    inside = [word for word in role[at + 1 : -1] if word.lower() not in g.ARTICLES]
    body = {word.removesuffix("s") for word in low[:at]} & (GOVERNMENT | ORGANISATION) and all(
        word[0].isupper() for word in (*role[:at], *inside)
    )
    return bool(body and inside and is_title(role[-1]))


def _is_office(name: str) -> bool:
    """Lund Mayor, Vesta News Editor: words that end in a title, so that no name is among them."""
    words = name.split()
    plural = is_plural(words[-1].lower()) and words[-1].lower() in COMMON  # Dock Workers (of Norland)
    return plural or (is_title(words[-1]) and not (len(words) > 2 and is_title(words[0])))


def _end_of_role(parts: list[str]) -> int:
    """How many words lead up to a name: through the last common noun or title, over "Secretary of State"."""
    cut = 0
    for at, part in enumerate(parts[:-1]):
        word = part.strip(".,").lower()
        common = part[0].islower() and word not in NAME_PARTICLES and ARABIC_ARTICLE.match(part) is None
        common = common and not (word in {"e", "of", "the", "for", "and", "on", "in"} and at > 0 and cut < at)
        if common or CITY.match(part) or (is_title(part) and POSSESSIVE.search(part) is None):
            cut = max(cut, at + 1)
            if word in OF_OFFICE and at + 2 < len(parts) and parts[at + 1] in {"of", "for"}:
                cut = at + 4 if parts[at + 2] == "the" else at + 3
                cut += cut < len(parts) - 1 and parts[cut].lower() in FIELDS
                cut += 2 * (cut + 3 < len(parts) and parts[cut] == "and")
                cut = min(cut, len(parts) - 1)
    while cut and cut < len(parts) and parts[cut].lower() in {"the"}:
        cut += 1
    return cut


def _in_name(part: str) -> bool:
    particle = part.split("-", maxsplit=1)[0] in NAME_PARTICLES or ARABIC_ARTICLE.match(part) is not None
    return part[0].isupper() or particle or part[0] in "“\"'‘&+" or part in {"of", "the", "for"}
