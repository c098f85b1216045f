"""What a change did, in words, tables and pictures: from the figures and the answer they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kernen.lib.periods import following, label
from kernen.measures.charts import effect_picture, effect_words, evaluated, wedge_picture
from kernen.measures.charts.effect_words import EstimateRow
from kernen.measures.charts.material import Answers, Material, PlaceFigures
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.picture import NARROW, WIDE, Size
from kernen.measures.charts.sentences import BETTER
from kernen.measures.evaluation import NoAnswer, Segmented, Stepped


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that is compared: when it started, and its figures before and since."""

    name: str
    started: str
    why: str
    before: str
    since: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the table of figures; empty where there is none."""

    words: str
    since: bool
    left_out: str


@dataclass(frozen=True)
class Effect:
    """An evaluation in the active language. `said` is the sentence where it was frozen."""

    material: Material
    answers: Answers
    uid: str = "effect"
    said: str = ""

    @property
    def main(self) -> Segmented | Stepped | NoAnswer:
        return self.answers.main

    @property
    def answered(self) -> bool:
        return not isinstance(self.main, NoAnswer)

    @property
    def made_up(self) -> bool:
        return self.material.made_up

    @cached_property
    def heading(self) -> str:
        """One line without a full stop."""
        material = self.material
        return self.said or evaluated.sentence(
            self.main, name=material.name, direction=material.direction, unit=material.unit
        )

    @property
    def improvement(self) -> bool:
        """Whether the figures say that it became better by more than chance."""
        if isinstance(self.main, NoAnswer) or not self.main.certain:
            return False
        way = 1 if evaluated.told(self.main).value > 0 else -1
        return way == BETTER[self.material.direction]

    @cached_property
    def numbers(self) -> Numbers:
        known = [value for place in self.material.places for value in place.values]
        return Numbers.fitting([v for v in known if v is not None], self.material.unit)

    @cached_property
    def assumptions(self) -> list[str]:
        periods = self.material.periods
        years = (following(periods[-1], self.material.frequency) - periods[0]).days // 365
        return evaluated.assumptions(self.main, years=years)

    @cached_property
    def rows(self) -> list[EstimateRow]:
        """The figures of the answer; none where there is none."""
        if isinstance(self.main, Segmented):
            return effect_words.rows(self.main, self.material.unit, self.material.frequency)
        return []

    @cached_property
    def cautions(self) -> list[str]:
        """What makes the sentence less sure than its interval says."""
        if not isinstance(self.main, Segmented):
            return []
        return effect_words.cautions(self.material, self.main)

    @cached_property
    def further(self) -> list[str]:
        """Sentences below the picture: neighbours, dealing of start dates, ratios."""
        if isinstance(self.main, Segmented):
            found = self.answers
            return [
                *effect_words.neighbours(self.main, found.plain, self.material.unit),
                *effect_words.ratios(found.ratio, found.seasonal),
            ]
        return effect_words.dealing(self.main) if isinstance(self.main, Stepped) else []

    @property
    def caption(self) -> str:
        """What the marks of the picture mean."""
        if self.material.several:
            return _(
                "Each row is a place, in the order in which they started, at its own level and all "
                "on one scale. Open circles are figures before the place started, filled diamonds "
                "on the tinted ground those since; short lines are the means."
            )
        when = self.when
        if not self.answered:
            return _("Dots are the figures; the upright line is the change, %(when)s.") % {
                "when": when
            }
        return _(
            "Dots are the figures. The full lines run through those before and those since the "
            "change, and the dashed line is the earlier course going on. The upright line is the "
            "change, %(when)s."
        ) % {"when": when}

    @property
    def when(self) -> str:
        """The first period since the change at a single place, and what the change was."""
        place = self.material.places[0]
        period = label(place.start, self.material.frequency) if place.start else ""
        return f"{period}: {place.why.removesuffix('.')}" if place.why else period

    @property
    def basis(self) -> str:
        """The method in one line, for whoever knows it."""
        if self.material.several:
            return _(
                "Fixed effects of place and period, CR2 with Satterthwaite's degrees of freedom; "
                "permutation of start dates."
            )
        return _(
            "Segmented regression, Newey and West's standard errors, averaged over how alike "
            "neighbouring periods may be."
        )

    @cached_property
    def ordered(self) -> list[PlaceFigures]:
        """The places in the order of their starts, those that have not started last."""
        places = [
            place for place in self.material.places if any(v is not None for v in place.judged)
        ]
        return sorted(places, key=self.material.position)

    @cached_property
    def places(self) -> list[PlaceRow]:
        return [self._row(place) for place in self.ordered]

    @property
    def table(self) -> list[tuple[str, list[Cell]]]:
        """Every period with the figures of the places."""
        numbers, starts = self.numbers, [self.material.position(place) for place in self.ordered]
        return [
            (
                label(period, self.material.frequency),
                [
                    Cell(_written(place, at, numbers), at >= start, place.left_out[at])
                    for place, start in zip(self.ordered, starts, strict=True)
                ],
            )
            for at, period in enumerate(self.material.periods)
        ]

    def _row(self, place: PlaceFigures) -> PlaceRow:
        at = self.material.position(place)
        return PlaceRow(
            name=place.name,
            started=label(place.start, self.material.frequency)
            if place.start
            else pgettext("of a place", "not started yet"),
            why=place.why,
            before=self._summed(place.judged[:at]),
            since=self._summed(place.judged[at:]),
        )

    def _summed(self, values: Sequence[float | None]) -> str:
        """The mean and how many figures it is of."""
        known = [value for value in values if value is not None]
        if not known:
            return "–"
        words = {"mean": self.numbers.quantity(sum(known) / len(known)), "count": len(known)}
        text = ngettext("%(mean)s (%(count)s figure)", "%(mean)s (%(count)s figures)", len(known))
        return text % words

    @cached_property
    def wide(self) -> SafeString:
        """The picture for a page, as SVG."""
        return self._picture(WIDE)

    @cached_property
    def narrow(self) -> SafeString:
        """The picture for a phone."""
        return self._picture(NARROW)

    def _picture(self, size: Size) -> SafeString:
        draw = wedge_picture.draw if self.material.several else effect_picture.draw
        return draw(self, size)

    @property
    def height(self) -> float:
        """Of the wide picture."""
        return wedge_picture.height(self, WIDE) if self.material.several else WIDE.height

    @property
    def description(self) -> str:
        """The picture for whoever does not see it."""
        said = [self.caption, *self.cautions, *self.further]
        if self.material.several:
            text = _("%(name)s: started %(started)s; before %(before)s, since %(since)s.")
            said += [text % asdict(row) for row in self.places]
        return " ".join(said)


def _written(place: PlaceFigures, at: int, numbers: Numbers) -> str:
    value, over, under = place.values[at], place.numerators[at], place.denominators[at]
    if value is None:
        return ""
    if over is None or under is None or over == value:
        return numbers.quantity(value)
    return f"{numbers.quantity(value)} ({over:.0f}/{under:.0f})"
