"""One word for how a series varies, and one for whether its goal will be met."""

from datetime import date
from itertools import cycle, islice

import pytest
from django.utils.translation import override

from kernen.lib.periods import following
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.control import Choice
from kernen.measures.charts.signs import Assurance, Variation, assurance
from kernen.measures.charts.spark import spark

QUIET = [50, 52, 47, 51, 49, 53, 48, 50.5, 51.5, 46, 52.5, 49.5, 50.2, 47.5, 53.5, 48.5, 51.2, 49.2]
LOW, HIGH = [value - 20 for value in QUIET], [value + 20 for value in QUIET]


def months(count):
    start = date(2020, 1, 1)
    for _ in range(count):
        yield start
        start = following(start, "month")


def chart(
    values, *, direction="down", split=None, chart="run", rules="anhoej", left_out=(), goal=None
):
    starts = list(months(len(values)))
    return run_chart(
        name="Venter",
        points=[Figure(start, value) for start, value in zip(starts, values, strict=True)],
        frequency="month",
        direction=direction,
        goal=goal,
        splits=[] if split is None else [(starts[split], "Nyt")],
        choice=Choice(chart=chart, rules=rules, left_out=tuple(starts[at] for at in left_out)),
    )


@pytest.mark.parametrize(
    ("values", "options", "sign"),
    [
        ([], {}, Variation.EMPTY),
        ([None, None], {}, Variation.EMPTY),
        (QUIET[:8], {}, Variation.FEW),
        ([7] * 12, {}, Variation.COMMON),
        (QUIET, {}, Variation.COMMON),
        (QUIET + HIGH[:10], {}, Variation.WORSE),
        (QUIET + HIGH[:10], {"direction": "up"}, Variation.BETTER),
        (QUIET + HIGH[:10], {"direction": ""}, Variation.HIGHER),
        (QUIET + LOW[:10], {"direction": ""}, Variation.LOWER),
        (HIGH + QUIET, {"split": 18}, Variation.BETTER),
        (HIGH + QUIET, {"split": 18, "direction": "up"}, Variation.WORSE),
        (LOW[:9] + HIGH[:9] + QUIET[:4], {}, Variation.RESTLESS),  # the runs are over
        ([*QUIET, 90], {}, Variation.COMMON),
        ([*QUIET, 90], {"chart": "i"}, Variation.WORSE),
        ([*QUIET, 5], {"chart": "i"}, Variation.BETTER),
        ([*QUIET, 90], {"chart": "mr"}, Variation.RESTLESS),
        ([*QUIET, 90], {"chart": "i", "rules": "nhs"}, Variation.WORSE),
        ([*QUIET, 90, 50], {"chart": "i", "rules": "nhs"}, Variation.RESTLESS),
        ([*QUIET, 90, 50], {"chart": "i"}, Variation.RESTLESS),  # of last month
        ([*QUIET, 90], {"chart": "i", "left_out": (18,)}, Variation.COMMON),
        (HIGH[:6] + QUIET, {"split": 6}, Variation.FEW),
        (QUIET + QUIET[2:12], {"split": 18}, Variation.UNSURE),
        (QUIET + HIGH, {"split": 18, "chart": "i", "rules": "nhs"}, Variation.WORSE),
        ([*QUIET[:8], 90], {"chart": "i", "rules": "nhs"}, Variation.FEW),
    ],
)
def test_the_rules_that_are_chosen_say_how_it_varies(values, options, sign):
    assert chart(values, **options).variation is sign


#: What each sign says, and a word in the heading that says the same.
SAID = {
    Variation.WORSE: "worse",
    Variation.BETTER: ("better", "improvement"),
    Variation.RESTLESS: "more than chance",
    Variation.COMMON: ("no sign of change", "no variation", "still"),
    Variation.UNSURE: "may be chance",
    Variation.FEW: "too few",
    Variation.EMPTY: "no figures",
}


