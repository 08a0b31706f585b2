"""Reading the words of a source: the name in them, the role, the kind.

"longtime Harbour Union organiser Tom Vale" names Tom Vale, and the rest is his role. Who that is within the article is
decided in `coreference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.attribution import grammar as g
from rag.attribution.countries import COUNTRY_OF, country_named, government_named
from rag.attribution.kinds import (
    ARTICLE,
    POSSESSIVE,
    Gender,
    gender_of,
    head_of,
    is_named,
    is_plural,
    kind_of_name,
    kind_of_noun,
)
from rag.attribution.nouns import ARTEFACTS, COMMON, GOVERNMENT, INSTITUTIONS, ORGANISATION
from rag.types import PartyKind

SPACE = re.compile(r"\s+")
BRACKETS = re.compile(r"\s*\([^)]*\)")
AGE = re.compile(r",\s*\d{1,3}\s*(?=,|$)")
OWNER = re.compile(r"^(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
INDEFINITE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
LEAD = re.compile(r"^(?:according to|but|and|so|even|both|meanwhile|like)\s+", re.IGNORECASE)
SPOKESPERSON = re.compile(
    r"^(?P<role>(?:(?:the|a|an|another|one|its|chief|senior|deputy|official)\s+)*"
    r"(?:spokes(?:man|woman|person|people|men)|representatives?|officials?))\s+(?:for|of|at|from)\s+(?P<whom>.+)$",
    re.IGNORECASE,
)
COMPOUND = re.compile(r",?\s+(?:and|as well as)\s+")
OUTLET = re.compile(  # the Tarn Wire news agency
    r"^([A-Z]\S*(?:\s\S+)*?)\s(?:state |national |daily |local )?(?:news |press |wire )?"
    r"(?:agency|newspaper|magazine|broadcaster|website|network|service|channel|radio|television|daily)$"
)
ARTEFACT = re.compile(
    rf"^(?P<whom>.+?)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+)?(?:{'|'.join(sorted(ARTEFACTS))})$", re.IGNORECASE
)
AFFILIATED = re.compile(r"^((?:[A-Z][\w.’'-]+\s){1,3}[A-Z][\w’'-]+)\s((?:of|from|at|with)\s.+)$")
HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?")
OUTER_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr)\.?\s|\s(?:Mr|Mrs|Ms|Dr)\.?$")
TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Sen|Rep|Gov|Gen|President|Senator|Minister|Mayor|Judge)\.?\s")
SUFFIX = re.compile(r"(?:Jr|Sr|Inc|Ltd|Co|Corp|LLC|II|III)\.?")
OF_OFFICE = frozenset("secretary minister director chief chair head speaker justice member".split())
NAME_PARTICLES = frozenset("de da del della der den di du la le van von bin ibn al el ben abu y".split())
PARTICLES = NAME_PARTICLES | frozenset("e of the for and on in".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What the words of one source say by themselves.

    `named` is true where they hold a proper name; `head` is the head noun, for "the minister"; `gender` and `plural`
    are as far as the form shows them; `side` is a country.
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


def split_compound(surface: str) -> tuple[str, ...]:
    """Chad and Niger are two parties, the Department of Health and Safety is one.

    Split only where each side is a party by itself: a country or its seat, or a person by two names or a title.
    """
    parts = COMPOUND.split(surface)
    return tuple(parts) if len(parts) > 1 and all(_stands_alone(part) for part in parts) else (surface,)


def _stands_alone(part: str) -> bool:
    plain = ARTICLE.sub("", part.strip(" ,"))
    if _seat(plain):
        return True
    if not plain or not is_named(plain):
        return False
    name = BRACKETS.sub("", plain).split(",")[0]
    personal = len(name.split()) in {2, 3} and name.split()[0].istitle() and " of " not in plain
    return TITLED.match(plain) is not None or (personal and kind_of_name(name) == "person")


def read_mention(surface: str) -> Mention:
    """Read the words of a source."""
    surface = SPACE.sub(" ", surface).strip(' ,;:–—-“”"')
    bare = AGE.sub("", BRACKETS.sub("", surface)).strip(" ,")
    while (shorter := LEAD.sub("", bare)) != bare:
        bare = shorter
    bare = POSSESSIVE.sub("", bare)
    made = ARTEFACT.match(bare)
    if made:
        bare = made["whom"]
    spoken = SPOKESPERSON.match(bare)
    if spoken and _is_body(spoken["whom"]):
        return replace(read_mention(spoken["whom"]), surface=surface, role=ARTICLE.sub("", spoken["role"]))
    outlet = OUTLET.match(ARTICLE.sub("", bare))
    if outlet and outlet[1] not in COUNTRY_OF and outlet[1].split()[-1][0].isupper():
        return replace(_described(surface, outlet[1], None), kind="organisation")
    name, role = _apposition(bare)
    return _described(surface, *((name, role) if role else _prenominal(name)))


def _is_body(whom: str) -> bool:
    plain = ARTICLE.sub("", whom)
    return any(word[0].isupper() for word in plain.split()) and kind_of_name(plain) in {"organisation", "government"}


def _described(surface: str, name: str, role: str | None) -> Mention:
    plain = ARTICLE.sub("", name)
    gender, head, seat = gender_of(surface), head_of(plain), _seat(plain)
    if seat:
        return Mention(surface=surface, name=seat, role=role, kind="government", named=True, head="", side=seat)
    if not is_named(plain):
        kind = kind_of_noun(name)
        if kind == "unnamed" and role:  # the whole phrase is all that is known of them
            name, role = f"{name}, {role}", None
        return Mention(
            surface=surface,
            name=name[:1].lower() + name[1:] if _begins_common(name) else name,
            role=role,
            kind=kind,
            named=False,
            head=head,
            gender=gender,
            plural=is_plural(head),
            side=country_named(plain),
        )
    plain = _tidy(plain)
    kind = kind_of_name(plain, titled=role is not None or TITLED.match(surface) is not None)
    bodily = role is not None and role.split()[0] not in g.PREPOSITIONS and head_of(role) in INSTITUTIONS | ORGANISATION
    definite = role is None and ARTICLE.match(name) is not None and not TITLED.match(plain)
    if kind == "person" and (bodily or definite):  # the Harbour Front
        kind = "organisation"
    side = government_named(plain) or country_named(plain) or (country_named(role) if role else None)
    return Mention(surface=surface, name=plain, role=role, kind=kind, named=True, head=head, gender=gender, side=side)


def _seat(plain: str) -> str | None:
    """The country that Moscow, the Kremlin, Russia or the Russian government speaks for."""
    owner, _, last = plain.rpartition(" ")
    if owner and last.lower() == "government":
        return COUNTRY_OF.get(POSSESSIVE.sub("", owner))
    return government_named(POSSESSIVE.sub("", plain))


def _begins_common(name: str) -> bool:
    """Whether the capital of the first word is only that of a sentence."""
    first = re.split(r"[\s-]", name.lower())[0]
    return first in g.DETERMINERS | g.PRONOUNS | COMMON | {"local", "senior", "top", "former"} or first.endswith("ly")


def _tidy(name: str) -> str:
    """US central Command -> US Central Command."""
    parts = name.split()
    if len(parts) < 3 or not (parts[0][0].isupper() and parts[-1][0].isupper()):
        return name
    return " ".join(p if p[0].isupper() or p.lower() in PARTICLES or "-" in p else p[0].upper() + p[1:] for p in parts)


def _apposition(bare: str) -> tuple[str, str | None]:
    """Ana Ruiz, the mayor of Lund | the mayor of Lund, Ana Ruiz: name and role."""
    first, comma, rest = bare.partition(", ")
    if not comma or SUFFIX.fullmatch(rest):
        return bare, None
    if _is_capitalised(first):
        name, role = _prenominal(first)
        rest = OWNER.sub("", rest)
        return name, f"{role}, {rest}" if role else rest
    lead, _, last = bare.rpartition(", ")
    opened = lead[0].islower() or lead.split()[0].lower() in g.DETERMINERS
    if _is_capitalised(last) and len(last.split()) <= 5 and opened:
        return _prenominal(last)[0], OWNER.sub("", lead)
    return first, OWNER.sub("", rest)


def _is_capitalised(words: str) -> bool:
    """A name, or a role with a name after it: its last word has a capital, and it has no determiner."""
    parts = words.split()
    if not parts or not parts[-1][0].isupper() or parts[0].lower() in g.DETERMINERS:
        return False
    return parts[0][0].isupper() or (len(parts) > 1 and parts[-2][0].isupper())


def _prenominal(name: str) -> tuple[str, str | None]:
    """former mayor Ana Ruiz | Sen. Ana Ruiz | Tom Vale of the Harbour Union: name and role."""
    after = AFFILIATED.match(name)
    if after and kind_of_name(after[1]) == "person" and not _is_title(after[1].split()[-1]):
        inner, role = _prenominal(after[1])
        return inner, f"{role} {after[2]}" if role else after[2]
    parts = ARTICLE.sub("", name).split()
    cut = _end_of_role(parts)
    if cut and cut < len(parts) and parts[cut] == "of" and parts[cut - 1].lower() in GOVERNMENT | ORGANISATION:
        return name, None  # Ministry of ...
    while cut < len(parts) and parts[cut].lower() in {"of", "the", "for", "and"}:
        cut += 1
    if cut and _has_preposition(parts[:cut], name):
        return name, None  # a source at the Harbour Office
    rest, role = " ".join(parts[cut:]), " ".join(parts[:cut]).rstrip(",")
    if not cut or not 1 <= len(parts) - cut <= 5 or not all(_in_name(part) for part in parts[cut:]):
        return name, None
    if HONORIFIC.fullmatch(role):
        return rest, None
    return (rest, OUTER_HONORIFIC.sub("", role)) if kind_of_name(rest) == "person" else (name, None)


def _has_preposition(role: list[str], name: str) -> bool:
    """Whether a name after these words is where or whose somebody is, not who."""
    low = [word.lower() for word in role]
    indefinite = INDEFINITE.match(name) is not None
    return low[-1] in g.PREPOSITIONS - {"of", "for"} or (indefinite and not g.PREPOSITIONS.isdisjoint(low))


def _end_of_role(parts: list[str]) -> int:
    """How many words lead up to a name: through the last common noun or title, over "Secretary of State"."""
    cut = 0
    for at, part in enumerate(parts[:-1]):
        word = part.strip(".,").lower()
        common = part[0].islower() and word not in PARTICLES
        if common or _is_title(part):
            cut = at + 1
            if word in OF_OFFICE and at + 2 < len(parts) and parts[at + 1] == "of":
                cut = at + 4 if parts[at + 2] == "the" else at + 3
    return cut


def _in_name(part: str) -> bool:
    return part[0].isupper() or part.split("-", maxsplit=1)[0] in NAME_PARTICLES or part[0] in "“\"'‘"


def _is_title(word: str) -> bool:
    low = POSSESSIVE.sub("", word.strip(".,")).lower()
    if low in {"ceo", "cfo", "coo", "republican", "democrat", "conservative"}:
        return word[0].isupper()
    return low in g.TITLES or low.rsplit("-", 1)[-1] in g.TITLES | {"general", "elect"}
