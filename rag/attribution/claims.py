"""From attributions to claims: who each source is, through whom the claim came, how it is meant and worded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache

from corpus.types import Article, Span
from rag.attribution import grammar as g
from rag.attribution.act import DOUBTED, act_of
from rag.attribution.coreference import Cast
from rag.attribution.extractor import Extractor, ExtractorName
from rag.attribution.headlines import could_speak, headline_span
from rag.attribution.naming import name_speakers
from rag.attribution.outlets import is_outlet
from rag.attribution.parties import Entity, outlet_party, party_of, unnamed_source
from rag.attribution.quotes import WORD
from rag.attribution.relations import tell_relations
from rag.attribution.relays import Channels
from rag.attribution.rules import RuleExtractor
from rag.attribution.silent import is_silent, is_storm
from rag.attribution.stance import is_noun_cue, quote_type_of, stance_of
from rag.attribution.tokens import Document, read_document
from rag.types import Attribution, Claim, Party, Stance, Voice

Entities = dict[tuple[Span, ...], tuple[Entity, ...]]

PIECES = " ... "
SAYS_NOTHING = g.PRONOUNS | g.SUBJECT_PRONOUNS | g.DETERMINERS | g.PREPOSITIONS | frozenset("him them us me so".split())
RELAYING: frozenset[Stance] = frozenset({"asserts", "confirms", "hedges"})
"""Stances in which a source passes on what another said; who denies or questions it does not relay it."""
PASSIVE = frozenset({"reported", "feared", "confirmed", "claimed"})
HARM = frozenset("deaths casualties injuries victims dead injured killed wounded damage blasts fires clashes".split())
"""What speaks in no headline: "deaths reported" tells who died, and not who says so."""
SWALLOWED = 0.8
"""The share of an outer content that an inner attribution must fill for the outer one to be no claim of its own."""

_LIVES = re.compile(r"(?:[\w,.]+\s){0,4}?(?:lives|life)\b", re.IGNORECASE)
_CLAIMS = re.compile(r"\bclaim(?:s|ed|ing)?$", re.IGNORECASE)


@cache
def load_extractor(name: ExtractorName = "combined") -> Extractor:
    """An extractor by name, loaded once a process: "combined", the trained tagger with rules beside it, or "rules".

    Raises ModelError where the tagger's weights cannot be loaded.
    """
    if name == "combined":
        from rag.attribution.combined import CombinedExtractor

        return CombinedExtractor()
    return RuleExtractor()


def extract_claims(
    text: str, *, title: str = "", outlet: str | None = None, extractor: Extractor | None = None
) -> tuple[Claim, ...]:
    """The claims of one text, in its order. Spans are offsets into `text` as it is given.

    The first line is taken as the headline where it repeats `title` or, without a title, looks like one. The id of the
    article is the hash of its text.
    """
    article = Article(id=_hash(text), text=text, title=title, headline=headline_span(text, title), outlet=outlet)
    return claims_of(article, extractor=extractor or load_extractor())


def claims_of(article: Article, *, extractor: Extractor) -> tuple[Claim, ...]:
    """All claims of an article, in the order of the text: extracted, then resolved."""
    attributions = extractor.extract(article)
    if not attributions:
        return ()
    document = read_document(article.text, article.headline)
    entities, channels = _resolve(document, attributions)
    inner: dict[Attribution, list[Attribution]] = {}
    for made in attributions:
        if made.outer is not None:
            inner.setdefault(made.outer, []).append(made)
    claims = {
        claim.id: claim
        for made in attributions
        if _tells(_content(article.text, made))
        and not _takes_lives(made, article.text)
        and _has_speaker(article, made)
        and not _disowned(made, article.text)
        and not _repeats(made, entities)
        and not _only_relays(made, inner.get(made, ()), entities, article.text)
        for claim in _claims(article, document, made, entities, channels)
    }
    return tuple(sorted(claims.values(), key=lambda c: (c.extent.start, c.extent.end)))


def _resolve(document: Document, attributions: Sequence[Attribution]) -> tuple[Entities, Channels]:
    """The entities of each source, read in the order of the text, so that pronouns find what came before; and the
    outlets through which each attribution came."""
    led = [made for made in attributions if made.cue and made.cue[-1].of(document.text).endswith(":")]
    cast = Cast(document, spoken=[piece for made in led for piece in made.content])
    until: dict[tuple[Span, ...], int] = {}
    for made in attributions:
        if made.source:
            until[made.source] = max(until.get(made.source, 0), *(piece.end for piece in made.content))
    entities = {source: cast.resolve(source, until=until[source]) for source in sorted(until)}
    entities = name_speakers(document, entities, cast.people, cast.scene)
    tell_relations({id(one): one for found in entities.values() for one in found}.values(), cast.people, cast.scene)
    return entities, Channels(document, attributions, entities, cast.people)


def _claims(
    article: Article, document: Document, made: Attribution, entities: Entities, channels: Channels
) -> list[Claim]:
    """The claims of one attribution: one for each party of a compound source."""
    text = article.text
    speakers = entities.get(made.source)
    parties = [_party(article, speaker) for speaker in speakers] if speakers else [unnamed_source(article.id)]
    via = _via(article, made, entities, channels)
    quote_type = quote_type_of(text, made.content, document.quotes)
    act = act_of(" ".join(piece.of(text) for piece in made.cue), quote_type)
    confidence = min(1.0, max(0.0, made.confidence)) * (DOUBTED if act == "attitude" else 1.0)
    return [
        Claim(
            id=_claim_id(article.id, made, number),
            text=_content(text, made),
            party=party,
            voice=_voice(party),
            stance=_stance(text, made),
            via=tuple(name for name in via if name != party.name),
            quote_type=quote_type,
            source=made.source,
            cue=made.cue,
            content=made.content,
            article=article.id,
            confidence=round(confidence, 3),
            act=act,
        )
        for number, party in enumerate(parties)
    ]


def _party(article: Article, entity: Entity) -> Party:
    own = entity.name.lower() in {"i", "we", "this newspaper", "this reporter"}
    if own or is_outlet(entity.name, article) or _is_nobody(entity):
        return outlet_party(article.outlet, article.id)
    return party_of(entity, article.id)


def _is_nobody(entity: Entity) -> bool:
    """This aerial view, a major victory, Hurricane Vale: what it shows the article says."""
    return is_storm(entity.name) if entity.named else entity.kind != "person" and is_silent(entity.name)


def _voice(party: Party) -> Voice:
    return party.kind if party.kind in ("outlet", "unnamed") else "party"


def _stance(text: str, made: Attribution) -> Stance:
    cue = " ".join(piece.of(text) for piece in made.cue)
    return stance_of(cue, _content(text, made), has_source=bool(made.source))


def _content(text: str, made: Attribution) -> str:
    return PIECES.join(piece.of(text) for piece in made.content)


def _via(article: Article, made: Attribution, entities: Entities, channels: Channels) -> tuple[str, ...]:
    """Who passed the claim on, outermost first: outlets that were told it, sources that report another's words."""
    chain: list[str] = []
    link: Attribution | None = made
    while link is not None:
        told = channels.of(link)
        relays = link is not made and _stance(article.text, link) in RELAYING
        parties = [_party(article, entity) for entity in entities.get(link.source, ())] if relays else []
        names = [party.name for party in parties if article.outlet or party.kind != "outlet"]
        chain[:0] = [*([told] if told else []), *names]
        link = link.outer
    return tuple(dict.fromkeys(chain))


