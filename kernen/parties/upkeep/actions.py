"""The verbs with which an organisation keeps its own people and data."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Organisation, OrganisationEntry, OrganisationRole, Person
from ..people.actions import _end
from . import rules

#: What follows when an organisation gets another name; the rooms above add theirs.
RENAMED: list[Callable[[Organisation], None]] = []


@transaction.atomic
def change_role(*, held: OrganisationRole, role: str, by: Person) -> OrganisationRole:
    """From today the person has another role here; that it was another before stays readable."""
    held = _locked(held)
    rules.change_role(by, held, role)
    before, person, organisation = held.role, held.person, held.organisation
    _end(held)
    new = OrganisationRole(
        person=person, organisation=organisation, role=role, start=timezone.localdate()
    )
    new.full_clean()
    new.save()
    record(organisation, "change_role", by, person, role=role, before=before)
    return new


@transaction.atomic
def end_role(*, held: OrganisationRole, last_day: date | None, by: Person) -> OrganisationRole:
    """The role holds until the end of that day; without a day it goes on."""
    held = _locked(held)
    rules.end_role(by, held, last_day)
    held.end = last_day
    held.full_clean()
    held.save()
    verb, told = ("end_role", {"day": str(last_day)}) if last_day else ("keep_role", {})
    record(held.organisation, verb, by, held.person, role=held.role, **told)
    return held


@transaction.atomic
def rename(*, organisation: Organisation, name: str, by: Person) -> Organisation:
    """What it is called, everywhere from now on; what it was called stays readable."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    rules.rename(by, organisation)
    before, organisation.name = organisation.name, name
    if before == name:
        return organisation
    organisation.full_clean()
    organisation.save()
    for follow in RENAMED:
        follow(organisation)
    record(organisation, "rename", by, was=before, name=name)
    return organisation


def _locked(held: OrganisationRole) -> OrganisationRole:
    """The role as it stands now, with its organisation locked: the last coordinators do not leave
    at the same time."""
    Organisation.objects.select_for_update().get(pk=held.organisation_id)
    return OrganisationRole.objects.select_related("person__user", "organisation").get(pk=held.pk)


def record(
    organisation: Organisation, verb: str, by: Person, person: Person | None = None, **params: Any
) -> None:
    """Write one line of the organisation's journal."""
    OrganisationEntry(
        organisation=organisation, verb=verb, by=by, person=person, params=params
    ).save()
