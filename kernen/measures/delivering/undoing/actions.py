"""The verbs of taking out what a file brought: all of it, or none."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from ...actions import keep_changed
from ...loading.actions import take_out, tell_of
from ...models import Load, Series
from ...standing.keep import settle_later
from .. import rules
from ..actions import LEASE
from ..models import Delivery
from ..writing import keep_loads, remove
from .judging import chunks

VERBS.update(
    undo_delivery=_("“%(measure)s”: a load of figures of %(places)s places was undone"),
)


@transaction.atomic
def undo_delivery(
    *, delivery: Delivery, reason: str, by: Person, at: datetime | None = None
) -> Delivery:
    """Take out all that the delivery brought and that is not undone yet: the whole of it."""
    initiative = delivery.initiative
    list(Initiative.objects.select_for_update(of=("self",)).filter(pk=initiative.pk))
    rules.deliver(by, initiative)
    rules.undo(delivery)
    told: dict[str, Any] = {"reason": reason, "by": by, "at": at or timezone.now()}
    undone: list[Series] = []
    for loads in chunks(delivery):
        rules.bring(by, [load.series for load in loads])
        made = [take_out(load.series, load, load.series.loads.all(), **told) for load in loads]
        if not undone:
            made[0][0].full_clean()
        keep_changed([point for _undoing, changed, _gone in made for point in changed])
        keep_loads([undoing for undoing, _changed, _gone in made])
        gone = [point.pk for _undoing, _changed, points in made for point in points]
        remove(gone, timezone.now())
        undone += [load.series for load in loads]
    settle_later(Load.objects.filter(delivery=delivery).values("series"))
    held: Delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.undo_asked_at:
        held.undo_asked_at = None
        held.save(update_fields=["undo_asked_at"])
    tell_of(
        {series: {} for series in undone}, "undo_load", "undo_delivery", by=by, at=at, words=reason
    )
    return held


@transaction.atomic
def ask_undo(*, delivery: Delivery, reason: str, by: Person) -> Delivery:
    """Let the worker undo it: so much that whoever asks would wait for a minute."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.deliver(by, held.initiative)
    rules.ask_undo(by, held)
    held.undo_asked_at, held.undo_reason, held.undo_refused = timezone.now(), reason, ""
    held.seen_at, held.rows, held.read = None, 0, 0
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def claim_undo(*, delivery: Delivery, now: datetime, by: None = None) -> Delivery:
    """Let the worker who asks begin: one at a time, and only while it waits."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.begin_undo(held, now - LEASE)
    held.seen_at, held.rows, held.read = now, held.loads.filter(undone_by=None).count(), 0
    held.save(update_fields=["seen_at", "rows", "read"])
    return held


@transaction.atomic
def tell_looked(*, delivery: Delivery, looked: int, by: None = None) -> None:
    """Keep of how many places it is known that their figures may go, and that a worker is at it."""
    rules.undo_waits(delivery)
    delivery.seen_at, delivery.read = timezone.now(), looked
    delivery.save(update_fields=["seen_at", "read"])


@transaction.atomic
def refuse_undo(*, delivery: Delivery, why: str, by: None = None) -> None:
    """Keep why it stands."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.undo_waits(held)
    held.undo_asked_at, held.undo_refused = None, why
    held.save()
