"""Common nouns of those who speak: people, anonymous sources, governments, organisations."""

from __future__ import annotations

ANONYMOUS = frozenset(
    "official officials source sources insider insiders aide aides adviser advisers advisor advisors diplomat "
    "diplomats person people man woman witness witnesses employee employees operative operatives staffer staffers "
    "individual individuals spokesman spokeswoman spokesperson representative someone some somebody many others one "
    "another member members executive executives colleague friend friends worker lawmaker lawmakers".split()
)
"""Nouns that hide who speaks, unless something names them more closely."""

INSTITUTIONS = frozenset(
    "newspaper paper agency magazine broadcaster network station channel website company charity firm daily tabloid "
    "thinktank think-tank regulator operator retailer bank airline manufacturer union insurer lender group outlet "
    "publication weekly start-up startup carmaker automaker drugmaker chipmaker team club label studio party movement "
    "organisation organization nonprofit pac chain giant conglomerate consultancy subsidiary airline restaurant "
    "supermarket band duo trio quartet ensemble orchestra app platform ngo "
    "brewery bookmaker brokerage".split()
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
    "company spokesmen spokespeople prosecutor report study poll survey statement journalist activist lawyer "
    "attorney founder imam columnist blogger detective expert critic analyst economist historian scientist "
    "researcher engineer doctor nurse teacher student farmer voter supporter resident tenant neighbour neighbor "
    "soldier pilot captain strategist organizer organiser campaigner rapper singer actor actress comedian author "
    "writer delegates partisans lobbyists majorities donors diplomats strategists aides allies backers "
    "consumers customers shoppers politicians travelers travellers viewers users buyers sellers patients employers "
    "video videos footage images photos "
    "emails evidence findings transcripts letters memos".split()
)
"""Nouns that may open a sentence, and then have a capital without being names."""

GOVERNMENT = frozenset(
    "ministry department government command army parliament senate congress embassy council court police navy "
    "military air force administration cabinet treasury kremlin pentagon commission bureau authority regulator house "
    "agency prosecutor prosecutors republic state kingdom forces guard guards coastguard directorate inspectorate "
    "customs fbi cia nsa doj epa irs nato assembly legislature municipality city county office staff".split()
)
ORGANISATION = frozenset(
    "front brigade movement chemicals pharmaceuticals systems technologies solutions works mining steel oil gas "
    "petroleum airways railways foods logistics shipping software labs capital insurance company corporation corp "
    "inc ltd plc group union association institute institution university college school foundation center centre bank "
    "party campaign committee council society club team league federation network hospital church refinery plant "
    "factory mill mine port airport museum zoo theatre theater cinema shop store supermarket hotel manufacturer "
    "retailer operator maker start-up startup lender insurer developer contractor publisher studio label brewery "
    "farm cooperative ngo think-tank laboratory clinic parish diocese conference academy regulator organisation "
    "organization crescent cross times post journal herald tribune news press agency newspaper magazine radio "
    "television tv station daily gazette guardian observer observatory fund trust alliance coalition guild mutual "
    "bikes lines securities analytics infirmary sports communications promotions stores wire bureau caucus pac "
    "markets ventures properties enterprises resources consulting orchestra opera choir ballet gallery library "
    "archive congregation mosque synagogue temple cathedral ministries syndicate cartel legion militia gang squad "
    "board firm airline airlines motors energy industries holdings partners media service services initiative "
    "project watch street international watchdog charity nations bloc chamber lab poll survey study report paper "
    "co healthcare".split()
)
PLACES = frozenset(
    "river street road avenue lane square bridge island islands lake mount mountain cape bay valley province region "
    "district county village park forest beach sea ocean gulf strait canal airport station".split()
)
"""Nouns in names that are no speakers' and no people's."""

OCCASIONS = frozenset(
    "convention conference debate summit election primary caucuses act amendment treaty games cup olympics "
    "championship championships festival parade awards accord agreement constitution revolution tower stadium arena "
    "palace blues heights health care music theaters theatres economics entertainment pictures interactive aerospace "
    "rights therapeutics genetics dynamics electronics robotics".split()
)
"""Nouns in names of occasions, laws and buildings: no people's either."""

