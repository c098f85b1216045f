"""Where a person stands in the database: found by looking at every model there is, so that nobody
has to remember a new one."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from kernen.lib.erasing import spellings
from kernen.lib.words import stems

from ..models import Dated, Invitation, Person, User

Model = type[models.Model]

#: Where else a person's addresses stand; the rooms above add theirs.
ADDRESSES: list[Callable[[Person], Iterable[str]]] = []


def everything() -> list[Model]:
    """Every table that a model stands for, the audit log's and the libraries' too."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def columns() -> list[tuple[Model, Any]]:
    """Every column that names a person or a user, with its model."""
    return [
        (model, field)
        for model in everything()
        for field in model._meta.concrete_fields
        if field.related_model in (Person, User)
    ]


def of(person: Person) -> Iterator[tuple[Model, models.QuerySet[Any]]]:
    """Every row that names the person, by its model; the person and the user are the first."""
    yield Person, Person.objects.filter(pk=person.pk)
    yield User, User.objects.filter(person=person)
    for model in everything():
        named = Q()
        for field in model._meta.concrete_fields:
            if field.related_model in (Person, User) and model is not Person:
                key = person.pk if field.related_model is Person else person.user_id
                named |= Q(**{field.name: key}) if key else Q()
        if model is Invitation:
            named |= Q(email__in=addresses(person))
        if named:
            to = [field.name for field in model._meta.concrete_fields if field.many_to_one]
            yield model, models.QuerySet(model).filter(named).select_related(*to).order_by("pk")


def belongings() -> list[tuple[Model, Any]]:
    """What is the person's own and nobody else's goes with the person: a key that cascades."""
    return [
        (model, field)
        for model, field in columns()
        if field.related_model is Person
        and field.remote_field.on_delete is models.CASCADE
        and not issubclass(model, Dated)
    ]


def roles() -> list[tuple[type[Dated], Any]]:
    """What a person was from a day to a day: in organisations, in fora, on initiatives."""
    return [
        (model, field)
        for model, field in columns()
        if issubclass(model, Dated) and field.related_model is Person
    ]


def names(person: Person) -> set[str]:
    """The name and the addresses, those from before too, and the name as the search holds it.

    A name that somebody else carries is that person's as well, and is left where it stands."""
    logged = Person.history.filter(id=person.pk).values_list("name", flat=True)  # type: ignore[attr-defined]
    named = {name for name in (person.name, *logged) if name}
    shared = Person.objects.exclude(pk=person.pk).filter(name__in=named)
    named -= set(shared.values_list("name", flat=True))
    stemmed = {text for name in named if " " in (text := " ".join(stems(name)))}
    return named | stemmed | addresses(person)


def addresses(person: Person) -> set[str]:
    """Those from before too, and those at which the person was invited."""
    invited = person.invitations.filter(answer=Invitation.Answer.ACCEPTED)
    found = set(invited.values_list("email", flat=True))
    found |= {email for elsewhere in ADDRESSES for email in elsewhere(person)}
    if not person.user_id:
        return found
    logged = User.history.filter(id=person.user_id).values_list("email", flat=True)  # type: ignore[attr-defined]
    added: list[models.QuerySet[Any, Any]] = [
        models.QuerySet(model).filter(user=person.user_id).values_list("email", flat=True)
        for model, field in columns()
        if model._meta.label == "account.EmailAddress" and field.name == "user"
    ]
    found |= {email for some in (logged, *added) for email in some}
    return found | {person.user.email}  # type: ignore[union-attr]


def holding(names: set[str], among: Iterable[Model]) -> Iterator[tuple[Model, Any, dict[Any, Any]]]:
    """Each column of text in which any of the names may stand: the values, by the row's number."""
    wanted = "|".join(re.escape(spelt) for name in names for spelt in spellings(name))
    for model in among:
        for field in model._meta.concrete_fields:
            if not is_text(field) or model is Session:
                continue
            text = Cast(field.name, models.TextField())
            rows = models.QuerySet(model).annotate(searched=text).filter(searched__iregex=wanted)
            if found := dict(rows.values_list("pk", field.name)):
                yield model, field, found


def made_of(model: Model) -> list[Any]:
    """The keys to the model from what the program made of its texts, and will make anew."""
    return [
        key.field for key in model._meta.related_objects if hasattr(key.related_model, "MADE_ANEW")
    ]


def is_text(field: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) and not field.choices and not field.primary_key


def sessions(person: Person, names: set[str]) -> list[str]:
    """The sign-ins of the person, and those in which the name stands: in what was typed, say."""
    return [
        session.pk
        for session in Session.objects.iterator()
        if (held := session.get_decoded()).get("_auth_user_id") == str(person.user_id)
        or any(name in str(held) for name in names)
    ]
