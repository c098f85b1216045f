"""The verbs of showing a chart elsewhere."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.parties.models import Person

from ..actions import record_of
from ..models import Series
from . import rules

VERBS.update(
    embed=_("The chart of “%(measure)s”, %(place)s, can be shown on other pages"),
    unembed=_("The chart of “%(measure)s”, %(place)s, is no longer shown on other pages"),
)


@transaction.atomic
def embed(*, series: Series, by: Person) -> Series:
    """From now on the chart has an address that whoever knows it can see, without signing in."""
    series = Series.objects.locked(series)
    rules.embed(by, series)
    series.embedded_at = timezone.now()
    series.save(update_fields=["embedded_at"])
    record_of(series, "embed", by=by)
    return series


@transaction.atomic
def unembed(*, series: Series, by: Person) -> Series:
    """The address is good for nothing any more; a new one will be another."""
    series = Series.objects.locked(series)
    rules.unembed(by, series)
    series.embedded_at = None
    series.save(update_fields=["embedded_at"])
    record_of(series, "unembed", by=by)
    return series
