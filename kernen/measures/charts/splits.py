"""Where a series is split, as positions in it."""

from collections.abc import Iterable, Sequence
from datetime import date

from kernen.lib.periods import normalise


def kept_splits(
    splits: Iterable[tuple[date, str]],
    starts: Sequence[date],
    values: Sequence[float | None],
    frequency: str,
) -> tuple[tuple[int, str], ...]:
    """Splits as positions, those left out that have no figure on either side of them."""
    at = {start: position for position, start in enumerate(starts)}
    wanted = {at.get(normalise(period, frequency)): reason for period, reason in splits}
    kept: list[tuple[int, str]] = []
    for position in sorted(place for place in wanted if place):
        before = values[kept[-1][0] if kept else 0 : position]
        if any(v is not None for v in before) and any(v is not None for v in values[position:]):
            kept.append((position, wanted[position]))
    return tuple(kept)
