"""The verbs of documents. Each asks the rules first and writes the initiative's journal last.

A file is stored before (`storing.stored`), outside the transaction in which its row is written."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.indexing import FOUND_BY, index
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.lib.append_only import changes_allowed
from kernen.parties.models import Person

from . import rules, storing
from .models import Document, Version
from .storing import Stored

VERBS.update(
    add_document=_("Document added: %(document)s"),
    add_version=_("A new version of the document “%(document)s”: version %(number)s"),
    bring_back_version=_(
        "Version %(back_to_number)s of the document “%(document)s” was brought back, as version "
        "%(number)s"
    ),
    rename=_("The document “%(before)s” is now called “%(document)s”"),
    take_away=_("The document “%(document)s” was taken away"),
    bring_back=_("The document “%(document)s” was brought back"),
    erase_document=_("The document “%(document)s” was erased for good"),
)


@transaction.atomic
def add_document(
    *,
    initiative: Initiative,
    title: str,
    file: Stored | None = None,
    address: str = "",
    note: str = "",
    by: Person,
    at: datetime | None = None,
) -> Document:
    """A new document of the initiative: a file, or a link to `address`."""
    rules.write(by, initiative)
    rules.add_document(initiative, file)
    document = Document(initiative=initiative, title=title)
    document.full_clean()
    document.save()
    index([initiative])
    _keep(document, 1, by=by, at=at, note=note, **_held(file, address))
    record(initiative, "add_document", by=by, at=at, params=_named(document))
    return document


@transaction.atomic
def add_version(
    *,
    document: Document,
    file: Stored | None = None,
    address: str = "",
    note: str = "",
    by: Person,
    at: datetime | None = None,
) -> Version:
    """From now on the document holds this; what it held before is kept.

    Of two who do so at once both versions stay, one after the other."""
    rules.write(by, document.initiative)
    document = _locked(document)
    rules.add_version(document, file)
    number = document.versions.latest("number").number + 1
    version = _keep(document, number, by=by, at=at, note=note, **_held(file, address))
    params = _named(document) | {"number": number}
    record(document.initiative, "add_version", by=by, at=at, words=note, params=params)
    return version


@transaction.atomic
def bring_back_version(*, version: Version, by: Person) -> Version:
    """Let the document hold again what it held in an earlier version, as a version of its own."""
    rules.write(by, version.document.initiative)
    document = _locked(version.document)
    rules.bring_back_version(document, version)
    number = document.versions.latest("number").number + 1
    names = ("address", "name", "key", "size", "sha256", "content_type")
    held = {name: getattr(version, name) for name in names}
    made = _keep(document, number, by=by, brought_back=version, **held)
    params = _named(document) | {"number": number, "back_to_number": version.number}
    record(document.initiative, "bring_back_version", by=by, params=params)
    return made


@transaction.atomic
def rename(*, document: Document, title: str, by: Person) -> Document:
    rules.write(by, document.initiative)
    document = _locked(document)
    rules.stands(document)
    before, document.title = document.title, title
    if before != title:
        document.full_clean()
        document.save(update_fields=["title"])
        index([document.initiative])
        params = _named(document) | {"before": before}
        record(document.initiative, "rename", by=by, params=params)
    return document


@transaction.atomic
def take_away(*, document: Document, by: Person) -> Document:
    """Take the document off the page; nothing of it is removed, and it can be brought back."""
    rules.write(by, document.initiative)
    document = _locked(document)
    rules.stands(document)
    document.taken_away_at, document.taken_away_by = timezone.now(), by
    document.save(update_fields=["taken_away_at", "taken_away_by"])
    index([document.initiative])
    record(document.initiative, "take_away", by=by, params=_named(document))
    return document


@transaction.atomic
def bring_back(*, document: Document, by: Person) -> Document:
    rules.write(by, document.initiative)
    document = _locked(document)
    rules.bring_back(document)
    document.taken_away_at = document.taken_away_by = None
    document.save(update_fields=["taken_away_at", "taken_away_by"])
    index([document.initiative])
    record(document.initiative, "bring_back", by=by, params=_named(document))
    return document


@transaction.atomic
def erase_document(*, document: Document, why: str, by: Person) -> Document:
    """Remove the files of all its versions, their names and notes; that there were versions, when
    and by whom, stays. A file that cannot be removed now is removed later by the duty."""
    document = _locked(document)
    rules.erase(by, document)
    document.erased_at = timezone.now()
    document.save(update_fields=["erased_at"])
    files = set(document.versions.exclude(key="").values_list("key", flat=True))
    with changes_allowed(Version._meta.db_table):
        models.QuerySet(Version).filter(document=document).update(name="", note="")
    transaction.on_commit(partial(_remove, files))
    record(document.initiative, "erase_document", by=by, words=why, params=_named(document))
    return document


def _remove(keys: Iterable[str]) -> None:
    for key in keys:
        storing.remove(key)


def _titles(keys: Sequence[int]) -> Iterable[tuple[int, str]]:
    found = Document.objects.standing().filter(initiative__in=keys).order_by("pk")
    return found.values_list("initiative_id", "title")


FOUND_BY.append(_titles)


def _locked(document: Document) -> Document:
    """The document as it stands now, its initiative locked until the transaction ends."""
    Initiative.objects.locked(document.initiative)
    return Document.objects.select_related("initiative").get(pk=document.pk)


def _held(file: Stored | None, address: str) -> dict[str, Any]:
    """What a version holds, by the names of its columns."""
    return dict(vars(file)) if file else {"address": address}


def _keep(
    document: Document, number: int, *, by: Person, at: datetime | None = None, **held: Any
) -> Version:
    version = Version(document=document, number=number, by=by, at=at or timezone.now(), **held)
    version.full_clean()
    version.save()
    return version


def _named(document: Document) -> dict[str, Any]:
    return {"document": document.title, "document_id": document.pk}
