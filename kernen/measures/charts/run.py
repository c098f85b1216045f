"""From a series' figures to everything its page shows of them."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernen.lib.periods import label, normalise, span_label
from kernen.measures.charts import control, grounds, picture, sentences
from kernen.measures.charts.control import CHART_NAMES
from kernen.measures.charts.figures import Point, as_numbers, plotted
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.parts import Mark, PhaseRow, Row, When, mean_of
from kernen.measures.charts.picture import (
    HALF_SHEET,
    NARROW,
    WALL,
    WALL_TALL,
    WIDE,
    Drawing,
    Size,
    letter,
)
from kernen.measures.charts.sentences import Facts, Finding
from kernen.measures.charts.signs import VARIATION_NAMES, Variation, variation
from kernen.measures.charts.verdict import Verdict, counted
from kernen.measures.charts.window import MOST, Way, Window, span_of, ways, window
from kernen.measures.charts.words import line_word
from kernen.measures.spc import Phase, Result


@dataclass(frozen=True)
class RunChart:
    """A run chart in words, tables and pictures, in the active language.

    Everything is worked out when asked for, so that a list of many series costs no more than its
    headings. Where `result` is None there are no figures. `control` is the control chart that is
    drawn in its place; the heading is judged on the run chart all the same. `paired` is the control
    chart to be read beside it. `kind` is one of `control.CHARTS_OF`; of rare events every event has
    a place, so that a day can stand twice in `starts`. Pictures show the `window`;
    `behind` leads from the words of a split or a note to the journal.
    """

    name: str
    result: Result | None
    control: Result | None
    paired: Result | None
    starts: tuple[date, ...]
    frequency: str
    numbers: Numbers
    facts: Facts
    figures: tuple[Point | None, ...]
    splits: tuple[tuple[int, str], ...]
    notes: tuple[tuple[date, str], ...]
    uid: str
    factor: float
    kind: str
    window: Window | None = None
    behind: Mapping[str, str] = field(default_factory=dict)

    def within(self, first: date | None, last: date | None) -> Self:
        """The same, with only the periods between these days in its pictures."""
        return replace(self, window=window(self.starts, first, last))

    @property
    def ways(self) -> list[Way]:
        """To the other spans of time that can be shown."""
        return ways(self.starts, self.window)

    @property
    def shown(self) -> tuple[date, ...]:
        """The periods in the pictures."""
        return tuple(self.starts[at] for at in self._span_drawn)

    @property
    def _span_drawn(self) -> range:
        return span_of(self.window, len(self.starts))

    @property
    def narrowed(self) -> Window | None:
        """The span where it is another than that of the series' own page."""
        return None if self.window == window(self.starts, None, None) else self.window

    @property
    def span_shown(self) -> str:
        return span_label(self.shown[0], self.shown[-1], self.frequency)

    @property
    def drawn(self) -> Result | None:
        """The analysis that the picture and the findings show."""
        return self.control or self.result

    @property
    def basis(self) -> str:
        """Which chart and which rules."""
        return control.basis(self.drawn) if self.drawn else ""

    @property
    def fitting(self) -> list[tuple[str, object]]:
        """The charts that can be drawn of the figures, with their names."""
        charts = control.fitting(as_numbers(self.figures, self.factor), self.kind)
        return [(chart, CHART_NAMES[chart]) for chart in charts]

    @cached_property
    def proposed(self) -> tuple[str, object, str]:
        """The chart that suits the figures, its name, and why."""
        chart, why = control.proposed(as_numbers(self.figures, self.factor), self.kind)
        return chart, CHART_NAMES[chart], why

    @cached_property
    def beside(self) -> "RunChart | None":
        """The chart that is read together with this one: how much those behind each mean differ."""
        if self.paired is None:
            return None
        return replace(self, control=self.paired, paired=None, uid=f"{self.uid}-beside")

    @property
    def verdict(self) -> Verdict:
        return self.facts.judgement.verdict

    @property
    def variation(self) -> Variation:
        """The sign for a list; the heading says the same in a sentence."""
        return variation(self.facts)

    @property
    def status(self) -> str:
        """A few words for a list: "Improvement", "No sign of change"."""
        return str(VARIATION_NAMES[self.variation])

    @cached_property
    def heading(self) -> str:
        """What the chart shows, in one line without a full stop."""
        return sentences.heading(self.facts)

    @cached_property
    def further(self) -> list[str]:
        """Short sentences to follow the heading: the latest points, the goal; and of a signal that
        is over, when it was."""
        when = grounds.where(self) if self.variation is Variation.RESTLESS else ""
        said = [_("It shows here: %(when)s.") % {"when": when}] if when else []
        return [*said, *sentences.further(self.facts)]

    @property
    def median(self) -> str:
        """The last median with its unit; empty without figures."""
        return "" if self.facts.median is None else self.numbers.quantity(self.facts.median)

    @cached_property
    def caption(self) -> str:
        """Mean and latest figure, last median and its periods; empty without figures."""
        if not self.result:
            return ""
        known = [figure for figure in self.figures if figure and plotted(figure, 1) is not None]
        last = self.result.phases[-1]
        return sentences.caption(
            mean=mean_of(known, self.numbers),
            latest=mean_of(known[-1:], self.numbers),
            median=self.median,
            span=self._frozen_at(self.result, last) or self._span(last),
            frozen=bool(self._frozen_at(self.result, last)),
        )

    @property
    def other_line(self) -> str:
        """What the heading goes by, where the picture has another line."""
        return grounds.other_line(self)

    @cached_property
    def phases(self) -> list[PhaseRow]:
        if not self.drawn:
            return []
        drawn, only = self.drawn, len(self.drawn.phases) == 1
        counts = [(phase, counted(drawn, phase)) for phase in drawn.phases]
        return [
            PhaseRow(
                span=self._span(phase),
                centre=f"{control.line(drawn)} {self.numbers.quantity(phase.centre or 0)}",
                limits=control.limits_of(drawn, phase, self.numbers),
                count=count,
                findings=control.found(drawn, phase, count, self.facts, self.when, only=only),
                frozen=self._frozen_at(drawn, phase),
            )
            for phase, count in counts
        ]

    @property
    def when(self) -> When:
        """Every period in words."""
        return When(self.starts, self.frequency)

    def _frozen_at(self, result: Result, phase: Phase) -> str:
        """The periods that a frozen line is the line of; empty where it is that of all."""
        at = [p for p in range(phase.first - 1, phase.last) if result.baseline[p]]
        if not picture.goes_on(result, phase, at):
            return ""
        return span_label(self.starts[phase.first - 1], self.starts[at[-1]], self.frequency)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that is found: the grounds, and what the rules say of each phase."""
        several = len(self.phases) > 1
        each = [(row.span, one) for row in self.phases for one in row.findings]
        named = [replace(one, text=f"{span}: {one}") if several else one for span, one in each]
        return (*self.grounds, *named)

    @property
    def grounds(self) -> tuple[Finding, ...]:
        """The conclusion, and the test it stands on."""
        return grounds.grounds(self.facts)

    @property
    def meaning(self) -> str:
        """What a team can use it for."""
        return grounds.meaning(self.variation)

    @cached_property
    def rows(self) -> list[Row]:
        """Every period from the first figure to the last, missing ones too."""
        return [self.row(at) for at in range(len(self.starts))]

    @cached_property
    def rows_shown(self) -> list[Row]:
        """All rows, or of a series that is longer than a picture those in it."""
        return self.rows if len(self.starts) <= MOST else [*map(self.row, self._span_drawn)]

    def row(self, at: int) -> Row:
        figure, result = self.figures[at], self.result
        value = result.y[at] if result else None
        return Row(
            period=label(self.starts[at], self.frequency),
            numerator=self._whole(figure.numerator if figure else None),
            denominator=self._whole(figure.denominator if figure else None),
            value="" if value is None else self.numbers.quantity(value),
            phase=result.phase[at] if result else 1,
            note=figure.note if figure else "",
            left_out=bool(result and not result.included[at]),
            size=self._whole(figure.size if figure else None),
            spread=self._quantity(figure.spread if figure else None),
        )

    @property
    def has_counts(self) -> bool:
        """Whether the table needs columns for numerator and denominator."""
        return any(figure and figure.denominator is not None for figure in self.figures)

    @property
    def has_samples(self) -> bool:
        """Whether the table needs columns for how many stand behind each mean."""
        return self.kind == "samples"

    @property
    def by_event(self) -> bool:
        """Whether the places are events, in no equal steps of time."""
        return self.kind == "events"

    @cached_property
    def split_marks(self) -> list[Mark]:
        """The splits with their letters in the picture."""
        return [
            Mark(
                letter(number), label(self.starts[at], self.frequency), reason, self._behind(reason)
            )
            for number, (at, reason) in enumerate(self.splits)
        ]

    @cached_property
    def note_marks(self) -> list[Mark]:
        """The notes in order of time with their numbers in the picture."""
        numbered = {note: str(number) for number, note in enumerate(self.drawn_notes(), start=1)}
        return [
            Mark(
                numbered.get(note, ""),
                date_format(note[0], "DATE_FORMAT"),
                note[1],
                self._behind(note[1]),
            )
            for note in self.notes
        ]

    def _behind(self, words: str) -> str:
        return self.behind.get(words, "")

    @cached_property
    def wide(self) -> SafeString:
        """The picture for a page, as SVG; empty without figures."""
        return self._picture(WIDE, on_page=True)

    @cached_property
    def narrow(self) -> SafeString:
        """The picture for a phone."""
        return self._picture(NARROW, on_page=True)

    @property
    def plain(self) -> SafeString:
        """The picture for a file of its own: nothing in it leads anywhere."""
        return self._picture(WIDE)

    @cached_property
    def half_sheet(self) -> SafeString:
        """The picture for a column of a sheet of paper."""
        return self._picture(HALF_SHEET)

    @property
    def wall(self) -> SafeString:
        """The picture for a wall screen that lies."""
        return self._picture(WALL)

    @property
    def wall_tall(self) -> SafeString:
        """The picture for a wall screen that stands."""
        return self._picture(WALL_TALL)

    def on_scale(self, also: tuple[float, ...], most: int = MOST) -> SafeString:
        """The picture for a small place, with room for those values on its axis too: of at `most`
        so many periods, the latest."""
        last = self._span_drawn[-most:]
        window = (last[0], last[-1]) if len(last) < len(self.starts) else None
        return replace(self, window=window)._picture(HALF_SHEET, also=also)

    @property
    def extremes(self) -> tuple[float, ...]:
        """The smallest and the largest of figures and limits."""
        drawn = self.drawn
        every = (*drawn.y, *drawn.lcl, *drawn.ucl) if drawn else ()
        known = [value for value in every if value is not None]
        return (min(known), max(known)) if known else ()

    def _picture(
        self, size: Size, *, also: tuple[float, ...] = (), on_page: bool = False
    ) -> SafeString:
        if not self.drawn:
            return SafeString("")
        described = [self.caption, self.other_line, self.basis, *map(str, self.findings)]
        described += [f"{mark.sign}: {mark.text}" for mark in (*self.split_marks, *self.note_marks)]
        return picture.render(
            picture.picture(self.drawing(self.drawn, also, self.window), size),
            uid=self.uid,
            heading=self.heading,
            description=" ".join(described),
            linked=on_page,
        )

    def drawing(
        self, result: Result, also: tuple[float, ...] = (), window: Window | None = None
    ) -> Drawing:
        """What the pictures are drawn from."""
        first, last = window or (0, len(self.starts) - 1)
        letters = [(at, letter(number)) for number, (at, _reason) in enumerate(self.splits)]
        numbered = [
            (bisect_left(self.starts, normalise(on, self.frequency)), str(number))
            for number, (on, _text) in enumerate(self.drawn_notes(), start=1)
        ]
        return Drawing(
            result=result,
            starts=self.starts,
            frequency="event" if self.by_event else self.frequency,
            numbers=self.numbers,
            goal=self.facts.goal,
            splits=tuple(split for split in letters if first <= split[0] <= last),
            notes=tuple(note for note in numbered if first <= note[0] <= last),
            titles={
                at: "\n".join(filter(None, (row.told, self._line(result.cl[at]), row.note)))
                for at in range(first, last + 1)
                if (row := self.row(at))
            },
            also=also,
            window=window,
        )

    def _line(self, value: float | None) -> str:
        """The line at a point: "Median 95,4 %"."""
        drawn = self.drawn
        if value is None or drawn is None:
            return ""
        return f"{line_word(drawn)} {self.numbers.quantity(value)}"

    def drawn_notes(self) -> list[tuple[date, str]]:
        """The notes within the picture."""
        if not self.starts:
            return []
        first, last = self.starts[0], self.starts[-1]
        return [note for note in self.notes if first <= normalise(note[0], self.frequency) <= last]

    def _span(self, phase: Phase) -> str:
        first, last = self.starts[phase.first - 1], self.starts[phase.last - 1]
        return span_label(first, last, self.frequency)

    def _whole(self, value: float | None) -> str:
        return "" if value is None else self.numbers.number(float(value))

    def _quantity(self, value: Decimal | float | None) -> str:
        return "" if value is None else self.numbers.quantity(float(value))
