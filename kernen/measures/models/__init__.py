"""What is measured: measures, their series at places, their points and what was judged of them."""

from ..delivering.models import Delivery
from ..evaluating.models import Result, Start
from ..loading.models import Shape
from ..standing.models import Standing
from ..walls.models import Wall, WallChart
from .figures import Load, Point
from .judged import Annotation, Freeze, Split
from .link import FiguresLink
from .measure import Measure, Series, SeriesQuerySet
from .shared import FOR, TAKEN, Meant, SharedMeasure, SharedProposal, SharedVersion, Takeover
from .token import Token

__all__ = [
    "FOR",
    "TAKEN",
    "Annotation",
    "Delivery",
    "FiguresLink",
    "Freeze",
    "Load",
    "Meant",
    "Measure",
    "Point",
    "Result",
    "Series",
    "SeriesQuerySet",
    "Shape",
    "SharedMeasure",
    "SharedProposal",
    "SharedVersion",
    "Split",
    "Standing",
    "Start",
    "Takeover",
    "Token",
    "Wall",
    "WallChart",
]
