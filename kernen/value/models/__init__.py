"""Gains and costs per party, what stands behind them, and what was expected when."""

from .amount import ALWAYS, Amount, Party
from .cost import Cost
from .evidence import Evidence, address_of
from .expected import Actual, Locked, Terms
from .gain import Basis, Gain, Kind, basis_of

__all__ = [
    "ALWAYS", "Actual", "Amount", "Basis", "Cost", "Evidence", "Gain", "Kind", "Locked", "Party",
    "Terms", "address_of", "basis_of",
]  # fmt: skip