@pytest.mark.parametrize("rules", ["anhoej", "nhs"])
@pytest.mark.parametrize("drawn", ["run", "i"])
def test_the_sign_never_says_another_thing_than_the_heading(drawn, rules):
    if (drawn, rules) == ("run", "nhs"):
        return
    parts = [QUIET, LOW, HIGH, QUIET[:6], [*QUIET, 90], [*QUIET, 90, 50], [50] * 11]
    for before in [[], *parts]:
        for after in parts:
            for direction in ("up", "down"):
                split = len(before) or None
                one = chart(
                    [*before, *after], chart=drawn, rules=rules, split=split, direction=direction
                )
                with override("en"):
                    said = " ".join([one.heading, *one.further])
                    words = SAID[one.variation]
                    options = (words,) if isinstance(words, str) else words
                    assert any(word in said for word in options), (one.variation, said)


def test_an_outlier_of_long_ago_is_no_change_for_the_worse_and_the_page_says_when_it_was():
    old = chart([*QUIET[:5], 90, *QUIET], chart="i")
    assert old.variation is Variation.RESTLESS
    with override("en"):
        assert old.further == ["It shows here: June 2020."]


def test_points_that_lie_on_the_better_side_of_the_mean_now_outweigh_an_old_outlier():
    """The median runs through figures of which so many lie low that no run is too long for it."""
    values = [60, *QUIET, 150, *[44, 43] * 6]
    one = chart(values, chart="i")
    assert one.variation is Variation.BETTER
    with override("en"):
        assert "below the m" in one.heading


@pytest.mark.parametrize(
    ("values", "options", "sign"),
    [
        (QUIET, {"goal": None}, Assurance.NONE),
        (QUIET, {"goal": 60, "direction": ""}, Assurance.NONE),
        ([], {"goal": 60}, Assurance.NONE),
        (QUIET[:9], {"goal": 60}, Assurance.FEW),
        (QUIET[:11], {"goal": 60, "left_out": (3, 4)}, Assurance.FEW),
        (QUIET, {"goal": 60}, Assurance.MET),
        (QUIET, {"goal": 53.5}, Assurance.MET),  # what reaches the goal meets it
        (QUIET, {"goal": 53}, Assurance.EITHER),
        (QUIET, {"goal": 40}, Assurance.MISSED),
        (QUIET, {"goal": 40, "direction": "up"}, Assurance.MET),
        (QUIET + HIGH[:10], {"goal": 200}, Assurance.MOVING),
        (HIGH + QUIET, {"goal": 60, "split": 18}, Assurance.MET),  # only the latest phase counts
        (QUIET, {"goal": 56, "chart": "i"}, Assurance.EITHER),  # within the limits
        (QUIET, {"goal": 80, "chart": "i"}, Assurance.MET),
        (QUIET, {"goal": 20, "chart": "i"}, Assurance.MISSED),
        ([*QUIET, None], {"goal": 20, "chart": "i"}, Assurance.MISSED),
        (QUIET, {"goal": 60, "chart": "mr"}, Assurance.MET),  # the limits are those of ranges
        ([100] * 12, {"goal": 100, "chart": "i", "direction": "up"}, Assurance.MET),
    ],
)
def test_limits_or_else_the_figures_say_whether_the_goal_will_be_met(values, options, sign):
    assert assurance(chart(values, **options)) is sign


def test_the_next_after_ten_alike_differs_as_seldom_as_the_text_says():
    """Laplace's rule, from the ground: every share is as likely before anything is known."""
    steps = 2000
    shares = [(step + 0.5) / steps for step in range(steps)]
    all_alike = [share**10 for share in shares]
    next_differs = sum(w * (1 - share) for w, share in zip(all_alike, shares, strict=True))
    assert next_differs / sum(all_alike) == pytest.approx(1 / 12, rel=0.01)


def test_the_small_picture_has_a_gap_where_a_figure_is_missing_and_ends_at_the_latest():
    drawn = spark([1, 2, None, 4], 2, 0)
    assert drawn.count("M") == 3  # the median, and the line before and after the gap
    assert 'cx="117"' in drawn
    assert 'cy="3"' in drawn
    assert spark([None], None, 0) == ""
    assert spark([5], 5, 0)


def test_the_small_picture_bears_a_long_series():
    assert spark(list(islice(cycle(QUIET), 500)), 50, 400).count("L") == 499
