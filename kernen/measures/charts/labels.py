"""Where words go in a picture, so that none covers another and none leaves it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kernen.measures.charts.text import width_of

LINE = 1.25  # height of a line of text, in font sizes
COLUMN = 4  # the skyline is kept per so many units across


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def lowered(self, by: float) -> "Box":
        return Box(self.left, self.top + by, self.right, self.bottom + by)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def xml(value: float) -> SafeString:
    """A coordinate in tenths, with a point for the decimals whatever the language.

    Digits need no escaping, and a picture holds hundreds of them.
    """
    return SafeString(f"{value:.1f}".removesuffix(".0"))


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in a box, "middle" or "start" in it; `kind` says how they are drawn."""

    lines: tuple[str, ...]
    box: Box
    anchor: str
    kind: str

    def rows(self) -> list[tuple[str, str, str]]:
        """(x, y of the baseline, text) of each line."""
        x = xml(self.box.middle if self.anchor == "middle" else self.box.left)
        height = (self.box.bottom - self.box.top) / len(self.lines)
        return [
            (x, xml(self.box.top + height * (number + 0.76)), line)
            for number, line in enumerate(self.lines)
        ]


def block(lines: Sequence[str], size: float) -> tuple[float, float]:
    """Width and height of lines of text."""
    return max(width_of(line, size) for line in lines), len(lines) * size * LINE


class Skyline:
    """The highest and lowest a drawn line reaches, column by column."""

    def __init__(self, points: Sequence[tuple[float, float]], width: float, reach: float):
        """`reach` is how far a point's marker reaches around it."""
        size = math.ceil(width / COLUMN) + 1
        self.top, self.bottom = [math.inf] * size, [-math.inf] * size
        for (x, y), (next_x, next_y) in zip(points, [*points[1:], points[-1]], strict=True):
            first, last = round(x / COLUMN), round(next_x / COLUMN)
            slope = (next_y - y) / (last - first) if last > first else 0.0
            for column in range(first, last + 1):
                at = y + slope * (column - first)
                self.top[column] = min(self.top[column], at - reach)
                self.bottom[column] = max(self.bottom[column], at + reach)

    def between(self, left: float, right: float) -> tuple[float, float]:
        """Highest top and lowest bottom; infinities where nothing is drawn."""
        columns = slice(max(0, math.floor(left / COLUMN)), math.ceil(right / COLUMN) + 1)
        return (
            min(self.top[columns], default=math.inf),
            max(self.bottom[columns], default=-math.inf),
        )


def place(
    size: tuple[float, float],
    span: tuple[float, float],
    line: float,
    *,
    room: Box,
    skyline: Skyline,
    taken: Sequence[Box],
    uprights: Sequence[float],
    gap: float,
) -> Box | None:
    """A free place for a block of `size` near a height `line`, over or under what is drawn.

    It keeps to `span` across, or to its middle where the block is wider; it never meets what is
    `taken` and rather not one of the `uprights`. None where the room is full.
    """
    width, height = size
    spare = max(0.0, span[1] - span[0] - width)
    start = span[0] if spare else (span[0] + span[1] - width) / 2
    start = min(max(start, room.left), room.right - width)
    if start < room.left:
        return None
    best, least = None, math.inf
    for step in range(9 if spare else 1):
        left = min(start + spare * step / 8, room.right - width)
        crossed = any(left - gap < x < left + width + gap for x in uprights)
        highest, lowest = skyline.between(left - 2, left + width + 2)
        over = _free(left, min(highest, line) - gap, width, height, -1, taken, gap)
        under = _free(left, max(lowest, line) + gap, width, height, 1, taken, gap)
        for box, edge in ((over, over.bottom), (under, under.top)):
            away = abs(line - edge) + step * 0.5 + crossed * 1.5 * height
            if away < least and room.top <= box.top and box.bottom <= room.bottom:
                best, least = box, away
    return best


def _free(
    left: float,
    edge: float,
    width: float,
    height: float,
    way: int,
    obstacles: Sequence[Box],
    gap: float,
) -> Box:
    """The nearest box that meets no obstacle, going up (-1) or down (1) from `edge`."""
    while True:
        top = edge - height if way < 0 else edge
        box = Box(left, top, left + width, top + height)
        hit = [other for other in obstacles if box.meets(other)]
        if not hit:
            return box
        edge = (
            min(other.top for other in hit) - gap
            if way < 0
            else max(other.bottom for other in hit) + gap
        )


def stack(heights: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Tops for blocks given as (wanted middle, height), pushed apart within `top` and `bottom`."""
    order = sorted(range(len(heights)), key=lambda at: heights[at][0])
    tops = [0.0] * len(heights)
    edge = top
    for at in order:
        middle, height = heights[at]
        tops[at] = max(edge, middle - height / 2)
        edge = tops[at] + height
    edge = bottom
    for at in reversed(order):
        tops[at] = min(tops[at], edge - heights[at][1])
        edge = tops[at]
    return tops


@dataclass(frozen=True, slots=True)
class Badge:
    """A number or letter over a vertical line, or "3–5" over lines too close for one each."""

    text: str
    box: Box

    def spot(self) -> dict[str, str]:
        """Coordinates for the template."""
        box = self.box
        return {
            "x": xml(box.left),
            "y": xml(box.top),
            "width": xml(box.right - box.left),
            "height": xml(box.bottom - box.top),
            "middle": xml(box.middle),
            "baseline": xml(box.top + (box.bottom - box.top) * 0.74),
            "text": self.text,
            "first": self.text.partition("–")[0],
        }


def badges(
    marks: Sequence[tuple[float, str]], size: float, room: tuple[float, float]
) -> list[Badge]:
    """A row of badges over the lines at `marks` (x, text) in order; none touches the next."""
    height = size * 1.4
    groups = [([x], text, text) for x, text in marks]

    def badge(group: tuple[list[float], str, str]) -> Badge:
        xs, first, last = group
        text = first if first == last else f"{first}–{last}"
        width = max(height, width_of(text, size) + size * 0.6, xs[-1] - xs[0] + 4)
        left = min(max((xs[0] + xs[-1] - width) / 2, room[0]), room[1] - width)
        return Badge(text, Box(left, 0, left + width, height))

    at = 0
    while at + 1 < len(groups):
        one, other = groups[at], groups[at + 1]
        if badge(one).box.right + 2 > badge(other).box.left:
            groups[at : at + 2] = [(one[0] + other[0], one[1], other[2])]
            at = max(at - 1, 0)
        else:
            at += 1
    return [badge(group) for group in groups]


def shelve(
    title: Box | None, rows: Sequence[list[Badge]], *, step: float
) -> tuple[int, list[list[Badge]]]:
    """Put each row of badges on the first shelf where it meets nothing; `title` lies on the first.

    Returns how many shelves are in use, and the rows moved down to theirs.
    """
    shelves: list[list[Box]] = [[title]] if title else []
    placed = []
    for row in rows:
        boxes = [badge.box for badge in row]
        free = (
            number
            for number, shelf in enumerate(shelves)
            if not any(box.meets(other) for box in boxes for other in shelf)
        )
        number = next(free, len(shelves))
        if number == len(shelves) and row:
            shelves.append([])
        if row:
            shelves[number] += boxes
        down = step * 0.25 + step * number
        placed.append([Badge(b.text, b.box.lowered(down)) for b in row])
    return len(shelves), placed
