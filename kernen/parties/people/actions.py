"""The verbs of a person's own account."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils import timezone

from kernen.lib import erasing
from kernen.lib.append_only import AppendOnly, changes_allowed
from kernen.lib.owning import JOURNAL, redact

from ..models import Dated, Person, User
from . import rules, traces

#: What is settled before a person's name goes; the rooms above add theirs.
SETTLED: list[Callable[[Person], None]] = []


@transaction.atomic
def rename(*, person: Person, name: str, title: str, by: Person) -> Person:
    """What the person is called, and the title or profession."""
    rules.rename(by, person)
    person.name, person.title = name, title
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def erase(*, person: Person, by: Person | None) -> None:
    """Close the account for good: name and addresses go from every text of the database, what is
    the person's own goes whole, and what was done stays, as a former colleague's.

    Where the person led alone, there is no lead until somebody takes over."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.erase(by, person)
    for settle in SETTLED:
        settle(person)
    names = traces.names(person)
    Session.objects.filter(pk__in=traces.sessions(person, names)).delete()
    for model, key in traces.belongings():
        own: models.QuerySet[Any] = models.QuerySet(model)
        for row in own.filter(**{key.name: person}):
            row.delete()
    for dated, key in traces.roles():
        for held in dated.objects.filter(**{key.name: person}, end__isnull=True):
            _end(held)
    user, number, person.user = person.user, person.user_id, None
    person.name = person.title = ""
    person.erased_at = timezone.now()
    person.save()
    if user:
        user.delete()
        # One's own removal is logged as done by somebody who is no more.
        User.history.filter(history_user=number).update(history_user=None)  # type: ignore[attr-defined]
    _take_out(person, names)


def _end(held: Dated) -> None:
    """Yesterday was its last day; what began today never held, and goes."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if held.start and held.start > yesterday:
        held.delete()
        return
    held.end = yesterday
    held.save()


def _take_out(person: Person, names: set[str]) -> None:
    """No column of text says the name any more, the audit log's and the journal's neither.

    A decision and what it stands on are the record of an authority: sealed, whoever is named."""
    every = [model for model in traces.everything() if not getattr(model, "sealed", False)]
    journal = [model for model in every if model._meta.db_table == JOURNAL]
    pattern, instead = erasing.wanted(names), erasing.mark(person.pk)
    # The journal first: the database itself looks up whose name it is that goes.
    for among in (journal, [model for model in every if model not in journal]):
        for model, field, found in list(traces.holding(names, among)) if names else []:
            changed = {
                pk: without
                for pk, said in found.items()
                if (without := erasing.without(said, pattern, instead)) != said
            }
            if changed:
                _write(model, field, changed, person)
        Person.history.filter(id=person.pk).update(name="", title="")  # type: ignore[attr-defined]


def _write(model: type[models.Model], field: Any, changed: dict[Any, Any], person: Person) -> None:
    """Past the audit log, which would repeat what is taken out."""
    table = model._meta.db_table
    if table == JOURNAL and connection.vendor == "postgresql":
        redact(field.name, changed, person.pk)
        return
    with changes_allowed(table) if issubclass(model, AppendOnly) else nullcontext():
        for pk, said in changed.items():
            cut = said[: field.max_length] if isinstance(said, str) else said
            models.QuerySet(model).filter(pk=pk).update(**{field.name: cut})
    for key in traces.made_of(model):
        models.QuerySet(key.model).filter(**{f"{key.name}__in": changed}).delete()
