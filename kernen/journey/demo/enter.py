"""Enters what is told through the same actions as the pages use, on the day it happened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from kernen.documents import actions as filing
from kernen.documents.storing import stored
from kernen.initiatives import actions
from kernen.initiatives.duties import ask_idle
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.models import Initiative
from kernen.measures import actions as measuring
from kernen.measures.catalogue.using import actions as using
from kernen.measures.loading import actions as loading
from kernen.measures.models import SharedMeasure
from kernen.parties.models import Person

from .task_force import HIP
from .told import Counted, Event, Filed, Followed, Joined, Note, Told
from .who import LEAD, Who

HIP_LEAD = "Sofie Brandager"
OFFER = (
    "Eksempeldata: Jeg skifter afdeling til nytår. Du kender forløbet fra skulderprojektet, og "
    "holdet vil gerne have dig med. Ring, hvis du vil høre mere."
)


_BEGIN, _HISTORY, _FIGURES, _LINKS, _PAPERS = time(9), time(11), time(13), time(15), time(16)


def _at(day: date, hour: time, minutes: int = 0) -> datetime:
    """An hour of that day in Denmark; the minutes keep the order of what happened on one day."""
    return timezone.make_aware(datetime.combine(day, hour) + timedelta(minutes=minutes))


def initiative(told: Told, who: Who) -> Initiative:
    """Registered and led by the lead; the coordinator enters the events from before Kernen."""
    lead = who.people[told.lead]
    entered = actions.register(
        title=told.title,
        problem=told.problem,
        organisations=[who.organisations[name] for name in told.organisations],
        cluster=who.clusters.get(told.cluster),
        by=lead,
        at=_at(told.registered, _BEGIN),
    )
    if told.story:
        actions.tell(initiative=entered, by=lead, at=_at(told.registered, _BEGIN, 10), **told.story)
    if told.goals:
        actions.set_goals(
            initiative=entered, goals=told.goals, by=lead, at=_at(told.registered, _BEGIN, 20)
        )
    for name, role in told.team:
        actions.appoint(
            initiative=entered,
            person=who.people[name],
            role=role,
            since=told.registered,
            by=lead,
            at=_at(told.registered, _BEGIN, 30),
        )
    actions.note(
        initiative=entered, words=told.dating, by=lead, at=_at(told.registered, _BEGIN, 40)
    )
    for number, happening in enumerate(told.history):
        _happened(entered, happening, number, who, told)
    return entered


def _happened(
    entered: Initiative, happening: Event | Note | Joined, number: int, who: Who, told: Told
) -> None:
    lead, at = who.people[told.lead], _at(happening.on, _HISTORY, number)
    match happening:
        case Event(_, name, words):
            actions.carry_over(
                initiative=entered,
                event=name,
                at=at,
                by=who.people[told.coordinator],
                words=words,
            )
            entered.refresh_from_db()  # the action works on the locked row, not on ours
        case Note(_, words):
            actions.note(initiative=entered, words=words, by=lead, at=at)
        case Joined(on, name, role):
            actions.involve(
                initiative=entered,
                organisation=who.organisations[name],
                role=role,
                since=on,
                by=lead,
                at=at,
            )


def links(all_told: Sequence[Told], entered: dict[str, Initiative], who: Who) -> None:
    """Each link is made on the day the later of the two was registered."""
    registered = {told.title: told.registered for told in all_told}
    for told in all_told:
        for kind, other in told.links:
            day = max(told.registered, registered[other])
            actions.link(
                initiative=entered[told.title],
                other=entered[other],
                kind=kind,
                by=who.people[told.lead],
                at=_at(day, _LINKS),
            )


def what_waits(entered: dict[str, Initiative], who: Who) -> None:
    """Some leads were asked weeks ago whether it still runs, the others are asked today; and a
    lead is offered."""
    today = timezone.now()
    for day in (today - timedelta(weeks=5), today):
        ask_idle(day, limit=len(entered) // 2)
    leading.offer_lead(
        initiative=entered[HIP], to=who.people[LEAD], words=OFFER, by=who.people[HIP_LEAD]
    )


def measure(
    counted: Counted, entered: Initiative, lead: Person, who: Who, shared: SharedMeasure | None
) -> None:
    given: dict[str, Any] = {"initiative": entered, "by": lead, **counted.fields}
    given["at"] = _at(counted.defined, _FIGURES)
    if shared:
        made = using.use_shared(version=shared.newest(), **given)
    else:
        made = measuring.define(**given)
    for followed in counted.series:
        series = measuring.open_series(
            measure=made,
            organisation=who.organisations[followed.organisation],
            place=followed.place,
            made_up=True,
            remark=followed.remark,
            closed=followed.closed,
            by=lead,
            at=_at(counted.defined, _FIGURES, 5),
        )
        _figures(series, followed, who.of(followed.organisation) if followed.closed else lead)


def _figures(series: measuring.Series, followed: Followed, lead: Person) -> None:
    def at(minutes: int) -> datetime:
        return _at(followed.loaded, _FIGURES, minutes)

    if followed.corrected:
        _corrected(series, followed, lead, at)
    elif followed.figures:
        measuring.load(series=series, figures=followed.figures, by=lead, at=at(10))
    for on, words in followed.notes:
        measuring.annotate(series=series, on=on, words=words, by=lead, at=at(20))
    for period, reason in followed.splits:
        measuring.split(series=series, period=period, reason=reason, by=lead, at=at(30))


def _corrected(
    series: measuring.Series, followed: Followed, lead: Person, at: Callable[[int], datetime]
) -> None:
    """The last figure as it came in first, and a whole file that was another ward's, undone."""
    *before, right = followed.figures
    early = replace(right, numerator=(right.numerator or 3) - 3)
    others = [replace(figure, numerator=figure.denominator) for figure in before[-4:]]
    for minutes, figures, name, why in (
        (10, [*before, early], "genindlagte.csv", ""),
        (12, [right], "genindlagte-rettet.csv", followed.corrected),
        (13, others, "afdelingen.xlsx", "De seneste fire måneder er talt op igen"),
    ):
        load = measuring.load(
            series=series, figures=figures, filename=name, reason=why, by=lead, at=at(minutes)
        )
    if load:
        why = "Filen var fra et andet afsnit."
        loading.undo_load(load=load, reason=why, by=lead, at=at(14))


def document(filed: Filed, entered: Initiative, lead: Person) -> None:
    with _held(filed) as held:
        made = filing.add_document(
            initiative=entered,
            title=filed.title,
            note=filed.note,
            by=lead,
            at=_at(filed.on, _PAPERS),
            **held,
        )
    for later in filed.later:
        with _held(later) as held:
            filing.add_version(
                document=made, note=later.note, by=lead, at=_at(later.on, _PAPERS), **held
            )


@contextmanager
def _held(filed: Filed) -> Iterator[dict[str, Any]]:
    if filed.address:
        yield {"address": filed.address}
        return
    with stored(ContentFile(filed.content, filed.name)) as file:
        yield {"file": file}
