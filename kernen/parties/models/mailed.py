"""What goes out to one address as an e-mail with a link: made first, then sent by the worker."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr

from .person import Person

#: So long a link holds, and so soon an e-mail is not sent again.
LASTS, REST = timedelta(days=30), timedelta(hours=1)
#: What could not be sent so often is given up until it is sent again by hand.
MOST_TRIES = 10


class MailedQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that can still lead to something, also where their time is out."""
        raise NotImplementedError

    def standing(self) -> Self:
        """Those whose link holds today."""
        return self.waiting().filter(until__gte=timezone.localdate())

    def in_vain(self) -> Self:
        """Those that nobody came by."""
        raise NotImplementedError

    def unsent(self, now: datetime) -> Self:
        """Those whose e-mail is asked for, and tried now."""
        return self.standing().filter(sent_at=None, again_at__lte=now, tries__lt=MOST_TRIES)


class Mailed(models.Model):
    """It holds no secret: its link is signed. `mailing` sends it."""

    email = models.EmailField(_("e-mail"), validators=[refuse_cpr])
    until = models.DateField(_("link can be used until"))
    sending = models.PositiveSmallIntegerField(_("times asked"), default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def lasts() -> date:
        """Until when a link holds that is sent today."""
        return timezone.localdate() + LASTS

    def send_anew(self) -> None:
        """Have the worker send it once more; to be saved."""
        self.sending += 1
        self.tries, self.again_at, self.sent_at = 0, timezone.now(), None

    @property
    def late(self) -> bool:
        return self.until < date.today()

    @property
    def just_sent(self) -> bool:
        """It is on its way, or came a moment ago."""
        return not self.tries or bool(self.sent_at and self.sent_at > timezone.now() - REST)

    @property
    def failing(self) -> bool:
        """Tried, more than once, and not sent."""
        return self.sent_at is None and self.tries > 1

    def signed(self) -> str:
        """What the link is good for, and nothing else."""
        return f"{self.pk}:{self.email}"

    @property
    def key(self) -> str:
        signer = signing.Signer(salt=f"kernen.{self._meta.label_lower}")
        return signer.signature(self.signed())

    @property
    def link(self) -> str:
        path = self.get_absolute_url()  # type: ignore[attr-defined]
        return f"{settings.SITE}{path}?{urlencode({'key': self.key})}"

    def message_id(self, at: datetime) -> str:
        """The same each time the same e-mail is sent."""
        host = settings.SITE.partition("://")[2]
        return f"<{self._meta.model_name}-{self.pk}-{at:%Y%m%d%H%M%S}-{self.sending}@{host}>"


class Asked(Mailed):
    """A question that `by` asks by e-mail of a person in the register, or of whoever is typed in
    `name` and `title`. What it is derived from names `person`."""

    person: Any
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[refuse_cpr])
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[refuse_cpr])
    language = models.CharField(_("language"), max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("asked"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_for_somebody",
                condition=Q(person__isnull=False) | ~Q(name=""),
                violation_error_message=_("Say whom you ask."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    @property
    def to(self) -> str:
        """Whom it is for."""
        return str(self.person) if self.person else self.name
