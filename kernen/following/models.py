"""What a person follows, what he or she was told of it, and the digests of that by e-mail."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Entry, Initiative, open_to
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Cluster, Person


class SavedView(models.Model):
    """A person's own name for what an address of the overview asks for."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60, validators=[refuse_cpr])
    query = models.TextField(max_length=2000, validators=[refuse_cpr])
    place = models.PositiveSmallIntegerField(default=0)
    history = Audited()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="savedview_name_once",
                fields=["person", "name"],
                violation_error_message=_("You have a view of that name: choose another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('overview')}?{self.query}"

    def followed(self) -> bool:
        """Whether its person follows it, from follows that are already fetched."""
        return any(follow.wanted for follow in self.follows.all())


class Follow(models.Model):
    """A person's own word on whether to be told of something.

    Of an initiative it counts before anything else; who has said nothing of it follows it by being
    on its team, or by its cluster or a view."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="follows"
    )
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="follows"
    )
    view = models.ForeignKey(
        SavedView, models.CASCADE, null=True, blank=True, related_name="follows"
    )
    wanted = models.BooleanField(_("wants to be told"), default=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    history = Audited()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(
                name="follow_one_thing",
                condition=Q(initiative__isnull=False, cluster=None, view=None)
                | Q(initiative=None, cluster__isnull=False, view=None)
                | Q(initiative=None, cluster=None, view__isnull=False),
            ),
            *(
                models.UniqueConstraint(name=f"follow_{thing}_once", fields=["person", thing])
                for thing in ("initiative", "cluster", "view")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.initiative or self.cluster or self.view}"


class Digest(models.Model):
    """One e-mail to one person with what was unread at a moment: made first, then sent.

    Its Message-ID follows from what it is, so that the same digest sent twice is known as one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    slot = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="digest_once_a_slot", fields=["person", "slot"])
        ]
        indexes = [
            models.Index(fields=["again_at"], name="digest_waits", condition=Q(sent_at=None))
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        return f"<digest-{self.pk}-{self.slot:%Y%m%d%H%M%S}@{settings.SITE.partition('://')[2]}>"


class NoticeQuerySet(models.QuerySet[Any]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def seen_by(self, person: Person) -> Self:
        """The person's own, without those of what has been closed to him or her since."""
        found: Self = open_to(person, self.filter(person=person), "entry__")
        return found


class Notice(models.Model):
    """That a person is told of one entry of the journal, once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-entry_id"]
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["person", "entry"]),
        ]
        indexes = [
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.entry}"


class DigestChoice(models.Model):
    """How often, and in which language, a person wants the digest; without one: see `digests`."""

    class Frequency(models.TextChoices):
        DAILY = "daily", pgettext_lazy("digest", "Daily, at seven in the morning")
        WEEKLY = "weekly", pgettext_lazy("digest", "Weekly, Monday at seven in the morning")
        NEVER = "never", pgettext_lazy("digest", "Never")

    person = models.OneToOneField(Person, models.CASCADE, related_name="digest_choice")
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency, default=Frequency.WEEKLY
    )
    language = models.CharField(
        _("language of the mail"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    since = models.DateTimeField(default=timezone.now)
    history = Audited()

    class Meta:
        verbose_name = _("choice of digest")
        verbose_name_plural = _("choices of digest")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_frequency_display()}"
