"""Who may show a chart to whoever has its address."""

from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..models import Series


def embed(person: Person | None, series: Series) -> None:
    initiatives.may(person, series.measure.initiative, "measure")
    if series.embedded_at:
        raise Refused(_("The chart has an address already: nothing was changed."))


def unembed(person: Person | None, series: Series) -> None:
    initiatives.may(person, series.measure.initiative, "measure")
    if not series.embedded_at:
        raise Refused(_("The chart has no address: nothing was changed."))
