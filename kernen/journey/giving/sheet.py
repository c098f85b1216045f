"""What an organisation owes and gives as a file: every series that was asked for, in order."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kernen.measures.quality.saying import Row

from .asked import Giving

WIDTHS = (40, 30, 30, 14, 12, 40, 14, 12, 30, 30, 12, 12, 12, 12, 14, 14, 14, 40)


def lines(asked: Giving, request: HttpRequest) -> Iterator[list[Any]]:
    """The headings, then a line for each series."""
    yield [
        _("Initiative"), _("Measure"), _("Place"), _("How often"), _("Periods missing"),
        _("Which"), _("Due on"), _("Late"), _("Given by"), _("Way in"),
        _("Days until it came (median)"), _("Periods that were due"), _("In time"),
        _("Changed afterwards"), _("Far from the usual"), _("Confirmed"),
        _("Given before the period was over"), _("Address"),
    ]  # fmt: skip
    site = request.build_absolute_uri("/series/")
    for row in asked.rows(asked.records):
        yield _line(row, site)


def _line(row: Row, site: str) -> list[Any]:
    record, measure = row.record, row.series.measure
    return [
        measure.initiative.title,
        measure.name,
        str(row.series),
        "" if record.events else measure.get_frequency_display(),
        len(record.owed),
        row.missing,
        row.due,
        len(record.late),
        row.givers,
        row.ways,
        record.median_days,
        len(record.awaited),
        record.in_time if record.awaited else None,
        record.changed,
        record.far,
        record.confirmed,
        record.early,
        f"{site}{row.series.pk}/",
    ]


def name(asked: Giving) -> str:
    of = slugify(str(asked.organisation), allow_unicode=True)[:80]
    return f"{_('figures')}-{of}-{timezone.localdate():%Y-%m-%d}"
