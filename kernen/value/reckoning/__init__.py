"""Who pays, who gains and when: pure calculation on rows of kroner, in NumPy alone.

Amounts are in the prices in which they were entered, and nothing is discounted: the years stand
beside each other, so that whoever wants another rate can apply it to them."""

from .net import NEVER_OUT, NOT_WITHIN, Net, Payback, payback, reckon
from .rows import Row
from .settling import Settlement, Transfer, settle
from .simulation import DRAWS, SEED, Simulation, simulate

__all__ = [
    "DRAWS", "NEVER_OUT", "NOT_WITHIN", "SEED", "Net", "Payback", "Row", "Settlement",
    "Simulation", "Transfer", "payback", "reckon", "settle", "simulate",
]  # fmt: skip
