"""Gains and costs as a file, a row each."""

from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernen.lib.sheets import as_csv, as_xlsx

from .estimates import an_hour
from .models import Amount, Cost, Gain
from .summary import Summary

WIDTHS = (12, 30, 18, 60, 14, 50, 50, 12, 18, 16, 12, 12, 14, 14, 14, 14, 10, 10, 14)


def of(summary: Summary, kind: str) -> HttpResponseBase:
    title = _("Gains and costs")
    name = slugify(f"{title} {summary.initiative}", allow_unicode=True)[:100]
    if kind == "csv":
        return as_csv(_rows(summary), name)
    return as_xlsx(_rows(summary), name, title=title, widths=WIDTHS)


def _rows(summary: Summary) -> Iterator[list[Any]]:
    yield [
        pgettext("column", "Gain or cost"), pgettext("column", "Party"), pgettext("column", "Kind"),
        _("In words"), pgettext("column", "Known how"), pgettext("column", "Why"),
        _("How it shows it"),
        pgettext("column", "Figure"), _("Unit"), _("Per"), _("How often"), _("Counted in"),
        _("Low"), _("Likely"), _("High"), _("Kroner an hour"), _("From the year"),
        _("To the year"), _("Sample data"),
    ]  # fmt: skip
    for known in summary.gains:
        gain = known.gain
        yield [
            _("Gain"),
            gain.who_said,
            str(gain.get_kind_display()),
            gain.words,
            str(known.basis.label),
            known.why,
            " ".join(known.chosen),
            gain.figure,
            gain.unit,
            str(gain.get_per_display()) if gain.figure is not None else "",
            "",
            *_amount(gain, summary),
        ]
    for cost in summary.costs:
        yield [
            _("Cost"),
            cost.who_said,
            "",
            cost.words,
            *[""] * 3,
            None,
            *[""] * 2,
            str(cost.get_recurs_display()),
            *_amount(cost, summary),
        ]


def _amount(row: Gain | Cost, summary: Summary) -> list[Any]:
    mark = _("Sample data") if row.made_up else ""
    if not row.three:
        return [*[None] * 7, mark]
    return [
        str(Amount.Unit(row.counted_in).label),
        *row.three,
        an_hour(row, summary.terms) if row.hours else None,
        row.first_year,
        row.last_year,
        mark,
    ]
