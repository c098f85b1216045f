"""The overview's list as a file, whole and in the order shown, in one query however long it is."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.initiatives.areas import PriorityArea
from kernen.initiatives.models import Initiative, Involvement
from kernen.initiatives.stages import Stage
from kernen.lib.alphabet import alphabetical
from kernen.lib.sheets import as_csv, as_xlsx
from kernen.parties import lineage
from kernen.parties.models import Cluster, Organisation, Sector

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
    return as_csv(_rows(found, request), _name())


def xlsx(found: QuerySet[Initiative], request: HttpRequest) -> FileResponse:
    return as_xlsx(_rows(found, request), _name(), title=_("Initiatives"), widths=WIDTHS)


WIDTHS = (40, 18, 24, 40, 30, 60, 60, 40, 24, 24, 30, 14, 40)


def _rows(found: QuerySet[Initiative], request: HttpRequest) -> Iterator[Row]:
    """The headings, then a row for each initiative."""
    stages = {stage.value: str(stage.label) for stage in Stage}
    sectors = {sector.value: str(sector.label) for sector in Sector}
    orientations = {one.value: str(one.label) for one in Initiative.Orientation} | {"": ""}
    areas = {one.value: str(one.label) for one in PriorityArea} | {"": ""}
    origins = {one.value: str(one.label) for one in Initiative.Origin}
    headings = [
        _("Initiative"), _("Stage"), _("Where"), _("Who takes part"), _("Sectors"),
        _("Problem"), _("Purpose and meaning"), _("Target group"), _("Orientation"), _("Origin"),
        _("Priority area"), _("Last active"), _("Address"),
    ]  # fmt: skip
    moved = {key: ", ".join(map(str, some)) for key, some in lineage.moved(Cluster).items()}
    renamed = _renamed()
    values = _values(found)  # its days now, while the chosen day holds
    site = request.build_absolute_uri("/initiatives/")

    def said(names: str) -> str:
        then = {renamed.get(name, name) for name in names.split(PARTING)}
        return ", ".join(sorted(then, key=alphabetical))

    def one(row: dict[str, Any]) -> Row:
        there = set(row["in_sectors"].split(PARTING))
        return [
            row["title"],
            stages[row["stage"]],
            moved.get(row["cluster"], row["cluster__name"]) or said(row["responsible"]),
            said(row["parties"]),
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


def _renamed() -> dict[str, str]:
    """Names of organisations that go on as others on the day shown → those others."""
    goes_on = lineage.moved(Organisation)
    before = Organisation.objects.in_bulk(goes_on)
    return {str(before[key]): ", ".join(map(str, some)) for key, some in goes_on.items()}


def _values(found: QuerySet[Initiative]) -> Any:
    return found.annotate(
        parties=_of_parties("organisation__name"),
        in_sectors=_of_parties("organisation__sector"),
        responsible=_of_parties("organisation__name", role=Involvement.Role.RESPONSIBLE),
    ).values(
        "pk", "title", "stage", "cluster", "cluster__name", "parties", "in_sectors", "responsible",
        "problem", "purpose", "target_group", "orientation", "origin", "priority_area", "active_at",
    )  # fmt: skip


def _of_parties(field: str, **those: Any) -> Coalesce:
    then = Involvement.objects.shown().filter(initiative=OuterRef("pk"), **those).order_by()
    every = then.values("initiative").annotate(every=Together(field, Value(PARTING)))
    return Coalesce(Subquery(every.values("every")), Value(""), output_field=TextField())


def _name() -> str:
    return f"kernen-{timezone.localdate():%Y-%m-%d}"
