"""Fora that meet, propose and decide: what the sources tell of two decisions, and one that waits.

The sources say that it was decided and why; who met when and who answered what is made up, and the
texts say so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kernen.decisions import actions, rules
from kernen.decisions.answering import actions as answering
from kernen.decisions.models import Endorsement, Proposal
from kernen.initiatives.models import Initiative
from kernen.parties.models import Forum, Person

from .elsewhere import FMK
from .region import HEART, HOME_VISITS, MEDICINE_BAG, TOBS
from .task_force import MULTIMORBIDITY
from .who import (
    ADMINISTRATOR,
    CLUSTERS,
    COORDINATOR,
    LEADERS,
    MIDT,
    PLO,
    REGION_STEERING,
    SECRETARY,
    THEME,
    Who,
)

MADE_UP = "Eksempeldata:"
REASON = f"{MADE_UP} Papirerne fra dengang siger ikke mere."
WHERE = "Regionshuset Viborg"


#: Who answers what, in which words, and puts in how many kroner and hours a week.
Answers = Iterable[tuple[str, str, str, Decimal | None, Decimal | None]]


@dataclass(frozen=True)
class Decided:
    """A proposal of an earlier year and what was decided on it, in the words of the sources."""

    title: str
    lead: str
    submitted: date
    met: date
    grounds: str
    words: dict[str, Any]
    recommended: str = ""
    again: date | None = None
    reason: str = REASON
    forum: str = REGION_STEERING
    secretary: str = SECRETARY
    place: str = WHERE
    clusters: Iterable[str] = tuple(CLUSTERS)
    how: dict[str, Any] = field(default_factory=dict)  # what it decides, if not simply to spread
    stances: dict[str, tuple[str, str]] = field(default_factory=dict)  # of those who differ
    answers: Answers = ()


DECIDED = [
    Decided(
        title=HEART,
        lead="Peter Markdal",
        submitted=date(2017, 10, 2),
        met=date(2018, 3, 1),
        grounds="Omlægningen skal ske i hele regionen, så tilbuddet ikke afhænger af adressen.",
        words={
            "why": (
                "De fleste kan få alt det, der ikke handler om medicin, tæt på deres hverdag. "
                "Hospitalet har stadig lægeansvaret."
            ),
            "citizens": (
                f"{MADE_UP} Deltagerne har lettere ved at komme, når holdet er i deres egen "
                "kommune. Nogle savner at møde en læge undervejs."
            ),
            "connection": (
                "Det bygger på den nationale retningslinje og afløser hold på hospitalet."
            ),
        },
        stances={
            "Lemvig Kommune": (
                "dissent",
                f"{MADE_UP} Vi går med, men vi er få om at løfte opgaven og vil gerne se på "
                "økonomien igen om to år.",
            )
        },
        again=date(2020, 3, 2),
    ),
    Decided(
        title=TOBS,
        lead="Karen Lyngholm",
        submitted=date(2018, 11, 5),
        met=date(2019, 10, 1),
        grounds=(
            "Besluttet under sundhedsaftalen og derfor forpligtende: Alle kommuner og hospitaler "
            "indfører TOBS."
        ),
        words={
            "why": (
                "Forslag om, at hele regionen bruger det samme skema, så hjemmepleje, egen læge "
                "og hospital taler om det samme."
            ),
            "support": "Skemaet er prøvet af i én klynge, og alle parter i aftalen er med.",
        },
        recommended=(
            f"{MADE_UP} Temagruppen anbefaler, at skemaet er ens overalt, og at hvert sted selv "
            "vælger, hvordan arbejdet bliver lagt til rette."
        ),
        again=date(2021, 10, 1),
    ),
]

#: How the organisations of Midtklyngen answer what waits: answer, words, kroner, hours a week.
ANSWERS = [
    ("Viborg Kommune", "yes", "", None, Decimal(2)),
    (
        "Silkeborg Kommune",
        "yes_if",
        f"{MADE_UP} Ja, hvis planen også når hjemmeplejen samme dag.",
        None,
        Decimal(2),
    ),
]
#: The same after a new version that meets the condition.
LATER = [
    (MIDT, "yes", f"{MADE_UP} Vi sætter tid af til konferencerne.", Decimal(150_000), Decimal(6)),
    (PLO, "yes", f"{MADE_UP} Video skal kunne foregå fra lægens eget system.", None, None),
]
#: Skive's answer is asked for by e-mail, of somebody who is not in the register.
ASKED = ("Mette Krogsgaard", "Konstitueret sundhedschef, Skive Kommune")
WAITS: dict[str, Any] = {
    "why": (
        "Patienter med flere sygdomme får én plan, som egen læge kender og kan forklare. "
        "Specialviden bliver på hospitalet."
    ),
    "will": f"{MADE_UP} Hospitalet har sat tid af, og to kommuner vil gerne være med.",
    "support": "Diagnostisk Center i Silkeborg og praktiserende læger har prøvet det sammen.",
    "connection": "Det kan afløse brevene mellem hospital og læge om de samme patienter.",
}


#: What spreads on own initiative to one cluster more: what it says, and the answers of
#: Midtklyngen's. In the last one municipality says no; the others are taken in one block.
SMALL: list[tuple[str, str, Answers]] = [
    (
        MEDICINE_BAG,
        "Medicinen følger med, når borgeren flytter mellem hjem og hospital.",
        [
            ("Viborg Kommune", "yes", "", None, None),
            ("Silkeborg Kommune", "yes", "", None, Decimal(1)),
            ("Skive Kommune", "yes", "", None, None),
            (MIDT, "yes", "", Decimal(20_000), None),
            (PLO, "yes", "", None, None),
        ],
    ),
    (
        FMK,
        "Hjemmeplejen og egen læge kan stole på medicinkortet, når borgeren er hjemme igen.",
        [
            ("Viborg Kommune", "yes", "", None, None),
            ("Silkeborg Kommune", "yes", "", None, None),
            ("Skive Kommune", "yes", "", None, None),
            (MIDT, "yes", f"{MADE_UP} Ortopædkirurgien begynder.", None, Decimal("2.5")),
            (PLO, "yes", "", None, None),
        ],
    ),
    (
        HOME_VISITS,
        "Egen læge og kommunens sygeplejerske får aftalerne til at passe med hverdagen.",
        [
            ("Viborg Kommune", "yes", "", None, Decimal(3)),
            ("Silkeborg Kommune", "yes", "", None, Decimal(3)),
            (
                "Skive Kommune",
                "no",
                f"{MADE_UP} Vi mangler sygeplejersker og vil ikke love besøg, vi ikke kan holde.",
                None,
                None,
            ),
            (MIDT, "yes", "", None, None),
            (PLO, "yes", f"{MADE_UP} Besøgene skal kunne aftales i god tid.", None, None),
        ],
    ),
]
BLOCK = (MEDICINE_BAG, FMK)


def enter_history(entered: dict[str, Initiative], who: Who) -> None:
    """Before the figures are loaded: a version that is frozen knows those of its own day, and none
    had come in."""
    for told in DECIDED:
        as_it_went(told, entered[told.title], who)


def enter(entered: dict[str, Initiative], who: Who) -> None:
    _waits(entered[MULTIMORBIDITY], who)
    for title, why, said in SMALL:
        _small(entered[title], why, said, who)
    _meetings_to_come(who)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def as_it_went(told: Decided, initiative: Initiative, who: Who) -> None:
    """Submitted, recommended on, answered, put on an agenda, decided."""
    decides, lead = Forum.objects.get(name=told.forum), who.people[told.lead]
    secretary, begun = who.people[told.secretary], _at(told.submitted, 10)
    forum = Forum.objects.get(name=THEME) if told.recommended else decides
    proposal = actions.draft(
        initiative=initiative,
        forum=forum,
        clusters=[who.clusters[name] for name in told.clusters],
        by=lead,
        at=begun,
    )
    proposal = actions.write(proposal=proposal, by=lead, at=begun, **told.words)
    actions.submit(proposal=proposal, reason=told.reason, by=lead, at=_at(told.submitted, 11))
    before = _at(told.met - (told.met - told.submitted) / 6, 10)
    if told.recommended:
        words = told.recommended
        actions.recommend(proposal=proposal, forum=forum, words=words, by=secretary, at=before)
        actions.forward(proposal=proposal, to=decides, by=secretary, at=before)
        proposal.refresh_from_db()
    _answer(proposal, told.answers, who, told.submitted + timedelta(days=2))
    _taken(told, proposal, secretary, before)


def _taken(told: Decided, proposal: Proposal, secretary: Person, before: datetime) -> None:
    forum = proposal.forum
    meeting = actions.call_meeting(
        forum=forum,
        on=told.met,
        deadline=told.met - timedelta(days=14),
        place=told.place,
        by=secretary,
        at=before,
    )
    actions.put_on_agenda(meeting=meeting, proposal=proposal, by=secretary, at=before)
    decision = actions.decide(
        proposal=proposal,
        grounds=told.grounds,
        stances={
            seat.pk: told.stances.get(str(seat.organisation), ("yes", ""))
            for seat in rules.seats(forum, told.met)
        },
        met_on=told.met,
        look_again_on=told.again,
        by=secretary,
        at=_at(told.met, 14),
        **{"outcome": "spread"} | told.how,
    )
    actions.publish(decision=decision, shown=True, by=secretary, at=_at(told.met, 15))


def working_day(day: date) -> date:
    """That day, or the Monday after it where it falls in a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _ago(days: int) -> datetime:
    return _at(_days_ago(days), 10)


