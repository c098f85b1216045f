"""The clusters' and the Task Force's initiatives, as they stood at the beginning of 2015.

Money and state are those of the Task Force's paper of 20 January 2015."""

from datetime import date

from kernen.initiatives.models import Dimension, Initiative, Involvement, Link, TeamMember

from .told import Event, Joined, Note, Told
from .who import (
    CLUSTERS,
    COORDINATOR,
    FIRMS,
    LEAD,
    MIDT,
    PLO,
    REGION,
    VEST,
    municipalities,
)

HEALTH, EXPERIENCE, COST = Dimension
UPSTREAM, DOWNSTREAM = Initiative.Orientation
SUPPORTS = Involvement.Role.SUPPORTS

COPD = "KOL: færre indlæggelser gennem bedre dialog"
AIDS = "Hjælpemidler: bedre og billigere?"
MEDICINE = "Medicin på tværs af sektorer"
TELEMEDICINE = "Fælles servicecenter for telemedicin"
SHOULDER = "Et interaktivt skulderforløb"
MULTIMORBIDITY = "Multisygdom: egen læge med på konferencen"
SET_FREE = "Slip sundheden fri"
HIP = "Et hofteforløb efter skulderforløbets model"

_STATUS = date(2015, 1, 20)  # the day of the Task Force's paper

