"""The verbs of keeping the catalogue. It is its own journal: versions stand, with by whom and when,
and an initiative's journal tells what its team does with them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernen.parties.models import Organisation, Person

from ..models import SharedMeasure, SharedVersion
from . import rules


@transaction.atomic
def publish_shared(
    *, name: str, owner: Organisation, by: Person, at: datetime | None = None, **texts: Any
) -> SharedMeasure:
    """A new measure in the catalogue with its first version; `texts` are fields of the version."""
    rules.keep(by, owner)
    return _publish(name, owner, by, at, texts)


def _publish(
    name: str, owner: Organisation, by: Person, at: datetime | None, texts: dict[str, Any]
) -> SharedMeasure:
    shared = SharedMeasure(name=name, owner=owner)
    shared.full_clean()
    shared.save()
    _write(SharedVersion(shared=shared, number=1, by=by, at=at or timezone.now(), **texts))
    return shared


@transaction.atomic
def publish_version(
    *,
    shared: SharedMeasure,
    changed: str,
    comparable: bool,
    since: date,
    by: Person,
    at: datetime | None = None,
    **texts: Any,
) -> SharedVersion:
    """A new version that holds from now on; who uses the one before is asked to take it over."""
    shared = _locked(shared)
    rules.publish_version(by, shared, texts)
    rules.since(shared, since)
    newest = shared.newest()
    kept = {
        field.name: getattr(newest, field.name)
        for field in SharedVersion._meta.concrete_fields
        if field.name not in ("id", "at")
    }
    told = {"changed": changed, "comparable": comparable, "since": since, "by": by}
    told |= {"number": newest.number + 1, "previous": newest, "at": at or timezone.now()}
    return _write(SharedVersion(**kept | texts | told))


def _write(version: SharedVersion) -> SharedVersion:
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def withdraw_shared(
    *,
    shared: SharedMeasure,
    why: str,
    replaced_by: SharedMeasure | None = None,
    by: Person,
    at: datetime | None = None,
) -> SharedMeasure:
    """Nobody begins to use it any more; it stays readable, with what replaces it."""
    shared, replaced_by = _locked(shared), replaced_by and _locked(replaced_by)
    rules.withdraw(by, shared, replaced_by)
    shared.withdrawn_at, shared.withdrawn_by = at or timezone.now(), by
    shared.withdrawn_why, shared.replaced_by = why, replaced_by
    shared.full_clean()
    shared.save()
    return shared


def _locked(shared: SharedMeasure) -> SharedMeasure:
    """As it stands now, its row locked until the transaction ends."""
    found: SharedMeasure = SharedMeasure.objects.select_for_update(of=("self",)).get(pk=shared.pk)
    return found
