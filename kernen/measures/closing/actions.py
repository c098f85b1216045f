"""The verbs of keeping a practice's figures to itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.parties.models import Person

from ..actions import record_of
from ..models import Series
from . import rules

VERBS.update(
    close=_("“%(measure)s”, %(place)s: the figures were closed to others"),
    open_again=_("“%(measure)s”, %(place)s: the figures are open to everybody again"),
)


@transaction.atomic
def close(*, series: Series, by: Person, at: datetime | None = None) -> Series:
    """From now on only the practice's own people find the series; its addresses close too."""
    series = Series.objects.locked(series)
    rules.close(by, series)
    series.closed_at, series.embedded_at = at or timezone.now(), None
    series.save(update_fields=["closed_at", "embedded_at"])
    record_of(series, "close", by=by, at=at)
    return series


@transaction.atomic
def open_again(*, series: Series, by: Person) -> Series:
    """Everybody finds the series again, and what its journal says."""
    series = Series.objects.locked(series)
    rules.open_again(by, series)
    series.closed_at = None
    series.save(update_fields=["closed_at"])
    record_of(series, "open_again", by=by)
    return series
