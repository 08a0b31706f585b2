"""Several speakers in one source: "Chad and Niger", "Ms. Petrie, the mayor of Lund and two residents"."""

from __future__ import annotations

import re

from rag.attribution import grammar as g
from rag.attribution.countries import government_named
from rag.attribution.kinds import ACRONYM, ARTICLE, POSSESSIVE, is_named, is_people, is_plural, kind_of_name
from rag.attribution.nouns import COMMON, GOVERNMENT, ORGANISATION
from rag.attribution.roles import is_title, name_and_role
from rag.attribution.trimming import BRACKETS

AND = re.compile(r",?\s+(?:and(?:\s+also)?|as well as)\s+")
OTHERS = re.compile(r",?\s(?:and|or)\s(?:many\s|several\s|some\s)?others$")
NAMES = re.compile(r"(?:[A-Z][\w.’'-]*,?\s)*[A-Z][\w.’'-]*")
LISTED = re.compile(r",\s+(?=(?:[A-Z][\w.’'-]*\s?)+(?:,|$))")
INTRODUCED = re.compile(r"^.*?(?:\s-{1,2}\s|\s[–—]\s|:\s)(?=[A-Z])")
OPEN_ASIDE = re.compile(
    r"(, (?:(?:an?|one) [^,]*\b(?:of|under|for|to|with|at|from|between)|(?:who|whom|whose|which)|[a-z]+ing"
    r"|(?:an?|the) (?:[\w-]+ )*?(?:professor|lecturer|reader|researcher|expert|specialist|fellow) in) [^,]*?)\s+and\s+"
)
"""Ana Ruiz, an adviser to Tom Vale and Eva Holm, or who knows Tom Vale and Eva Holm: what no comma closes goes on over
its "and"."""
TITLED_BOTH = re.compile(
    r"^(?:[Tt]he\s)?(?P<before>(?:[\w’'-]+\s){0,3}?)(?P<title>[A-Za-z]{3,})s(?P<dot>\.?)\s(?P<name>[A-Z][\w.’'-]*\s[A-Z].*)$"
)
BODY_OF_BOTH = re.compile(
    r"(, [a-z][^,]*\b[A-Z]\w* (?:of|for|on) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
    r" and (?=[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*$)"
)
"""Ruiz, head of the Institute of Tide and Harbour Studies: one body, whose name has "and" in it."""
INCLUDING = re.compile(r", (?:(?:which|who) includes?|including|such as) (?:(?!, and\b).)* and (?:(?!, and\b).)*$")
"""the Cartel, which includes Chad, Niger and others: whom somebody stands for do not speak."""
ROLES_OF_ONE = re.compile(
    r"(, [a-z][\w-]*(?: [a-z][\w-]*){0,3}) and "
    r"(?=[a-z])(?!(?:the|an?|one|two|three|his|her|their|its|several|many|some|other)\b)"
)
"""Ana Ruiz, co-founder and head of the Tarn Agency"""
REGION_OF_BOTH = re.compile(r"([A-Z]\w+ in [A-Z]\w+) and (?=the [A-Z])")
"""the Free State in Tarn and the Levels"""
OFFICE_OF_BOTH = re.compile(
    r"((?:Minister|Secretary|Commissioner|Director) (?:for|of) (?:the )?[A-Z][\w-]*) and "
    r"(?=([A-Z][\w-]*) ([A-Z][\w’'-]*) [A-Z][\w’'-]*)"
)
"""Minister for the Coast and Water Ana Ruiz"""
OPENING = g.DETERMINERS | frozenset("other former senior top local".split())


def split_compound(surface: str) -> tuple[str, ...]:
    """Chad and Niger are two parties, the Department of Health and Safety is one.

    Split only where each side is a party by itself: a country, a person by two names or a title, a body, or what a
    determiner opens after a name ("Ana Ruiz and her allies").
    """
    others = OTHERS.search(surface)
    if others and NAMES.fullmatch(surface[: others.start()]):
        return split_compound(" and ".join(surface[: others.start()].rsplit(", ", maxsplit=1)))
    if INCLUDING.search(surface):
        return (surface,)
    bare = INTRODUCED.sub("", surface) if " and " in surface else surface
    for one in (BODY_OF_BOTH, ROLES_OF_ONE, REGION_OF_BOTH):
        bare = one.sub(r"\1 & ", bare)
    bare = OFFICE_OF_BOTH.sub(_office, bare)
    bare = BRACKETS.sub("", bare).replace(" And ", " and ")  # the last in a headline
    parts = [part.strip(" ,") for part in AND.split(OPEN_ASIDE.sub(r"\1 & ", bare))]
    if len(parts) < 2 or not all(parts):
        return (surface,)
    parts = [part.replace(" & ", " and ") if "&" not in bare else part for part in parts]
    listed = [name for part in parts[:-1] for name in LISTED.split(part)]
    for whole in (_titled_each(listed + parts[-1:]), [*listed, parts[-1]], parts):
        if all(_stands_alone(part, before=whole[n - 1] if n else None) for n, part in enumerate(whole)):
            return tuple(whole)
    for cut in range(1, len(parts)):  # Ruiz and | the Union of Bakers and Millers
        both = " and ".join(parts[:cut]), " and ".join(parts[cut:])
        if _follows(*both) or (len(parts) > 2 and _are_two(*both)):
            return both
    return (surface,)


