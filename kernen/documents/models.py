"""What is kept beside an initiative's own texts: files and links, with all their versions."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.lib.alphabet import Alphabetical
from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from .content import BY_CONTENT_TYPE

https = URLValidator(
    schemes=["https"], message=_("Write a whole address that begins with https://.")
)


class DocumentQuerySet(models.QuerySet[Any]):
    def not_erased(self) -> Self:
        return self.filter(erased_at=None)

    def standing(self) -> Self:
        """Those that are not taken away."""
        return self.filter(taken_away_at=None)


class Document(models.Model):
    """A file or a link that belongs to an initiative; what it holds is its latest version."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=150, validators=[refuse_cpr])
    taken_away_at = models.DateTimeField(_("taken away"), null=True, blank=True, editable=False)
    taken_away_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="documents_taken_away",
        verbose_name=_("taken away by"),
    )

    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()
    history = Audited()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [Alphabetical("title"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="document_taken_away_by_somebody",
                condition=Q(taken_away_at__isnull=True, taken_away_by__isnull=True)
                | Q(taken_away_at__isnull=False, taken_away_by__isnull=False),
            ),
            models.CheckConstraint(
                name="document_erased_when_taken_away",
                condition=Q(erased_at__isnull=True) | Q(taken_away_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def latest(self) -> Version:
        """From versions that may have been fetched already."""
        return self.versions.all()[0]


class Version(AppendOnly):
    """What a document held from then on: a file in the storage, or an address."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="versions")
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[refuse_cpr])
    brought_back = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(
        _("address"), max_length=500, blank=True, validators=[https, refuse_cpr]
    )
    name = models.CharField(_("file name"), max_length=200, blank=True, validators=[refuse_cpr])
    key = models.CharField(_("place in the storage"), max_length=60, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    content_type = models.CharField(_("type by content"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["-number"]
        indexes = [models.Index(fields=["key"], name="version_key")]
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["document", "number"]),
            models.CheckConstraint(
                name="version_is_a_file_or_a_link",
                condition=(Q(key="", size__isnull=True) & ~Q(address=""))
                | (Q(address="", size__isnull=False) & ~Q(key="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address.removeprefix("https://")

    def get_absolute_url(self) -> str:
        return reverse("download", args=[self.pk])

    @property
    def host(self) -> str:
        """The host that a link leads to."""
        return urlsplit(self.address).hostname or ""

    @property
    def type_label(self) -> str | Promise:
        found = BY_CONTENT_TYPE.get(self.content_type)
        if found is None:
            return _("Link") if self.address else self.content_type
        return found.label
