"""The words of English that turn a sentence, hold it together or count, and irregular verbs."""

from __future__ import annotations

from decimal import Decimal

from rag.attribution import grammar as g


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PRONOUNS = {
    word: key
    for key, words in (
        ("self", "i we me us my our mine ours myself ourselves"),
        ("you", "you your yours yourself yourselves"),
        ("he", "he him his himself"),
        ("she", "she her hers herself"),
        ("it", "it its itself they them their theirs themselves"),
    )
    for word in words.split()
}
"""Pronouns, each with the one that stands for it; a body is "it" to one writer and "they" to another."""

MODALS = {
    word: key
    for key, words in (
        ("will", "will would shall"),
        ("can", "can could"),
        ("may", "may might"),
        ("must", "must"),
        ("should", "should ought"),
    )
    for word in words.split()
}
"""Modal verbs; reported speech moves will to would."""

ABBREVIATED = _set(
    "mr mrs ms miss dr sir dame lord lady prof sen sens rep reps gov gen col lt capt maj sgt adm rev st jr sr no inc "
    "corp co ltd cmdr hon"
)
"""Abbreviations that a full stop follows, and titles that need a name."""
BE = _set("is are was were be been being am isn aren wasn weren")
HAVE = _set("has have had having hasn haven hadn")
AUXILIARIES = BE | HAVE | _set("do does did don doesn didn")
NOT_ENDINGS = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"}

TURNING = _set(
    "not never no none nobody nothing nowhere neither nor without hardly barely scarcely rarely seldom if unless "
    "until till except only merely whether or either else instead rather than all every each another other others "
    "such same most some many several few any both half majority minority nearly almost roughly approximately more "
    "less fewer least up partly mostly entirely dozens hundreds thousands millions billions twice double triple "
    "third quarter first second last next little unknown best worst highest lowest largest smallest biggest latest "
    "earliest oldest alleged allegedly reportedly apparently possibly possible probably perhaps maybe likely "
    "unlikely potential potentially suspected supposed supposedly so-called fake false falsely former ex attempted "
    "unconfirmed seem seems seemed appear appears appeared claim claims claimed doubt doubts doubted deny denies "
    "denied fail fails failed refuse refuses refused lack lacks lacked wrong untrue lie hoax myth impossible "
    "against"
)
"""Words that may be neither added nor left out within a clause: negation, condition, amount, likelihood, denial."""

CONDITIONS = _set("if unless until till except only whether untrue false falsely wrong lie hoax myth impossible or")
"""Words that, after what is kept of a clause, would have changed it."""

DIRECTIONS = _set("north south east west northern southern eastern western new upper lower greater")
"""Words that make another place of a name."""

BOUNDARIES = _set("but while whereas although though however because")
PREPOSITIONS = g.PREPOSITIONS | _set("of as into before after during since by from up down out off")
LINKS = _set(
    "which who whom whose what where when how why then so there here own just well now once this these those also yet"
)
"""Words that link or point: a wording needs them, and none of them says anything by itself."""
GLUE = _set("that to")
"""Words that may be added, beside articles and auxiliaries."""

NUMBERS = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {
    word: Decimal(10 * tens)
    for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "dozen": Decimal(12),
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
SUFFIXES = {"k": SCALES["thousand"], "m": SCALES["million"], "bn": SCALES["billion"], "tn": SCALES["trillion"]}
CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound"}

_IRREGULAR = """
arise arose arisen|beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten|blow blew blown
break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|come came
deal dealt|dig dug|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed
feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
freeze froze frozen|get got gotten|give gave given|go went gone goes|grow grew grown|hang hung|hear heard
hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|lose lost|make made
mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought
sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|sing sang sung|sink sank sunk|sit sat
sleep slept|speak spoke spoken|spend spent|stand stood|steal stole stolen|stick stuck|strike struck stricken
swear swore sworn|sweep swept|swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought
throw threw thrown|understand understood|wake woke woken|wear wore worn|weep wept|win won|withdraw withdrew withdrawn
write wrote written|overturn overturned|man men|woman women|child children|person people|foot feet|wife wives
life lives|half halves
"""
IRREGULAR = {
    form: base
    for row in _IRREGULAR.strip().replace("\n", "|").split("|")
    for base, *forms in (row.split(),)
    for form in forms
}
"""Irregular forms, each with its base form; and a few plurals."""
UNCHANGED = _set("hit cut put shut set hurt let cost burst spread split shed cast")
"""Verbs whose past and participle look like the base form."""
