"""What an evaluation shows, in words: one sentence, and what it takes for granted."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.measures.charts.numbers import NO_BREAK, Numbers
from kernen.measures.charts.sentences import BETTER
from kernen.measures.evaluation import Estimate, NoAnswer, Reason, Segmented, Stepped

# By which way the figures went and whether that is better (1), worse (-1) or neither (0).
SERIES: dict[tuple[int, int], Promise] = {
    (1, 1): gettext_lazy(
        "%(name)s: since the change on average %(size)s above the earlier course, "
        "an improvement (95%% interval %(least)s to %(most)s)"
    ),
    (1, -1): gettext_lazy(
        "%(name)s: since the change on average %(size)s above the earlier course, "
        "which is worse (95%% interval %(least)s to %(most)s)"
    ),
    (1, 0): gettext_lazy(
        "%(name)s: since the change on average %(size)s above the earlier course "
        "(95%% interval %(least)s to %(most)s)"
    ),
    (-1, 1): gettext_lazy(
        "%(name)s: since the change on average %(size)s below the earlier course, "
        "an improvement (95%% interval %(least)s to %(most)s)"
    ),
    (-1, -1): gettext_lazy(
        "%(name)s: since the change on average %(size)s below the earlier course, "
        "which is worse (95%% interval %(least)s to %(most)s)"
    ),
    (-1, 0): gettext_lazy(
        "%(name)s: since the change on average %(size)s below the earlier course "
        "(95%% interval %(least)s to %(most)s)"
    ),
}
PLACES: dict[tuple[int, int], Promise] = {
    (1, 1): gettext_lazy(
        "%(name)s: on average %(size)s higher once a place has started, "
        "an improvement (95%% interval %(least)s to %(most)s)"
    ),
    (1, -1): gettext_lazy(
        "%(name)s: on average %(size)s higher once a place has started, "
        "which is worse (95%% interval %(least)s to %(most)s)"
    ),
    (1, 0): gettext_lazy(
        "%(name)s: on average %(size)s higher once a place has started "
        "(95%% interval %(least)s to %(most)s)"
    ),
    (-1, 1): gettext_lazy(
        "%(name)s: on average %(size)s lower once a place has started, "
        "an improvement (95%% interval %(least)s to %(most)s)"
    ),
    (-1, -1): gettext_lazy(
        "%(name)s: on average %(size)s lower once a place has started, "
        "which is worse (95%% interval %(least)s to %(most)s)"
    ),
    (-1, 0): gettext_lazy(
        "%(name)s: on average %(size)s lower once a place has started "
        "(95%% interval %(least)s to %(most)s)"
    ),
}

#: Whole years in which every time of year has come twice.
YEARS = 2

#: A chance of at most this is more than chance.
RARE = 0.05

REASONS: dict[Reason, Promise] = {
    Reason.FEW_BEFORE: gettext_lazy(
        "%(name)s: too few figures to tell; %(found)s before the change, "
        "and at least %(needed)s are needed"
    ),
    Reason.FEW_AFTER: gettext_lazy(
        "%(name)s: too few figures to tell; %(found)s after the change, "
        "and at least %(needed)s are needed"
    ),
    Reason.NO_VARIATION: gettext_lazy(
        "%(name)s: the figures do not vary, so there is no chance to weigh a change against"
    ),
    Reason.FEW_PLACES: gettext_lazy(
        "%(name)s: too few places to tell; %(found)s with figures, "
        "and at least %(needed)s are needed"
    ),
    Reason.NO_STARTS: gettext_lazy(
        "%(name)s: no place has started yet, so there is nothing to compare with"
    ),
    Reason.SAME_START: gettext_lazy(
        "%(name)s: all places start at the same time, so the change cannot be told "
        "from what else happened then"
    ),
    Reason.NOT_APART: gettext_lazy(
        "%(name)s: places that have started and places that have not "
        "have no figures from the same periods, so they cannot be compared"
    ),
    Reason.FEW_EVENTS: gettext_lazy(
        "%(name)s: too few events to tell; %(found)s on one side of the change, "
        "and at least %(needed)s are needed"
    ),
}


def sentence(
    answer: Segmented | Stepped | NoAnswer, *, name: str, direction: str, unit: str
) -> str:
    """One line without a full stop; `direction` (which way is better) and `unit` as a measure's."""
    if isinstance(answer, NoAnswer):
        words = {"name": name, "found": answer.found, "needed": answer.needed}
        return str(REASONS[answer.reason]) % words
    effect = told(answer)
    numbers = Numbers.fitting((0.0, effect.se), "")
    if isinstance(answer, Stepped) and (answer.shaky or answer.p_least > RARE):
        return _("%(name)s: too few places to tell whether the difference is chance") % {
            "name": name
        }
    if not answer.certain:
        return _(
            "%(name)s: the figures do not tell whether the change made a difference; "
            "it may be chance (95%% interval %(low)s to %(high)s)"
        ) % {
            "name": name,
            "low": numbers.number(effect.low),
            "high": difference(effect.high, unit, numbers),
        }
    way = 1 if effect.value > 0 else -1
    texts = PLACES if isinstance(answer, Stepped) else SERIES
    return str(texts[way, way * BETTER[direction]]) % _sizes(effect, name, unit, numbers)


def told(answer: Segmented | Stepped) -> Estimate:
    """The estimate with which the sentence speaks."""
    return answer.effect if isinstance(answer, Stepped) else answer.cautious


def assumptions(answer: Segmented | Stepped | NoAnswer, *, years: int = 2) -> list[str]:
    """What the sentence takes for granted, for a person to judge; none where there is no answer.
    Figures of fewer than two whole `years` have no time of year twice."""
    if isinstance(answer, NoAnswer):
        return []
    if isinstance(answer, Stepped):
        return [
            _("Without the change, the figures would have moved alike at all places."),
            _("Which place started when had nothing to do with how it was going there."),
            _("The change works at once and equally much at each place; else this is an average."),
            _("Nothing else began at the places together with the change."),
        ]
    return [
        _("Without the change, the figures would have gone on along the earlier line."),
        _("Nothing else happened at the same time that could explain the difference."),
        _("The measure is counted in the same way before and after."),
        _(
            "The time of year does not explain the difference: compare the same time of year "
            "if it may."
        )
        if years >= YEARS
        else _(
            "The time of year does not explain the difference: there are too few years to tell."
        ),
    ]


def _sizes(effect: Estimate, name: str, unit: str, numbers: Numbers) -> dict[str, str]:
    least, most = sorted((abs(effect.low), abs(effect.high)))
    return {
        "name": name,
        "size": difference(abs(effect.value), unit, numbers),
        "least": numbers.number(least),
        "most": difference(most, unit, numbers),
    }


def difference(value: float, unit: str, numbers: Numbers) -> str:
    """A difference between two shares is told in points, so that nobody takes it for a ratio."""
    number = numbers.number(value)
    if unit == "%":
        return _("%(number)s percentage points") % {"number": number}
    return f"{number}{NO_BREAK}{unit}" if unit else number
