"""Statistical process control: pure calculation, without Django.

A chart comes in beside the run chart as one more entry in `analysis.CENTRES`, with its limits.
"""

from kernen.measures.spc.analysis import Phase, Result, analyse
from kernen.measures.spc.runs import runs_of

__all__ = ["Phase", "Result", "analyse", "runs_of"]
