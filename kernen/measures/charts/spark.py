"""A series as small as a line of text: its figures and its median; the words stand beside it."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kernen.measures.charts.labels import xml
from kernen.measures.charts.run import RunChart

WIDTH, HEIGHT, MARGIN = 120, 32, 3
#: So many values at most are in it.
LATEST = 30


def latest(chart: RunChart) -> tuple[list[float | None], int]:
    """The values of a chart that are in its small picture, and from which of them on its median
    counts."""
    values = chart.result.y if chart.result else ()
    first = chart.result.phases[-1].first - 1 if chart.result else 0
    cut = max(0, len(values) - LATEST)
    return list(values[cut:]), max(0, first - cut)


def spark(values: Sequence[float | None], median: float | None, since: int) -> SafeString:
    """`median` is drawn from the position `since` on; empty without figures."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return SafeString("")
    heights = [value for _at, value in known] + ([] if median is None else [median])
    low, spread = min(heights), (max(heights) - min(heights)) or 1

    def x(at: float) -> str:
        return xml(MARGIN + at / max(len(values) - 1, 1) * (WIDTH - 2 * MARGIN))

    def y(value: float) -> str:
        return xml(HEIGHT - MARGIN - (value - low) / spread * (HEIGHT - 2 * MARGIN))

    steps, before = [], None
    for at, value in known:
        steps.append(f"{'L' if before == at - 1 else 'M'}{x(at)} {y(value)}")
        before = at
    line = f"M{x(min(since, len(values) - 1))} {y(median)}H{WIDTH}" if median is not None else ""
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" '
        'focusable="false"><path class="spark-median" d="{}"/><path class="spark-line" d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, line, "".join(steps), x(known[-1][0]), y(known[-1][1]),
    )  # fmt: skip
