"""What stands below the picture of an evaluation: its figures with plain words, what the likeness
of neighbours did, how many times as many, and how start dates could have been dealt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.periods import FREQUENCIES, label
from kernen.measures.charts.evaluated import RARE, difference
from kernen.measures.charts.material import Material
from kernen.measures.charts.numbers import Numbers
from kernen.measures.evaluation import Counted, Estimate, Segmented, Stepped, ratio, segmented
from kernen.measures.evaluation.permutation import DRAWS

#: Durbin and Watson's figure below which neighbours are called alike, and above which opposite.
ALIKE, OPPOSITE = 1.5, 2.5


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """A figure of the answer: what it is, how large, between which values it may lie, in words."""

    what: str
    size: str
    interval: str
    words: str


def rows(answer: Segmented, unit: str, frequency: str) -> list[EstimateRow]:
    """The sentence's own figure first."""
    a_period = FREQUENCIES[frequency]

    def row(what: str, one: Estimate, words: str, *, each: bool = False) -> EstimateRow:
        numbers = Numbers.fitting((0.0, one.se), "")
        size = difference(one.value, unit, numbers)
        per = _("%(size)s a %(period)s") % {"size": size, "period": a_period} if each else size
        interval = _("%(low)s to %(high)s") % {
            "low": numbers.number(one.low),
            "high": numbers.number(one.high),
        }
        return EstimateRow(what, per, interval, words)

    return [
        row(
            _("On average since the change"),
            answer.cautious,
            _("Between the figures since the change and the dashed line. The sentence says this."),
        ),
        row(
            _("The level"),
            answer.level,
            _("How far the line jumps where the change comes."),
        ),
        row(
            _("The slope"),
            answer.slope,
            _("How much more the figures rise, or fall if it is below nought, than before."),
            each=True,
        ),
        row(
            _("The slope before"),
            answer.slope_before,
            _("Where the figures were heading already."),
            each=True,
        ),
        row(
            _("On average, as others publish it"),
            answer.effect,
            _("The first row by the usual method alone: too narrow an interval with few figures."),
        ),
    ]


#: A figure carries much if the answer without it is another by so much of its size.
MUCH = 0.1


def cautions(material: Material, answer: Segmented) -> list[str]:
    """Where the dashed line reaches further than what it stands on, and where it leans on a single
    figure from before the change."""
    values, change = material.places[0].judged, material.position(material.places[0])
    before = [at for at in range(change) if values[at] is not None]
    said = []
    if len(values) - change > change:
        text = _(
            "The dashed line rests on %(before)s periods and is drawn on over %(since)s: the "
            "further, the less it can be trusted. Compare with the medians too."
        )
        said.append(text % {"before": change, "since": len(values) - change})
    without = {at: _without(values, change, at) for at in before}
    found = {at: one for at, one in without.items() if one is not None}
    size = answer.cautious.value
    most = max(found, key=lambda at: abs(found[at] - size), default=None)
    if most is not None and abs(found[most] - size) > MUCH * abs(size) and answer.certain:
        text = _("One figure from before carries much: without %(period)s it would be %(size)s.")
        numbers = Numbers.fitting((0.0, answer.cautious.se), "")
        when = label(material.periods[most], material.frequency)
        said.append(
            text % {"period": when, "size": difference(found[most], material.unit, numbers)}
        )
    return said


def _without(values: Sequence[float | None], change: int, left_out: int) -> float | None:
    """The average change without that figure; None where there is no answer then."""
    kept = [math.nan if v is None or at == left_out else v for at, v in enumerate(values)]
    answer = segmented(kept, change)
    return answer.cautious.value if isinstance(answer, Segmented) else None


NEIGHBOURS: dict[int, Promise] = {
    -1: gettext_lazy(
        "Neighbouring figures are alike: when one is high, so is the next (Durbin–Watson "
        "%(figure)s, where 2 means not alike)."
    ),
    0: gettext_lazy(
        "Neighbouring figures are hardly alike (Durbin–Watson %(figure)s, where 2 means not alike)."
    ),
    1: gettext_lazy(
        "Neighbouring figures are opposite: when one is high, the next is low (Durbin–Watson "
        "%(figure)s, where 2 means not alike)."
    ),
}


def neighbours(answer: Segmented, plain: Segmented | None, unit: str) -> list[str]:
    """What the likeness of neighbours did to the interval."""
    figure = answer.durbin_watson
    side = (figure > OPPOSITE) - (figure < ALIKE)
    said = [str(NEIGHBOURS[side]) % {"figure": Numbers.fitting((0.0, 1.0), "").number(figure, 1)}]
    if plain:
        numbers = Numbers.fitting((0.0, answer.cautious.se), "")
        text = _(
            "Had each period stood alone, the interval of the first row would have been %(low)s to "
            "%(high)s; since neighbours may be alike, and how much is not known, it is wider."
        )
        said += [text % _ends(plain.effect, unit, numbers)] if _narrower(plain, answer) else []
    return said


def _narrower(plain: Segmented, answer: Segmented) -> bool:
    one, other = plain.effect, answer.cautious
    return one.high - one.low < other.high - other.low


def _ends(one: Estimate, unit: str, numbers: Numbers) -> dict[str, str]:
    return {"low": numbers.number(one.low), "high": difference(one.high, unit, numbers)}


def ratios(found: Counted | None, seasonal: Counted | None) -> list[str]:
    """How many times as many events: told as a size, since each period is taken to stand alone."""
    if not found:
        return []
    said = [
        _(
            "The figures are counts, so the change can be told as a ratio too: on average "
            "%(value)s times as many as the earlier course would have given (95%% interval "
            "%(low)s to %(high)s, Poisson regression)."
        )
        % _times(found)
    ]
    if seasonal:
        text = _(
            "With the time of year taken out it is %(value)s times (95%% interval %(low)s to "
            "%(high)s)."
        )
        said.append(text % _times(seasonal))
    said.append(
        _(
            "A ratio takes each period to stand alone, so its interval may be too narrow: whether "
            "there is an effect at all is for the sentence above to say."
        )
    )
    return said


def _times(one: Counted) -> dict[str, str]:
    numbers = Numbers.fitting((0.0, 1.0), "")
    names = ("value", "low", "high")
    return {
        name: numbers.number(part, 2) for name, part in zip(names, ratio(one.effect), strict=True)
    }


def dealing(answer: Stepped) -> list[str]:
    """The permutation in plain words."""
    ways = round(1 / answer.p_least)
    if ways > DRAWS:
        text = _(
            "Suppose the start dates had been dealt to the places by lot. Of %(ways)s dealings, "
            "the real one among them, %(large)s give a difference at least as large as the one "
            "found."
        )
    else:
        text = _(
            "Suppose the start dates had been dealt to the places by lot. Of the %(ways)s ways in "
            "which that can be, %(large)s give a difference at least as large as the one found."
        )
    whole = Numbers.fitting((0.0, 10_000.0), "").number
    numbers = {"ways": whole(ways), "large": whole(round(answer.p * ways))}
    rare = (
        _("That is more than 1 in 20: the difference may be chance.")
        if answer.p > RARE
        else _("That is at most 1 in 20: chance is a poor explanation.")
    )
    return [text % numbers, rare]
