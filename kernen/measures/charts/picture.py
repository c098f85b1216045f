"""A run chart as a picture: everything calculated here, drawn by the template chart.svg."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from kernen.measures.charts.axes import time_axis, value_axis
from kernen.measures.charts.labels import Badge, Box, Label, badges, block, shelve, xml
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.text import width_of
from kernen.measures.charts.verdict import is_signal, long_runs
from kernen.measures.charts.window import Window
from kernen.measures.charts.words import axis_title, end_labels, end_texts, plot_labels
from kernen.measures.spc import Phase, Result


@dataclass(frozen=True, slots=True)
class Size:
    """A picture's width and height and its font size; `stacked` puts end labels on two lines."""

    name: str
    width: float
    height: float
    font: float
    stacked: bool


WIDE = Size("wide", 920, 400, 14, stacked=False)
NARROW = Size("narrow", 340, 320, 12.5, stacked=True)
#: For half the width of a sheet of A4: read there at about eight points.
HALF_SHEET = Size("half-sheet", 360, 200, 11.5, stacked=True)
#: For a wall screen, lying and standing: read there at five metres.
WALL = Size("wall", 920, 375, 20, stacked=False)
WALL_TALL = Size("wall-tall", 540, 730, 20, stacked=True)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, whatever the size.

    `splits` are (position of the first period of a phase, letter), `notes` (position, number);
    `titles` are shown when a pointer rests on a point. The axis has room for the values `also`, so
    that pictures beside each other have one scale. With a `window` only the periods from its first
    to its last are drawn; what is judged is the whole.
    """

    result: Result
    starts: tuple[date, ...]
    frequency: str
    numbers: Numbers
    goal: float | None
    splits: tuple[tuple[int, str], ...]
    notes: tuple[tuple[int, str], ...]
    titles: Mapping[int, str]
    also: tuple[float, ...] = ()
    window: Window | None = None

    @property
    def shown(self) -> range:
        """The positions that are drawn."""
        first, last = self.window or (0, len(self.result.y) - 1)
        return range(first, last + 1)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Those of which something is drawn."""
        first, last = self.shown[0] + 1, self.shown[-1] + 1
        return tuple(p for p in self.result.phases if p.first <= last and p.last >= first)


class Frame:
    """Where the plot lies in the picture, and where a value and a period lie in the plot."""

    def __init__(self, drawing: Drawing, size: Size):
        result, numbers, font = drawing.result, drawing.numbers, size.font
        self.drawn = drawing.shown
        lines = (result.y, result.cl, result.lcl, result.ucl)
        values = [line[at] for line in lines for at in self.drawn]
        shown = [v for v in (*values, drawing.goal, *drawing.also) if v is not None]
        self.axis = value_axis(shown, within=(0, 100) if numbers.unit == "%" else None)
        ticks = [(value, numbers.on_axis(value, self.axis.decimals)) for value in self.axis.ticks()]
        self.unit_of_time = pgettext("on an axis", "Week") if drawing.frequency == "week" else ""
        # The word stands left of the first week's number, which may reach out a little itself.
        before_time = width_of(self.unit_of_time, font) + font * 0.5 if self.unit_of_time else 0
        self.left = font * 0.8 + max(
            *(width_of(label, font) for _value, label in ticks), before_time
        )
        self.right = (
            size.width
            - font * 0.7
            - max(block(text, font)[0] for text in end_texts(drawing, stacked=size.stacked))
        )
        self.spacing = (self.right - self.left) / len(self.drawn)
        self.title = axis_title(result, numbers)
        title = Box(0, 0, width_of(self.title, font) + font, 1) if self.title else None
        room, small = (1, size.width - 1), font * 0.9
        splits = [(self.x(at - 0.5), text) for at, text in drawing.splits]
        notes = [(self.x(at), text) for at, text in drawing.notes]
        self.shelves, self.badges = shelve(
            title, [badges(splits, small, room), badges(notes, small, room)], step=font * 1.7
        )
        self.top = font * (0.9 + 1.7 * self.shelves)
        self.bottom = size.height - font * 3.1
        self.grid = [(self.y(value), label) for value, label in ticks]

    @property
    def plot(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    def x(self, position: float) -> float:
        return self.left + (position - self.drawn[0] + 0.5) * self.spacing

    def y(self, value: float) -> float:
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)

    def median(self, phase: Phase) -> Box:
        """The median's line, with its thickness."""
        y = self.y(phase.centre or 0)
        first, last = max(phase.first - 1, self.drawn[0]), min(phase.last - 1, self.drawn[-1])
        return Box(self.x(first - 0.5), y - 1.5, self.x(last + 0.5), y + 1.5)