def _repeats(made: Attribution, entities: Entities) -> bool:
    """Ruiz said she hoped that ...: what the same party is said to say or think within its own claim."""
    speakers = entities.get(made.source)
    return made.outer is not None and speakers is not None and speakers == entities.get(made.outer.source)


def _only_relays(made: Attribution, inner: Sequence[Attribution], entities: Entities, text: str) -> bool:
    """Tarn News reported that Ruiz said ...: nothing is left of the outer content without the inner attribution."""
    if _stance(text, made) not in RELAYING:
        return False
    whole = sum(len(piece) for piece in made.content)
    return any(
        sum(len(piece) for piece in (*one.source, *one.cue, *one.content)) >= SWALLOWED * whole
        for one in inner
        if one.source
        and act_of(" ".join(piece.of(text) for piece in one.cue), "indirect") == "speech"
        and not _repeats(one, entities)
        and not _content(text, one).startswith("to ")
    )


def _has_speaker(article: Article, made: Attribution) -> bool:
    """Not so for a topic before a headline's colon, nor for what is "reported" there: "Bridge hit, deaths reported"."""
    headline = article.headline
    if _is_dateline(article.text, made) and not could_speak(made, article):
        return False
    if headline is None or not made.source or not all(headline.contains(piece) for piece in made.source):
        return True
    cue = " ".join(piece.of(article.text) for piece in made.cue)
    if cue == ":":
        return could_speak(made, article)
    last = bool(made.cue) and not article.text[made.cue[-1].end : headline.end].strip(" .")
    return not (last and cue.lower() in PASSIVE and made.source[-1].of(article.text).split()[-1].lower() in HARM)


def _is_dateline(text: str, made: Attribution) -> bool:
    """Elsin: The ferry is late. A name before a colon that opens one paragraph: a speaker would open several."""
    if len(made.source) != 1 or not made.cue or made.cue[0].of(text)[:1] != ":":
        return False
    words = made.source[0].of(text)
    opens = text[: made.source[0].start].rstrip(" ").endswith("\n")
    return opens and words.istitle() and text.count(f"\n{words}:") == 1


def _tells(content: str) -> bool:
    """Whether a content is more than "it" or a figure: a pronoun alone is a claim that nobody could look for."""
    words = WORD.findall(content)
    return any(word.lower() not in SAYS_NOTHING and any(ch.isalpha() for ch in word) for word in words)


def _takes_lives(made: Attribution, text: str) -> bool:
    """The storm claimed 20 lives: nobody claims anything."""
    cue = " ".join(piece.of(text) for piece in made.cue)
    return _CLAIMS.search(cue) is not None and _LIVES.match(_content(text, made)) is not None


def _disowned(made: Attribution, text: str) -> bool:
    """Marsh denied saying K | Marsh denied that Lee said K: the inner saying is itself denied, so nobody claims K.

    Not so with a noun: who rejects "Lee's claim that K" grants that Lee claims it.
    """
    if made.outer is None or not made.cue:
        return False
    denied = _stance(text, made.outer) in {"denies", "none", "declined"}
    return denied and not is_noun_cue(" ".join(piece.of(text) for piece in made.cue))


def _claim_id(article: str, made: Attribution, number: int) -> str:
    """Stable as long as the article's text is: of its id, the offsets of content and source, the party's number."""
    content, source = (",".join(f"{p.start}-{p.end}" for p in spans) for spans in (made.content, made.source))
    return _hash(f"{article}|{content}|{source}|{number}")


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:16]
