"""Common nouns of those who speak: people, anonymous sources, governments, organisations."""

from __future__ import annotations

ANONYMOUS = frozenset(
    "official officials source sources insider insiders aide aides adviser advisers advisor advisors diplomat "
    "diplomats person people man woman witness witnesses employee employees operative operatives staffer staffers "
    "individual individuals spokesman spokeswoman spokesperson representative someone some somebody many others one "
    "another member members executive executives colleague friend friends executives worker lawmaker lawmakers".split()
)
"""Nouns that hide who speaks, unless something names them more closely."""

INSTITUTIONS = frozenset(
    "newspaper agency magazine broadcaster network station channel website company charity firm daily tabloid "
    "thinktank regulator operator retailer bank airline manufacturer union".split()
)
"""Nouns that, in front of a name, make it that of an organisation: "the newspaper Harbour Post"."""

COMMON = ANONYMOUS | frozenset(
    "residents analysts critics experts engineers scientists researchers doctors nurses police prosecutors "
    "investigators lawyers attorneys activists campaigners protesters demonstrators rebels militants soldiers troops "
    "voters supporters opponents economists historians students teachers parents workers unions farmers fishermen "
    "neighbours neighbors relatives survivors victims passengers drivers owners investors traders shareholders "
    "regulators lawmakers legislators senators ministers judges jurors jury commanders fighters observers monitors "
    "inspectors auditors surveyors rescuers firefighters paramedics medics journalists reporters commentators "
    "organizers organisers volunteers refugees migrants villagers locals inmates detectives authorities governments "
    "officers leaders polls surveys studies reports documents records figures data advocates strategists pollsters "
    "candidates conservatives liberals players fans coaches managers governor mayor president minister senator judge "
    "company spokesmen spokespeople prosecutor report study poll survey statement".split()
)
"""Nouns that may open a sentence, and then have a capital without being names."""

GOVERNMENT = frozenset(
    "ministry department government command army parliament senate congress embassy council court police navy military "
    "air force administration cabinet treasury kremlin pentagon commission bureau authority regulator house agency "
    "prosecutor prosecutors republic state kingdom forces guard guards coastguard directorate inspectorate customs "
    "fbi cia nsa doj epa irs nato assembly legislature municipality city county office staff".split()
)
ORGANISATION = frozenset(
    "front brigade movement chemicals pharmaceuticals systems technologies solutions works mining steel oil gas "
    "petroleum airways railways foods logistics shipping software labs capital insurance "
    "company corporation corp inc ltd plc group union association institute university college school foundation "
    "center centre bank party campaign committee council society club team league federation network hospital church "
    "refinery plant factory mill mine port airport museum zoo theatre theater cinema shop store supermarket hotel "
    "manufacturer retailer operator maker start-up startup lender insurer developer contractor publisher studio label "
    "brewery farm cooperative ngo think-tank laboratory clinic parish diocese conference academy regulator "
    "organisation organization society crescent cross times post journal herald tribune news press agency newspaper "
    "magazine radio television tv station daily gazette guardian observer observatory fund trust alliance coalition "
    "board firm airline airlines motors energy industries holdings partners media service services initiative project "
    "watch street international watchdog charity nations bloc chamber museum laboratory lab poll survey study "
    "report".split()
)
PLACES = frozenset(
    "river street road avenue lane square bridge island islands lake mount mountain cape bay valley province region "
    "district county village park forest beach sea ocean gulf strait canal airport station".split()
)
"""Nouns in names that are no speakers' and no people's."""

ARTEFACTS = frozenset(
    "audit decision ruling law evidence video image footage move attack result results headline test tests indictment "
    "transcript review inquiry investigation judgment verdict motion bill deal plan vote "
    "report statement letter study survey poll article email account tweet memo book filing lawsuit complaint "
    "testimony speech figures data records notes documents findings analysis research emails tweets words comments "
    "remarks".split()
)
"""What somebody makes to say something in: no speaker."""

POLLS = frozenset({"poll", "survey", "study", "report"})
"""Organisations by their names ("the Harbour Poll"), artefacts as common nouns."""

UNNAMED_BODIES = POLLS | {"staff", "prosecutors", "forces"}
"""Nouns that leave a phrase common even after a name: "Lund prosecutors"."""

AGENCIES = frozenset(
    "Reuters AP AFP TASS Interfax Xinhua Bloomberg Sputnik RT BBC CNN CNBC NBC ABC CBS NPR PBS ITV Sky ARD ZDF DPA EFE "
    "ANSA NTB TT Kyodo KCNA Yonhap SANA IRNA Anadolu RIA Novosti".split()
)
"""Agencies and broadcasters of the world whose names do not show what they are."""
