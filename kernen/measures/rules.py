"""What must hold of a series; who may write is the initiative's rules."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

from .models import Series


def split_there(series: Series, period: date) -> None:
    """A phase needs points of its own: a split lies within the series, after its first point."""
    periods = list(series.points.values_list("period", flat=True))
    if period not in periods:
        raise Refused(_("Choose a period that the series has a point for."))
    if period == periods[0]:
        raise Refused(_("The first point cannot begin a new phase: choose a later one."))
