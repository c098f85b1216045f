"""Tables as one ZIP of CSV files that any program reads: a data package of frictionlessdata.io.

`datapackage.json` says of each file and column what it holds (Table Schema). The files are UTF-8
with commas, decimal points and ISO 8601 days. What a spreadsheet would take for a formula has an
apostrophe before it, and so has what looks like one that was given it: `plain` takes it off."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

PROFILE = "tabular-data-package"
#: What a spreadsheet takes for a formula, with the apostrophes that are there already.
_FORMULA = re.compile(r"^'*\s*[=+\-@\t\r＝＋－＠]")
#: Rows that are fetched at once.
CHUNK = 2000
_TYPES: tuple[tuple[Any, str], ...] = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.IntegerField, "integer"),
    (models.ForeignKey, "integer"),
    (models.JSONField, "any"),
)


@dataclass(frozen=True)
class Column:
    """`of` gives the value from a row; `choices` are the words behind what is stored."""

    name: str
    title: str
    type: str
    of: Callable[[Any], Any]
    choices: dict[str, str] = field(default_factory=dict)
    to: str = ""

    def described(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, "title": self.title, "type": self.type}
        if self.choices:
            told["constraints"] = {"enum": list(self.choices)}
            said = "; ".join(f"{key}: {words}" for key, words in self.choices.items())
            told["description"] = said
        return told


@dataclass(frozen=True)
class Table:
    """One file: `rows` are gone through once, when it is written."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    key: Sequence[str] = ("id",)

    def described(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"fields": [column.described() for column in self.columns]}
        if self.key:
            schema["primaryKey"] = list(self.key)
        foreign = [
            {"fields": [one.name], "reference": {"resource": one.to, "fields": ["id"]}}
            for one in self.columns
            if one.to
        ]
        if foreign:
            schema["foreignKeys"] = foreign
        return {
            "name": self.name,
            "path": f"{self.name}.csv",
            "title": self.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema | {"missingValues": [""]},
        }


def of_model(
    name: str, rows: Any, *, without: Iterable[str] = (), also: Sequence[Column] = (),
    tables: Iterable[str] = (), key: Sequence[str] = ("id",),
) -> Table:  # fmt: skip
    """A table of a query, with all columns of its model but those left out. What points at a model
    whose table is in the package, by the name in `tables`, does so by number; else its name stands
    there."""
    model, left_out, known = rows.model, set(without), set(tables)
    fields = [one for one in model._meta.concrete_fields if one.name not in left_out]
    named = [one.name for one in fields if one.is_relation and _called(one) not in known]
    if named:
        rows = rows.select_related(*named)
    columns = [_column(one, _called(one) if one.name not in named else "") for one in fields]
    rows = rows.order_by(*(rows.query.order_by or ["pk"]))
    title = str(model._meta.verbose_name_plural)
    every = rows.iterator(chunk_size=CHUNK)
    return Table(name, title[:1].upper() + title[1:], [*columns, *also], every, key)


def _called(found: Any) -> str:
    """The name of the table of the model that a field points at."""
    return called(found.related_model) if found.is_relation else ""


def called(model: Any) -> str:
    """A model's table in a package: such as `shared_measures`."""
    words = re.findall(r"[A-Z][a-z]*", model.__name__)
    name = "_".join(words).lower()
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name.removesuffix('s')}s"


def _column(found: Any, to: str) -> Column:
    title = str(found.verbose_name)
    if found.is_relation and not to:
        return Column(found.name, title, "string", lambda row: _name(row, found.name))
    kind = next((said for of, said in _TYPES if isinstance(found, of)), "string")
    choices = {str(key): str(words) for key, words in found.flatchoices if key not in ("", None)}
    stored = choices if kind == "string" else {}
    return Column(found.name, title, kind, lambda row: getattr(row, found.attname), stored, to)


def _name(row: Any, name: str) -> str | None:
    named = getattr(row, name)
    return None if named is None else str(named)


def pack(file: IO[bytes], tables: Iterable[Table], **told: str) -> None:
    """Write the ZIP; `told` is said of the whole of it, such as its name and title."""
    every = list(tables)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        said = {
            "profile": PROFILE,
            **told,
            "created": datetime.now().astimezone().isoformat(timespec="seconds"),
            "resources": [table.described() for table in every],
        }
        said["description"] = " ".join([told.get("description", ""), _guarded()]).strip()
        archive.writestr("datapackage.json", json.dumps(said, ensure_ascii=False, indent=1))
        for table in every:
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as raw:
                text = io.TextIOWrapper(raw, "utf-8", newline="")
                writer = csv.writer(text, lineterminator="\r\n")
                writer.writerow([column.name for column in table.columns])
                for row in table.rows:
                    writer.writerow([written(column.of(row)) for column in table.columns])
                text.flush()
                text.detach()


def _guarded() -> str:
    return _(
        "An apostrophe stands before text that a spreadsheet would take for a formula; take one "
        "off where such text begins with it."
    )


def written(value: Any) -> str:
    """A cell as it stands in the file."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.astimezone().isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case int() | float():
            return str(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that was written so."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
