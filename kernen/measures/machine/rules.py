"""Who lets another system give figures, and what its token is good for."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..models import Load, Measure, Series, Token
from ..rules import may, sent_before

#: A token is good for a year at most: then somebody looks whether it is still needed.
LONGEST = timedelta(days=366)


class Undone(Refused):
    """What was sent under the same key before was taken out again."""


def keep(person: Person | None, of: Measure | Series) -> None:
    """Whoever may load the figures lets another system do so."""
    if isinstance(of, Series):
        may(person, of, "load")
    else:
        initiatives.may(person, of.initiative, "load")


def make(person: Person | None, of: Measure | Series, until: date) -> None:
    keep(person, of)
    today = date.today()
    if not today < until <= today + LONGEST:
        raise Refused(_("Let the token end on a day within the next year."))


def withdraw(person: Person | None, token: Token) -> None:
    if person != token.by:
        keep(person, token.of)
    if token.revoked_at:
        raise Refused(_("The token is withdrawn already: nothing was changed."))


def opens(token: Token) -> None:
    """Whether it opens anything at all, asked before what it is used for."""
    if token.revoked_at:
        raise Refused(_("The token is withdrawn: ask for a new one."))
    if token.ended:
        raise Refused(_("The token has ended: ask for a new one."))


def use(token: Token, series: Series | None = None) -> None:
    """It does what whoever made it may do, and no longer than he or she may."""
    user = token.by.user
    if user is None or not user.is_active:
        raise Refused(_("Whoever made the token is here no more: let somebody make a new one."))
    keep(token.by, token.of)
    if series is not None:
        may(token.by, series, "load")


def sent_once(measure: Measure, key: str, digest: str) -> None:
    """What is sent for several places at once is the same for all of them."""
    before = Load.objects.filter(series__measure=measure, key=key).exclude(digest=digest)
    if key.startswith(Load.FOR_ALL) and (other := before.first()):
        sent_before(other, digest)


def stays(series: Collection[Series], key: str, digest: str) -> None:
    """A machine that repeats what it sent does not know that somebody took it out."""
    came = Load.objects.filter(series__in=series, key=key, digest=digest, undone_by__isnull=False)
    if found := came.select_related("undone_by__by").first():
        undoing = found.undone_by
        at = date_format(timezone.localtime(undoing.at), "DATETIME_FORMAT")
        told = _("What was sent under this key was undone by %(by)s, %(at)s (“%(why)s”), and stays "
                 "out. If it is right after all, send it under a new key.")  # fmt: skip
        raise Undone(told % {"by": undoing.by, "at": at, "why": undoing.reason})