#: From and to across, height, whether there is a signal, whether it is drawn on from a baseline.
Median = tuple[str, str, str, bool, bool]


@dataclass(frozen=True)
class Picture:
    """The spec of one picture for the template: coordinates as SVG wants them."""

    size: Size
    width: str
    height: str
    font: str
    small: str
    left: str
    right: str
    bottom: str
    tick_x: str
    tick_drop: str
    minor_y: str
    major_y: str
    unit_of_time: str
    unit_x: str
    axis_title: str
    title_y: str
    grid: tuple[tuple[str, str], ...]
    minor: tuple[tuple[str, str], ...]
    major: tuple[tuple[str, str], ...]
    goal: str
    splits: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    split_badges: tuple[Badge, ...]
    note_badges: tuple[Badge, ...]
    badge_round: str
    medians: tuple[Median, ...]
    limits: tuple[str, ...]
    path: str
    stroke: str
    dots: tuple[tuple[str, str, str], ...]
    diamonds: tuple[tuple[str, str, str], ...]
    left_out: tuple[tuple[str, str, str], ...]
    radius: str
    diamond: str
    halo: str
    labels: tuple[Label, ...]


def picture(drawing: Drawing, size: Size) -> Picture:
    """Lay out the drawing, which has at least one value, at this size."""
    result, font, frame = drawing.result, size.font, Frame(drawing, size)
    spots = [
        (position, frame.x(position), frame.y(value))
        for position in drawing.shown
        if (value := result.y[position]) is not None
    ]
    radius = min(font * 0.34, max(1.2, 0.36 * frame.spacing))
    periods = [frame.x(position) for position in drawing.shown]
    starts = [drawing.starts[position] for position in drawing.shown]
    axis = time_axis(starts, drawing.frequency, periods, size=font, room=size.width)
    split_badges, note_badges = frame.badges
    dots, diamonds, left_out = _points(drawing, spots)
    return Picture(
        size=size,
        width=xml(size.width),
        height=xml(size.height),
        font=xml(font),
        small=xml(font * 0.9),
        left=xml(frame.left),
        right=xml(frame.right),
        bottom=xml(frame.bottom),
        tick_x=xml(frame.left - font * 0.5),
        tick_drop=xml(font * 0.34),
        minor_y=xml(frame.bottom + font * 1.45),
        major_y=xml(frame.bottom + font * 2.65),
        unit_of_time=frame.unit_of_time if axis.kind == "week" else "",
        unit_x=xml(min([frame.left, *(tick.x - font * 0.6 for tick in axis.minor[:1])]) - font / 2),
        axis_title=frame.title,
        title_y=xml(font * 1.3),
        grid=tuple((xml(y), label) for y, label in frame.grid),
        minor=tuple((xml(tick.x), tick.label) for tick in axis.minor),
        major=tuple((xml(tick.x), tick.label) for tick in axis.major),
        goal="" if drawing.goal is None else xml(frame.y(drawing.goal)),
        splits=_uprights([frame.x(at - 0.5) for at, _letter in drawing.splits], split_badges),
        notes=_uprights([frame.x(at) for at, _number in drawing.notes], note_badges),
        split_badges=tuple(split_badges),
        note_badges=tuple(note_badges),
        badge_round=xml(font * 0.63),
        medians=tuple(part for phase in drawing.phases for part in _median(frame, phase, result)),
        limits=(_steps(frame, result, result.lcl), _steps(frame, result, result.ucl)),
        path=_path(spots, result.phase),
        stroke=xml(min(font * 0.15, max(1.0, radius * 0.5))),
        dots=dots,
        diamonds=diamonds,
        left_out=left_out,
        radius=xml(radius),
        diamond="m0 -{0}l{0} {0}l-{0} {0}l-{0} -{0}z".format(xml(max(radius * 1.35, 2.2))),
        halo=xml(min(1.5, radius * 0.35)),
        labels=(
            *end_labels(drawing, frame, size),
            *plot_labels(drawing, frame, size, spots=spots, radius=radius),
        ),
    )


