"""What the page says of a series: heading, caption, findings, table; in English with its marks."""

import json
import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from kernen.lib.periods import following
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.control import Choice
from kernen.measures.charts.verdict import Verdict, judge
from kernen.measures.spc import analyse

CALM = [44, 39, 47, 42, 51, 40, 45, 43, 38, 46, 41, 44]
LOWER = [31, 27, 30, 26, 28, 24, 27, 25, 29, 23, 26, 30]


@pytest.fixture(autouse=True)
def _in_english_with_plain_spaces(monkeypatch):
    monkeypatch.setattr("kernen.measures.charts.numbers.NO_BREAK", " ")
    with override("en"):
        yield


def months(count, start=date(2024, 1, 1)):
    starts = [start]
    while len(starts) < count:
        starts.append(following(starts[-1], "month"))
    return starts


def waiting(values, *, split=None, direction="down", **options):
    """A chart of monthly waiting days, split before position `split`."""
    starts = months(len(values))
    splits = [] if split is None else [(starts[split], "a new way")]
    return run_chart(
        name="Waiting",
        points=[Figure(start, value) for start, value in zip(starts, values, strict=True)],
        frequency="month",
        unit="days",
        direction=direction,
        splits=splits,
        **options,
    )


def fmk(**options):
    """The shared medicine card at discharge, weeks 14-47 of 2018, split at week 40."""
    data = json.loads((Path(__file__).parent / "data" / "spc_run_cases.json").read_text())
    case = next(case for case in data["cases"] if case["id"] == "run_fmk_2018")
    first = date(2018, 4, 2)
    return run_chart(
        name="FMK in time",
        points=[
            Figure(first + timedelta(weeks=week), None, *counts)
            for week, counts in enumerate(zip(case["y"], case["n"], strict=True))
        ],
        frequency="week",
        unit="%",
        direction="up",
        goal=Decimal("95"),
        splits=[(date(2018, 10, 1), "a new routine")],
        **options,
    )


# --- headings -----------------------------------------------------------------------------------


def test_the_medicine_card_is_told_as_the_printed_caption_tells_it():
    chart = fmk()
    assert chart.heading == "FMK in time: up from 90.9 to 95.4 %, an improvement"
    assert chart.further == ["The median meets the goal of 95 %."]
    assert chart.caption == (
        "Mean figure: 105/114; latest: 128/133; last median: 95.4 % (weeks 40–47, 2018)."
    )
    assert chart.status == "Improvement"


def test_no_figures_says_so_and_draws_nothing():
    for points in ([], [Figure(date(2024, 1, 1))], [Figure(date(2024, 1, 1), None, 0, 0)]):
        chart = run_chart(name="Waiting", points=points, frequency="month")
        assert chart.heading == "Waiting: no figures yet"
        assert (chart.wide, chart.narrow, chart.caption, chart.findings) == ("", "", "", ())
        assert (chart.phases, chart.further, chart.status) == ([], [], "No figures")


def test_fewer_than_ten_useful_points_are_too_few_even_where_the_rules_would_signal():
    chart = waiting([1, 1, 1, 1, 5, 5, 5, 9, 9, 9, 9, 9], goal=5)
    assert chart.result.phases[0].runs_signal
    assert chart.heading == (
        "Waiting: too few data points to judge yet, 9 of at least 10; the median is 5 days"
    )
    assert chart.further == []
    assert not any(finding.signal for finding in chart.findings)


def test_points_on_the_median_do_not_count_and_the_finding_says_so():
    chart = waiting([5, 5, 5, 5, 5, 5, 5, 4, 6, 4, 6])
    assert "4 of at least 10" in chart.heading
    assert "off the median lie 4 of 11" in str(chart.findings[0])


def test_equal_figures_are_no_variation():
    chart = waiting([0.1] * 20)
    assert chart.heading == "Waiting: no variation, all figures are 0.1 days"
    assert [str(finding) for finding in chart.findings] == [
        "No variation: all 20 figures are 0.1 days."
    ]


