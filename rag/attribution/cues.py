"""The lexicon of cues: the verbs, nouns and phrases that say that somebody said something.

Each verb stands once, as its lemma (with its particle: "point out"), in a row of verbs that behave alike. A row gives
the stance that the verb lends to its content, and its frames: what may follow it.

    q  a quotation, before or after        say: "...", "...," said Ana
    t  a that-clause                       argued that prices fell
    b  a bare clause                       said prices fell
    w  a wh-clause                         asked whether prices fell
    r  a recipient first                   told reporters that prices fell
    i  an infinitive                       vowed to resign
    n  a noun phrase                       condemned the strike
    x  weak: a thought or wish rather than speech
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from rag.types import Stance

Tense = Literal["past", "s", "base", "ing"]
TENSES: tuple[Tense, ...] = get_args(Tense)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A verb of saying or thinking: its lemma, its particle ("out" of "point out"), frames and stance."""

    lemma: str
    particle: str
    frames: str
    stance: Stance

    @property
    def speech(self) -> bool:
        return "x" not in self.frames


VERBS: tuple[tuple[Stance, str, str], ...] = (
    ("asserts", "qtb", "say warn insist conclude recall joke"),
    ("asserts", "qtbr", "tell"),
    ("asserts", "qtbi", "agree"),
    ("asserts", "qtbw", "add state claim argue assert contend maintain explain note observe remark write"),
    ("asserts", "qtbn", "declare announce report stress emphasise emphasize reiterate"),
    (
        "asserts",
        "qt",
        "continue comment reply respond answer quip muse mutter murmur whisper shout cry exclaim yell scream chant "
        "sigh boast brag gush opine interject counter retort shoot_back fire_back hit_back elaborate lament bemoan "
        "complain grumble protest gripe fume thunder caution tweet post concur testify recite text tease sum_up "
        "chime_in chip_in intone deadpan snap bristle declaim plead rejoin summarise summarize go_on apologise "
        "apologize",
    ),
    ("asserts", "qtn", "repeat recount"),
    ("asserts", "tn", "point_out mention reveal disclose divulge highlight underline underscore"),
    ("asserts", "qrt", "remind inform notify advise"),
    ("asserts", "n", "describe characterise characterize portray depict label liken_to compare call brand dub deem"),
    (
        "asserts",
        "n",
        "praise applaud hail commend laud congratulate thank tout endorse back welcome salute celebrate defend "
        "champion embrace cite quote invoke reference refer_to allude_to point_to speak_of speak_about talk_about "
        "discuss outline detail address echo retweet recommend propose advocate urge implore beseech exhort encourage "
        "call_for call_on press_for push_for appeal_for plead_for",
    ),
    (
        "asserts",
        "nt",
        "warn_of warn_against warn_about caution_against insist_on boast_of boast_about apologise_for apologize_for "
        "argue_for argue_against lobby_for campaign_for vouch_for joke_about speak_out_against speak_against",
    ),
    ("asserts", "ti", "demand request"),
    ("asserts", "tbx", "believe think feel reckon figure suppose assume realise realize imagine"),
    ("asserts", "twx", "know understand"),
    (
        "asserts",
        "tnx",
        "find show demonstrate indicate see learn recognise recognize remember determine decide rule order",
    ),
    ("asserts", "nx", "support favor favour prefer view regard consider"),
    ("asserts", "inx", "seek hope_for"),
    ("asserts", "ix", "want plan intend wish aim"),
    ("denies", "tnb", "deny"),
    (
        "denies",
        "n",
        "reject dismiss refute rebut contest dispute disavow repudiate brush_aside brush_off disagree_with oppose "
        "object_to take_issue_with bristle_at scoff_at push_back_on push_back_against",
    ),
    ("declined", "i", "decline refuse"),
    ("confirms", "qtbn", "admit concede acknowledge confirm confess"),
    ("confirms", "tn", "affirm verify corroborate"),
    ("confirms", "n", "confess_to admit_to agree_with agree_to"),
    ("questions", "qwn", "ask"),
    ("questions", "wnt", "question doubt"),
    ("questions", "qwt", "wonder inquire enquire"),
    ("asserts", "tbn", "suggest estimate"),
    ("hedges", "tbn", "predict"),
    (
        "hedges",
        "tn",
        "imply hint forecast anticipate speculate suspect insinuate signal hypothesise hypothesize guess hint_at",
    ),
    ("asserts", "tn", "project"),
    ("hedges", "tbx", "fear worry"),
    ("hedges", "tbix", "hope expect"),
    ("promises", "qtbi", "vow promise pledge"),
    ("promises", "ti", "swear threaten guarantee undertake"),
    ("promises", "rt", "assure reassure"),
    ("promises", "i", "offer volunteer"),
    ("accuses", "qtb", "allege charge"),
    (
        "accuses",
        "n",
        "accuse blame criticise criticize condemn denounce decry deplore slam blast attack assail lambast lambaste "
        "rebuke chide scold berate castigate censure fault mock ridicule deride bash skewer lash_out_at rail_against "
        "hammer complain_about complain_of inveigh_against hit_out_at take_aim_at take_a_swipe_at take_a_shot_at "
        "rail_at rail_about pillory savage excoriate knock",
    ),
)
_NOUN_ROWS: tuple[tuple[Stance, str], ...] = (
    (
        "asserts",
        "statement announcement assertion contention argument remark comment view opinion belief conclusion insistence "
        "declaration assessment admonition observation testimony complaint message conviction explanation concern "
        "criticism call demand desire claim",
    ),
    ("denies", "denial rejection dismissal"),
    ("confirms", "admission acknowledgement acknowledgment confirmation concession"),
    ("questions", "question doubt"),
    ("hedges", "suggestion prediction estimate speculation hope fear warning suspicion"),
    ("promises", "promise pledge vow threat offer assurance"),
    ("accuses", "accusation allegation charge"),
)
NOUNS: dict[str, Stance] = {noun: stance for stance, nouns in _NOUN_ROWS for noun in nouns.split()}

