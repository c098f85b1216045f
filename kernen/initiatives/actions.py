"""The verbs of the register. Each asks the rules first and writes the journal last.

`at` is when it happened, for history that is entered afterwards; now, if not given."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernen.lib.refusal import Refused
from kernen.parties.models import Cluster, Dated, Organisation, Person

from . import rules
from .history import STORY, said_after, versions
from .indexing import index
from .likeness.keep import keep
from .likeness.nearest import WORDS
from .models import (
    Dimension,
    Entry,
    Goal,
    Initiative,
    Involvement,
    Link,
    TeamMember,
    Untold,
)
from .stages import EVENTS, Stage


def record(
    initiative: Initiative,
    verb: str,
    *,
    by: Person,
    at: datetime | None = None,
    words: str = "",
    params: dict[str, Any] | None = None,
    stage: str = "",
) -> Entry:
    """Write one line of the journal, and on the initiative what follows from it.

    With an `at` it is history from before Kernen, and the journal says so: that is no news, and
    nobody is told of it. Anything else waits, from the same moment, to be told."""
    entry = Entry(
        initiative=initiative,
        at=at or timezone.now(),
        by=by,
        verb=verb,
        words=words.strip(),
        params=params or {},
        stage=stage,
        carried_over=at is not None,
    )
    entry.full_clean()
    entry.save()
    if not entry.carried_over:
        Untold.objects.create(entry=entry)
    initiative.refresh_from_db(fields=["stage", "active_at"])  # others may have written since
    initiative.stage = stage or initiative.stage
    initiative.active_at = max(entry.at, initiative.active_at)
    initiative.save(update_fields=["stage", "active_at"] if stage else ["active_at"])
    return entry


def _index(initiative: Initiative) -> None:
    """Let the search find the initiative by what it says now.

    The words that others are likened to change with it; its meaning is read by the worker."""
    keep(WORDS, [initiative])
    index([initiative])


@transaction.atomic
def register(
    *,
    title: str,
    problem: str,
    organisations: list[Organisation],
    cluster: Cluster | None,
    by: Person,
    lead: Person | None = None,
    at: datetime | None = None,
) -> Initiative:
    """Register an initiative; the first organisation is responsible, `by` leads unless told."""
    rules.register(by)
    happened = at or timezone.now()
    initiative = Initiative(title=title, problem=problem, cluster=cluster, active_at=happened)
    initiative.full_clean()
    initiative.save()
    since = timezone.localtime(happened).date()
    for number, organisation in enumerate(organisations):
        role = Involvement.Role.PARTNER if number else Involvement.Role.RESPONSIBLE
        initiative.involvements.create(organisation=organisation, role=role, start=since)
    initiative.team.create(person=lead or by, role=TeamMember.Role.LEAD, start=since)
    _index(initiative)
    record(initiative, "register", by=by, at=at, stage=Stage.IDEA)
    return initiative


@transaction.atomic
def tell(
    *, initiative: Initiative, by: Person, at: datetime | None = None, **story: Any
) -> Initiative:
    """Change the story: any of the fields in `STORY`; the journal keeps the old words."""
    rules.may(by, initiative, "edit")
    initiative = Initiative.objects.locked(initiative)
    before = _write_story(initiative, story)
    if before:
        params = {"fields": list(before), "before": before}
        record(initiative, "tell", by=by, at=at, params=params)
    return initiative


def _write_story(initiative: Initiative, story: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields their new values; what stood before in those that are changed by it."""
    before = {name: getattr(initiative, name) for name in story}
    for name, value in story.items():
        if name not in STORY:
            raise TypeError(f"{name} is not part of the story")
        setattr(initiative, name, value)
    initiative.full_clean()
    changed = [name for name in story if before[name] != story[name]]
    if changed:
        initiative.save(update_fields=changed)
        _index(initiative)
    return {name: str(before[name] or "") for name in changed}


@transaction.atomic
def set_goals(
    *, initiative: Initiative, goals: Mapping[str, str], by: Person, at: datetime | None = None
) -> Initiative:
    """The Triple Aim goals in words, by dimension; the journal keeps the old ones."""
    rules.may(by, initiative, "edit")
    initiative = Initiative.objects.locked(initiative)
    before = _write_goals(initiative, goals)
    if before:
        params = {"fields": list(before), "before": before}
        record(initiative, "set_goals", by=by, at=at, params=params)
    return initiative


def _write_goals(initiative: Initiative, goals: Mapping[str, str]) -> dict[str, str]:
    """Give the goals their new words; what stood before in those that are changed by it."""
    stated = dict(initiative.goals.values_list("dimension", "words"))
    changed = [name for name in goals if stated.get(name, "") != goals[name].strip()]
    for dimension in changed:
        goal = Goal.objects.filter(initiative=initiative, dimension=dimension).first()
        goal = goal or Goal(initiative=initiative, dimension=dimension)
        goal.words = goals[dimension].strip()
        goal.full_clean()
        goal.save()
    return {name: stated.get(name, "") for name in changed}