def test_without_a_signal_there_is_no_sign_of_change():
    chart = waiting(CALM)
    assert chart.heading == "Waiting: no sign of change, the median is 43.5 days"
    assert not any(finding.signal for finding in chart.findings)


@pytest.mark.parametrize(
    ("direction", "words", "good"),
    [("down", ", which is better", True), ("up", ", which is worse", False), ("", "", False)],
)
def test_a_shift_at_the_end_is_better_or_worse_by_the_direction(direction, words, good):
    chart = waiting(CALM + LOWER, direction=direction)
    assert chart.heading == (
        f"Waiting: the latest 12 points all lie below the median of 34.5 days{words}"
    )
    assert chart.further == []
    assert [(finding.signal, finding.good) for finding in chart.findings] == [(True, good)] * 3


def test_a_shift_that_is_over_says_nothing_of_the_latest_points():
    chart = waiting([30, 41, 29, 42, *[20] * 12, 30, 41, 29, 42, 30, 41, 29, 42])
    assert chart.verdict is Verdict.RESTLESS
    assert chart.further == ["It shows here: May 2024 – April 2025."]


@pytest.mark.parametrize(
    ("values", "direction", "words"),
    [
        (CALM + LOWER, "down", "down from 43.5 to 27 days, an improvement"),
        (CALM + LOWER, "up", "down from 43.5 to 27 days, which is worse"),
        (CALM + LOWER, "", "down from 43.5 to 27 days"),
        (LOWER + CALM, "down", "up from 27 to 43.5 days, which is worse"),
        (LOWER + CALM, "up", "up from 27 to 43.5 days, an improvement"),
        (LOWER + CALM, "", "up from 27 to 43.5 days"),
    ],
)
def test_a_difference_that_the_rules_show_is_said_with_its_direction(values, direction, words):
    assert waiting(values, split=12, direction=direction).heading == f"Waiting: {words}"


def test_a_difference_within_chance_is_not_claimed():
    chart = waiting([*CALM, 42, 45, 38, 40, 46, 41, 39, 47, 40, 42, 44, 40], split=12)
    assert chart.heading == (
        "Waiting: the median is 43.5 before and 41.5 days after, but the difference may be chance"
    )
    assert chart.status == "May be chance"


def test_unrest_before_the_split_is_not_taken_for_an_effect():
    restless = [20] * 9 + [60] * 9 + [40, 41]
    chart = waiting([*restless, 39, 43, 38, 42, 37, 44, 40, 36, 45, 41, 39, 38], split=20)
    assert chart.facts.judgement.against_before.runs_signal
    assert chart.verdict is Verdict.UNSURE
    assert "do not both stand out" in str(chart.grounds[2])
    assert not any(finding.signal for finding in chart.grounds)


def test_a_relapse_is_not_called_an_improvement():
    chart = waiting([*CALM, *[25, 24] * 6, *[41, 42] * 6], split=12)
    assert chart.heading == (
        "Waiting: the latest 12 points all lie above the median of 33 days, which is worse"
    )
    assert chart.further == ["The median is 43.5 before the split and 33 days after."]


def test_an_improvement_still_under_way_is_claimed_and_its_unrest_told():
    falling = [36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23]
    chart = waiting(CALM + falling, split=12, goal=20)
    assert chart.heading == "Waiting: down from 43.5 to 29.5 days, an improvement"
    assert chart.further == [
        "The figures since the split vary by more than chance.",
        "The median does not meet the goal of 20 days yet.",
    ]


def test_too_short_a_phase_on_either_side_is_said():
    after = waiting(CALM + LOWER[:4], split=12)
    assert after.heading == (
        "Waiting: the median is 43.5 before and 28.5 days after, "
        "but there are too few data points after to judge yet"
    )
    before = waiting(CALM[:6] + LOWER, split=6)
    assert before.heading == (
        "Waiting: the median is 43 before and 27 days after, "
        "but there are too few data points before to compare with"
    )


