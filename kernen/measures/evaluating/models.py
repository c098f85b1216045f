"""What an evaluation rests on and what came of it: both stand as they were written."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from ..charts.effect import Effect
from ..charts.material import answers_of, material_of


class Start(AppendOnly):
    """A person's word for when a place started: the first `period` with the change, none where it
    has not started. The last word counts."""

    series = models.ForeignKey("measures.Series", models.PROTECT, related_name="starts")
    period = models.DateField(_("first period with the change"), null=True, blank=True)
    reason = models.CharField(_("how it is known"), max_length=300, validators=[refuse_cpr])
    by = models.ForeignKey(Person, models.PROTECT, related_name="starts")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("start at a place")
        verbose_name_plural = _("starts at places")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="start_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.period or '–'}: {self.reason}"


class Result(AppendOnly):
    """An evaluation frozen so that it can be cited: the figures it was made from, what they gave,
    and the sentence, as they were that day. Of one series, or of all places of the measure."""

    measure = models.ForeignKey("measures.Measure", models.PROTECT, related_name="results")
    series = models.ForeignKey(
        "measures.Series", models.PROTECT, related_name="results", null=True, blank=True
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="results")
    at = models.DateTimeField(_("when"), default=timezone.now)
    version = models.PositiveSmallIntegerField(_("version of the calculation"))
    figures = models.JSONField(_("figures"))
    answers = models.JSONField(_("answers"))
    sentences = models.JSONField(_("the sentence in each language"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="result_names_calculation", condition=Q(version__gt=0))
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return reverse("result", args=[self.pk])

    @property
    def sentence(self) -> str:
        """What it says, without a full stop, in the active language as it was said that day."""
        said: str = self.sentences.get(get_language() or "") or next(iter(self.sentences.values()))
        return said

    @property
    def places(self) -> set[int]:
        """The series whose figures it shows."""
        return {place.series for place in material_of(self.figures).places}

    @property
    def shows_improvement(self) -> bool:
        """Whether it says that things became better by more than chance: evidence for a gain."""
        return self.effect.improvement

    @cached_property
    def effect(self) -> Effect:
        """The frozen evaluation, with its pictures."""
        return Effect(
            material_of(self.figures),
            answers_of(self.answers),
            uid=f"result-{self.pk}",
            said=self.sentence,
        )