def render(
    spec: Picture, *, uid: str, heading: str, description: str, linked: bool = False
) -> SafeString:
    """The picture as SVG, for a page or as a file of its own; `uid` makes its ids unique there.

    On a page whose list of marks stands below it, its badges are `linked` to them."""
    context = {
        **vars(spec),
        "uid": f"{uid}-{spec.size.name}",
        "marks": uid if linked else "",
        "split_word": pgettext("mark in a chart", "New phase"),
        "note_word": pgettext("mark in a chart", "Note"),
        "heading": heading,
        "description": description,
    }
    drawn = get_template("measures/chart.svg").render(context)
    return mark_safe(drawn)  # noqa: S308 (rendered by a template that escapes)


def letter(number: int) -> str:
    """A, B … Z, AA, AB … for the splits; notes have numbers."""
    alphabet = string.ascii_uppercase
    more, last = divmod(number, len(alphabet))
    return (letter(more - 1) if more else "") + alphabet[last]


def _uprights(xs: Sequence[float], above: Sequence[Badge]) -> tuple[tuple[str, str], ...]:
    """(x, top) of the lines that hang from a row of badges."""
    top = xml(above[0].box.bottom) if above else ""
    return tuple((xml(x), top) for x in dict.fromkeys(xs))


def _median(frame: Frame, phase: Phase, result: Result) -> list[Median]:
    """The line of a phase: where a baseline is frozen, in two parts."""
    line, y = frame.median(phase), xml(frame.y(phase.centre or 0))
    counting = [at for at in range(phase.first - 1, phase.last) if result.baseline[at]]
    over = frame.x(counting[-1] + 0.5) if counting else line.right
    over = min(max(over, line.left), line.right) if goes_on(result, phase, counting) else line.right
    parts = [(line.left, over, False), (over, line.right, True)]
    return [
        (xml(left), xml(right), y, is_signal(phase), frozen)
        for left, right, frozen in parts
        if right > left
    ]


def goes_on(result: Result, phase: Phase, baseline: Sequence[int]) -> bool:
    """Whether figures come after the baseline that count but not in the line."""
    after = range(baseline[-1] + 1, phase.last) if baseline else range(0)
    return any(result.included[at] and result.y[at] is not None for at in after)


Dots = tuple[tuple[str, str, str], ...]


def _points(drawing: Drawing, spots: Sequence[tuple[int, float, float]]) -> tuple[Dots, Dots, Dots]:
    """(x, y, title) of the points that only count, that a rule points at, and that are left out."""
    signals = _signals(drawing.result)
    left_out = {at for at, counts in enumerate(drawing.result.included) if not counts}
    signals, either = signals - left_out, signals | left_out
    drawn = [(at, (xml(x), xml(y), drawing.titles[at])) for at, x, y in spots]
    return (
        tuple(dot for at, dot in drawn if at not in either),
        tuple(dot for at, dot in drawn if at in signals),
        tuple(dot for at, dot in drawn if at in left_out),
    )


def _signals(result: Result) -> set[int]:
    """Positions of the points that a rule points at: too long a run, outside a limit, a cause."""
    runs = {at for phase in result.phases for run in long_runs(result, phase) for at in run}
    marked = zip(result.outside, result.cause, strict=True)
    return runs | {at for at, beyond in enumerate(marked) if any(beyond)}


def _steps(frame: Frame, result: Result, limit: Sequence[float | None]) -> str:
    """A limit as a line that is level at every point and steps between them, phase by phase."""
    steps, before = [], None
    for at in frame.drawn:
        value = limit[at]
        if not value:  # a limit at nought is none: nothing lies beyond it
            before = None
            continue
        y, right = xml(frame.y(value)), xml(frame.x(at + 0.5))
        on = before == result.phase[at]
        steps.append(f"V{y}H{right}" if on else f"M{xml(frame.x(at - 0.5))} {y}H{right}")
        before = result.phase[at]
    return "".join(steps)


def _path(spots: Sequence[tuple[int, float, float]], phase_of: Sequence[int]) -> str:
    """One line through the points of each phase."""
    steps, before = [], None
    for position, x, y in spots:
        steps.append(f"{'L' if phase_of[position] == before else 'M'}{xml(x)} {xml(y)}")
        before = phase_of[position]
    return "".join(steps)
