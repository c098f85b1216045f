"""The verbs with which the worker sends what is mailed with a link."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Mailed
from . import rules

#: How long an e-mail that is being sent is left alone before it is tried again, the first time.
LEASE = timedelta(minutes=5)


@transaction.atomic
def claim(*, mailed: Mailed, now: datetime, by: None = None) -> bool:
    """Take it upon oneself to send the e-mail; whether nobody else has.

    Whoever is killed before `sent` leaves it to be sent again, later each time."""
    rules.by_itself(by)
    unsent = type(mailed)._default_manager.unsent(now)  # type: ignore[attr-defined]
    found = unsent.select_for_update(of=("self",)).filter(pk=mailed.pk).first()
    if found is None:
        return False
    found.again_at, found.tries = now + LEASE * 2**found.tries, found.tries + 1
    found.save(update_fields=["again_at", "tries"])
    return True


@transaction.atomic
def sent(*, mailed: Mailed, by: None = None) -> None:
    rules.by_itself(by)
    mailed.sent_at = timezone.now()
    mailed.save(update_fields=["sent_at"])


@transaction.atomic
def forget(*, model: type[Mailed], before: date, limit: int, by: None = None) -> int:
    """Whoever did not come is not kept: what ended before that day goes, and what the audit log
    says of it. Gives how many went."""
    rules.by_itself(by)
    rows: Any = model._default_manager
    keys = list(rows.in_vain().filter(until__lt=before).values_list("pk", flat=True)[:limit])
    rows.filter(pk__in=keys).delete()
    model.history.filter(id__in=keys).delete()  # type: ignore[attr-defined]
    return len(keys)
