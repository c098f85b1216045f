"""A result to take along: how to cite it, its figures as CSV, its picture as SVG and PNG."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernen.lib.periods import label
from kernen.lib.sheets import as_csv
from kernen.ui.drawn import as_png

from ..charts.framed import framed_picture
from ..sharing.files import PIXELS
from .models import Result


def citation(result: Result) -> str:
    """The result in one line, with its date, its calculation and its address."""
    words = {
        "number": result.pk,
        "sentence": result.sentence,
        "day": date_format(timezone.localdate(result.at), "DATE_FORMAT"),
        "version": result.version,
        "address": settings.SITE + result.get_absolute_url(),
    }
    return (
        _(
            "Kernen, result %(number)s: %(sentence)s. Data as of %(day)s, calculation %(version)s. "
            "%(address)s"
        )
        % words
    )


def file_of(result: Result, kind: str) -> HttpResponseBase:
    name = f"kernen-{result.pk}"
    if kind == "csv":
        return as_csv(_rows(result), name)
    effect = result.effect
    drawn = framed_picture(
        heading=effect.heading,
        subtitle=_subtitle(result),
        pictures=[effect.wide],
        height=effect.height,
        said=[effect.caption, effect.basis, citation(result)],
    )
    if kind == "svg":
        response = HttpResponse(drawn, content_type="image/svg+xml")
    else:
        response = HttpResponse(as_png(drawn, PIXELS), content_type="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _subtitle(result: Result) -> str:
    material = result.effect.material
    where = _("all places") if material.several else material.places[0].name
    made_up = [_("Sample data")] if material.made_up else []
    return " · ".join([f"{material.name}, {where}", *made_up])


def _rows(result: Result) -> Iterator[list[Any]]:
    """The headings, then every period of every place."""
    material = result.effect.material
    yield [
        pgettext("of a series", "Place"), _("Period"), _("First day"), _("Numerator"),
        _("Denominator"), _("Value"), _("The change"), _("Left out"),
    ]  # fmt: skip
    counted = {under for place in material.places for under in place.denominators} - {None, 1.0}
    for place in material.places:
        change = material.position(place)
        for at, period in enumerate(material.periods):
            yield [
                place.name,
                label(period, material.frequency),
                period,
                place.numerators[at] if counted else None,
                place.denominators[at] if counted else None,
                place.values[at],
                _("since") if at >= change else _("before"),
                place.left_out[at],
            ]
