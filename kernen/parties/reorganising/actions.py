"""The verbs of changes of structure."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import alphabetical
from kernen.lib.refusal import Refused

from ..models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    ForumMember,
    Organisation,
    OrganisationChange,
    Person,
    Reorganisation,
    ReorganisationEntry,
)
from . import rules


@transaction.atomic
def prepare_reorganisation(*, name: str, day: date, why: str, by: Person) -> Reorganisation:
    """Begin to prepare a change of structure; nothing is changed by it until it is confirmed."""
    rules.prepare(by)
    reorganisation = Reorganisation(name=name, day=day, why=why)
    reorganisation.full_clean()
    reorganisation.save()
    _enter(reorganisation, "prepare", by, name=name, day=day.isoformat())
    return reorganisation


@transaction.atomic
def alter_reorganisation(
    *, reorganisation: Reorganisation, name: str, day: date, why: str, by: Person
) -> Reorganisation:
    reorganisation = _locked(reorganisation)
    rules.alter(by, reorganisation)
    reorganisation.name, reorganisation.day, reorganisation.why = name, day, why
    reorganisation.full_clean()
    reorganisation.save()
    _enter(reorganisation, "alter", by, name=name, day=day.isoformat())
    return reorganisation


@transaction.atomic
def plan_cluster(
    *,
    reorganisation: Reorganisation,
    name: str,
    kind: str,
    replaces: list[Cluster],
    members: list[Organisation],
    part: ClusterChange | None = None,
    by: Person,
) -> ClusterChange:
    """A cluster or council that the change begins; with `part`, how one is planned instead."""
    reorganisation = _locked(reorganisation)
    rules.alter(by, reorganisation)
    verb = "alter_part" if part else "add"
    part = part or ClusterChange(reorganisation=reorganisation)
    part.name, part.kind = name, kind
    part.full_clean()
    part.save()
    part.replaces.set(replaces)
    part.members.set(members)
    _enter(reorganisation, verb, by, name=name, replaces=_names(replaces), members=_names(members))
    return part


@transaction.atomic
def plan_organisation(
    *,
    reorganisation: Reorganisation,
    name: str,
    sector: str,
    replaces: list[Organisation],
    part: OrganisationChange | None = None,
    by: Person,
) -> OrganisationChange:
    """Organisations that the change merges or renames; with `part`, how that is planned instead.

    One that is there already by that name takes the others in."""
    reorganisation = _locked(reorganisation)
    rules.alter(by, reorganisation)
    verb = "alter_part" if part else "add"
    part = part or OrganisationChange(reorganisation=reorganisation)
    part.name, part.sector = name, sector
    part.full_clean()
    part.save()
    part.replaces.set(replaces)
    _enter(reorganisation, verb, by, name=name, replaces=_names(replaces))
    return part


@transaction.atomic
def take_out(*, part: ClusterChange | OrganisationChange, by: Person) -> None:
    reorganisation = _locked(part.reorganisation)
    rules.alter(by, reorganisation)
    _enter(reorganisation, "remove", by, name=part.name)
    part.delete()


@transaction.atomic
def confirm(*, reorganisation: Reorganisation, by: Person) -> Reorganisation:
    """Write every end and beginning of the change, dated on its day: all of them, or none.

    The entry keeps what was written, so that it can be withdrawn until the day."""
    reorganisation = _locked(reorganisation)
    rules.confirm(by, reorganisation)
    wrote = _Dates(reorganisation.day)
    parts = list(reorganisation.cluster_changes.all())
    for cluster in Cluster.objects.filter(replaced_in__in=parts).distinct():
        wrote.end(cluster, *wrote.still_open(cluster.memberships))
    goes_on = {
        old.pk: _go_on(old, part, wrote)
        for part in reorganisation.organisation_changes.all()
        for old in part.replaces.all()
    }
    for part in parts:
        part.cluster = wrote.begin(Cluster(name=part.name, kind=part.kind))
        part.save()
        members = {goes_on.get(one.pk, one) for one in part.members.all()}
        for member in sorted(members, key=alphabetical):
            wrote.begin(ClusterMembership(cluster=part.cluster, organisation=member))
    reorganisation.state = Reorganisation.State.CONFIRMED
    reorganisation.save()
    _enter(reorganisation, "confirm", by, ended=wrote.ended, begun=wrote.begun)
    return reorganisation


@transaction.atomic
def take_back(*, reorganisation: Reorganisation, by: Person) -> Reorganisation:
    """Withdraw the change; what confirming it wrote is undone, as its day has not come."""
    reorganisation = _locked(reorganisation)
    rules.take_back(by, reorganisation)
    if reorganisation.state == Reorganisation.State.CONFIRMED:
        for part in reorganisation.cluster_changes.all():
            part.cluster = None
            part.save()
        for merge in reorganisation.organisation_changes.all():
            merge.organisation = None
            merge.save()
        _undo(**reorganisation.entries.filter(verb="confirm").latest("pk").params)
    reorganisation.state = Reorganisation.State.WITHDRAWN
    reorganisation.save()
    _enter(reorganisation, "take_back", by)
    return reorganisation


@transaction.atomic
def take_up(*, reorganisation: Reorganisation, by: Person) -> Reorganisation:
    """Prepare on where it was withdrawn; nothing of what was planned is lost."""
    reorganisation = _locked(reorganisation)
    rules.take_up(by, reorganisation)
    reorganisation.state = Reorganisation.State.PREPARED
    reorganisation.save()
    _enter(reorganisation, "take_up", by)
    return reorganisation


#: What a change of structure begins and ends, by name; each before what it hangs off.
_DATED: dict[str, Any] = {
    model._meta.model_name or "": model
    for model in (ClusterMembership, ForumMember, Cluster, Organisation)
}


class _Dates:
    """Writes beginnings on a day and ends on the day before, and remembers which."""

    def __init__(self, day: date):
        self.day, self.last = day, day - timedelta(days=1)
        self.ended: dict[str, list[int]] = {}
        self.begun: dict[str, list[int]] = {}

    def begin(self, row: Any) -> Any:
        row.start = self.day
        row.full_clean()
        row.save()
        self.begun.setdefault(row._meta.model_name, []).append(row.pk)
        return row

    def still_open(self, rows: Any) -> Any:
        return rows.on(self.last).filter(end=None)

    def end(self, *rows: Any) -> None:
        for row in rows:
            row.end = self.last
            row.full_clean()
            row.save()
            self.ended.setdefault(row._meta.model_name, []).append(row.pk)


def _go_on(old: Organisation, part: OrganisationChange, wrote: _Dates) -> Organisation:
    """Let an organisation go on as another, with its clusters and its seats."""
    if part.organisation is None:
        there = Organisation.objects.filter(name=part.name).first()
        part.organisation = there or wrote.begin(Organisation(name=part.name, sector=part.sector))
        part.save()
    new = part.organisation
    for row in [*wrote.still_open(old.memberships), *wrote.still_open(old.seats)]:
        key = "cluster" if isinstance(row, ClusterMembership) else "forum"
        held = type(row).objects.filter(organisation=new, end=None, **{key: getattr(row, key)})
        if not held.exists():
            fields = {f.name: getattr(row, f.name) for f in row._meta.fields if not f.primary_key}
            wrote.begin(type(row)(**(fields | {"organisation": new})))
        wrote.end(row)
    wrote.end(old)
    return new


def _undo(*, ended: dict[str, list[int]], begun: dict[str, list[int]]) -> None:
    try:
        for name, model in _DATED.items():
            for row in model.objects.filter(pk__in=begun.get(name, [])):
                row.delete()
    except ProtectedError as error:
        raise Refused(
            _("Something new refers to what was to begin already: an administrator must mend it.")
        ) from error
    for name, model in _DATED.items():
        for row in model.objects.filter(pk__in=ended.get(name, [])):
            row.end = None
            row.save()


def _locked(reorganisation: Reorganisation) -> Reorganisation:
    return Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)


def _names(rows: list[Any]) -> list[str]:
    return sorted(map(str, rows), key=alphabetical)


def _enter(reorganisation: Reorganisation, verb: str, by: Person, **params: Any) -> None:
    entry = ReorganisationEntry(reorganisation=reorganisation, verb=verb, by=by, params=params)
    entry.full_clean()
    entry.save()
