"""Who may show a chart to whoever has its address."""

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..models import Series
from ..rules import may


def embed(person: Person | None, series: Series) -> None:
    may(person, series, "measure")
    if series.closed_at:
        raise Refused(_("The figures are closed: open them again before they are shown elsewhere."))
    if series.embedded_at:
        raise Refused(_("The chart has an address already: nothing was changed."))


def unembed(person: Person | None, series: Series) -> None:
    may(person, series, "measure")
    if not series.embedded_at:
        raise Refused(_("The chart has no address: nothing was changed."))
