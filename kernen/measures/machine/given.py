"""What a machine is told: the definition, the places and the figures that stand."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from ..models import Load, Measure, Point, Series
from .sent import fields_of


def address(thing: Any) -> str:
    """The whole address of the thing's page."""
    return f"{settings.SITE}{thing.get_absolute_url()}"


def definition(measure: Measure) -> dict[str, Any]:
    same = (
        "name", "figures", "frequency", "unit", "per", "direction", "numerator", "denominator",
        "counted", "source",
    )  # fmt: skip
    return {
        "measure": measure.pk,
        "address": address(measure),
        "initiative": measure.initiative.title,
        "fields": fields_of(measure),
        "goal": _number(measure.goal),
        **{name: getattr(measure, name) for name in same},
    }


def place(series: Series) -> dict[str, Any]:
    return {**_named(series), "address": address(series)}


def point(point: Point) -> dict[str, Any]:
    return {
        "period": point.period,
        "value": _number(point.value),
        "spread": _number(point.spread),
        "note": point.note or None,
        **{name: getattr(point, name) for name in ("numerator", "denominator", "size")},
    }


def placed(point_: Point, series: Series) -> dict[str, Any]:
    return point(point_) | _named(series)


def taken(load: Load, *, dry_run: bool) -> dict[str, Any]:
    same = {"series": load.series_id, "added": load.added, "changed": load.changed}
    return same | {"at": None if dry_run else load.at}


def _named(series: Series) -> dict[str, Any]:
    return {
        "series": series.pk,
        "organisation": series.organisation.name,
        "place": series.place,
    }


def _number(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
