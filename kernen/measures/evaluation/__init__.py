"""Is it an improvement, and how much? Pure calculation, without Django.

A series with the date of a change comes in, or a measure at places that start at different times;
the change comes out with its interval, or a `NoAnswer` that names why the figures cannot tell.
"""

from kernen.measures.evaluation.counts import Counted, counted, ratio
from kernen.measures.evaluation.results import Estimate, NoAnswer, Reason
from kernen.measures.evaluation.segmented import Segmented, segmented
from kernen.measures.evaluation.stepped import Stepped, stepped

__all__ = [
    "VERSION",
    "Counted",
    "Estimate",
    "NoAnswer",
    "Reason",
    "Segmented",
    "Stepped",
    "counted",
    "ratio",
    "segmented",
    "stepped",
]

#: Which calculation it is: one higher whenever the same figures would give another answer.
VERSION = 1
