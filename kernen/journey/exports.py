"""The overview's list as a file, whole and in the order shown, in one query however long it is."""

import csv as csv_files
import re
from collections.abc import Iterable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kernen.initiatives.areas import PriorityArea
from kernen.initiatives.models import Initiative, Involvement
from kernen.initiatives.stages import Stage
from kernen.lib.alphabet import alphabetical
from kernen.parties import lineage
from kernen.parties.models import Cluster, Organisation, Sector

DATE = "%d-%m-%Y"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A spreadsheet that opens a CSV takes what begins like this for a formula.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
#: Parts names in one text of the database; nobody can type it.
PARTING = "\x1f"

Row = list[Any]


class Together(Aggregate):
    """The values of many rows in one text, with `PARTING` between."""

    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def csv(found: QuerySet[Initiative], request: HttpRequest) -> StreamingHttpResponse:
    """Semicolons, UTF-8 with its mark, days as 22-11-2026: what a Danish spreadsheet opens."""
    rows = _rows(found, request)  # its words now, while the reader's language holds
    writer = csv_files.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    lines = (writer.writerow([_plain(cell) for cell in row]) for row in rows)
    response = StreamingHttpResponse(_marked(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response


def xlsx(found: QuerySet[Initiative], request: HttpRequest) -> FileResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Initiatives"))
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFGHIJKLM", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row in _rows(found, request):
        sheet.append([_cell(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_name("xlsx"), content_type=SHEET_TYPE)


WIDTHS = (40, 18, 24, 40, 30, 60, 60, 40, 24, 24, 30, 14, 40)


def _rows(found: QuerySet[Initiative], request: HttpRequest) -> Iterator[Row]:
    """The headings, then a row for each initiative."""
    stages = {stage.value: str(stage.label) for stage in Stage}
    sectors = {sector.value: str(sector.label) for sector in Sector}
    orientations = {one.value: str(one.label) for one in Initiative.Orientation} | {"": ""}
    areas = {one.value: str(one.label) for one in PriorityArea} | {"": ""}
    origins = {one.value: str(one.label) for one in Initiative.Origin}
    headings = [
        _("Initiative"), _("Stage"), _("Cluster"), _("Who takes part"), _("Sectors"),
        _("Problem"), _("Purpose and meaning"), _("Target group"), _("Orientation"), _("Origin"),
        _("Priority area"), _("Last active"), _("Address"),
    ]  # fmt: skip
    moved = {key: ", ".join(map(str, some)) for key, some in lineage.moved(Cluster).items()}
    goes_on = lineage.moved(Organisation)
    before = Organisation.objects.in_bulk(goes_on)
    renamed = {str(before[key]): ", ".join(map(str, some)) for key, some in goes_on.items()}
    values = _values(found)  # its days now, while the chosen day holds
    site = request.build_absolute_uri("/initiatives/")

    def one(row: dict[str, Any]) -> Row:
        names = sorted(
            {renamed.get(name, name) for name in row["parties"].split(PARTING)}, key=alphabetical
        )
        there = set(row["in_sectors"].split(PARTING))
        return [
            row["title"],
            stages[row["stage"]],
            moved.get(row["cluster"], row["cluster__name"] or ""),
            ", ".join(names),
            ", ".join(label for value, label in sectors.items() if value in there),
            row["problem"],
            row["purpose"],
            row["target_group"],
            orientations[row["orientation"]],
            origins[row["origin"]],
            areas[row["priority_area"]],
            timezone.localtime(row["active_at"]).date(),
            f"{site}{row['pk']}/",
        ]

    def all_of_them() -> Iterator[Row]:
        yield headings
        yield from map(one, values.iterator(chunk_size=1000))

    return all_of_them()


def _values(found: QuerySet[Initiative]) -> Any:
    return found.annotate(
        parties=_of_parties("organisation__name"), in_sectors=_of_parties("organisation__sector")
    ).values(
        "pk", "title", "stage", "cluster", "cluster__name", "parties", "in_sectors", "problem",
        "purpose", "target_group", "orientation", "origin", "priority_area", "active_at",
    )  # fmt: skip


def _of_parties(field: str) -> Coalesce:
    then = Involvement.objects.shown().filter(initiative=OuterRef("pk")).order_by()
    every = then.values("initiative").annotate(every=Together(field, Value(PARTING)))
    return Coalesce(Subquery(every.values("every")), Value(""), output_field=TextField())


def _plain(value: Any) -> str:
    """A cell of a CSV; what a spreadsheet would take for a formula gets an apostrophe before."""
    if isinstance(value, date):
        return value.strftime(DATE)
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A cell of a sheet: a day as a day, anything else as the text it is, never a formula."""
    if not isinstance(value, date):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "dd-mm-yyyy"
    return cell


def _marked(lines: Iterable[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def _name(ending: str) -> str:
    return f"kernen-{timezone.localdate():%Y-%m-%d}.{ending}"


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line
