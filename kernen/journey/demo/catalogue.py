"""The catalogue of measures: built from what the initiatives measure; owners and minutes are made
up. Two have a second version, one is withdrawn and one is proposed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kernen.initiatives.models import Dimension
from kernen.lib.periods import normalise
from kernen.measures.catalogue import actions
from kernen.measures.catalogue.proposing import actions as proposing
from kernen.measures.catalogue.using import actions as using
from kernen.measures.models import Measure, SharedMeasure

from . import region
from .task_force import COPD
from .who import BISPEBJERG, LEAD, MIDT, REGION, Who

HEALTH, EXPERIENCE, COST = Dimension
PROCESS, DOWN = Measure.Kind.PROCESS, Measure.Direction.DOWN
VALUES = Measure.Figures.VALUES
WEEK, QUARTER = Measure.Frequency.WEEK, Measure.Frequency.QUARTER
HOSPITAL, MUNICIPALITY, PRACTICE = "for_hospital", "for_municipality", "for_general_practice"

FMK, FOLLOW_UP = "Udskrevne med ajourført FMK", "Opfølgning inden for to hverdage"
WAITING_DAYS, READMITTED = "Ventedage for færdigbehandlede", "Akut genindlagte inden for 30 dage"
TOBS, REHABILITATION = (
    "Borgere scoret med TOBS ved ændret tilstand",
    "Borgere, der gennemfører rehabiliteringen",
)
REFERRALS, PLANS = "Henvisninger til rygestop", "Plejeforløbsplaner sendt til tiden"


@dataclass(frozen=True)
class Shared:
    """A shared measure's first version; `fields` are those of `SharedVersion`."""

    name: str
    owner: str
    purpose: str
    sectors: tuple[str, ...]
    burden: int
    fields: dict[str, Any] = field(default_factory=dict)


SHARED = [
    Shared(
        FMK,
        BISPEBJERG,
        "Kan den næste, der giver eller udskriver medicin, stole på medicinkortet?",
        (HOSPITAL,),
        20,
        {
            "kind": PROCESS,
            "dimension": HEALTH,
            "frequency": WEEK,
            "numerator": "Udskrevne, hvis FMK er ajourført senest to timer efter udskrivelsen",
            "denominator": "Alle udskrevne i ugen",
            "counted": "Patienter, der udskrives til eget hjem; døde og overflyttede tæller ikke",
            "source": "Udtræk fra den elektroniske patientjournal",
        },
    ),
    Shared(
        WAITING_DAYS,
        REGION,
        "Hvor mange dage venter borgere på hospitalet, efter at de er klar til at komme videre?",
        (HOSPITAL, MUNICIPALITY),
        30,
        {
            "dimension": COST,
            "figures": VALUES,
            "unit": "dage",
            "direction": DOWN,
            "counted": (
                "Dage fra færdigbehandling til udskrivelse, lagt sammen for måneden, for borgere "
                "på 65 år og derover"
            ),
            "source": "Udtræk fra den elektroniske patientjournal og kommunens visitation",
        },
    ),
    Shared(
        READMITTED,
        REGION,
        "Holder udskrivelsen, eller må borgeren tilbage?",
        (HOSPITAL, MUNICIPALITY),
        15,
        {
            "dimension": HEALTH,
            "direction": DOWN,
            "numerator": "Udskrevne, der bliver akut indlagt igen inden for 30 dage",
            "denominator": "Udskrevne i måneden",
            "counted": "Borgere på 65 år og derover; planlagte indlæggelser tæller ikke",
            "source": "Landspatientregisteret",
        },
    ),
    Shared(
        FOLLOW_UP,
        REGION,
        "Er der nogen, der følger op, mens de første dage hjemme er usikre?",
        (MUNICIPALITY, PRACTICE),
        25,
        {
            "kind": PROCESS,
            "dimension": EXPERIENCE,
            "numerator": "Udskrevne, der er ringet op eller besøgt inden for to hverdage",
            "denominator": "Udskrevne i måneden, som kommunen eller egen læge følger",
            "counted": "Borgere på 65 år og derover og borgere med en kronisk sygdom",
            "source": "Omsorgsjournal eller lægesystem",
        },
    ),
    Shared(
        TOBS,
        REGION,
        "Bliver begyndende sygdom set samme dag?",
        (MUNICIPALITY,),
        10,
        {
            "kind": PROCESS,
            "dimension": HEALTH,
            "numerator": "Borgere, der er scoret samme dag",
            "denominator": "Borgere med en ændret tilstand i måneden",
            "counted": "Borgere i hjemmeplejen",
            "source": "Kommunens omsorgsjournal",
        },
    ),
    Shared(
        REHABILITATION,
        REGION,
        "Når de, der begynder efter hjertesygdom, helt igennem?",
        (MUNICIPALITY,),
        10,
        {
            "dimension": HEALTH,
            "frequency": QUARTER,
            "numerator": "Borgere, der gennemfører forløbet",
            "denominator": "Borgere, der begynder på forløbet i kvartalet",
            "counted": "Forløb i kommunen",
            "source": "Hjerterehabiliteringsdatabasen",
        },
    ),
    Shared(
        REFERRALS,
        REGION,
        "Får de, der ryger, tilbuddet, uanset hvem de møder?",
        (HOSPITAL, PRACTICE),
        5,
        {
            "kind": PROCESS,
            "dimension": HEALTH,
            "figures": VALUES,
            "unit": "henvisninger",
            "counted": "Henvisninger til rygestop i kommunen",
            "source": "Henvisningssystemet",
        },
    ),
    Shared(
        PLANS,
        BISPEBJERG,
        "Ved kommunen i tide, hvad borgeren har brug for?",
        (HOSPITAL,),
        5,
        {
            "kind": PROCESS,
            "dimension": COST,
            "numerator": "Plejeforløbsplaner, der er sendt inden for fristen",
            "denominator": "Plejeforløbsplaner i måneden",
            "source": "MedCom-beskeder",
        },
    ),
    Shared(
        "Udskrevet til eget hjem",
        REGION,
        "Kommer borgeren hjem efter et ophold på et rehabiliteringscenter?",
        (MUNICIPALITY,),
        5,
        {
            "dimension": EXPERIENCE,
            "numerator": "Borgere, der udskrives fra centeret til eget hjem",
            "denominator": "Borgere, der udskrives fra centeret i måneden",
        },
    ),
    Shared(
        "Forgæves ambulante tider",
        REGION,
        "Hvor mange tider går tabt, fordi den, der skulle komme, er indlagt?",
        (HOSPITAL,),
        10,
        {
            "kind": PROCESS,
            "dimension": COST,
            "figures": VALUES,
            "unit": "tider",
            "direction": DOWN,
            "counted": "Ambulante tider, der går tabt, fordi borgeren er indlagt",
        },
    ),
    Shared(
        "Ventende den første mandag i måneden",
        REGION,
        "Hvor mange venter på hospitalet på en kommunal plads?",
        (HOSPITAL,),
        10,
        {
            "dimension": COST,
            "figures": VALUES,
            "unit": "borgere",
            "direction": DOWN,
            "counted": "Færdigbehandlede borgere, der ligger på hospitalet den dag kl. 8",
        },
    ),
]
_PUBLISHED, _WITHDRAWN = date(2014, 1, 6), date(2019, 3, 4)
_PHONE = "Et opkald tæller kun, når borgeren selv eller en pårørende har svaret."
_HOME_OR_HOME = (
    "Patienter, der udskrives til eget hjem eller et plejehjem; døde og overflyttede tæller ikke"
)
_HOMES = "Patienter, der udskrives til et plejehjem, tæller nu også med."


