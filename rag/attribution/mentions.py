"""Reading the words of a source: the name in them, the role, the kind.

"longtime Harbour Union organiser Tom Vale" names Tom Vale, and the rest is his role. Who that is within the article is
decided in `coreference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF, country_named, government_named
from rag.attribution.cues import FORMS
from rag.attribution.kinds import (
    ARTICLE,
    POSSESSIVE,
    QUANTIFIERS,
    Gender,
    gender_of,
    head_of,
    is_named,
    is_partisan,
    is_people,
    is_person_noun,
    is_plural,
    kind_of_name,
    kind_of_noun,
)
from rag.attribution.nouns import ARTEFACTS, COMMON, EITHER_WAY, INSTITUTIONS, PERSON_NOUNS
from rag.attribution.offices import OFFICES, RANKS
from rag.attribution.roles import NAME_PARTICLES, QUALIFYING, is_title, name_and_role
from rag.attribution.trimming import ARTEFACT, maker_of, trim_source
from rag.types import PartyKind

__all__ = ["ARTEFACT", "Mention", "read_mention"]

_SPOKEN = r"spokes(?:man|woman|person|people|men)|representatives?"
SPOKESPERSON = re.compile(
    r"^(?P<role>(?:(?:the|a|an|another|one|its|chief|senior|deputy|official)\s+)*"
    rf"(?:{_SPOKEN}|officials?))\s+(?:for|of|at|from)\s+(?P<whom>.+)$",
    re.IGNORECASE,
)
OWN_SPOKESPERSON = re.compile(
    rf"^(?:the|an?|another|one)\s+(?P<whom>[A-Z].*?)(?<!\sof)\s(?P<role>{_SPOKEN})$", re.IGNORECASE
)
OUTLET = re.compile(  # the Tarn Wire news agency, Norland's state-run Tarn Globe tabloid
    r"^(?:[A-Z]\S*['’]s?\s(?:[a-z][\w-]*\s)+)?([A-Z]\S*(?:\s\S+)*?)\s(?:state |national |daily |local )?"
    r"(?:news |press |wire )?(?:agency|newspaper|magazine|broadcaster|website|network|service|channel|radio|television|"
    r"daily|tabloid|broadsheet|weekly|outlet|portal)$"
)
TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Sen|Rep|Gov|Gen|President|Senator|Minister|Mayor|Judge)\.?\s")
QUALIFIED = re.compile(rf"^(?:\w+[- ](?:based|backed|led|run|owned|born)|{'|'.join(sorted(QUALIFYING))})\s+")
ADJECTIVE = re.compile(r"^(?:more\s|most\s)?([a-z]+(?:-[a-z]+)*)\s(?=[A-Z])")
INNER_ADJECTIVE = re.compile(r"(\s(?:at|of)\sthe\s)(?:more\s|most\s)?[a-z][\w-]*\s(?=[A-Z])")
TEACHING = frozenset("institute institution foundation university association federation society agency".split())
"""Nouns in names that are no surnames."""
LEADING = frozenset(
    "local senior top former current nearly roughly almost about opinion public state federal police city county "
    "company party staff school university hospital church union club team government council court business "
    "medical military prison health security army navy election campaign media".split()
)
"""Words that open a common noun phrase, with a capital where they open a sentence."""
PARTICLES = NAME_PARTICLES | frozenset("e of the for and".split())
_COMMON_FIRST = g.DETERMINERS | g.PRONOUNS | COMMON | ARTEFACTS | PERSON_NOUNS | QUANTIFIERS | g.PREPOSITIONS | LEADING
_LOWER_IN_NAMES = g.PREPOSITIONS | g.DETERMINERS | FORMS.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What the words of one source say by themselves.

    `named` is true where they hold a proper name; `head` is the head noun, for "the minister"; `gender` and `plural`
    are as far as the form shows them; `side` is a country. `owner` are the words of whom it belongs to, where it is
    only by them that one knows who it is: "his campaign", "Ruiz's office".
    """

    surface: str
    name: str
    role: str | None
    kind: PartyKind
    named: bool
    head: str
    gender: Gender = ""
    plural: bool = False
    side: str | None = None
    owner: str | None = None


@lru_cache(maxsize=4096)
def read_mention(surface: str) -> Mention:
    """Read the words of a source."""
    bare = trim_source(surface)
    made = maker_of(bare)
    if made:
        bare = trim_source(made)
    found = _read(bare)
    return replace(found, surface=" ".join(surface.split()).strip(' ,;:–—-“”"'))


def _read(bare: str) -> Mention:
    spoken = SPOKESPERSON.match(bare) or OWN_SPOKESPERSON.match(bare)
    if spoken and _is_body(spoken["whom"]):
        whom = _read(spoken["whom"])
        if whom.kind in {"organisation", "government"}:  # not: for Secretary of the State Dora Marsh
            return replace(whom, role=ARTICLE.sub("", spoken["role"]))
        return _unnamed(bare, bare, None)
    outlet = OUTLET.match(ARTICLE.sub("", bare))
    if outlet and "," not in bare and _names_outlet(outlet[1]):
        return replace(_described(bare, outlet[1], None), kind="organisation")
    return _described(bare, *name_and_role(bare))


def _is_body(whom: str) -> bool:
    plain = ARTICLE.sub("", whom)
    lead, _, rest = plain.partition(" ")
    if lead in INSTITUTIONS and rest[:1].isupper():  # a spokesman for drugmaker Vesta
        return is_named(rest)
    named = is_named(plain) and "," not in plain and any(word[0].isupper() for word in plain.split())
    return named and kind_of_name(plain) in {"organisation", "government"}