def test_medians_that_read_alike_are_called_the_same():
    chart = waiting([*CALM, *(value + 0.001 for value in CALM)], split=12)
    assert chart.heading == "Waiting: the median is still 43.5 days"


def test_chance_alone_is_seldom_called_a_change():
    """Twelve points on each side of a split that changed nothing, a thousand times."""
    chance = random.Random(2018)  # noqa: S311
    found = Counter(
        judge(analyse([chance.gauss(0, 1) for _ in range(24)], part=[12]), False).verdict
        for _ in range(1000)
    )
    assert found[Verdict.MOVED] < 30
    found = Counter(
        judge(
            analyse([chance.gauss(2 * (at >= 12), 1) for at in range(24)], part=[12]), False
        ).verdict
        for _ in range(1000)
    )
    assert found[Verdict.MOVED] > 750


@pytest.mark.parametrize(
    ("direction", "goal", "sentence"),
    [
        ("down", 43.5, "The median meets the goal of 43.5 days."),
        ("down", 50, "The median meets the goal of 50 days."),
        ("down", 40, "The median does not meet the goal of 40 days yet."),
        ("up", 40, "The median meets the goal of 40 days."),
        ("up", 50, "The median does not meet the goal of 50 days yet."),
    ],
)
def test_the_goal_is_met_or_not_by_the_direction(direction, goal, sentence):
    assert waiting(CALM, direction=direction, goal=goal).further == [sentence]


def test_without_a_direction_no_goal_is_judged():
    assert waiting(CALM, direction="", goal=40).further == []


# --- findings, phases, table --------------------------------------------------------------------


def test_the_findings_name_the_rule_and_its_limits():
    said, shift, crossings = waiting(CALM + LOWER).findings
    assert str(said) == "The figures vary by more than chance."
    assert str(shift) == (
        "Shift: 12 points in a row lie on the same side of the median; chance explains at most 8."
    )
    assert str(crossings) == (
        "Too few crossings: the line crosses the median 1 time; chance explains no fewer than 8."
    )
    said, calm, often = waiting(CALM).findings
    assert str(said) == "The figures vary by no more than chance."
    assert str(calm).startswith("No shift: the longest run on one side of the median is 2;")
    assert str(often).endswith("chance explains down to 3.")


def test_a_split_chart_says_its_conclusion_then_the_rule_and_then_each_phase():
    chart = waiting(CALM + LOWER, split=12)
    conclusion, rule, *phases = chart.findings
    assert str(conclusion) == (
        "The level has fallen from 43.5 to 27 days: that is more than chance."
    )
    assert str(rule).startswith("Measured against the median before, 43.5 days, the longest run")
    assert not rule.signal
    spans = ["January–December 2024"] * 2 + ["January–December 2025"] * 2
    assert [str(one).partition(":")[0] for one in phases] == spans
    assert "hold on to it" in chart.meaning


@pytest.mark.parametrize(("direction", "good"), [("down", True), ("up", False), ("", False)])
def test_a_sign_that_proves_an_improvement_is_not_red(direction, good):
    conclusion = waiting(CALM + LOWER, split=12, direction=direction).grounds[0]
    assert (conclusion.signal, conclusion.good) == (True, good)


def test_a_signal_of_an_earlier_phase_is_listed_with_its_phase():
    chart = fmk()
    assert any(str(one).startswith("weeks 14–39, 2018: ") and one.signal for one in chart.findings)


def test_a_figure_left_out_is_not_counted_in_its_phase():
    choice = Choice(left_out=(months(12)[3],))
    assert [row.count for row in waiting(CALM, choice=choice).phases] == [11]


