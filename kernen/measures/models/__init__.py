"""What is measured: measures, their series at places, their points and what was judged of them."""

from .measure import Annotation, Freeze, Load, Measure, Point, Series, SeriesQuerySet, Split

__all__ = [
    "Annotation",
    "Freeze",
    "Load",
    "Measure",
    "Point",
    "Series",
    "SeriesQuerySet",
    "Split",
]