@transaction.atomic
def set_back(*, initiative: Initiative, text: str, to: Entry, by: Person) -> Initiative:
    """Let one text, of `history.TEXTS`, say again what it said after the entry `to`."""
    rules.may(by, initiative, "edit")
    initiative = Initiative.objects.locked(initiative)
    words = said_after(versions(initiative), to, text)
    value: Any = rules.cluster_named(words) if text == "cluster" else words
    write = _write_goals if text in Dimension.values else _write_story
    before = write(initiative, {text: value})
    if before:
        params = {"fields": [text], "before": before, "back_to": to.at.isoformat()}
        record(initiative, "set_back", by=by, params=params)
    return initiative


@transaction.atomic
def involve(
    *,
    initiative: Initiative,
    organisation: Organisation,
    role: str = Involvement.Role.PARTNER,
    since: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Involvement:
    rules.may(by, initiative, "edit")
    initiative = Initiative.objects.locked(initiative)
    involvement = Involvement(
        initiative=initiative, organisation=organisation, role=role, start=since
    )
    involvement.full_clean()
    involvement.save()
    _index(initiative)
    params = {"organisation": organisation.name}
    record(initiative, "involve", by=by, at=at, params=params)
    return involvement


@transaction.atomic
def withdraw(*, involvement: Involvement, by: Person) -> None:
    """The organisation takes part no longer; that it did stays readable."""
    initiative = Initiative.objects.locked(involvement.initiative)
    involvement = initiative.involvements.get(pk=involvement.pk)
    rules.may(by, initiative, "edit")
    rules.withdraw(involvement)
    _end(involvement)
    _index(initiative)
    params = {"organisation": involvement.organisation.name}
    record(initiative, "withdraw", by=by, params=params)


def _end(dated: Dated) -> None:
    """Yesterday was its last day; what began today never held, and goes."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if dated.start and dated.start > yesterday:
        dated.delete()
        return
    dated.end = yesterday
    dated.full_clean()
    dated.save()


@transaction.atomic
def appoint(
    *,
    initiative: Initiative,
    person: Person,
    role: str = TeamMember.Role.MEMBER,
    since: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> TeamMember:
    rules.may(by, initiative, "team")
    initiative = Initiative.objects.locked(initiative)
    rules.appoint(initiative, person, role)
    member = TeamMember(
        initiative=initiative, person=person, role=role, start=since or timezone.localdate()
    )
    member.full_clean()
    member.save()
    params = {"person": str(person), "role": role}
    record(initiative, "appoint", by=by, at=at, params=params)
    return member


@transaction.atomic
def release(*, member: TeamMember, by: Person) -> None:
    """The person leaves the team; that he or she was on it stays readable."""
    initiative = Initiative.objects.locked(member.initiative)
    member = initiative.team.get(pk=member.pk)
    rules.may(by, initiative, "team")
    rules.release(member)
    _end(member)
    record(initiative, "release", by=by, params={"person": str(member.person)})


@transaction.atomic
def link(
    *,
    initiative: Initiative,
    other: Initiative,
    kind: str,
    by: Person,
    at: datetime | None = None,
) -> Link:
    rules.may(by, initiative, "edit")
    rules.link(kind)
    initiative = Initiative.objects.locked(initiative)
    made = Link(initiative=initiative, other=other, kind=kind)
    made.full_clean()
    made.save()
    params = {"other": other.title, "kind": kind}
    record(initiative, "link", by=by, at=at, params=params)
    return made


@transaction.atomic
def unlink(*, link: Link, by: Person) -> None:
    rules.may(by, link.initiative, "edit")
    record(link.initiative, "unlink", by=by, params={"other": link.other.title})
    link.delete()


@transaction.atomic
def note(*, initiative: Initiative, words: str, by: Person, at: datetime | None = None) -> Entry:
    rules.may(by, initiative, "note")
    return record(initiative, "note", by=by, words=words, at=at)


@transaction.atomic
def move(*, initiative: Initiative, event: str, by: Person, words: str = "") -> Entry:
    """Let `event` happen: it leads the initiative to its next stage.

    `words` answers the event's question, or is the reason for passing over soft gates."""
    initiative = Initiative.objects.locked(initiative)
    passed = rules.move(by, initiative, event, words=words)
    return record(
        initiative,
        event,
        by=by,
        words=words,
        stage=_target(initiative, event),
        params={"passed": [gate.name for gate in passed]},
    )


@transaction.atomic
def carry_over(
    *, initiative: Initiative, event: str, at: datetime, by: Person, words: str = ""
) -> Entry:
    """Enter an event that happened before Kernen: no gate judges it, and the journal says so."""
    rules.may(by, initiative, "move")
    rules.carry_over(by)
    initiative = Initiative.objects.locked(initiative)
    if initiative.stage not in EVENTS[event].sources:
        raise Refused(f"{event} does not follow at {initiative.stage}")
    stage = _target(initiative, event)
    return record(initiative, event, by=by, at=at, words=words, stage=stage)


def _target(initiative: Initiative, event: str) -> str:
    """The stage that `event` leads to; reopening leads back to the stage before the stop."""
    target = EVENTS[event].target
    if target is not None:
        return target
    stages = initiative.journal.exclude(stage__in=("", Stage.STOPPED))
    return stages.values_list("stage", flat=True).first() or Stage.IDEA
