"""Is it an improvement, and how much? Pure calculation, without Django.

A series with the date of a change comes in; the change in level and slope comes out with intervals,
or a `NoAnswer` that names why the figures cannot tell.
"""

from kernen.measures.evaluation.results import Estimate, NoAnswer, Reason
from kernen.measures.evaluation.segmented import Segmented, segmented

__all__ = ["Estimate", "NoAnswer", "Reason", "Segmented", "segmented"]
