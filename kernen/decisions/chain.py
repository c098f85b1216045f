"""Records that cannot be changed unseen: each carries a hash over itself and its predecessor.

The database refuses to change or remove them (`lib/append_only`). The hashes are for whoever does
not trust the database: a row changed behind its back no longer fits its own hash, one taken out or
put in no longer fits its neighbours, and the last one no longer fits the head of its chain.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.append_only import AppendOnly

#: What the first record of a chain has for its predecessor.
BEGINNING = "0" * 64


class Head(models.Model):
    """The end of a chain: how many records it has, and the hash of the last. Its row is locked
    while one is added, so that two never follow the same."""

    chain = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=BEGINNING)

    def __str__(self) -> str:
        return f"{self.chain} {self.length}"


class Chained(AppendOnly):
    """An append-only record in the chain of its kind; `actions.append` adds it."""

    sealed = True
    number = models.PositiveBigIntegerField(gettext_lazy("number"), unique=True, editable=False)
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def reckon(self) -> str:
        """SHA-256, in hexadecimal, over every field but the key and the hash itself."""
        fields = [f for f in self._meta.concrete_fields if f.name not in ("id", "hash")]
        told = {f.attname: _plain(f, getattr(self, f.attname)) for f in fields}
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(field: Any, value: Any) -> Any:
    """A value as it is hashed: the same before it is written and after it is read, on any
    database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.{field.decimal_places}f}"
    return value


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    chain: str
    number: int
    why: str

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.why}"


def first_break(model: type[Chained]) -> Break | None:
    """Follow the chain from its beginning; None if it is whole. Reads record by record."""
    name = model._meta.label_lower
    expected, previous = 1, BEGINNING
    for record in _records(model):
        why = _wrong(record, expected, previous)
        if why:
            return Break(name, min(record.number, expected), why)
        expected, previous = expected + 1, record.hash
    head = Head.objects.filter(chain=name).first()
    length, last = (head.length, head.hash) if head else (0, BEGINNING)
    if length >= expected:
        return Break(name, expected, _("the last records are missing."))
    if length != expected - 1 or last != previous:
        return Break(name, expected - 1, _("the head of the chain tells of another last record."))
    return None


def _records(model: type[Chained]) -> Iterator[Chained]:
    return model._default_manager.order_by("number").iterator(chunk_size=500)


def _wrong(record: Chained, expected: int, previous: str) -> str:
    if record.number > expected:
        return _("a record is missing.")
    if record.number < expected:
        return _("a record stands there twice.")
    if record.reckon() != record.hash:
        return _("it was changed after it was written.")
    if record.previous != previous:
        return _("it does not follow the record before it.")
    return ""
