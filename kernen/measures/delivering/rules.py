"""Who delivers the figures of many series, and what of it is undone."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.initiatives.models import Initiative
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..models import Load, Measure, Series
from ..rules import NOT_OF_ITS_KIND, may
from .models import Delivery

#: What a browser sends at once: 200,000 rows and more.
MAX_BYTES = 20 * 1024 * 1024
TOO_LARGE = _("The file is larger than 20 MB. Load it in smaller parts.")
#: What brought no more figures than these is undone at once.
AT_ONCE = 5_000


def deliver(person: Person | None, initiative: Initiative) -> None:
    initiatives.may(person, initiative, "load")


def unfinished(delivery: Delivery) -> None:
    if delivery.ended_at:
        raise Refused(_("The file is taken in, or refused, already."))


class Unexplained(Refused):
    field = "reason"


def shown(delivery: Delivery) -> None:
    """Whoever sent it has not said yet that it is understood right."""
    unfinished(delivery)
    if delivery.confirmed_at:
        raise Refused(_("The figures are being loaded already."))


def confirm(delivery: Delivery, reason: str) -> None:
    shown(delivery)
    if not delivery.looked_at:
        raise Refused(_("The file is being read through: wait until you see what is in it."))
    if delivery.found["problems"]:
        raise Refused(_("Choose other columns, or mend the file: it cannot be read like this."))
    if delivery.found["changed"] and not reason.strip():
        raise Unexplained(_("Say why figures that stand already are changed."))


def begin(delivery: Delivery, gone: datetime) -> None:
    """Nobody who has given a sign since then is at it."""
    unfinished(delivery)
    if delivery.looked_at and not delivery.confirmed_at:
        raise Refused(_("Nobody has said yet that the rows are understood correctly."))
    _free(delivery, gone)


def undo_waits(delivery: Delivery) -> None:
    if not delivery.undo_asked_at:
        raise Refused(_("Nobody asks for it to be undone any more."))


def begin_undo(delivery: Delivery, gone: datetime) -> None:
    undo_waits(delivery)
    _free(delivery, gone)


def _free(delivery: Delivery, gone: datetime) -> None:
    if delivery.seen_at and delivery.seen_at > gone:
        raise Refused(_("The file is being read already."))


def as_read(measures: Iterable[Measure]) -> None:
    """Nobody has made another kind of measure of them since the file was read."""
    for one in measures:
        now = Measure.objects.filter(figures=one.figures, frequency=one.frequency, pk=one.pk)
        if not now.exists():
            raise Refused(NOT_OF_ITS_KIND)


def bring(person: Person, series: Iterable[Series]) -> None:
    """The figures of each of these series, all of one initiative, are the person's to load."""
    asked = False
    for one in series:
        if one.closed_at or not asked:
            may(person, one, "load")
            asked = asked or not one.closed_at


def receive(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)


def undoing(delivery: Delivery) -> Load | None:
    """The latest load that undid some of it, once nothing of it stands any more."""
    if delivery.loads.filter(undone_by=None).exists():
        return None
    return Load.objects.filter(undoes__delivery=delivery).select_related("by").first()


def undo(delivery: Delivery) -> None:
    if not delivery.ended_at or not delivery.loads.exists():
        raise Refused(_("It brought no figures: there is nothing to undo."))
    if not delivery.loads.filter(undone_by=None).exists():
        raise Refused(_("The load is undone already: nothing was changed."))


def much(delivery: Delivery) -> bool:
    """It brought so much that the worker undoes it, and nobody waits for it."""
    return delivery.added + delivery.changed > AT_ONCE


def ask_undo(person: Person | None, delivery: Delivery) -> None:
    """The worker undoes in the name of whoever sent the file."""
    undo(delivery)
    if much(delivery) and person != delivery.by:
        told = _(
            "It brought so many figures that only %(by)s, who sent the file, can undo it here."
        )
        raise Refused(told % {"by": delivery.by})
    if delivery.undo_asked_at:
        raise Refused(_("The load is being undone already."))
