"""The words inside a picture: medians, goal, and what a signal is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import pgettext

from kernen.measures.charts.labels import Box, Label, Skyline, block, place, stack
from kernen.measures.charts.sentences import mark
from kernen.measures.charts.verdict import is_signal, long_runs

if TYPE_CHECKING:
    from kernen.measures.charts.numbers import Numbers
    from kernen.measures.charts.picture import Drawing, Frame, Size
    from kernen.measures.spc import Phase, Result


def end_texts(drawing: Drawing, *, stacked: bool) -> list[tuple[str, ...]]:
    """The lines at the right: for the last median and, where there is one, the goal."""
    numbers = drawing.numbers
    written = [(word, numbers.on_axis(value)) for word, value, _kind in _ends(drawing)]
    return list(written) if stacked else [(f"{word} {number}",) for word, number in written]


def _ends(drawing: Drawing) -> list[tuple[str, float, str]]:
    """(Word, value, kind) of each line that reaches the right edge; a limit at nought is none."""
    result = drawing.result
    ends: list[tuple[str, float | None, str]] = [
        (line_word(result), drawing.phases[-1].centre or 0, "median"),
        (pgettext("in a chart", "Goal"), drawing.goal, "goal"),
        (pgettext("in a chart", "Upper limit"), result.ucl[drawing.shown[-1]], "limit"),
        (pgettext("in a chart", "Lower limit"), result.lcl[drawing.shown[-1]] or None, "limit"),
    ]
    return [(word, value, kind) for word, value, kind in ends if value is not None]


def line_word(result: Result) -> str:
    """What the picture and the table of figures call the line in the middle."""
    if result.chart in ("run", "g"):
        return pgettext("in a chart", "Median")
    if result.chart == "t":
        return pgettext("in a chart", "Centre line")
    return pgettext("in a chart", "Mean")


def axis_title(result: Result, numbers: Numbers) -> str:
    """What is read off the axis at the left, where its numbers do not say it themselves."""
    unit = "" if numbers.axis_unit else numbers.unit
    of = {
        "xbar": pgettext("on an axis", "Mean"),
        "s": pgettext("on an axis", "Standard deviation"),
        "mr": pgettext("on an axis", "Difference from the one before"),
    }
    return str(capfirst(", ".join(part for part in (of.get(result.chart, ""), unit) if part)))


def end_labels(drawing: Drawing, frame: Frame, size: Size) -> list[Label]:
    """The last median's and the goal's words, right of the plot and clear of each other."""
    texts = end_texts(drawing, stacked=size.stacked)
    heights = [frame.y(value) for _word, value, _kind in _ends(drawing)]
    blocks = [block(text, size.font) for text in texts]
    tops = stack(
        [(y, height) for y, (_width, height) in zip(heights, blocks, strict=True)],
        frame.top - size.font * 0.6,
        frame.bottom + size.font * 0.6,
    )
    left = frame.right + size.font * 0.4
    return [
        Label(text, Box(left, top, left + width, top + height), "start", kind)
        for text, top, (width, height), (_word, _value, kind) in zip(
            texts, tops, blocks, _ends(drawing), strict=True
        )
    ]


def plot_labels(
    drawing: Drawing,
    frame: Frame,
    size: Size,
    *,
    spots: Sequence[tuple[int, float, float]],
    radius: float,
) -> list[Label]:
    """Earlier medians and the words at signals, where there is room for them in the plot."""
    phases, font = drawing.phases, size.font
    skyline = Skyline([(x, y) for _position, x, y in spots], size.width, radius + 1)
    medians = [frame.median(phase) for phase in phases]
    lines = [*medians, *_limits(drawing, frame)]
    if drawing.goal is not None:
        goal = frame.y(drawing.goal)
        lines.append(Box(frame.left, goal - 1.5, frame.right, goal + 1.5))
    uprights = [frame.x(at) for at, _number in drawing.notes]
    uprights += [frame.x(at - 0.5) for at, _letter in drawing.splits]
    room = Box(frame.left + 2, frame.top - font * 0.4, frame.right - 2, frame.bottom - 2)
    labels: list[Label] = []

    def put(lines_of_text: tuple[str, ...], kind: str, span: tuple[float, float], y: float) -> bool:
        box = place(
            block(lines_of_text, font),
            span,
            y,
            room=room,
            skyline=skyline,
            taken=[*lines, *(label.box for label in labels)],
            uprights=uprights,
            gap=font * 0.3,
        )
        if box:
            labels.append(Label(lines_of_text, box, "middle", kind))
        return box is not None

    for phase, line in zip(phases[:-1], medians, strict=False):
        number = drawing.numbers.on_axis(phase.centre or 0)
        for text in (f"{line_word(drawing.result)} {number}", number):
            fits = block((text,), font)[0] <= line.right - line.left
            if fits and put((text,), "median", (line.left, line.right), frame.y(phase.centre or 0)):
                break
    for phase, line in zip(phases, medians, strict=True):
        if is_signal(phase):
            span, y = _signal_spot(drawing, frame, phase)
            words = tuple(mark(phase, drawing.result.rules, run=_run_seen(drawing, phase)))
            whole_phase, anywhere = (line.left, line.right), (frame.left, frame.right)
            any(
                put(text, "signal", place_across, y)
                for text in filter(None, (words, words[:1]))
                for place_across in (span, whole_phase, anywhere)
            )
    return labels


def _run_seen(drawing: Drawing, phase: Phase) -> bool:
    """Whether something of the phase's longest run is in view."""
    longest = max(long_runs(drawing.result, phase), key=len, default=[])
    return any(at in drawing.shown for at in longest)


def _limits(drawing: Drawing, frame: Frame) -> list[Box]:
    """Where the control limits run, point by point."""
    result, reach = drawing.result, frame.spacing / 2
    return [
        Box(frame.x(at) - reach, frame.y(value) - 1, frame.x(at) + reach, frame.y(value) + 1)
        for limit in (result.lcl, result.ucl)
        for at in drawing.shown
        if (value := limit[at]) is not None
    ]


def _signal_spot(drawing: Drawing, frame: Frame, phase: Phase) -> tuple[tuple[float, float], float]:
    """Across and height to write near: the longest run's outer side, else the phase's median."""
    every = long_runs(drawing.result, phase)
    runs = [seen for run in every if (seen := [at for at in run if at in drawing.shown])]
    median = frame.median(phase)
    if not runs:
        return (median.left, median.right), frame.y(phase.centre or 0)
    longest = max(runs, key=len)
    heights = [frame.y(drawing.result.y[at] or 0) for at in longest]
    above = drawing.result.side[longest[0]] > 0
    return (frame.x(longest[0]), frame.x(longest[-1])), (min if above else max)(heights)
