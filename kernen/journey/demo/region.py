"""Initiatives of the whole region, most of them under the health agreement."""

from datetime import date

from kernen.initiatives.areas import PriorityArea
from kernen.initiatives.models import Dimension, Initiative, Link, TeamMember

from .task_force import MEDICINE
from .told import YEARS, Event, Joined, Note, Told
from .who import AGREEMENT, CLUSTERS, COORDINATOR, PLO, PRACTICES, REGION

HEALTH, EXPERIENCE, COST = Dimension
UPSTREAM, DOWNSTREAM = Initiative.Orientation
AGREED = Initiative.Origin.HEALTH_AGREEMENT

TOBS = "TOBS: tidlig opsporing af begyndende sygdom"
HEART = "Hjerterehabilitering fase 2 i kommunen"
SMOKING = "Systematisk henvisning til rygestop"
MEDICINE_BAG = "Medicinposen"
HOME_VISITS = "Opfølgende hjemmebesøg"
REGISTRATION = "Fælles valg om registrering på tværs af sektorer"

_MODEL = date(2020, 11, 9)  # the day of the paper on the model for spreading
_HEARING = date(2020, 9, 15)  # some time before it

TOLD = [
    # The first three are spreading, not in operation: the paper of November 2020 names them as
    # spread and being implemented in the whole region, and tells of no hand-over. How they were
    # decided on stands in `decided` and `ruled`.
    Told(
        title=TOBS,
        problem=(
            "Når en ældre borger er ved at blive syg, er tegnene ofte små: lidt mindre appetit, "
            "lidt mere træthed, en puls, der er hurtigere end i går. Lægger ingen dem sammen i "
            "tide, kan det ende med en indlæggelse, som kunne være undgået."
        ),
        purpose=(
            "Den, der kommer hos borgeren, samler det, hun ser og måler, til én score på et "
            "fælles skema. Scoren viser, hvornår der skal gøres noget. Fordi alle bruger samme "
            "skema, taler hjemmepleje, egen læge og hospital om det samme."
        ),
        target_group="Borgere, der får pleje i kommunen, og hvis tilstand ændrer sig",
        priority_area=PriorityArea.OLDER,
        orientation=UPSTREAM,
        origin=AGREED,
        lead="Karen Lyngholm",
        coordinator="Camilla Strandby",
        organisations=AGREEMENT,
        registered=date(2017, 2, 6),
        dating=YEARS,
        goals={
            HEALTH: "Sygdom bliver set så tidligt, at den kan behandles, hvor borgeren bor.",
            COST: "Færre indlæggelser, der kunne være forebygget.",
        },
        team=[("Hanne Elverdam", TeamMember.Role.ADVISOR)],
        history=[
            Event(date(2017, 5, 1), "start_testing", "Skemaet prøves først af i én klynge."),
            Note(
                _MODEL,
                "Spredningsmodellen bruger TOBS som eksempel. Kernen er scoreskemaet og ikke "
                "andet. Hvordan arbejdet bliver tilrettelagt, og hvilke hjælpeværktøjer man "
                "bruger, afgør man på stedet.",
            ),
        ],
    ),
    Told(
        title=HEART,
        problem=(
            "Efter hjertesygdom skal man i gang igen: træne, lægge vaner om og blive tryg ved "
            "sin krop. Foregår det hele på hospitalet, ligger hjælpen langt fra den hverdag, den "
            "skal virke i."
        ),
        purpose=(
            "De fleste får alt det, der ikke handler om medicin, i deres egen kommune. "
            "Hospitalet slipper dem ikke: Det har stadig lægeansvaret og arbejder tæt sammen med "
            "kommunen. Hvem tilbuddet er for, og hvor godt det skal være, følger den nationale "
            "retningslinje og afhænger ikke af adressen."
        ),
        target_group="Borgere i fase 2 af rehabiliteringen efter hjertesygdom",
        orientation=DOWNSTREAM,
        origin=AGREED,
        lead="Peter Markdal",
        coordinator="Camilla Strandby",
        organisations=AGREEMENT,
        registered=date(2016, 1, 11),
        dating=YEARS,
        goals={
            HEALTH: "Samme faglige kvalitet overalt, målt efter den nationale retningslinje.",
            EXPERIENCE: "Hjælpen er tæt på hverdagen, og alle giver de samme råd.",
        },
        history=[
            Event(
                date(2016, 4, 4),
                "start_testing",
                "En klynge lægger om: Kommunen står for det, der ikke handler om medicin.",
            ),
            Note(
                _MODEL,
                "I spredningsmodellen er kernen to ting: opgavedelingen mellem kommune og "
                "hospital og de faglige krav. Lægen afgør stadig, hvem der har så stor risiko, at "
                "forløbet hører til på hospitalet, og samspillet aftales lokalt.",
            ),
        ],
    ),
    Told(
        title=SMOKING,
        problem=(
            "Mange, der ryger, møder sundhedsvæsenet igen og igen, uden at nogen spørger, om de "
            "vil have hjælp til at holde op. Om man får tilbuddet, afhænger af, hvem man møder."
        ),
        purpose=(
            "Spørgsmålet bliver en fast del af mødet, og den, der siger ja, bliver henvist til "
            "rygestop i sin kommune med det samme. Ingen skal selv finde vej."
        ),
        target_group="Voksne, der ryger og er i kontakt med hospital eller almen praksis",
        priority_area=PriorityArea.PREVENTION,
        orientation=UPSTREAM,
        origin=AGREED,
        lead="Karen Lyngholm",
        coordinator="Camilla Strandby",
        organisations=AGREEMENT,
        registered=date(2017, 9, 4),
        dating=YEARS,
        goals={
            HEALTH: "Flere bliver røgfri.",
            COST: "Færre udgifter til sygdom, som rygning er skyld i.",
        },
        history=[
            Event(date(2018, 1, 8), "start_testing", "En klynge gør henvisningen til en rutine."),
            Note(
                _MODEL,
                "Fremhævet i spredningsmodellen som en god erfaring: først én klynge, så hele "
                "regionen.",
            ),
        ],
    ),
    # The next two are known only as common initiatives that had to be adapted where they were
    # taken in: so they are spreading. Nothing says that an agreement binds anyone to them. Only
    # the cluster that told of them stands as a party, and what is not told is left empty.
    Told(
        title=MEDICINE_BAG,
        problem=(
            "Medicinen skal følge med, når en borger flytter mellem hjem og hospital. Ellers kan "
            "den blive glemt eller givet to gange."
        ),
        purpose=(
            "Borgeren har sin medicin med i en pose, når han eller hun flytter mellem hjem og "
            "hospital, så den næste ser, hvad der bliver taget."
        ),
        target_group="Borgere, der tager medicin og bliver indlagt eller udskrevet",
        lead="Inge Bakkedal",
        coordinator="Trine Solbjerg",
        organisations=[REGION, *CLUSTERS["Horsensklyngen"], PLO],
        registered=date(2018, 1, 15),
        dating=YEARS,
        history=[
            Event(date(2018, 4, 9), "start_testing"),
            Event(date(2018, 11, 12), "submit"),
            Event(date(2019, 2, 4), "spread"),
            Note(
                _HEARING,
                "I høringen om spredningsmodellen nævner Horsensklyngen medicinposen: Den "
                "måtte tilpasses lokalt for at lykkes. Flere klynger har taget den ind; hvilke, "
                "mangler her.",
            ),
        ],
        links=[(Link.Kind.RELATED, MEDICINE)],
    ),
    Told(
        title=HOME_VISITS,
        problem=(
            "De første dage hjemme efter en indlæggelse er usikre: Medicinen er ændret, hjælpen "
            "skal i gang, og ingen har det hele for øje."
        ),
        purpose=(
            "Kort efter udskrivelsen mødes egen læge og kommunens sygeplejerske hjemme hos "
            "borgeren. Sammen ser de på, hvad hospitalet har aftalt, og får det til at passe med "
            "hverdagen."
        ),
        target_group="Borgere, der har brug for tæt opfølgning efter en indlæggelse",
        lead="Inge Bakkedal",
        coordinator="Trine Solbjerg",
        organisations=[REGION, *CLUSTERS["Horsensklyngen"], PLO],
        registered=date(2017, 3, 13),
        dating=YEARS,
        goals={EXPERIENCE: "Borgeren er tryg ved at være hjemme igen."},
        history=[
            Event(date(2017, 6, 12), "start_testing"),
            *(Joined(date(2018, 1, 8), practice) for practice in PRACTICES),
            Event(date(2018, 2, 5), "submit"),
            Event(date(2018, 5, 7), "spread"),
            Note(
                _HEARING,
                "I høringen om spredningsmodellen fortæller Horsensklyngen, at besøgene måtte "
                "tilpasses lokalt. Flere klynger har taget dem ind; hvilke, mangler her.",
            ),
        ],
    ),
    # An idea: raised by one cluster in the hearing of 2020.
    Told(
        title=REGISTRATION,
        problem=(
            "Sektorerne registrerer forskelligt. Derfor er det svært at vise, om en løsning "
            "virker, og hvad den koster og sparer, når den går på tværs."
        ),
        purpose=(
            "Parterne vælger sammen, hvad der bliver registreret og hvordan, så tal fra "
            "hospital, kommune og almen praksis kan lægges ved siden af hinanden."
        ),
        lead=COORDINATOR,
        coordinator=COORDINATOR,
        organisations=CLUSTERS["Midtklyngen"],
        cluster="Midtklyngen",
        registered=_HEARING,
        history=[
            Note(_HEARING, "Rejst af Midtklyngen i høringen om spredningsmodellen."),
        ],
    ),
]
