"""One measure at places that start at different times as a picture: a row for each place in the
order of their starts, and below them the difference with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from kernen.lib.periods import label
from kernen.measures.charts import evaluated
from kernen.measures.charts.axes import time_axis, value_axis
from kernen.measures.charts.effect_picture import render, ticks_of
from kernen.measures.charts.framed import wrapped
from kernen.measures.charts.labels import xml
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.text import width_of
from kernen.measures.evaluation import Estimate, NoAnswer

if TYPE_CHECKING:
    from kernen.measures.charts.effect import Effect
    from kernen.measures.charts.material import PlaceFigures
    from kernen.measures.charts.picture import Size

LINE, ROW, AIR = 1.3, 3.2, 0.5  # heights in font sizes
STRIP = 7.2
WIDEST_NAME = 0.26  # of the picture


def draw(effect: Effect, size: Size) -> SafeString:
    """The picture as SVG; as high as there are places."""
    layout = _Layout(effect, size)
    return render("measures/wedge.svg", effect, size, layout.spec())


def height(effect: Effect, size: Size) -> float:
    return _Layout(effect, size).height


class _Layout:
    """Where everything lies at one size."""

    def __init__(self, effect: Effect, size: Size):
        self.effect, self.size, self.font = effect, size, size.font
        font, room = size.font, size.width * (1 if size.stacked else WIDEST_NAME)
        self.names = [wrapped(place.name, font, room - font)[:2] for place in effect.ordered]
        widest = max((width_of(line, font) for name in self.names for line in name), default=0)
        self.left = font if size.stacked else widest + font * 1.2
        self.right = size.width - font
        self.spacing = (self.right - self.left) / len(effect.material.periods)
        self.radius = min(font * 0.3, max(2, 0.36 * self.spacing))
        spread = [
            max(known) - min(known)
            for place in effect.ordered
            if (known := [value for value in place.judged if value is not None])
        ]
        self.scale = (font * (ROW - AIR) - 2 * self.radius) / (max(spread, default=0) or 1)

        self.above = [size.stacked * len(name) * LINE * font for name in self.names]
        between = font * (ROW + (AIR if size.stacked else 0))
        self.tops = [font * AIR]  # of the rows, and of what is below the last
        for above in self.above:
            self.tops.append(self.tops[-1] + above + between)
        self.bottom = self.tops[-1] + font * 0.2
        strip = 0 if isinstance(effect.main, NoAnswer) else STRIP
        self.height = self.bottom + font * (3.2 + strip)

    def x(self, position: float) -> float:
        return self.left + (position + 0.5) * self.spacing

    def spec(self) -> dict[str, Any]:
        font, material = self.font, self.effect.material
        rows = [
            self._row(place, name, top + above)
            for place, name, top, above in zip(
                self.effect.ordered, self.names, self.tops, self.above, strict=False
            )
        ]
        periods = [self.x(at) for at in range(len(material.periods))]
        axis = time_axis(
            material.periods, material.frequency, periods, size=font, room=self.size.width
        )
        return {
            "height": xml(self.height),
            "left": xml(self.left),
            "right": xml(self.right),
            "whole": xml(self.right - self.left),
            "names_end": not self.size.stacked,
            "bottom": xml(self.bottom),
            "rows": rows,
            "strip": self._strip(self.bottom + font * 3.4),
            "radius": xml(self.radius),
            "diamond": "m0 -{0}l{0} {0}l-{0} {0}l-{0} -{0}z".format(xml(self.radius * 1.35)),
            **ticks_of(axis, self.bottom, font),
        }

    def _row(self, place: PlaceFigures, name: list[str], top: float) -> dict[str, Any]:
        """A place: its name, its figures before and since, its means, and where it started."""
        font, at = self.font, self.effect.material.position(place)
        height = ROW * font
        known = [value for value in place.judged if value is not None]
        middle, centre = top + height / 2, (max(known) + min(known)) / 2

        def y(value: float) -> float:
            return middle - (value - centre) * self.scale

        dots = [
            (number >= at, (xml(self.x(number)), xml(y(value)), self._title(number, value)))
            for number, value in enumerate(place.judged)
            if value is not None
        ]
        under = top if self.size.stacked else middle + len(name) * LINE * font / 2
        first = under - len(name) * LINE * font
        return {
            "name": [(xml(first + font * (LINE * n + 0.98)), line) for n, line in enumerate(name)],
            "name_x": xml(self.left if self.size.stacked else self.left - font * 0.8),
            "top": xml(top + font * AIR / 2),
            "height": xml(height - font * AIR),
            "start": xml(self.x(at - 0.5)) if at < len(self.effect.material.periods) else "",
            "tinted": xml(self.right - self.x(at - 0.5)),
            "before": [dot for since, dot in dots if not since],
            "since": [dot for since, dot in dots if since],
            "means": [
                (xml(self.x(low - 0.5)), xml(self.x(high - 0.5)), xml(y(sum(part) / len(part))), s)
                for low, high, s in ((0, at, False), (at, len(place.judged), True))
                if (part := [value for value in place.judged[low:high] if value is not None])
            ],
        }

    def _title(self, at: int, value: float) -> str:
        material = self.effect.material
        when = label(material.periods[at], material.frequency)
        return f"{when}: {self.effect.numbers.quantity(value)}"

    def _strip(self, top: float) -> dict[str, Any] | None:
        """The estimate on a line with nought: a diamond and the interval."""
        if isinstance(self.effect.main, NoAnswer):
            return None
        one, font = evaluated.told(self.effect.main), self.font
        axis = value_axis([one.low, one.high, 0.0], within=None)
        left, right = font * 1.5, self.size.width - font * 2.5
        y, bottom = top + font * 3.2, top + font * 4.6

        def x(value: float) -> float:
            return left + axis.share(value) * (right - left)

        numbers = Numbers.fitting((0.0, one.se), "")
        return {
            "title": pgettext("in a chart", "The difference once a place has started"),
            "title_y": xml(top + font),
            "text": self._said(one, numbers),
            "text_x": xml(min(max(x(one.value), self.size.width * 0.3), self.size.width * 0.7)),
            "text_y": xml(y - font * 0.7),
            "y": xml(y),
            "low": xml(x(one.low)),
            "high": xml(x(one.high)),
            "value": xml(x(one.value)),
            "nought": xml(x(0)),
            "top": xml(y - font * 0.6),
            "left": xml(left),
            "right": xml(right),
            "bottom": xml(bottom),
            "ticks": [(xml(x(v)), numbers.number(v, axis.decimals)) for v in axis.ticks()],
            "tick_y": xml(bottom + font * 1.3),
        }

    def _said(self, one: Estimate, numbers: Numbers) -> str:
        unit = self.effect.material.unit
        ends = f"{numbers.number(one.low)} – {numbers.number(one.high)}"
        return f"{evaluated.difference(one.value, unit, numbers)} ({ends})"
