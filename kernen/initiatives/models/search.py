"""What an initiative is found by."""

from __future__ import annotations

from typing import Any

from django.db import models

from kernen.lib.words import LONGEST, trigrams


class SearchText(models.Model):
    """The stems that an initiative is found by; `actions` keep them, the database indexes them.

    A migration that changes this table on SQLite must set up its triggers anew."""

    initiative = models.OneToOneField(
        "Initiative", models.CASCADE, primary_key=True, related_name="found_by"
    )
    heading = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return self.heading


class GramQuerySet(models.QuerySet[Any]):
    def near(self, stem: str) -> list[str]:
        """The known stems that share most trigrams with a stem, those that share most first.

        Asks for the rarer half of its trigrams: what is like it, or holds it, has some of those."""
        grams = trigrams(stem)
        known = self.filter(gram__in=grams).values("gram").annotate(n=models.Count("pk"))
        rare = known.order_by("n", "gram").values("gram")[: len(grams) // 2 + 1]
        shared = self.filter(gram__in=rare).values("stem").annotate(n=models.Count("pk"))
        return list(shared.order_by("-n", "stem").values_list("stem", flat=True)[:100])


class Gram(models.Model):
    """Three signs in a row of a stem that some initiative holds: the vocabulary of the search."""

    gram = models.CharField(max_length=3)
    stem = models.CharField(max_length=LONGEST)

    objects = GramQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="gram_once", fields=["gram", "stem"])]
        indexes = [models.Index(fields=["stem"], name="gram_of_stem")]

    def __str__(self) -> str:
        return f"{self.gram}: {self.stem}"
