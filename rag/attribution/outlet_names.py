"""Which names are those of outlets: by their form ("... News"), by being well known, or by what is done with them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF
from rag.attribution.kinds import ACRONYM, ARTICLE, POSSESSIVE, RUN_TOGETHER, is_person_noun, is_plural, kind_of_name
from rag.attribution.mentions import read_mention
from rag.attribution.nouns import AGENCIES, COMMON, GOVERNMENT, MEDIA, ORGANISATION
from rag.attribution.people import People
from rag.attribution.runs import CALENDAR, NO_NAME

NAME = r"(?:[A-Z][\w’'&!-]*)(?:[ \u00a0](?:(?:of|the|du|de|&)[ \u00a0])?(?:[A-Z][\w’'&!-]*|\d{1,3}\b))*"
OWNED = re.compile(rf"^({NAME}?)['’]s?\s({NAME})$")
OUTLET = re.compile(rf"\b(?:{'|'.join(sorted(MEDIA))})\b")
WORKING_FOR = re.compile(r"(?:of|in|for|at)\s(?:[Tt]he\s)?([A-Z].*)$")
JOURNALIST = re.compile(
    r"\b(?:reporter|(?:co-)?anchor|(?:co-)?host|correspondent|columnist|editor(?:-in-chief)?|contributor|journalist|blogger|"
    r"presenter|commentator|writer)s?\b",
    re.IGNORECASE,
)
GENERIC = frozenset("TV Television Radio News Press Media Internet Journalism Politics Today Morning".split())
"""Words of outlets that are none by themselves: said to the TV."""
MODIFYING = re.compile(r"\s([a-z]{3,})\b")
DESCRIBING = re.compile(r"(?:ern|[ei]an|ish|ese)$")
BESIDE = re.compile(r"['’]s\b|\b(?:The|Enter|Of)\b|\bof\b")
"""What no name of an outlet holds, so that a run of capitals with it is more than a name."""


class OutletNames:
    """The names of outlets in one article; `titles` are what stands in quotation marks like a programme’s."""

    def __init__(self, people: People, titles: Iterable[str]) -> None:
        self._people = people
        self._titles = {ARTICLE.sub("", title.strip(" ,.")) for title in titles}
        self._known = sorted(name for name in people.organisations if OUTLET.search(name) and not BESIDE.search(name))

    def named(self, words: str, *, by_use: bool, before: str) -> str | None:
        """The outlet among the words after "told" or "interview with"; None for a person, a court, a committee.

        `by_use` where the words before show that the name is that of an outlet, so that its form need not.
        """
        words = re.split(r"[ \u00a0]The[ \u00a0]", _dated(words))[-1]
        owned = OWNED.match(words)
        if owned and owned[1] in COUNTRY_OF:  # Norland's Vesta TV
            words, owned = owned[2], None
        name = POSSESSIVE.sub("", owned[1] if owned else words).strip(" .'’")
        person, _, body = name.partition(" of ")
        if body and is_media(body) and not is_media(person):  # told Tom Vale of Vesta News
            name = body
        journalist = JOURNALIST.search(name)
        if journalist and not owned:  # told Vesta reporter Tom Vale
            name = name[: journalist.start()].strip() or name[journalist.end() :].strip()
        if name in self._titles and before.endswith(("on ", "On ", "of ", "of The ", "of the ")):
            return name
        if is_media(name) and name not in GENERIC and (by_use or " " in name or name in AGENCIES):
            return self._whole(name)
        if RUN_TOGETHER.match(name) and not before.endswith("for "):
            return name
        if not by_use or len(name) < 2 or self.is_nobody(name):  # the U|.S. Harbour Service
            return None
        if JOURNALIST.search(before) and not owned:  # told radio host Tom Vale
            return name
        return self._whole(name) if self._by_use(name, employs=owned is not None or journalist is not None) else None

    def _by_use(self, name: str, *, employs: bool) -> bool:
        """Whether a name that shows nothing is an outlet's because of what is done with it: told Politico."""
        if self.is_person(name):
            return False
        if is_plural(name.rsplit(maxsplit=1)[-1].lower()):
            return False
        single = " " not in name and "\u00a0" not in name
        lettered = any(ACRONYM.fullmatch(word) and len(word) > 1 for word in name.split())
        return employs or ((single or lettered) and not read_mention(name).gender)

    def is_nobody(self, name: str) -> bool:
        """Whether a name is that of a day, a title ("Gov."), a country, a court, a committee: of no outlet."""
        low = {word.lower().strip(".") for word in re.split(r"[\s\u00a0]", name)}
        if len(low) > 1 and re.match(r"[A-Z]\w{3,}ing\b", name):  # Following Monday’s reports
            return True
        if low & (GOVERNMENT | ORGANISATION | COMMON | CALENDAR | NO_NAME) or low <= g.TITLES or name in COUNTRY_OF:
            return True
        return name in self._people.places or name in GENERIC or kind_of_name(name) in {"government", "group"}

    def is_person(self, name: str) -> bool:
        people = self._people
        known = (
            people.bearers(name.rsplit(maxsplit=1)[-1])
            or people.first_named(name.split(maxsplit=1)[0])
            or name in people.genders
        )
        return bool(known)

    def _whole(self, name: str) -> str:
        """the Post, where the article names the Harbour Post."""
        name = ARTICLE.sub("", name.replace("\u00a0", " "))
        longer = [outlet for outlet in self._known if f" {name} " in f" {outlet} "]
        return longer[0] if longer and len({*longer}) == 1 else name


def modifies(said: str, end: int) -> bool:
    """Whether a name only stands before those who were told: the Democratic chairs, not the Vesta hosts."""
    noun = MODIFYING.match(said, end)
    if noun is None or JOURNALIST.fullmatch(noun[1]):
        return False
    if is_plural(noun[1]) and DESCRIBING.search(said[:end]):  # Western leaders
        return True
    return noun[1] in COMMON or is_person_noun(noun[1].removesuffix("s"))


def _dated(words: str) -> str:
    """Saturday's Harbour Post, Vesta News Monday -> Harbour Post, Vesta News."""
    parts = re.split(r"[ \u00a0]", words)
    while parts and re.sub(r"['’]s$", "", parts[0]).lower() in CALENDAR:
        parts = parts[1:]
    cut = next((n for n, part in enumerate(parts) if part.lower().strip(".") in CALENDAR), len(parts))
    return " ".join(parts[:cut] if words.count("Sunday") == 0 or cut < 1 else parts)


def employer(role: str) -> str | None:
    """Vesta News anchor -> Vesta News | of the Harbour Post -> Harbour Post."""
    if placed := WORKING_FOR.match(role):
        name: str | None = placed[1]
    else:
        noun = JOURNALIST.search(role)
        lead = re.match(NAME, role[: noun.start()]) if noun else None
        after = re.search(rf"\b(?:for|at|of|with)\s(?:the\s)?({NAME})", role[noun.end() :]) if noun else None
        name = lead.group() if lead else after[1] if after else None
    return _through_media(name) if name and is_media(name) else None


def _through_media(name: str) -> str:
    """Vesta News Vice President and -> Vesta News."""
    ends = [found.end() for found in OUTLET.finditer(name)]
    return name[: ends[-1]] if ends else name


def is_media(name: str) -> bool:
    """Whether a name is, by its form or by being well known, that of an outlet."""
    return any(word in AGENCIES for word in name.split()) or OUTLET.search(name) is not None
