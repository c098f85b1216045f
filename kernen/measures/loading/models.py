"""How a person said that files of one shape are to be read."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.parties.models import Organisation, Person


class Shape(models.Model):
    """What was corrected when a file with these headings was loaded: the next one is read so.

    `headings` is a digest, so that nothing of the file is kept. `columns` has the number of each
    role's column; `own` the same for a series, by its number, and what the file calls its place."""

    measure = models.ForeignKey("measures.Measure", models.CASCADE, related_name="shapes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shapes")
    headings = models.CharField(_("digest of the headings"), max_length=64)
    across = models.BooleanField(_("periods stand side by side"), default=False)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    own = models.JSONField(_("what holds of one series"), default=dict, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="shapes")
    at = models.DateTimeField(_("when"), default=timezone.now)

    history = Audited()

    class Meta:
        verbose_name = _("shape of a file")
        verbose_name_plural = _("shapes of files")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="shape_once_a_place", fields=["measure", "organisation", "headings"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.organisation}: {self.headings[:8]}"
