"""The closed classes of English words, and the common verbs, that finding a source without a parser rests on."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SUBJECT_PRONOUNS = _set("he she they i we you it who")
PRONOUNS = SUBJECT_PRONOUNS | _set(
    "him her them me us one someone everyone nobody none some many others both all most few several another each "
    "either neither anyone everybody"
)
RELATIVES = _set("who which that whom whose")
POSSESSIVES = _set("his her their its my our your whose")
ARTICLES = _set("the a an")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | _set(
        "this that these those some many several most all both each every any no another other such few one two three "
        "four five six seven eight nine ten more dozens hundreds thousands half"
    )
)
PREPOSITIONS = _set(
    "of in on at to for from with by about into over after before during through between against under without "
    "within among across behind near since until despite outside inside above below around toward towards upon "
    "along amid beyond like unlike via per regarding concerning off than"
)
SUBORDINATORS = _set(
    "that when while because if although though unless until since as whether where what how why than whereas "
    "lest once so whenever wherever"
)
CONJUNCTIONS = _set("and but or nor yet")
BE = _set(
    "is are was were be been being am 's 're 'm isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t ’s ’re ’m"
)
HAVE = _set("has have had having 've hasn't haven't hadn't hasn’t haven’t hadn’t ’ve")
DO = _set("do does did don't doesn't didn't don’t doesn’t didn’t")
MODALS = _set(
    "will would can could may might must shall should cannot can't won't couldn't wouldn't shouldn't mustn't "
    "can’t won’t couldn’t wouldn’t shouldn’t mustn’t"
)
AUXILIARIES = BE | HAVE | DO | MODALS
NEGATIONS = (
    _set("not never n't n’t hardly no longer")
    | frozenset(w for w in AUXILIARIES if w.endswith(("n't", "n’t")))
    | {"cannot"}
)
ADVERBS = _set(
    "also not never always often still then later even just now again ever first too already once thus only "
    "further merely soon long yesterday today tonight since rather instead quite almost both nevertheless "
    "nonetheless indeed too previously earlier perhaps maybe so twice much well"
)
NOT_ADVERBS = _set(
    "family ally only early daily weekly monthly july italy reply supply apply imply rely comply multiply fly "
    "july ugly likely unlikely friendly assembly bully anomaly monopoly elderly rally holy belly jelly kelly "
    "sally molly billy emily willy"
)
LEADING = _set(
    "but and so yet or still also then now later meanwhile moreover however instead nevertheless nonetheless "
    "indeed perhaps maybe thus hence therefore today yesterday earlier afterwards afterward separately finally "
    "first second third besides likewise otherwise plus again once even when while as though although because if "
    "that where whether since after before until what how why than"
)
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = _set(
    "january february march april may june july august september october november december jan. feb. aug. sept. "
    "oct. nov. dec."
)
TIMES = (
    DAYS
    | MONTHS
    | _set(
        "today yesterday tonight tomorrow earlier later last this next morning afternoon evening night week month "
        "year late early on ago recently weekend"
    )
)
CALENDAR = (
    DAYS | MONTHS | _set("today yesterday tonight tomorrow morning afternoon evening night week month year weekend")
)
EXPLETIVES = _set("it there")

# Verbs that are no cues, so that clauses can be told from noun phrases.
PAST = _set(
    "went came took made got gave became began met left ran stood fell rose grew kept held brought led put set "
    "sat lost won hit sent spent paid built bought sold broke chose drew drove ate fought flew forgot hung hid "
    "knew lay lent meant rode rang saw shook shot showed sang sank slept spoke stole struck swore swept swam "
    "taught tore thought threw understood woke wore did had was were been has have is are returned replaced "
    "visited joined served worked lived died killed followed opened closed started ended happened moved turned "
    "used helped remained arrived travelled traveled landed attended faced"
)
PRESENT = _set(
    "goes comes takes makes gets gives becomes begins meets leaves runs stands falls rises grows keeps holds "
    "brings leads sits loses wins sends spends pays builds buys sells breaks chooses remains works lives serves "
    "opens closes starts ends happens moves turns uses helps faces follows means needs includes become come go "
    "get give take make keep remain need seem seems appears"
)
FINITE = PAST | PRESENT | AUXILIARIES

TITLES = _set(
    "mr mrs ms miss dr sir dame lord lady prof professor president vice prime minister secretary sec senator sen rep "
    "representative congressman congresswoman governor gov mayor general gen colonel col lieutenant lt captain "
    "capt major maj sergeant sgt admiral adm judge justice chancellor king queen prince princess pope cardinal "
    "bishop archbishop reverend rev rabbi imam sheikh ayatollah ambassador chairman chairwoman chair speaker "
    "spokesman spokeswoman spokesperson director chief commander officer detective inspector sheriff attorney "
    "deputy acting former ex-president councillor councilman councilwoman commissioner coach manager analyst "
    "economist lawyer candidate nominee leader strategist adviser advisor aide pollster host author professor "
    "pastor foreign defence defense interior finance editor reporter correspondent first undersecretary brigadier "
    "marshal emir sultan superintendent constable principal headteacher dean provost magistrate coroner surgeon nurse "
    "envoy consul corporal private skipper supervisor del delegate sens reps govs"
)
HONORIFICS_MALE = _set(
    "mr sir lord king prince congressman chairman spokesman councilman father brother husband son man actor "
    "businessman uncle boy policeman fisherman salesman"
)
HONORIFICS_FEMALE = _set(
    "mrs ms miss dame lady queen princess congresswoman chairwoman spokeswoman councilwoman mother sister wife "
    "daughter woman actress businesswoman aunt girl nun policewoman"
)
