"""The transfers that leave no party worse off."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Less than this many kroner is nothing: what adding up leaves over.
NOTHING = 0.005


@dataclass(frozen=True, slots=True)
class Transfer:
    giver: str
    taker: str
    amount: float


@dataclass(frozen=True, slots=True)
class Settlement:
    """What those who gain give to those who lose; `missing` where all together lose."""

    transfers: tuple[Transfer, ...] = ()
    missing: float = 0.0


def settle(nets: Mapping[str, float]) -> Settlement:
    """The least that has to change hands: each that loses gets its loss, no more, from those that
    gain, each in proportion to its surplus. Where the losses are larger than the surpluses no
    transfer can do it, and `missing` is by how much."""
    losses = {party: -net for party, net in nets.items() if net < -NOTHING}
    surpluses = {party: net for party, net in nets.items() if net > NOTHING}
    total = sum(surpluses.values())
    missing = sum(losses.values()) - total
    if missing > NOTHING:
        return Settlement(missing=missing)
    return Settlement(
        tuple(
            Transfer(giver, taker, loss * surplus / total)
            for giver, surplus in surpluses.items()
            for taker, loss in losses.items()
        )
    )