def _waits(initiative: Initiative, who: Who) -> None:
    """A proposal that lies with Midtklyngen's own group, with some of the answers."""
    lead = who.people["Anders Lindeborg"]
    proposal = actions.draft(
        initiative=initiative,
        forum=Forum.objects.get(name="Midtklyngens styregruppe"),
        clusters=[who.clusters["Midtklyngen"]],
        by=lead,
        at=_ago(30),
    )
    proposal = actions.write(proposal=proposal, by=lead, at=_ago(26), **WAITS)
    reason = f"{MADE_UP} Resten kommer, før gruppen mødes."
    actions.submit(proposal=proposal, reason=reason, by=lead, at=_ago(24))
    given = _answer(proposal, ANSWERS, who, _days_ago(20))
    actions.submit(
        proposal=proposal,
        reason=reason,
        changes=f"{MADE_UP} Hjemmeplejen får planen samme dag.",
        meets=[one.pk for one in given if one.answer == Endorsement.Answer.YES_IF],
        by=lead,
        at=_ago(12),
    )
    _answer(proposal, LATER, who, _days_ago(8))
    answering.ask(
        proposal=proposal,
        organisation=who.organisations["Skive Kommune"],
        name=ASKED[0],
        title=ASKED[1],
        email="skive@eksempel.dk",
        by=who.people[ADMINISTRATOR],
    )


