"""The one door to series for a page: what is closed to a person is not found through it."""

from typing import Any

from django.db.models import Model, Prefetch
from django.urls import reverse

from kernen.parties.models import Person

from .models import Point, Series


def charted(series: Any) -> Any:
    """The series, each with all that its chart shows, at the same number of queries for any number
    of them."""
    return series.select_related("measure__initiative__cluster", "organisation").prefetch_related(
        Prefetch("points", Point.objects.order_by("period")),
        "splits",
        "freezes",
        "annotations",
    )


def charted_for(person: Person | None) -> Any:
    """The series that the person may see, with all that their charts show."""
    return charted(Series.objects.seen_by(person))


def series_for(person: Person | None) -> Any:
    """For measures: those of their series that the person may see, as `measure.seen`."""
    return Prefetch("series", charted_for(person), to_attr="seen")


def parts_for(person: Person | None, part: type[Model]) -> Any:
    """The splits, points and so on of series that the person may see."""
    found = part.objects.select_related(  # type: ignore[attr-defined]
        "series__measure__initiative", "series__organisation"
    )
    return found.filter(series__in=Series.objects.seen_by(person))


def behind(series: Series, person: Person | None) -> dict[str, str]:
    """From the words of the series' splits and notes to where the journal tells of them."""
    journal = series.measure.initiative.journal.seen_by(person)
    told = journal.filter(params__series=series.pk, verb__in=("split", "annotate")).order_by("pk")
    page = reverse("journal", args=[series.measure.initiative_id])
    return {words: f"{page}?entry={pk}#entry-{pk}" for pk, words in told.values_list("pk", "words")}
