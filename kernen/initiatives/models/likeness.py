"""Initiatives that look alike, and what is said of them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly
from kernen.parties.models import Person

from .initiative import Initiative
from .link import Link


class Vector(models.Model):
    """What a provider of likeness made of an initiative's text; the worker keeps it."""

    #: Goes when a name is taken out of the text past the actions; the worker makes it anew.
    MADE_ANEW = True

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="vectors")
    provider = models.CharField(max_length=10)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    value = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    compared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="vector_once", fields=["initiative", "provider"])
        ]
        indexes = [
            models.Index(fields=["provider", "version", "made_at"], name="vector_newest"),
            models.Index(
                fields=["initiative"], name="vector_to_compare", condition=Q(compared=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.provider}"


class Answer(models.TextChoices):
    """What one initiative is to another that it looks like."""

    SAME = "same", _("is the same as")
    RELATED = "related", _("is related to")
    BUILDS_ON = "builds_on", _("builds on")
    REPLACES = "replaces", _("replaces")
    DIFFERENT = "different", _("is something else than")


#: An answer as the journal says it: until both leads have said so, two are not the same.
SAID = {**dict(Answer.choices), "proposed": _("is proposed to be the same as")}


class LikenessQuerySet(models.QuerySet[Any]):
    def around(self, initiative: Initiative) -> Self:
        return self.filter(Q(one=initiative) | Q(other=initiative))

    def of(self, initiatives: models.QuerySet[Any]) -> Self:
        """Those with one of the initiatives on either side."""
        return self.filter(Q(one__in=initiatives) | Q(other__in=initiatives))

    def unresolved(self) -> Self:
        """Those that nobody has answered, by a link either, or that a lead has yet to confirm."""
        ways = (("one", "other"), ("other", "one"))
        linked = [
            Exists(Link.objects.filter(initiative=OuterRef(a), other=OuterRef(b))) for a, b in ways
        ]
        nothing_said = Q(answer="") & ~linked[0] & ~linked[1]
        return self.filter(nothing_said | Q(answer=Answer.SAME, confirmed=False))

    def whole(self) -> Self:
        """With all that is shown of them."""
        return self.select_related("one", "other", "side").prefetch_related(
            "answers__by",
            "one__involvements__organisation",
            "other__involvements__organisation",
        )


class Likeness(models.Model):
    """Two initiatives that look alike, the younger first, and what stands of it.

    The worker finds them; `answer`, `side` and `confirmed` follow from the answers, and only
    `likeness.actions` write them. `side` is the initiative of which the answer is said."""

    one = models.ForeignKey(Initiative, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Initiative, models.CASCADE, related_name="likened_to")
    score = models.FloatField()
    words = models.FloatField(null=True)
    meaning = models.FloatField(null=True)
    found_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    side = models.ForeignKey(Initiative, models.CASCADE, null=True, related_name="+")
    confirmed = models.BooleanField(default=False)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        ordering = ["-score", "-pk"]
        indexes = [models.Index(fields=["-score", "-id"], name="likeness_most_alike")]
        constraints = [
            models.UniqueConstraint(name="likeness_once", fields=["one", "other"]),
            models.CheckConstraint(
                name="likeness_younger_first", condition=Q(one_id__gt=F("other_id"))
            ),
            models.CheckConstraint(
                name="likeness_answer_has_a_side",
                condition=Q(answer="", side=None, confirmed=False)
                | Q(answer__in=Answer.values, side__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"

    def across(self, initiative: Initiative | None) -> Initiative:
        """The initiative on the other side."""
        return self.other if initiative == self.one else self.one

    @property
    def reverse_side(self) -> Initiative:
        """Of which the answer is said to the side it is said of."""
        return self.across(self.side)

    def confirmed_by(self) -> set[int]:
        """The sides whose lead says that the two are the same."""
        sides: set[int] = set()
        for said in sorted(self.answers.all(), key=lambda said: said.pk):
            if said.answer != Answer.SAME:
                sides.clear()
            elif said.as_lead:
                sides.add(said.side_id)
        return sides

    @property
    def waits_for(self) -> list[Initiative]:
        """The initiatives whose lead has yet to say whether the two are the same."""
        if self.answer != Answer.SAME or self.confirmed:
            return []
        confirmed = self.confirmed_by()
        return [one for one in (self.one, self.other) if one.pk not in confirmed]


class LikenessAnswer(AppendOnly):
    """What somebody said of a likeness, for one of its initiatives; the latest counts."""

    likeness = models.ForeignKey(Likeness, models.PROTECT, related_name="answers")
    side = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    as_lead = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a likeness")
        verbose_name_plural = _("answers to likenesses")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="likenessanswer_known", condition=Q(answer__in=Answer.values)
            )
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
