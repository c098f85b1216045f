"""The verbs of machines that give figures."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.parties.models import Person
from kernen.parties.people.actions import SETTLED

from ..actions import Figure, load, record_of
from ..models import Load, Measure, Series, Token
from . import rules

VERBS.update(
    make_token=_("“%(measure)s”, %(place)s: another system may give figures (%(token)s)"),
    withdraw_token=_("“%(measure)s”, %(place)s: another system gives no more figures (%(token)s)"),
    make_tokens=_("“%(measure)s”: another system may give figures for every place (%(token)s)"),
    withdraw_tokens=_("“%(measure)s”: another system gives no more figures (%(token)s)"),
)
#: By what a token is known for one of Kernen's, also by whoever finds it where it does not belong.
BEGINS = "kernen_"
#: That it was used is written at most so often.
MOMENT = timedelta(minutes=1)


@transaction.atomic
def make_token(*, of: Measure | Series, name: str, until: date, by: Person) -> tuple[Token, str]:
    """A token, and its secret, which is kept nowhere."""
    rules.make(by, of, until)
    secret = BEGINS + token_urlsafe(32)
    bound = {"series": of} if isinstance(of, Series) else {"measure": of}
    token = Token(name=name, until=until, digest=Token.digest_of(secret), by=by, **bound)
    token.full_clean()
    token.save()
    _tell(token, "make_token", by)
    return token, secret


@transaction.atomic
def withdraw_token(*, token: Token, by: Person) -> Token:
    """It opens nothing any more; what came in by it stands."""
    Initiative.objects.locked(token.initiative)
    token.refresh_from_db(fields=["revoked_at"])
    rules.withdraw(by, token)
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    _tell(token, "withdraw_token", by)
    return token


@transaction.atomic
def use_token(*, token: Token, by: None = None) -> None:
    """Ask whether it still opens something, and keep when it was used last."""
    rules.opens(token)
    rules.use(token)
    now = timezone.now()
    if token.used_at is None or token.used_at < now - MOMENT:
        token.used_at = now
        token.save(update_fields=["used_at"])


@transaction.atomic
def give(
    *,
    measure: Measure,
    figures: Mapping[Series, Sequence[Figure]],
    sender: str,
    key: str,
    digest: str,
    reason: str = "",
    by: Person,
) -> list[Load]:
    """Take in the figures of some of the measure's series, all or none, in the order given; with a
    `reason` where other figures stand already.

    The same under the same key is taken in once, and not again when it was undone."""
    Initiative.objects.locked(measure.initiative)
    rules.sent_once(measure, key, digest)
    rules.stays(figures.keys(), key, digest)
    sent: dict[str, Any] = {"by": by, "way": Load.Way.MACHINE, "filename": sender}
    sent |= {"key": key, "digest": digest, "reason": reason}
    loads = (load(series=series, figures=rows, **sent) for series, rows in figures.items())
    return [one for one in loads if one]


def _tell(token: Token, verb: str, by: Person) -> None:
    if token.series:
        record_of(token.series, verb, by=by, token=token.name)
    elif token.measure:
        params = {"measure": token.measure.name, "measure_id": token.measure.pk}
        record(token.initiative, f"{verb}s", by=by, params=params | {"token": token.name})


def _take_back(person: Person) -> None:
    """Nobody gives figures in the name of a person who is no more."""
    for token in Token.objects.standing().filter(by=person):
        token.revoked_at, token.revoked_by = timezone.now(), person
        token.save(update_fields=["revoked_at", "revoked_by"])


SETTLED.append(_take_back)
