"""Net of all parties in each year, and added up from the first."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kernen.measures.charts.axes import ValueAxis, value_axis
from kernen.measures.charts.text import width_of

from ..money import kroner
from .parts import FONT, Picture, both

if TYPE_CHECKING:
    from ..summary import Summary

HEIGHT, TOP, BELOW = 240.0, 26.0, 30.0


def years(summary: Summary) -> Picture:
    return both("years", lambda width: _drawn(summary, width))


def _drawn(summary: Summary, width: int) -> dict[str, Any]:
    net = summary.net.overall
    so_far = list(accumulate(net))
    axis = value_axis([0.0, *net, *so_far], within=None)
    ticks = [(tick, kroner(tick) if abs(tick) > 1e-6 else "0") for tick in axis.ticks()]
    left = max(width_of(label, FONT) for _tick, label in ticks) + 8
    step = (width - left) / len(net)
    middles = [left + step * (at + 0.5) for at in range(len(net))]
    nought, bar = _y(axis, 0.0), min(step * 0.6, 56.0)
    spots = [(x, _y(axis, value)) for x, value in zip(middles, so_far, strict=True)]
    return {
        "height": round(HEIGHT + TOP + BELOW),
        "left": round(left, 1),
        "right": width,
        "grid": [(round(_y(axis, tick), 1), label) for tick, label in ticks],
        "tick_x": round(left - 8, 1),
        "nought": round(nought, 1),
        "bar": round(bar, 1),
        "bars": [
            (round(x - bar / 2, 1), *_extent(nought, _y(axis, value)), value < 0)
            for x, value in zip(middles, net, strict=True)
        ],
        "path": "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots),
        "dots": [(round(x, 1), round(y, 1)) for x, y in spots],
        "labels": _labels(summary, middles),
        "label_y": HEIGHT + TOP + 20,
        "title": _("Net of all parties, year by year"),
        "description": "; ".join(
            f"{year}: {kroner(value)}" for year, value in zip(summary.net.years, net, strict=True)
        ),
    }


def _y(axis: ValueAxis, value: float) -> float:
    return TOP + HEIGHT * (1 - axis.share(value))


def _extent(nought: float, y: float) -> tuple[float, float]:
    """Top and height of a bar."""
    return round(min(nought, y), 1), round(max(abs(nought - y), 0.5), 1)


def _labels(summary: Summary, middles: list[float]) -> list[tuple[float, int]]:
    """The years below, so many that they stand clear."""
    room = middles[1] - middles[0] if len(middles) > 1 else 99.0
    each = 1
    while room * each < width_of("2019", FONT) * 1.3:
        each += 1
    return [
        (round(x, 1), year)
        for at, (x, year) in enumerate(zip(middles, summary.net.years, strict=True))
        if at % each == 0
    ]
