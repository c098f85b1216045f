"""Everything that Kernen holds on a person, in one file: to read in a spreadsheet, and for a
program. It is made from what `traces` finds, so no table is forgotten."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import models
from django.utils.translation import gettext as _

from ..models import Person
from . import traces

#: Columns that are nobody's to read.
SECRET = {"password"}


def export(person: Person) -> IO[bytes]:
    """A ZIP: everything.json, and one CSV for each kind of thing."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    told: dict[str, list[dict[str, Any]]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for model, named in traces.of(person):
            fields = [f for f in model._meta.concrete_fields if f.name not in SECRET]
            rows: list[Any] = list(named)
            models.prefetch_related_objects(rows, *_named_by(model))
            found = [{field.name: _value(row, field) for field in fields} for row in rows]
            if found:
                told[model._meta.label] = found
                name = f"{model._meta.verbose_name_plural} ({model._meta.label_lower}).csv"
                archive.writestr(name.replace("/", "-"), _sheet(fields, found))
        everything = json.dumps(told, default=_told, ensure_ascii=False, indent=1)
        archive.writestr("everything.json", everything)
    file.seek(0)
    return file


def _named_by(model: Any, depth: int = 3) -> Iterator[str]:
    """What the rows point at, and what that in turn is called after."""
    for field in _pointing(model):
        yield field.name
        if depth > 1:
            yield from (
                f"{field.name}__{rest}" for rest in _named_by(field.related_model, depth - 1)
            )


def _pointing(model: Any) -> list[Any]:
    return [f for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one]


def _value(row: models.Model, field: Any) -> Any:
    if field.many_to_one or field.one_to_one:
        related = getattr(row, field.name, None)
        return None if related is None else f"{related} ({related.pk})"
    return getattr(row, field.attname)


def _told(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _sheet(fields: list[Any], rows: list[dict[str, Any]]) -> str:
    """Semicolons and a mark of UTF-8: what a Danish spreadsheet opens."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(field.verbose_name) for field in fields])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return "\ufeff" + text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
