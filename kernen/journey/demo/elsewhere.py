"""Initiatives from the north of Jutland and from Copenhagen."""

from datetime import date

from kernen.initiatives.models import Dimension, Initiative, Link, TeamMember

from .region import TOBS
from .task_force import MEDICINE
from .told import YEARS, Event, Joined, Note, Told
from .who import AALBORG, BISPEBJERG, COPENHAGEN, NORTH, PLO_NORTH

HEALTH, EXPERIENCE, COST = Dimension
UPSTREAM, DOWNSTREAM = Initiative.Orientation
PART_OF, RELATED = Link.Kind.PART_OF, Link.Kind.RELATED

DRY = "Tæt og tør: børn og unge med inkontinens"
WAITING = "Færre ventedage for udskrevne på 65 år og derover"
FMK = "FMK er ajour ved udskrivelsen"
TOBS_AT_CENTRE = "TOBS på rehabiliteringscenteret"
RECEPTION = "Den gode modtagelse på rehabiliteringscenteret"
INFECTIONS = "Færre urinvejsinfektioner hos ældre"

_CENTRE = "Borgere på rehabiliteringscenteret"

TOLD = [
    # Operation: the project's work goes on in an operations circle.
    Told(
        title=DRY,
        problem=(
            "Hospitalet fik for mange børn henvist, som ikke havde brug for specialiseret "
            "behandling. I 2019 havde 20 % af børnene i indskolingen og 4,5 % af de unge i "
            "7. klasse problemer med urin eller afføring. Mange kunne være hjulpet længe før, "
            "men alle ventede og så tiden an."
        ),
        purpose=(
            "Børn og forældre skal have hjælp, før det bliver til en sygdom. På et fælles "
            "vidensted finder forældre råd, der passer til barnets alder, og sundhedsplejen, egen "
            "læge og dagtilbud lærer at handle i stedet for at vente."
        ),
        target_group="Børn og unge fra 1½ år og opefter og deres forældre",
        citizens=(
            "15 forældre fortalte i interview, hvad de havde været igennem. Deres fortællinger "
            "var med til at flytte blikket fra behandling til forebyggelse."
        ),
        orientation=UPSTREAM,
        lead="Marianne Skovbæk",
        coordinator="Jesper Nørrevang",
        organisations=["Aalborg Kommune", AALBORG, NORTH],
        registered=date(2019, 9, 2),
        dating=YEARS,
        goals={
            HEALTH: "Færre børn og unge har problemer med at holde sig tætte og tørre.",
            EXPERIENCE: "Forældre finder svar, når de har brug for det, uden at vente.",
            COST: "Hospitalets tid går til de børn, der har brug for netop den.",
        },
        team=[("Bo Tingsted", TeamMember.Role.ADVISOR)],
        history=[
            Event(
                date(2019, 11, 4),
                "start_pre_study",
                "Det første svar var mere behandling, blot et andet sted: en app og opgaver, der "
                "skulle flytte ud af hospitalet.",
            ),
            Joined(date(2020, 6, 1), PLO_NORTH),
            Note(
                date(2020, 6, 1),
                "Mødet med sundhedspleje, egen læge, dagtilbud, skole og forældre vendte "
                "billedet. Viljen var der, men ingen havde til opgave at gribe ind tidligt.",
            ),
            Event(
                date(2021, 3, 1),
                "start_testing",
                "Vejledning til fire aldersgrupper: 1½–2, 3–4, 5–10 og 11 år og opefter. "
                "Sundhedsplejersker, praktiserende læger og dagtilbud bliver klædt på, og de kan "
                "spørge hospitalet til råds.",
            ),
            Event(
                date(2025, 10, 1),
                "hand_over",
                "En driftscirkel på tværs af hospital, kommune og almen praksis tager over.",
            ),
        ],
    ),
    # Testing: three years of figures and a model, but neither a decision to spread it nor a
    # hand-over is told of.
    Told(
        title=WAITING,
        problem=(
            "Ældre borgere var færdige på hospitalet, men ventede på en plads på kommunens "
            "rehabiliteringscenter. Dage i en hospitalsseng koster kræfter, og sengen mangler "
            "til en anden."
        ),
        purpose=(
            "Den, der er klar, skal videre samme dag og hjem, så snart det kan lade sig gøre. "
            "Hospital og kommune fordeler pladserne i fællesskab, ser på hver borger hver dag og "
            "sørger for, at planer og medicin er på plads, når borgeren flytter."
        ),
        target_group="Borgere på 65 år og derover, der udskrives til rehabiliteringscenteret",
        orientation=DOWNSTREAM,
        lead="Niels Havnsø",
        coordinator="Louise Fuglevig",
        organisations=[BISPEBJERG, COPENHAGEN],
        registered=date(2015, 11, 2),
        goals={
            HEALTH: "Færre indlæggelser.",
            EXPERIENCE: "Flere bliver udskrevet til deres eget hjem.",
            COST: "Færre ventedage på hospitalet og kortere ophold på rehabiliteringscenteret.",
        },
        history=[
            Event(
                date(2016, 1, 4),
                "start_testing",
                "Ventedagene tælles fra januar 2016, så det kan ses, om ændringerne virker.",
            ),
            Note(
                date(2018, 12, 17),
                "Arbejdet er blevet til en fælles model. Den følger blandt andet ventedage, "
                "kapacitetskonferencer, den daglige gennemgang, planer og rapporter til tiden, "
                "patienter, der ikke er klar til udskrivelse, genindlæggelser, FMK, "
                "dosispakket medicin, forgæves ambulante tider og modtagelsen på centeret.",
            ),
        ],
    ),
    # Testing: followed week by week until the 47th of 2018; what came after is not told.
    Told(
        title=FMK,
        problem=(
            "Er det fælles medicinkort ikke rettet til, når patienten tager hjem, arbejder "
            "hjemmeplejen og egen læge efter en gammel liste."
        ),
        purpose=(
            "Medicinkortet er ajour senest to timer efter udskrivelsen. Så kan den næste, der "
            "giver eller udskriver medicin, stole på det."
        ),
        target_group="Patienter, der udskrives fra Ortopædkirurgisk Afdeling M",
        lead="Ida Grønvold",
        coordinator="Louise Fuglevig",
        organisations=[BISPEBJERG],
        registered=date(2018, 3, 19),
        goals={HEALTH: "Færre fejl med medicin efter udskrivelsen."},
        history=[
            Event(date(2018, 4, 2), "start_testing", "Afdelingen følger sine tal uge for uge."),
            Note(
                date(2018, 11, 26),
                "Uge 47: 128 af 133 udskrevne havde et ajourført medicinkort.",
            ),
        ],
        links=[(PART_OF, WAITING), (RELATED, MEDICINE)],
    ),
    # Three small parts of the model above. They are named there as being worked on and measured.
    Told(
        title=TOBS_AT_CENTRE,
        problem="Borgere kan blive syge igen, mens de er på centeret. Tegnene skal ses i tide.",
        purpose="Personalet scorer med TOBS og reagerer, før borgeren må tilbage på hospitalet.",
        target_group=_CENTRE,
        orientation=UPSTREAM,
        lead="Yasmin Karlby",
        coordinator="Louise Fuglevig",
        organisations=[COPENHAGEN, BISPEBJERG],
        registered=date(2018, 3, 5),
        dating=YEARS,
        history=[Event(date(2018, 4, 30), "start_testing")],
        links=[(PART_OF, WAITING), (RELATED, TOBS)],
    ),
    Told(
        title=RECEPTION,
        problem="De første timer på et nyt sted kan være utrygge, og vigtig viden kan gå tabt.",
        target_group=_CENTRE,
        lead="Yasmin Karlby",
        coordinator="Louise Fuglevig",
        organisations=[COPENHAGEN, BISPEBJERG],
        registered=date(2017, 8, 21),
        dating=YEARS,
        history=[Event(date(2017, 10, 2), "start_testing")],
        links=[(PART_OF, WAITING)],
    ),
    Told(
        title=INFECTIONS,
        problem="Urinvejsinfektioner svækker ældre og kan ende med en indlæggelse.",
        purpose="Infektionerne skal forebygges på rehabiliteringscenteret, ikke kun behandles.",
        target_group=_CENTRE,
        orientation=UPSTREAM,
        lead="Yasmin Karlby",
        coordinator="Louise Fuglevig",
        organisations=[COPENHAGEN, BISPEBJERG],
        registered=date(2017, 11, 6),
        dating=YEARS,
        history=[Event(date(2018, 1, 8), "start_testing")],
        links=[(PART_OF, WAITING)],
    ),
]
