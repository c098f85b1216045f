"""Statistical process control: pure calculation, without Django.

A series, or a whole array of them, comes in; lines, limits and findings go out. A chart is one more
function in `lines.CHARTS`.
"""

from kernen.measures.spc.analysis import analyse, analyse_many
from kernen.measures.spc.nhs import Assurance, Cause, Variation
from kernen.measures.spc.results import Many, Phase, Result
from kernen.measures.spc.runs import runs_of
from kernen.measures.spc.subgroups import Subgroups, subgroups

__all__ = [
    "Assurance",
    "Cause",
    "Many",
    "Phase",
    "Result",
    "Subgroups",
    "Variation",
    "analyse",
    "analyse_many",
    "runs_of",
    "subgroups",
]
