"""How a person said that files of one shape are to be read."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.parties.models import Organisation, Person


class Shape(models.Model):
    """What was corrected when a file with these headings was loaded: the next one is read so.

    `headings` is a digest, so that nothing of the file is kept. `header` is the row of the headings
    where somebody had to say so, 0 where there are none. `columns` has the number of each role's
    column; `own` the same for a series, by its number, and what the file calls its place.

    Files with all places of the measure are of no `organisation`, and `places` has the number of
    the series that each of their names means, or 0 where it is left out."""

    measure = models.ForeignKey("measures.Measure", models.CASCADE, related_name="shapes")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="shapes"
    )
    headings = models.CharField(_("digest of the headings"), max_length=64)
    across = models.BooleanField(_("periods stand side by side"), default=False)
    crossed = models.BooleanField(_("half of a period stands above the column"), default=False)
    header = models.PositiveIntegerField(_("row of the headings"), null=True, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    places = models.JSONField(_("what the places are called"), default=dict, blank=True)
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
            ),
            models.UniqueConstraint(
                name="shape_once_a_measure",
                fields=["measure", "headings"],
                condition=Q(organisation=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.organisation or '*'}: {self.headings[:8]}"