def test_a_frozen_line_says_of_which_periods_it_is_and_is_dotted_after_them():
    chart = waiting(CALM + LOWER, choice=Choice(frozen=(months(12)[-1],)))
    assert "last median: 43.5 days, frozen at January–December 2024" in chart.caption
    assert [row.frozen for row in chart.phases] == ["January–December 2024"]
    assert 'stroke-dasharray="2 4"' in chart.wide
    plain = waiting(CALM + LOWER)
    assert "frozen" not in plain.caption
    assert [row.frozen for row in plain.phases] == [""]
    assert 'stroke-dasharray="2 4"' not in plain.wide


def test_where_the_picture_has_another_line_than_the_heading_both_are_named():
    said = waiting(CALM, choice=Choice(chart="i")).other_line
    assert said == (
        "The heading goes by the median, 43.5 days; the picture shows the mean, 43.3 days."
    )
    assert waiting(CALM).other_line == ""


def test_each_phase_has_its_row():
    rows = fmk().phases
    assert [(row.span, row.centre, row.count) for row in rows] == [
        ("weeks 14–39, 2018", "the median 90.9 %", 26),
        ("weeks 40–47, 2018", "the median 95.4 %", 8),
    ]
    assert rows[0].findings[0].signal
    assert "by itself" in str(rows[1].findings[0])


def test_the_caption_of_plain_values_has_their_unit():
    assert waiting(CALM).caption == (
        "Mean figure: 43.3 days; latest: 44 days; last median: 43.5 days (January–December 2024)."
    )


def test_a_period_without_a_figure_is_a_row_and_a_gap_but_no_point():
    starts = months(4)
    points = [
        Figure(starts[3], None, 4, 8, "back again"),
        Figure(starts[0] + timedelta(days=20), None, 1, 4),
        Figure(starts[1], None, 0, 0),
    ]
    chart = run_chart(name="Share", points=points, frequency="month", unit="%")
    assert chart.result.y == (25, None, None, 50)
    assert [(row.numerator, row.denominator, row.value, row.note) for row in chart.rows] == [
        ("1", "4", "25 %", ""),
        ("0", "0", "", ""),
        ("", "", "", ""),
        ("4", "8", "50 %", "back again"),
    ]
    assert chart.rows[2].period == "March 2024"
    assert chart.has_counts
    assert chart.caption.startswith("Mean figure: 3/6; latest: 4/8;")


def test_a_rate_is_multiplied_into_its_unit():
    points = [Figure(start, None, 3, 1200) for start in months(3)]
    chart = run_chart(
        name="Falls", points=points, frequency="month", unit="per 1,000 days", multiply=1000
    )
    assert chart.median == "2.5 per 1,000 days"
    assert run_chart(name="Falls", points=points, frequency="month", unit="‰").median == "2.5 ‰"
    assert run_chart(name="Falls", points=points, frequency="month").result.y[0] == 0.0025


def test_plain_percentages_are_not_multiplied():
    points = [Figure(start, Decimal("95.4")) for start in months(3)]
    assert run_chart(name="Share", points=points, frequency="month", unit="%").median == "95.4 %"


def test_a_split_without_figures_on_both_sides_is_left_out():
    starts = months(12)
    chart = run_chart(
        name="Waiting",
        points=[Figure(start, value) for start, value in zip(starts, CALM, strict=True)],
        frequency="month",
        splits=[(starts[0], "a"), (starts[5], "b"), (date(2030, 1, 1), "c"), (starts[5], "b")],
    )
    assert [(mark.sign, mark.when, mark.text) for mark in chart.split_marks] == [
        ("A", "June 2024", "b")
    ]
    assert len(chart.phases) == 2


def test_notes_are_numbered_in_order_of_time_and_those_outside_the_picture_have_no_number():
    notes = [
        (date(2024, 6, 15), "second"),
        (date(2024, 2, 29), "first"),
        (date(2023, 1, 1), "long before"),
    ]
    assert [(mark.sign, mark.text) for mark in waiting(CALM, notes=notes).note_marks] == [
        ("", "long before"),
        ("1", "first"),
        ("2", "second"),
    ]
