"""What waits for whoever made a token: that it ends soon, so that no figure stays out unnoticed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from ..models import Series, Token

#: So long before a token ends it is told, and so long afterwards; then nobody has missed it.
BEFORE, AFTER = timedelta(days=30), timedelta(days=30)


def waiting(person: Person) -> Iterator[Waiting]:
    """The own tokens that end, but for those in whose place a later one stands already."""
    today = timezone.localdate()
    awake = Initiative.objects.awake(timezone.now())
    seen = Series.objects.seen_by(person).filter(measure__initiative__in=awake)
    tokens: Any = Token.objects.filter(by=person, revoked_at=None, until__gte=today - AFTER)
    tokens = tokens.filter(Q(measure__initiative__in=awake) | Q(series__in=seen))
    tokens = tokens.select_related("series__measure__initiative", "measure__initiative")
    latest = {(one.series_id, one.measure_id): one for one in tokens.order_by("until", "pk")}
    for token in latest.values():
        if token.until <= today + BEFORE:
            yield _ends(token)


def _ends(token: Token) -> Waiting:
    said = _("“%(system)s” gives no more figures of “%(measure)s”: its token ended on %(day)s.")
    if not token.ended:
        said = _("“%(system)s” gives figures of “%(measure)s”: its token ends on %(day)s.")
    measure = token.series.measure if token.series else token.measure
    words = {"system": token.name, "measure": measure}
    return Waiting(
        key=f"token:{token.pk}",
        what=said % (words | {"day": date_format(token.until, "DATE_FORMAT")}),
        action=_("Make a new token"),
        url=token.get_absolute_url(),
        about=token.initiative.title,
        due=token.until,
    )
