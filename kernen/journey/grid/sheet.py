"""The grid as a file: all series that were asked for, in the order shown, in one query."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .asked import Grid, with_all
from .rows import Row

WIDTHS = (40, 30, 30, 20, 18, 12, 14, 20, 14, 14, 24, 24, 12, 12, 14, 14, 40)


def lines(asked: Grid, request: HttpRequest) -> Iterator[list[Any]]:
    """The headings, then a line for each series."""
    site = request.build_absolute_uri("/series/")
    found = with_all(asked.judged)  # its days now, while the chosen day holds
    language = translation.get_language()  # and its words, when the page is answered already
    headings = [
        _("Initiative"), _("Measure"), _("Place"), pgettext("of a measure", "Kind"),
        _("Triple Aim dimension"), _("Unit"), _("Latest figure"), _("Period"), _("Median"),
        _("Goal"), _("Variation"), _("Will the goal be met?"), _("Empty periods"),
        _("Periods due"), _("Last updated"), _("Sample data"), _("Address"),
    ]  # fmt: skip

    def all_of_them() -> Iterator[list[Any]]:
        yield headings
        for standing in found.iterator(chunk_size=1000):
            with translation.override(language):
                line = _line(Row(standing), site)
            yield line

    return all_of_them()


def _line(row: Row, site: str) -> list[Any]:
    standing, measure = row.standing, row.series.measure
    return [
        measure.initiative.title,
        measure.name,
        str(row.series),
        measure.get_kind_display(),
        measure.get_dimension_display(),
        measure.unit_said,
        _rounded(standing.latest),
        row.period,
        _rounded(standing.median),
        measure.goal_plain,
        row.variation,
        row.assurance,
        standing.gaps,
        standing.overdue,
        timezone.localtime(standing.loaded_at).date() if standing.loaded_at else None,
        _("Yes") if row.series.made_up else "",
        f"{site}{row.series.pk}/",
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def name() -> str:
    return f"kernen-{_('measures')}-{timezone.localdate():%Y-%m-%d}"
