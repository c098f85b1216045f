"""Keys with which other systems give figures."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from .measure import Measure, Series


class TokenQuerySet(models.QuerySet[Any]):
    def standing(self) -> "TokenQuerySet":
        """Those that still open something."""
        return self.filter(revoked_at=None, until__gte=date.today())


class Token(models.Model):
    """Lets another system give the figures of one series, or of one measure, in the name of whoever
    made it, for as long as that person may. The secret is told once; only its digest is kept."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="tokens")
    name = models.CharField(_("name"), max_length=100, validators=[refuse_cpr])
    digest = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    at = models.DateTimeField(_("made"), default=timezone.now)
    until = models.DateField(_("good until"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TokenQuerySet.as_manager()
    history = Audited(leave_out=("used_at",))

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="token_secret_once", fields=["digest"]),
            models.CheckConstraint(
                name="token_of_one_thing",
                condition=Q(measure__isnull=True, series__isnull=False)
                | Q(measure__isnull=False, series__isnull=True),
            ),
            models.CheckConstraint(
                name="token_revoked_whole",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page on which it is kept."""
        if self.series_id:
            return reverse("series_tokens", args=[self.series_id])
        return reverse("measure_tokens", args=[self.measure_id])

    @staticmethod
    def digest_of(secret: str) -> str:
        """Enough for a secret that nobody has thought up: 256 random bits."""
        return sha256(secret.encode()).hexdigest()

    @property
    def of(self) -> Measure | Series:
        """What it is bound to."""
        found = self.series or self.measure
        assert found  # noqa: S101 the database holds it
        return found

    @property
    def initiative(self) -> Initiative:
        return self.series.measure.initiative if self.series else self.of.initiative  # type: ignore[union-attr]

    @property
    def ended(self) -> bool:
        return bool(self.revoked_at) or self.until < date.today()