def publish(who: Who) -> dict[str, SharedMeasure]:
    """The first versions, before anybody measures by them."""
    made = {}
    for one in SHARED:
        by = who.people["Louise Fuglevig" if one.owner == BISPEBJERG else "Camilla Strandby"]
        meant = {"purpose": one.purpose, "burden": one.burden} | dict.fromkeys(one.sectors, True)
        made[one.name] = actions.publish_shared(
            name=one.name,
            owner=who.organisations[one.owner],
            by=by,
            at=_at(_PUBLISHED),
            **meant,
            **one.fields,
        )
    return made


def follow_on(shared: dict[str, SharedMeasure], who: Who) -> None:
    """New versions, which one team each has taken over; one is withdrawn, and one is proposed."""
    today = timezone.localdate()
    weeks, months = today - timedelta(weeks=26), today - timedelta(days=120)
    fmk = {"counted": _HOME_OR_HOME}
    _version(shared[FMK], normalise(weeks, "week"), _HOMES, who.people["Louise Fuglevig"], fmk)
    phone = {"numerator": "Udskrevne, der er talt med eller besøgt inden for to hverdage"}
    by = who.people["Camilla Strandby"]
    _version(shared[FOLLOW_UP], normalise(months, "month"), _PHONE, by, phone)
    for title, name in ((region.MEDICINE_BAG, FMK), (region.HOME_VISITS, FOLLOW_UP)):
        measure = Measure.objects.get(initiative__title=title, name=name)
        newest = shared[name].newest()
        using.take_over(
            measure=measure,
            version=newest,
            since=newest.since,
            by=who.people["Inge Bakkedal"],
            at=newest.at + timedelta(days=3),
        )
    actions.withdraw_shared(
        shared=shared["Ventende den første mandag i måneden"],
        why="Én dag om måneden siger for lidt om, hvor længe borgerne venter.",
        replaced_by=shared[WAITING_DAYS],
        by=by,
        at=_at(_WITHDRAWN),
    )
    proposing.propose_shared(
        measure=Measure.objects.get(initiative__title=COPD, name="Ved, hvem de kan ringe til"),
        to=who.organisations[MIDT],
        purpose="Er borgeren tryg nok til at ringe, før det bliver til en indlæggelse?",
        burden=30,
        by=who.people[LEAD],
        at=timezone.now() - timedelta(days=6),
        **{HOSPITAL: True, MUNICIPALITY: True},
    )


def _version(
    shared: SharedMeasure, since: date, changed: str, by: Any, texts: dict[str, str]
) -> None:
    at = _at(since)
    actions.publish_version(
        shared=shared, changed=changed, comparable=False, since=since, by=by, at=at, **texts
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))