TOLD = [
    # Testing: the pre-study is done, and money is given to test actions in 2015.
    Told(
        title=COPD,
        problem=(
            "Klyngen har sat meget i gang, og alligevel bliver mennesker med KOL stadig indlagt, "
            "hvor det kunne være undgået. Forundersøgelsen fandt en af grundene: Personalet "
            "ser udskrivelsen som øjeblikket, hvor det vigtige bliver sagt. Patienten husker "
            "ventetiden, usikkerheden og lysten til at komme hjem."
        ),
        purpose=(
            "Man skal komme hjem og vide, hvad man selv kan gøre, og hvem man kan ringe til, når "
            "vejrtrækningen driller. Derfor begynder vi med at spørge, hvad patienten kan bruge, "
            "og giver beskeden på den måde og på det tidspunkt."
        ),
        target_group="Borgere med KOL, der har forløb i både hospital, kommune og almen praksis",
        citizens=(
            "Forundersøgelsen bygger på, hvad patienterne selv fortalte om deres udskrivelse: "
            "hvad de fik at vide, og om de kunne bruge det til noget."
        ),
        lead=LEAD,
        coordinator=COORDINATOR,
        organisations=[*CLUSTERS["Midtklyngen"], PLO],
        cluster="Midtklyngen",
        registered=date(2014, 2, 3),
        goals={
            HEALTH: "Færre forebyggelige indlæggelser blandt mennesker med KOL.",
            EXPERIENCE: "Patienten kan bruge det, der bliver sagt, og er tryg ved at være hjemme.",
            COST: "Færre sengedage, uden at regningen blot flytter til kommunen.",
        },
        team=[("Hanne Elverdam", TeamMember.Role.ADVISOR)],
        history=[
            Event(
                date(2014, 3, 3),
                "start_pre_study",
                "Task Force har bedt klyngerne om nye svar på problemer, som ingen har løst.",
            ),
            Note(
                date(2014, 11, 24),
                "Forundersøgelsen er færdig. Den peger på fire områder: en bedre udskrivning, at "
                "bevare gnisten, en tidlig indsats og tryghed i hjemmet.",
            ),
            Joined(_STATUS, REGION, SUPPORTS),
            Note(
                _STATUS,
                "Task Force giver 1,0 mio. kr. i 2015 til prøvehandlinger på to af de fire "
                "områder: udskrivningen og trygheden i hjemmet.",
            ),
            Event(
                date(2015, 2, 2),
                "start_testing",
                "Prøvehandlingerne går i gang. De to andre områder venter.",
            ),
        ],
    ),
    # Stopped: the question went on to an audit analysis by an outside firm, so the cluster's own
    # work ended on purpose. What was learned is our reading, and the entry says so.
    Told(
        title=AIDS,
        problem=(
            "Hospitalet låner behandlingsredskaber ud. Kommunen låner hjælpemidler og "
            "træningsredskaber ud. Ansvaret er delt, og det er pengene også. Borgeren kan ikke "
            "se forskellen, men mærker den, når noget skal skaffes, skiftes eller afleveres."
        ),
        purpose=(
            "Kan borgeren få bedre service, og kan den samlede regning samtidig blive mindre, "
            "hvis opgaven løses under ét? Det skulle undersøges, før nogen prøvede noget af."
        ),
        target_group="Borgere, der låner hjælpemidler, trænings- eller behandlingsredskaber",
        orientation=DOWNSTREAM,
        lead="Rasmus Klitbjerg",
        coordinator="Ole Ravnsgaard",
        organisations=CLUSTERS["Vestklyngen"],
        cluster="Vestklyngen",
        registered=date(2014, 2, 10),
        goals={
            EXPERIENCE: "Det rette hjælpemiddel, uden at man skal vide, hvem der betaler.",
            COST: "Lavere samlede udgifter til udlån.",
        },
        history=[
            Event(date(2014, 4, 1), "start_pre_study", "Analysen af området går i gang."),
            Event(
                date(2014, 12, 15),
                "stop",
                "Arbejdet er gået over i en revisionsanalyse ved et eksternt firma med rapport i "
                "foråret 2015. Det lærte vi: Når ansvar og penge er delt, rækker spørgsmålet "
                "længere end én klynge. Begynd med rapporten, hvis det tages op igen. (Læringen "
                "er vores læsning af kilden.)",
            ),
        ],
    ),
    # Pre-study: the problem is explored, and the test actions are still being shaped.
    Told(
        title=MEDICINE,
        problem=(
            "En stor del af de utilsigtede hændelser mellem hjem og hospital handler om medicin, "
            "og medicinen tager megen tid begge steder. Parterne har arbejdet med det hver for "
            "sig og sammen, men noget er stadig uløst."
        ),
        purpose=(
            "Arbejdet tager fat i det, borgeren selv vil vide: Kan jeg stole på, at jeg tager "
            "det rigtige, nu hvor jeg har været indlagt? Svaret skal blive til prøvehandlinger, "
            "som hospital, kommune og egen læge er fælles om."
        ),
        target_group="Borgere, der tager medicin og har været indlagt",
        lead="Gitte Ellemose",
        coordinator="Ditte Hedelund",
        organisations=[*CLUSTERS["Aarhusklyngen"], PLO],
        cluster="Aarhusklyngen",
        registered=date(2014, 2, 17),
        goals={
            HEALTH: "Færre fejl med medicin, når borgeren skifter mellem hjem og hospital.",
            EXPERIENCE: "Borgeren er sikker på, hvad der skal tages og hvornår.",
        },
        history=[
            Event(
                date(2014, 4, 7),
                "start_pre_study",
                "Klyngen undersøger, hvor det går galt, og hvad der allerede er prøvet.",
            ),
            Note(_STATUS, "Problemet er undersøgt. Forslag til prøvehandlinger er på vej."),
        ],
    ),
    # Testing: the pilot runs 2015–2017, and what came after it is not known.
    Told(
        title=TELEMEDICINE,
        problem=(
            "Telemedicin giver arbejde, der ikke er sundhedsfagligt: Udstyr skal bringes ud, "
            "sættes op, passes og hentes igen. Løser alle det hver for sig, bliver det dyrt, og "
            "den samme borger kan få udstyr og telefonnumre fra flere sider."
        ),
        purpose=(
            "Ét sted at henvende sig, når udstyret driller, for både borgere og personale. "
            "Centeret giver fire slags service. Sygeplejersken kan bruge tiden på sit fag, og "
            "man behøver ikke være god til teknik for at være med."
        ),
        target_group="Borgere, der bruger telemedicin, og personalet omkring dem",
        lead="Thomas Højsted",
        coordinator="Camilla Strandby",
        organisations=[REGION, *municipalities("Horsens", "Aarhus"), FIRMS],
        registered=date(2012, 10, 1),
        goals={
            HEALTH: "Flere kan følges hjemmefra, fordi udstyret virker.",
            EXPERIENCE: "Én indgang til hjælp, uanset hvem udstyret kommer fra.",
            COST: "Stordrift gør telemedicin billigere, også når den går i drift.",
        },
        team=[("Søren Dambjerg", TeamMember.Role.ECONOMIST)],
        history=[
            Event(
                date(2013, 2, 4),
                "start_pre_study",
                "Konceptet udvikles sammen med private virksomheder og med støtte fra Task Force.",
            ),
            Note(
                _STATUS,
                "Regionen afsætter 7,0 mio. kr. af Task Force-midlerne til en pilot i 2015–2017 "
                "og venter, at kommunerne er med til at betale.",
            ),
            Event(date(2015, 3, 2), "start_testing", "Piloten af centeret begynder."),
        ],
    ),
    # Operation: handed over from testing without a decision to spread, since the paper says that
    # it is being consolidated as ordinary operation.
    Told(
        title=SHOULDER,
        problem=(
            "Ondt i skulderen kan blive et varigt problem, hvis der går for længe, før man ved, "
            "hvad der er galt. Borger, arbejdsplads, kommune, egen læge og hospital ved hver sin "
            "del, men delene bliver sjældent lagt sammen i tide."
        ),
        purpose=(
            "Man kan komme til åbent hus og blive undersøgt tidligt, og noget af indsatsen "
            "foregår på arbejdspladsen, hvor skulderen bliver belastet. De, der ellers møder "
            "borgeren efter hinanden, bruger deres viden på samme tid."
        ),
        target_group="Borgere, der risikerer varige problemer med skulderen",
        citizens=(
            "Borgernes egen viden og egne kræfter tæller med i forløbet. Om de også har været "
            "med til at udforme det, fremgår ikke af kilden."
        ),
        orientation=UPSTREAM,
        lead="Sofie Brandager",
        coordinator=COORDINATOR,
        organisations=CLUSTERS["Midtklyngen"],
        cluster="Midtklyngen",
        registered=date(2012, 11, 5),
        goals={
            HEALTH: "Færre får varige problemer med skulderen.",
            EXPERIENCE: "Man ved hurtigt, hvad der er galt, og hvad man selv kan gøre.",
            COST: "Færre sygedage og færre unødige henvisninger.",
        },
        history=[
            Event(
                date(2013, 4, 1),
                "start_testing",
                "Åbent hus og indsats på arbejdspladser prøves af.",
            ),
            Note(date(2013, 4, 1), "Task Force støtter projektet med 1,4 mio. kr."),
            Event(
                _STATUS,
                "hand_over",
                "Forløbet er på vej over i almindelig drift. Det skal også prøves på andre "
                "områder, fx hoften, og andre steder i regionen, og der arbejdes på at knytte "
                "forskning til.",
            ),
        ],
    ),
    # Reported in spring 2015; whether to go on was to be decided, and no answer is known.
    Told(
        title=MULTIMORBIDITY,
        problem=(
            "Den, der har flere sygdomme på én gang, har ofte også flere specialister, som hver "
            "ser sin del. Uden et samlet blik kan det ende med forkert medicin og forløb, der "
            "trækker i hver sin retning."
        ),
        purpose=(
            "Den praktiserende læge er med på video, når specialisterne taler om patienten. "
            "Specialviden bliver på hospitalet, men planen bliver lagt sammen med den læge, der "
            "kender hele mennesket."
        ),
        target_group="Patienter med flere samtidige sygdomme",
        orientation=DOWNSTREAM,
        lead="Anders Lindeborg",
        coordinator=COORDINATOR,
        organisations=[MIDT, PLO],
        cluster="Midtklyngen",
        registered=date(2013, 1, 14),
        goals={
            HEALTH: "Færre medicinfejl og færre forløb, der spænder ben for hinanden.",
            EXPERIENCE: "Én plan, som egen læge kender og kan forklare.",
            COST: "Færre undersøgelser og samtaler, der gentager hinanden.",
        },
        history=[
            Event(
                date(2013, 9, 2),
                "start_testing",
                "Diagnostisk Center i Silkeborg og praktiserende læger prøver flere måder at "
                "mødes om patienten på.",
            ),
            Note(date(2013, 9, 2), "Task Force støtter projektet med 450.000 kr."),
            # The proposal itself is made up and of this year, and moves the initiative on.
            Note(
                date(2015, 5, 18),
                "Rapporten er færdig. Nu skal det afgøres, om arbejdet skal fortsætte og udbredes.",
            ),
        ],
    ),
    # Testing, not stopped: the grant is used, but the consortium goes on with its own means.
    Told(
        title=SET_FREE,
        problem=(
            "Hospital, kommuner og almen praksis bliver styret og betalt hver for sig, og det "
            "trækker ikke altid samme vej. Bøvlet ender hos den borger, der skal igennem dem "
            "alle."
        ),
        purpose=(
            "Et hospital, to kommuner og de praktiserende læger prøver at lede sammen, som om "
            "grænserne imellem dem ikke fandtes: et konsortium uden nogen for bordenden. Det "
            "første, de bygger i fællesskab, er et geriatrisk team, der kører ud til borgeren."
        ),
        target_group="Ældre borgere med forløb i både hospital, kommune og almen praksis",
        lead="Rasmus Klitbjerg",
        coordinator="Ole Ravnsgaard",
        organisations=[VEST, *municipalities("Herning", "Holstebro"), PLO],
        cluster="Vestklyngen",
        registered=date(2012, 12, 3),
        goals={
            HEALTH: "Behandling og pleje hænger sammen hele vejen.",
            EXPERIENCE: "Mindre bøvl for borgeren.",
            COST: "Pengene bruges, hvor de samlet set gør mest gavn.",
        },
        history=[
            Event(
                date(2013, 2, 4),
                "start_pre_study",
                "Den første tid går med at finde ud af, hvor borgeren har mest bøvl.",
            ),
            Event(
                date(2014, 6, 2),
                "start_testing",
                "Konsortiet bygger et fælles geriatrisk mobilt team.",
            ),
            Note(
                _STATUS,
                "Task Force har givet omkring 1,5 mio. kr. Herfra fortsætter konsortiet for egne "
                "midler. Erfaringen indtil nu er, at det tager lang tid at blive enige om en "
                "fælles vision, når ingen har det sidste ord.",
            ),
        ],
    ),
    # An idea: scaling the shoulder pathway to the hip is named, but nothing is begun.
    Told(
        title=HIP,
        problem=(
            "Hvis tidlig hjælp kan forebygge varige problemer med skulderen, kan den måske også "
            "det med hoften."
        ),
        lead="Sofie Brandager",
        coordinator=COORDINATOR,
        organisations=[MIDT],
        cluster="Midtklyngen",
        registered=date(2015, 1, 26),
        links=[(Link.Kind.BUILDS_ON, SHOULDER)],
    ),
]