# Verbs whose negation leaves the matter open.
UNSETTLED = frozenset("deny confirm admit acknowledge promise rule decide".split())

# Words that are nouns as often as verbs in these forms: they count as verbs only after a plain subject.
NOUNISH = frozenset(
    "claim report plan call support note state comment question show view attack blame fear hope demand promise vote "
    "order request challenge estimate project tweet post remark answer pledge want need doubt desire wish signal hint "
    "vow text charge guess offer figure mention reply address label brand love hate like sigh cry shout protest joke "
    "caution contest dispute snap praise knock hammer fault back aim favor favour quip repeat tease rule detail "
    "outline reference quote echo salute feel sum boast knock snap list chant forecast bash slam blast rebuke "
    "savage".split()
)
IRREGULAR = {
    "say": ("says", "said", "said"),
    "tell": ("tells", "told", "told"),
    "write": ("writes", "wrote", "written"),
    "think": ("thinks", "thought", "thought"),
    "know": ("knows", "knew", "known"),
    "feel": ("feels", "felt", "felt"),
    "find": ("finds", "found", "found"),
    "show": ("shows", "showed", "shown"),
    "see": ("sees", "saw", "seen"),
    "seek": ("seeks", "sought", "sought"),
    "swear": ("swears", "swore", "sworn"),
    "understand": ("understands", "understood", "understood"),
    "speak": ("speaks", "spoke", "spoken"),
    "take": ("takes", "took", "taken"),
    "shoot": ("shoots", "shot", "shot"),
    "hit": ("hits", "hit", "hit"),
    "undertake": ("undertakes", "undertook", "undertaken"),
    "forecast": ("forecasts", "forecast", "forecast"),
    "go": ("goes", "went", "gone"),
}
DOUBLING = frozenset("admit quip refer rebut plan brag chat hit chip dub snap signal".split())
"""Verbs that double their last letter: admitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One inflected form. A past may as well be the participle of a perfect or a passive."""

    tense: Tense
    cues: tuple[Cue, ...]  # longest particle first


def inflect(lemma: str) -> dict[str, str]:
    """The forms of a verb, by the spelling rules of English and a table of irregular ones."""
    softens = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    if lemma in DOUBLING:
        stem = lemma + lemma[-1]
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    past = stem + ("d" if stem.endswith("ee") else "ed")
    if softens:
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    third, past, participle = IRREGULAR.get(lemma, (third, past, past))
    return {"base": lemma, "s": third, "past": past, "participle": participle, "ing": stem + "ing"}


def _cues() -> Iterator[Cue]:
    for stance, frames, lemmas in VERBS:
        for entry in lemmas.split():
            lemma, _, particle = entry.partition("_")
            yield Cue(lemma=lemma, particle=particle.replace("_", " "), frames=frames, stance=stance)


def _forms() -> dict[str, Form]:
    """Every form of every verb. A form with two uses has the finite one: "told" is a past."""
    tenses: dict[str, set[str]] = {}  # of each form
    cues: dict[str, list[Cue]] = {}
    for cue in _cues():
        for tense, form in inflect(cue.lemma).items():
            tenses.setdefault(form, set()).add("past" if tense == "participle" else tense)
            if cue not in cues.setdefault(form, []):
                cues[form].append(cue)
    return {
        form: Form(
            tense=next(tense for tense in TENSES if tense in tenses[form]),
            cues=tuple(sorted(found, key=lambda cue: -len(cue.particle))),
        )
        for form, found in cues.items()
    }


FORMS: dict[str, Form] = _forms()
