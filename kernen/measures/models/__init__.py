"""What is measured: measures, their series at places, their points and what was judged of them."""

from .measure import Annotation, Freeze, Load, Measure, Point, Series, SeriesQuerySet, Split
from .shared import FOR, TAKEN, Meant, SharedMeasure, SharedProposal, SharedVersion, Takeover

__all__ = [
    "FOR",
    "TAKEN",
    "Annotation",
    "Freeze",
    "Load",
    "Meant",
    "Measure",
    "Point",
    "Series",
    "SeriesQuerySet",
    "SharedMeasure",
    "SharedProposal",
    "SharedVersion",
    "Split",
    "Takeover",
]
