"""A series as files: its figures as CSV and XLSX, its chart with its sentence as SVG and PNG."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernen.lib.sheets import as_csv, as_xlsx
from kernen.ui.drawn import as_png

from ..charts.figures import Point
from ..charts.framed import framed
from ..charts.run import RunChart
from ..charts.words import line_word
from ..models import Series
from ..pictures import Charted

#: Good for one series, as long as it is shown elsewhere; nothing of it is stored.
SIGNER = signing.Signer(salt="kernen.measures.embedded")
#: Twice what a page shows, so that it is sharp on a slide.
PIXELS = 1840
WIDTHS = (18, 12, 12, 12, 14, 14, 8, 40)


def key_of(series: Series) -> str:
    return SIGNER.signature(f"{series.pk}:{series.embedded_at}")


def addresses(series: Series) -> dict[str, str]:
    """By kind the whole address under which other pages show the chart."""
    query = {"key": key_of(series)}
    return {
        kind: settings.SITE + reverse(f"embedded_{kind}", args=[series.pk], query=query)
        for kind in ("svg", "png")
    }


def picture(charted: Charted, kind: str) -> HttpResponse:
    """The chart with its sentence above and its caption below."""
    drawn = framed(charted.chart, subtitle=str(charted.series), remarks=_remarks(charted))
    if kind == "svg":
        return HttpResponse(drawn, content_type="image/svg+xml")
    return HttpResponse(as_png(drawn, PIXELS), content_type="image/png")


def _remarks(charted: Charted) -> Iterator[str]:
    """What whoever meets the picture alone has to know of it."""
    series, chart = charted.series, charted.chart
    if series.made_up:
        yield _("Sample data")
    if charted.otherwise:
        own = series.measure.get_chart_display()
        yield _("The measure itself is drawn as: %(chart)s") % {"chart": own}
    if chart.window:
        said = _("Shown: %(span)s. Lines and rules are those of the whole series.")
        yield said % {"span": chart.span_shown}


def figures(charted: Charted, kind: str) -> HttpResponseBase:
    rows, name = _rows(charted.chart), name_of(charted.series)
    if kind == "csv":
        return as_csv(rows, name)
    about = _("About the figures"), _about(charted.series)
    return as_xlsx(rows, name, title=_("The figures"), widths=WIDTHS, about=about)


def _about(series: Series) -> Iterator[tuple[Any, Any]]:
    """What is counted, where, and how: a figure alone says little."""
    measure = series.measure
    yield _("Initiative"), measure.initiative.title
    yield _("Measure"), measure.name
    yield _("Place"), str(series)
    yield pgettext("of a measure", "Kind"), measure.get_kind_display()
    yield _("Figures"), measure.get_figures_display()
    if measure.over:
        yield _("Numerator"), measure.numerator
        yield _("Denominator"), measure.denominator
    yield _("Who is counted"), measure.counted
    yield _("Source"), measure.source
    yield _("Unit"), measure.unit_said
    if not measure.events:
        yield _("How often"), measure.get_frequency_display()
    yield _("Better direction"), measure.direction_said
    yield _("Goal value"), measure.goal
    if series.made_up:
        yield _("Sample data"), _("The figures are made up.")
    yield _("Address"), f"{settings.SITE}{series.get_absolute_url()}"


def name_of(series: Series) -> str:
    """What a file of the series is called."""
    return slugify(f"{series.measure} {series}", allow_unicode=True)[:100] or f"series-{series.pk}"


def _rows(chart: RunChart) -> Iterator[list[Any]]:
    """The headings, then every period that is shown, those without a figure too."""
    drawn = chart.drawn
    limits = [pgettext("in a chart", "Lower limit"), pgettext("in a chart", "Upper limit")]
    limits = limits if chart.control else []
    several = [_("Standard deviation"), _("Number of observations")] if chart.has_samples else []
    yield [
        _("Period"), _("First day"), _("Numerator"), _("Denominator"), _("Value"),
        line_word(drawn) if drawn else "", pgettext("of a series", "Phase"),
        pgettext("beside a figure", "Note"), *limits, *several,
    ]  # fmt: skip
    first, last = chart.narrowed or (0, len(chart.starts) - 1)
    for at in range(first, last + 1):
        start, figure, row = chart.starts[at], chart.figures[at], chart.rows[at]
        yield [
            row.period,
            start,
            figure.numerator if figure else None,
            figure.denominator if figure else None,
            _figure(chart.result.y[at]) if chart.result else None,
            _figure(drawn.cl[at]) if drawn else None,
            row.phase,
            row.note,
            *([_figure(drawn.lcl[at]), _figure(drawn.ucl[at])] if drawn and limits else []),
            *(_several(figure) if several else ()),
        ]


def _several(figure: Point | None) -> tuple[float | None, int | None]:
    if not figure:
        return None, None
    return None if figure.spread is None else _figure(float(figure.spread)), figure.size


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