def _small(initiative: Initiative, why: str, said: Answers, who: Who) -> None:
    lead = initiative.leads()[0].person
    proposal = actions.draft(
        initiative=initiative,
        forum=Forum.objects.get(name="Midtklyngens styregruppe"),
        clusters=[who.clusters["Midtklyngen"]],
        by=lead,
        at=_ago(22),
    )
    proposal = actions.write(proposal=proposal, by=lead, at=_ago(22), why=why)
    reason = f"{MADE_UP} Det er tilpasset ét sted og skal tilpasses her; mere er der ikke at sige."
    actions.submit(proposal=proposal, reason=reason, by=lead, at=_ago(21))
    _answer(proposal, said, who, _days_ago(18))


def _answer(proposal: Proposal, said: Answers, who: Who, first: date) -> list[Endorsement]:
    """One a day, the first on that day."""
    return [
        actions.endorse(
            proposal=proposal,
            organisation=who.organisations[name],
            answer=answer,
            words=words,
            money=money,
            hours=hours,
            by=who.people[LEADERS[name]],
            at=_at(first + timedelta(days=number), 10),
        )
        for number, (name, answer, words, money, hours) in enumerate(said)
    ]


def _meetings_to_come(who: Who) -> None:
    """Midtklyngen's group and the region's meet; what is due to be looked at again comes there by
    itself."""
    today = timezone.localdate()
    for name, by, days, place in (
        ("Midtklyngens styregruppe", COORDINATOR, 16, "Silkeborg, mødelokale 2"),
        (REGION_STEERING, SECRETARY, 25, WHERE),
        (THEME, SECRETARY, 11, "Video"),
    ):
        forum, day = Forum.objects.get(name=name), working_day(today + timedelta(days=days))
        secretary, at = who.people[by], _ago(7)
        meeting = actions.call_meeting(
            forum=forum, on=day, deadline=day - timedelta(days=7), place=place, by=secretary, at=at
        )
        for proposal in Proposal.objects.open().filter(forum=forum).order_by("submitted_at"):
            actions.put_on_agenda(
                meeting=meeting,
                proposal=proposal,
                in_block=proposal.initiative.title in BLOCK,
                by=secretary,
                at=at,
            )
