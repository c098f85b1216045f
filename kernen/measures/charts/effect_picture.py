"""A series with the date of a change as a picture: what was, what came, what would have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import pgettext

from kernen.lib.periods import label
from kernen.measures.charts.axes import TimeAxis, time_axis, value_axis
from kernen.measures.charts.labels import Box, Label, block, stack, xml
from kernen.measures.charts.text import width_of
from kernen.measures.evaluation import Segmented

if TYPE_CHECKING:
    from kernen.measures.charts.effect import Effect
    from kernen.measures.charts.picture import Size

Line = tuple[tuple[int, float], tuple[int, float]]


def draw(effect: Effect, size: Size) -> SafeString:
    """The picture as SVG."""
    return render("measures/effect.svg", effect, size, _Layout(effect, size).spec())


def render(template: str, effect: Effect, size: Size, spec: Mapping[str, Any]) -> SafeString:
    """A picture of an evaluation; its ids are its own on a page that shows several."""
    context = {
        **spec,
        "uid": f"{effect.uid}-{size.name}",
        "heading": effect.heading,
        "description": effect.description,
        "width": xml(size.width),
        "font": xml(size.font),
        "small": xml(size.font * 0.9),
    }
    drawn = get_template(template).render(context)
    return mark_safe(drawn)  # noqa: S308 (rendered by a template that escapes)


def ticks_of(axis: TimeAxis, bottom: float, font: float) -> dict[str, Any]:
    """The time axis for a template."""
    return {
        "minor": [(xml(tick.x), tick.label) for tick in axis.minor],
        "major": [(xml(tick.x), tick.label) for tick in axis.major],
        "minor_y": xml(bottom + font * 1.45),
        "major_y": xml(bottom + font * 2.65),
    }


class _Layout:
    """Where everything lies at one size."""

    def __init__(self, effect: Effect, size: Size):
        self.effect, self.size, self.font = effect, size, size.font
        material, font, numbers = effect.material, size.font, effect.numbers
        self.place = material.places[0]
        self.change = material.position(self.place)
        self.lines = _lines(effect, self.change, len(material.periods))
        values = [value for value in self.place.values if value is not None]
        values += [value for line in self.lines.values() for _at, value in line]
        self.axis = value_axis(values, within=(0, 100) if numbers.unit == "%" else None)
        marks = [(v, numbers.on_axis(v, self.axis.decimals)) for v in self.axis.ticks()]
        self.ends = _ends(effect, self.lines)
        self.unit_of_time = pgettext("on an axis", "Week") if material.frequency == "week" else ""
        before_time = width_of(self.unit_of_time, font) + font * 0.5 if self.unit_of_time else 0
        self.left = font * 0.8 + max(*(width_of(text, font) for _v, text in marks), before_time)
        room = [block(self._end_text(*end), font)[0] for end in self.ends]
        self.right = size.width - font * 0.9 - max(room, default=0)
        self.spacing = (self.right - self.left) / len(material.periods)
        self.title = "" if numbers.axis_unit else str(capfirst(numbers.unit))
        self.word = self._word()
        meets = self.title and self.word.left < width_of(self.title, font) + font
        self.word = self.word.lowered(font * (1.7 if meets else 0))
        self.top = self.word.bottom + font * 0.5
        self.bottom = size.height - font * 3.1
        self.grid = [(xml(self.y(value)), text) for value, text in marks]

    def x(self, position: float) -> float:
        return self.left + (position + 0.5) * self.spacing

    def y(self, value: float) -> float:
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)

    def _end_text(self, word: str, value: float) -> tuple[str, ...]:
        number = self.effect.numbers.on_axis(value)
        return (word, number) if self.size.stacked else (f"{word} {number}",)

    def _word(self) -> Box:
        """Room for the word over the line of the change."""
        width, height = block((_change_word(),), self.font * 0.9)
        width += self.font * 0.8
        left = self.x(self.change - 0.5) - width / 2
        left = min(max(left, 1), self.size.width - width - 1)
        return Box(left, self.font * 0.3, left + width, self.font * 0.3 + height + self.font * 0.2)

    def spec(self) -> dict[str, Any]:
        font, material = self.font, self.effect.material
        periods = [self.x(at) for at in range(len(material.periods))]
        axis = time_axis(
            material.periods, material.frequency, periods, size=font, room=self.size.width
        )
        dots, left_out = self._dots()
        radius = min(font * 0.34, max(2, 0.36 * self.spacing))
        return {
            "height": xml(self.size.height),
            "left": xml(self.left),
            "right": xml(self.right),
            "bottom": xml(self.bottom),
            "tick_x": xml(self.left - font * 0.5),
            "tick_drop": xml(font * 0.34),
            "axis_title": self.title,
            "title_y": xml(font * 1.3),
            "grid": self.grid,
            **ticks_of(axis, self.bottom, font),
            "unit_of_time": self.unit_of_time if axis.kind == "week" else "",
            "unit_x": xml(min([self.left, *(t.x - font * 0.6 for t in axis.minor[:1])]) - font / 2),
            "change": xml(self.x(self.change - 0.5)),
            "word": _spot(self.word, _change_word()),
            **{name: self._path(line) for name, line in self.lines.items()},
            "dots": dots,
            "left_out": left_out,
            "radius": xml(radius),
            "halo": xml(min(1.5, radius * 0.35)),
            "labels": self._labels(),
        }

    def _path(self, line: Line) -> str:
        (x1, y1), (x2, y2) = ((xml(self.x(at)), xml(self.y(value))) for at, value in line)
        return f"M{x1} {y1}L{x2} {y2}"

    def _dots(self) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        dots: list[tuple[str, str, str]] = []
        left_out: list[tuple[str, str, str]] = []
        frequency, numbers = self.effect.material.frequency, self.effect.numbers
        for at, (period, value, out) in enumerate(
            zip(self.effect.material.periods, self.place.values, self.place.left_out, strict=True)
        ):
            if value is not None:
                title = f"{label(period, frequency)}: {numbers.quantity(value)}"
                (left_out if out else dots).append((xml(self.x(at)), xml(self.y(value)), title))
        return dots, left_out

    def _labels(self) -> list[Label]:
        """What the lines are called, right of their ends and clear of each other."""
        texts = [self._end_text(word, value) for word, value in self.ends]
        blocks = [block(text, self.font) for text in texts]
        wanted = [
            (self.y(value), height)
            for (_word, value), (_width, height) in zip(self.ends, blocks, strict=True)
        ]
        tops = stack(wanted, self.top - self.font * 0.6, self.bottom + self.font * 0.6)
        left = self.right + self.font * 0.4
        return [
            Label(text, Box(left, top, left + width, top + height), "start", kind)
            for text, top, (width, height), kind in zip(
                texts, tops, blocks, ("since", "without"), strict=False
            )
        ]


def _change_word() -> str:
    return pgettext("in a chart", "The change")


def _lines(effect: Effect, change: int, periods: int) -> dict[str, Line]:
    """The earlier course, that course going on, and the later one; none without an answer."""
    answer = effect.main
    if not isinstance(answer, Segmented):
        return {}
    last = periods - 1
    return {
        "before": ((0, answer.fitted[0]), (change - 1, answer.fitted[change - 1])),
        "unchanged": ((change - 1, answer.fitted[change - 1]), (last, answer.unchanged[last])),
        "since": ((change, answer.fitted[change]), (last, answer.fitted[last])),
    }


def _ends(effect: Effect, lines: dict[str, Line]) -> Sequence[tuple[str, float]]:
    """(Word, value) of the two lines that reach the right edge."""
    if not lines:
        return []
    return [
        (pgettext("in a chart", "Since"), lines["since"][1][1]),
        (pgettext("in a chart", "Without"), lines["unchanged"][1][1]),
    ]


def _spot(box: Box, text: str) -> dict[str, str]:
    return {
        "x": xml(box.left),
        "y": xml(box.top),
        "width": xml(box.right - box.left),
        "height": xml(box.bottom - box.top),
        "middle": xml(box.middle),
        "baseline": xml(box.top + (box.bottom - box.top) * 0.72),
        "text": text,
    }