def _names_outlet(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return (
        name not in COUNTRY_OF
        and name.removesuffix("s") not in COUNTRY_OF
        and last[0].isupper()
        and name.lower() not in COMMON | {"state", "local", "national"}
    )


def _described(bare: str, name: str, role: str | None) -> Mention:
    if role is not None and _is_all_office(name, role):  # the Prime Minister
        name, role = bare, None
    plain = _without_adjectives(QUALIFIED.sub("", ARTICLE.sub("", name)))
    gender, head, seat = gender_of(bare, role), head_of(plain), _seat(plain)
    if seat:
        return Mention(surface=bare, name=seat, role=role, kind="government", named=True, head="", side=seat)
    if not is_named(plain) or is_partisan(name) or (role is None and head in OFFICES):  # the CEO of Acme
        return _unnamed(bare, name, role)
    plain = _tidy(plain)
    titled = (role is not None and _is_of_person(role, plain)) or TITLED.match(bare) is not None
    kind = kind_of_name(plain, titled=titled)
    bodily = role is not None and not role.startswith("of ") and head_of(role) in INSTITUTIONS
    definite = role is None and ARTICLE.match(name) is not None and not TITLED.match(plain)
    if kind == "person" and (bodily or definite):  # the Harbour Front
        kind = "organisation"
    side = government_named(plain) or country_named(plain) or (country_named(role) if role else None)
    return Mention(
        surface=bare,
        name=plain,
        role=role,
        kind=kind,
        named=True,
        head=head,
        gender=gender,
        side=side,
        owner=_owner(plain),
    )


def _is_of_person(role: str, name: str) -> bool:
    """Whether a role shows that its bearer is a person; the Tide Institute, a trust, is none."""
    plain = not {word.lower() for word in name.split()} & TEACHING
    return head_of(role) not in EITHER_WAY and (plain or any(is_person_noun(word) for word in role.lower().split()))


def _is_all_office(name: str, role: str) -> bool:
    """Whether what looks like a role and a name is the rank and the noun of one office: Prime | Minister."""
    return name.lower() in OFFICES and all(word.lower() in RANKS or word in COUNTRY_OF for word in role.split())


def _without_adjectives(plain: str) -> str:
    """nonpartisan Tide Commission, Tide Centre at the more liberal Quay Institute: without what is thought of them."""
    lead = ADJECTIVE.match(plain)
    if lead and lead[1] not in g.PREPOSITIONS and not is_person_noun(lead[1]) and lead[1] not in INSTITUTIONS:
        rest = plain[lead.end() :]
        plain = rest if " " in rest and kind_of_name(rest) in {"organisation", "government"} else plain
    return INNER_ADJECTIVE.sub(r"\1", plain) if plain[:1].isupper() else plain


def _unnamed(bare: str, name: str, role: str | None) -> Mention:
    plain = ARTICLE.sub("", name)
    head = head_of(plain)
    kind = kind_of_noun(name)
    if is_partisan(name):
        kind = "person" if name.lower().startswith("the ") else "unnamed"
    if name.split(maxsplit=1)[0].lower() in g.PREPOSITIONS:  # under a deal
        kind = "unnamed"
    if kind == "unnamed" and role:  # the whole phrase is all that is known of them
        name, role = f"{name}, {role}", None
    return Mention(
        surface=bare,
        name=name[:1].lower() + name[1:] if _begins_common(name) else name,
        role=role,
        kind=kind,
        named=False,
        head=head,
        gender=gender_of(bare),
        plural=is_plural(head) or is_people(head.capitalize()),
        side=country_named(plain),
        owner=_owner(name),
    )


def _owner(name: str) -> str | None:
    """his campaign -> his | Ruiz's office -> Ruiz; None where a determiner or a common noun leads."""
    words = name.split()
    if len(words) > 1 and words[0].lower() in {"his", "her", "its", "their"}:
        return words[0]
    found = re.match(r"^((?:[A-Z][\w.&’'-]*\s)*?[A-Z][\w.&-]*)['’]s?\s(?=[a-z])", name)
    return found[1] if found and is_named(found[1]) else None


def _seat(plain: str) -> str | None:
    """The country that Moscow, the Kremlin, Russia or the Russian government speaks for."""
    owner, _, last = plain.rpartition(" ")
    if owner and last.lower() == "government":
        return COUNTRY_OF.get(POSSESSIVE.sub("", owner))
    return government_named(POSSESSIVE.sub("", plain))


def _begins_common(name: str) -> bool:
    """Whether the capital of the first word is only that of a sentence."""
    if name[1:2].isupper():  # TV networks
        return False
    first = re.split(r"[\s-]", name.lower())[0]
    return first in _COMMON_FIRST or first.endswith("ly")


def _tidy(name: str) -> str:
    """US central Command -> US Central Command: one word among capitals that has lost its own."""
    if re.search(r"(?:^|\s)(?:[A-Z]\.)+[A-Z]$", name):  # the U.N | .
        return f"{name}."
    parts = name.split()
    if len(parts) < 3 or not (parts[0][0].isupper() and parts[-1][0].isupper()):
        return name
    low = [n for n, p in enumerate(parts) if p[0].islower() and p not in PARTICLES and "-" not in p]
    if len(low) != 1 or parts[low[0]] in _LOWER_IN_NAMES or is_title(parts[low[0]]):
        return name
    return " ".join(p[0].upper() + p[1:] if n in low else p for n, p in enumerate(parts))
