"""A file that brings the figures of many series at once."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def free(self, gone: datetime) -> "DeliveryQuerySet":
        """Those that no worker is at: none has given a sign since then."""
        return self.filter(Q(seen_at=None) | Q(seen_at__lt=gone))


class Delivery(models.Model):
    """Figures of many series that came in one file: all of them are in, or none.

    The worker reads it through, and keeps what it `found` in it, `looked_at`; whoever sent it sees
    that, may have said otherwise of the sheet, the headings and the columns (`said`), and it is
    `confirmed_at` that all is understood right. Until it is taken in it holds the
    file itself (`content`), and `read` of its `rows` are read; `seen_at` is the latest sign of the
    worker who has it. When it is `ended_at`, the file is gone, and what is wrong in it stands as
    `problems`, or what it brought in the loads.

    One that brought much is undone by the worker as well, since `undo_asked_at` until it is done or
    `undo_refused` says why not; `rows` are then the series that it brought figures of."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="deliveries")
    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="deliveries")
    at = models.DateTimeField(_("when"), default=timezone.now)
    filename = models.CharField(_("file"), max_length=255, validators=[refuse_cpr])
    reason = models.CharField(
        _("why figures were changed"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    language = models.CharField(_("language"), max_length=10)
    content = models.BinaryField(default=b"", blank=True)
    confirmed_at = models.DateTimeField(
        _("understood right"), null=True, blank=True, editable=False
    )
    looked_at = models.DateTimeField(_("read through"), null=True, blank=True, editable=False)
    found = models.JSONField(default=dict, blank=True, editable=False)
    said = models.JSONField(_("how it is to be read"), default=dict, blank=True, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    read = models.PositiveIntegerField(_("rows that are read"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    places = models.PositiveIntegerField(_("series with figures that came in"), default=0)
    added = models.PositiveIntegerField(_("new periods"), default=0)
    changed = models.PositiveIntegerField(_("changed periods"), default=0)
    repeated = models.PositiveIntegerField(_("rows that repeat another row's figure"), default=0)
    empty = models.PositiveIntegerField(_("rows without a figure"), default=0)
    undo_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    undo_reason = models.CharField(
        _("why it is undone"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    undo_refused = models.TextField(_("why it is not undone"), blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()
    history = Audited(leave_out=("content", "found", "seen_at", "rows", "read"))

    class Meta:
        verbose_name = _("delivery of figures")
        verbose_name_plural = _("deliveries of figures")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="delivery_with_problems_brings_nothing",
                condition=Q(problems=[]) | Q(added=0, changed=0, places=0),
            ),
            models.CheckConstraint(
                name="delivery_brings_when_it_ends",
                condition=Q(ended_at__isnull=False) | Q(added=0, changed=0, places=0, problems=[]),
            ),
            models.CheckConstraint(
                name="delivery_undone_says_why",
                condition=Q(undo_asked_at__isnull=True) | ~Q(undo_reason=""),
                violation_error_message=_("Say why the load is undone."),
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="delivery_waits", condition=Q(ended_at__isnull=True)),
            models.Index(
                fields=["undo_asked_at"],
                name="delivery_undo_waits",
                condition=Q(undo_asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("delivery", args=[self.pk])