def _office(found: re.Match[str]) -> str:
    both = any(is_title(word) for word in found.groups()[1:])  # Minister for Trade Marsh and Finance Minister Vale
    return found.group() if both else f"{found[1]} & "


def _are_two(first: str, second: str) -> bool:
    """Ana Brook and the Union of Bakers and Millers: somebody, and a body with "and" in its name."""
    body = ARTICLE.sub("", second)
    if not second.lower().startswith("the ") or not is_named(body) or " and " in first:
        return False
    return kind_of_name(body) in {"organisation", "government"} and _stands_alone(first, before=None)


def _titled_each(parts: list[str]) -> list[str]:
    """Senators Ana Ruiz and Tom Vale: Senator Ana Ruiz, Senator Tom Vale. As it is where no plural title leads."""
    found = TITLED_BOTH.match(parts[0])
    if found is None or not is_title(found["title"]):
        return parts
    lead = f"{found['before']}{found['title']}{found['dot']} "
    return [f"{lead}{found['name']}", *(lead + part if _is_bare(part) else part for part in parts[1:])]


def _is_bare(part: str) -> bool:
    """Whether a part begins with a name: Tom Vale of Lund; not Gov. Tom Vale."""
    return part.startswith(name_and_role(BRACKETS.sub("", part))[0].split()[0]) and part[0].isupper()


def _follows(first: str, second: str) -> bool:
    """Ruiz and her allies, Ruiz and the Harbour Board: a name of one word, and what a determiner opens."""
    if second.split(maxsplit=1)[0].lower() in g.POSSESSIVES:
        return is_named(ARTICLE.sub("", first))
    single = first.isalpha() and is_named(first)
    return single and ARTICLE.match(second) is not None and _stands_alone(second, before=first)


def _stands_alone(part: str, *, before: str | None) -> bool:
    plain = ARTICLE.sub("", part)
    if not plain:
        return False
    if before and part.split(maxsplit=1)[0].lower() in OPENING - {"the"}:
        return "," not in before  # Ana Ruiz and her allies; not: Ana Ruiz, the mayor and a baker
    name, role = name_and_role(BRACKETS.sub("", part))
    name = ARTICLE.sub("", name)
    if government_named(POSSESSIVE.sub("", plain)):
        return True
    return is_named(name) and (_is_body(part, name, first=before is None) or _is_person(plain, name, role))


def _is_body(part: str, name: str, *, first: bool) -> bool:
    """the Observatory, the State Department, ESPN."""
    if ACRONYM.fullmatch(name) and name.isupper():
        return not is_title(name)  # the president and CEO
    definite = ARTICLE.match(part) is not None and kind_of_name(name) in {"organisation", "government"}
    return definite and (not first or re.search(r"\s(?:of|for|on)\s", name) is None)


def _is_common_plural(word: str) -> bool:
    """Residents, Democrats: not the Sanders of a name."""
    low = word.lower()
    return is_plural(low) and (low in COMMON or is_people(word) or is_title(low.removesuffix("s")))


def _is_person(plain: str, name: str, role: str | None) -> bool:
    """Mr. Ruiz, Ana Ruiz, the mayor of Lund, Ana Ruiz: by a title, a role or two names."""
    words = name.split()
    if len(plain.split()) > 1 and is_title(plain.split(maxsplit=1)[0]) and not is_title(words[0]):
        return True
    bodily = {word.lower() for word in words} & (GOVERNMENT | ORGANISATION)
    if bodily or kind_of_name(name) != "person" or is_title(words[0]):
        return False
    return role is not None or (2 <= len(words) <= 5 and " of " not in plain and not _is_common_plural(words[-1]))