PERSON_NOUNS = frozenset(
    "journalist activist lawyer attorney founder co-founder cofounder imam columnist blogger expert critic "
    "historian scientist researcher engineer doctor teacher student farmer soldier pilot strategist organizer "
    "organiser campaigner singer actor actress comedian author writer assemblyman assemblywoman committeeman "
    "committeewoman alderman alderwoman selectman congressman congresswoman lawmaker legislator photographer "
    "broadcaster presenter anchor moderator physician psychologist biologist meteorologist geologist chemist "
    "physicist surveyor architect auditor accountant broker trader investor entrepreneur businessman "
    "businesswoman billionaire tycoon diplomat negotiator investigator prosecutor defender juror witness victim "
    "survivor defendant suspect plaintiff tenant resident neighbour neighbor landlord owner co-owner partner "
    "member official executive vice-president employee worker driver rider runner swimmer boxer golfer player "
    "striker goalkeeper quarterback captain skipper umpire referee champion winner contestant volunteer supporter "
    "donor fundraiser delegate organist conductor composer drummer guitarist rapper novelist poet playwright "
    "director producer screenwriter curator librarian warden ranger firefighter paramedic midwife pharmacist vet "
    "veterinarian caretaker janitor clerk secretary treasurer wife husband father mother son daughter brother "
    "sister uncle aunt cousin nephew niece grandfather grandmother head chief fellow widow widower fiancé fiancée "
    "girlfriend boyfriend friend colleague rival namesake successor predecessor guy frontrunner front-runner "
    "nominee contender challenger incumbent administrator trustee coordinator co-ordinator chairperson comptroller "
    "premier councilor pontiff militant insurgent".split()
)
"""What a person may be called before or after the name."""

PARTISANS = frozenset(
    "republican democrat conservative liberal socialist communist labourite tory progressive independent libertarian "
    "nationalist centrist".split()
)
"""Members of a camp: with "a" or "the" before them somebody who is not named."""

ARTEFACTS = frozenset(
    "audit decision ruling law evidence video image footage move attack result results headline test tests "
    "indictment transcript review inquiry investigation judgment verdict motion bill deal plan vote report statement "
    "letter study survey poll article email account tweet memo book filing lawsuit complaint testimony speech "
    "figures data records notes documents findings analysis research emails tweets words comments remarks affidavit "
    "message messages press-release release posts post post-mortem count tally estimate estimates projection "
    "projections calculation calculations forecast forecasts average averages polling polls surveys studies reports "
    "statements interview advert ad advertisement handbook summary photograph photographs website webpage page "
    "newsletter dossier ballot question measure guidance ordinance order document documentary film countersuit "
    "counterclaim claim code directory piece headline story advisory bylaws rules papers opinion paperwork manifesto "
    "phrase modelling model announcement settlement suit cover numbers information database petition description "
    "regulations legislation resolution form brief".split()
)
"""What somebody makes to say something in: no speaker."""

NO_ROLES = frozenset(
    "letter power weather river water matter winter summer dinner cover offer answer chapter border corner tower "
    "computer chamber folder trailer thriller poster banner timber shelter fever cancer laser radar meter filter layer "
    "barrier counter register error terror horror floor door mirror motor sector factor tremor rumour rumor humour "
    "humor colour color flavour flavor favour favor labour labor harbour harbor honour honor rover spacecraft order "
    "monitor minister-designate".split()
)
"""Nouns that end like those of people, and are none."""

EITHER_WAY = frozenset(
    "owner co-owner rival partner winner champion investor member successor donor operator organiser organizer "
    "sponsor supplier employer consultant".split()
)
"""What a body is called beside its name as well as a person: the owner Tarn Health."""

POLLS = frozenset({"poll", "survey", "study", "report"})
"""Organisations by their names ("the Harbour Poll"), artefacts as common nouns."""

MEASUREMENTS = frozenset(
    "poll polls polling survey surveys study studies data figures statistics analysis research findings estimate "
    "estimates projection projections forecast forecasts calculation calculations count tally average affidavit "
    "records report reports numbers information database".split()
)
"""Artefacts that stand for whoever made them: "a poll by X", "an X poll"."""

UNNAMED_BODIES = POLLS | {"staff", "prosecutors", "forces"}
"""Nouns that leave a phrase common even after a name: "Lund prosecutors"."""

AGENCIES = frozenset(
    "Reuters AP AFP TASS Interfax Xinhua Bloomberg Sputnik RT BBC CNN CNBC NBC ABC CBS NPR PBS ITV Sky ARD ZDF DPA "
    "EFE ANSA NTB TT Kyodo KCNA Yonhap SANA IRNA Anadolu RIA Novosti".split()
)
"""Agencies and broadcasters of the world whose names do not show what they are."""

COMPANY_NAMES = frozenset(
    "company corporation corp inc ltd plc group firm airline airlines motors energy industries holdings chemicals "
    "pharmaceuticals systems technologies solutions mining steel oil gas petroleum airways railways foods logistics "
    "shipping software labs capital insurance mutual bikes lines securities analytics stores partners media "
    "bank healthcare".split()
)
"""Words of a name that "the company" may take up again, where other nouns of organisations may not."""

MEDIA = frozenset(
    "News Times Post Journal Herald Tribune Gazette Chronicle Guardian Observer Telegraph Mail Mirror Press Radio TV "
    "Television Today Daily Weekly Magazine Courier Dispatch Register Globe Star Sentinel Inquirer Examiner Echo "
    "Agency Broadcasting Monitor Review Bulletin Independent Standard Mercury Argus Ledger Reporter Novosti Jazeera "
    "Politics Wire Newspaper Podcast Newsletter Blog Show Sun Record Express Files Journalism Morning".split()
)
"""Words in the names of outlets."""
