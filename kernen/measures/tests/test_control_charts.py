"""A measure drawn as a control chart: which fits, what it finds, and what a team decides of it."""

import math
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from kernen.initiatives.models import Entry
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.control import CHART_NAMES, CHARTS_SAID, RULE_NAMES, RULES_SAID, Choice
from kernen.measures.charts.picture import WIDE, picture
from kernen.measures.charts.verdict import Verdict
from kernen.measures.fetching import charted_for
from kernen.measures.judging import actions as judging
from kernen.measures.judging.suggestion import suggestion
from kernen.measures.models import Measure, Series
from kernen.measures.pictures import chart_of
from kernen.parties.models import OrganisationRole

SHARES = [80, 82, 79, 81, 83, 80, 78, 82, 81, 79, 80, 82, 81, 80, 79, 83, 82, 80, 81, 79, 80, 40]


def month(number: int) -> date:
    return date(2018 + number // 12, number % 12 + 1, 1)


def shares(numerators, under=100, **choices):
    points = [
        Figure(month(at), numerator=over, denominator=under) for at, over in enumerate(numerators)
    ]
    return run_chart(
        name="Share", points=points, frequency="month", unit="%", choice=Choice(**choices)
    )


def values(figures, notes=(), splits=(), **choices):
    points = [Figure(month(at), value) for at, value in enumerate(figures)]
    return run_chart(
        name="Waiting",
        points=points,
        frequency="month",
        notes=notes,
        splits=splits,
        choice=Choice(**choices),
        goal=50,
        direction="down",
    )


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_the_limits_of_a_p_chart_are_three_sigma_from_the_mean_share():
    chart = shares(SHARES, chart="p")
    mean = sum(SHARES) / (100 * len(SHARES))
    sigma = math.sqrt(mean * (1 - mean) / 100)
    assert chart.control.cl[0] == pytest.approx(100 * mean)
    assert chart.control.lcl[0] == pytest.approx(100 * (mean - 3 * sigma))


def test_a_point_outside_the_limits_is_named_and_is_more_than_chance():
    assert shares(SHARES).verdict is Verdict.STEADY
    chart = shares(SHARES, chart="p")
    assert chart.verdict is Verdict.RESTLESS
    assert "1 point lies outside the limits: October 2019." in map(str, chart.findings)
    assert chart.basis == "P chart; Anhøj's rules."


def test_the_picture_has_limits_with_their_numbers_and_marks_what_lies_outside():
    quiet, drawn = shares(SHARES).wide, shares(SHARES, chart="p").wide
    assert "Upper limit" in drawn
    assert "Mean" in drawn
    assert "Upper limit" not in quiet
    assert drawn.count("l4") + drawn.count("#b1200f") > quiet.count("#b1200f")


def test_limits_step_with_the_denominator_and_break_where_figures_are_missing():
    points = [Figure(month(at), numerator=50, denominator=100 + 50 * (at % 2)) for at in range(12)]
    del points[5]
    chart = run_chart(name="Share", points=points, frequency="month", unit="%", choice=Choice("p"))
    limits = re.findall(r'<path d="([^"]*)" fill="none" stroke="#6b7f83"', chart.wide)
    assert [limit.count("M") for limit in limits] == [2, 2]
    assert limits[0].count("V") == 9


@pytest.mark.parametrize(
    ("figures", "proposal"),
    [
        (shares(SHARES[:12]), "run"),
        (shares(SHARES), "p"),
        (shares([2000 + at for at in range(24)], under=4000), "pp"),
        (values([10.5 + at % 3 for at in range(24)]), "i"),
    ],
)
def test_the_chart_that_suits_the_figures_is_suggested_with_why(figures, proposal):
    code, name, why = figures.proposed
    assert code == proposal
    assert name == CHART_NAMES[proposal]
    assert why.endswith(".")


def test_only_charts_that_fit_are_offered():
    assert [code for code, _name in shares(SHARES).fitting] == ["run", "p", "pp", "i", "ip", "mr"]
    assert "t" not in dict(values([0, 3, 5]).fitting)
    assert "c" not in dict(values([0.5, 3, 5]).fitting)
    assert {"c", "g", "t"} <= set(dict(values([2, 3, 5]).fitting))


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_chart_is_drawn_or_gives_way_to_the_run_chart(chart):
    for made in (shares(SHARES, chart=chart), values([3, 4, 5, 4, 6, 2], chart=chart)):
        assert made.drawn.chart in (chart, "run")
        assert made.wide.startswith("<svg")
        assert made.phases[0].centre
    assert values([0, 0.5, -1], chart=chart).drawn.chart in ("run", "i", "mr")
    assert values([4], chart=chart).wide.startswith("<svg")


def test_every_chart_and_rule_says_what_it_is():
    assert CHARTS_SAID.keys() == CHART_NAMES.keys()
    assert RULES_SAID.keys() == RULE_NAMES.keys()


def test_the_rules_of_the_nhs_judge_the_latest_point_and_the_goal():
    falling = [60 - 20 * (at % 2) for at in range(14)] + [56 - 2 * at for at in range(7)]
    said = [*map(str, values(falling, chart="i", rules="nhs").findings)]
    assert any(finding.startswith("A trend, seven points or more") for finding in said)
    assert "The latest point: special cause, an improvement." in said
    assert "The goal: will be met at times and missed at times." in said
    assert not any("chance explains" in finding for finding in said)
    assert values(falling, chart="run", rules="nhs").basis.startswith("Run chart; Anhøj")


def test_what_is_left_out_is_drawn_hollow_and_points_at_nothing():
    chart = shares(SHARES, chart="p", left_out=(month(21),))
    assert chart.control.outside[21]
    assert chart.verdict is Verdict.STEADY
    assert "No point lies outside the limits." in map(str, chart.findings)
    spec = picture(chart.drawing(chart.drawn), WIDE)
    assert len(spec.diamonds) == 0
    assert len(spec.left_out) == 1


def test_a_point_outside_in_an_earlier_phase_is_listed_with_its_phase():
    quiet = [50, 52, 47, 51, 49, 53, 48, 50.5, 51.5, 46, 52.5, 49.5]
    for rules in ("anhoej", "nhs"):
        splits = [(month(13), "New way")]
        chart = values([*quiet, 90, *quiet], chart="i", rules=rules, splits=splits)
        (found,) = [str(one) for one in chart.findings if "1 point lies" in str(one)]
        assert found.startswith("January 2018")
        assert found.endswith("1 point lies outside the limits: January 2019.")


def test_a_sign_outside_the_limits_on_the_better_side_is_not_red():
    for low, good in ((5, True), (95, False)):
        chart = values([50, 52, 47, 51, 49, 53] * 3 + [low], chart="i")
        assert {one.good for one in chart.findings if one.signal} == {good}


def test_cut_box_finds_what_is_too_much_only_together():
    sides = [1] * 6 + [-1] * 4 + [1, -1] * 0 + [1] * 3 + [-1] * 3 + [1] * 2 + [-1] * 6
    for rules in ("anhoej", "bestbox", "cutbox"):
        chart = values([10 + side for side in sides], rules=rules)
        signal = chart.result.phases[0].runs_signal
        assert any(finding.signal for finding in chart.findings) == signal


def test_a_frozen_baseline_gives_the_line_for_what_comes_after():
    figures = [10 + at % 2 for at in range(12)] + [20 + at % 2 for at in range(12)]
    frozen = values(figures, frozen=(month(11),))
    assert frozen.result.cl[-1] == 10.5
    assert values(figures).result.cl[-1] == 15.5
    assert frozen.verdict is Verdict.RESTLESS


def test_a_figure_left_out_moves_no_line_but_is_drawn():
    chart = shares(SHARES, chart="p", left_out=(month(21),))
    assert chart.control.cl[0] == pytest.approx(sum(SHARES[:-1]) / (len(SHARES) - 1))
    assert chart.rows[-1].left_out
    assert "October 2019: 40" in chart.wide


def test_leaving_everything_out_leaves_a_line():
    chart = values([4, 5, 6], left_out=tuple(month(at) for at in range(3)))
    assert chart.result.cl[0] == 5


def test_a_phase_is_suggested_where_a_shift_begins_at_a_note():
    shift = [10 + at % 3 for at in range(14)] + [30 + at % 3 for at in range(14)]
    found = suggestion(values(shift, notes=[(date(2019, 2, 10), "New way of working")]))
    assert found is not None
    assert (found.period, found.words) == (date(2019, 2, 1), "New way of working")


def test_a_phase_is_suggested_where_a_long_baseline_run_is_over_at_a_note():
    """Seventeen weeks of course before the note, then figures that cross their line."""
    figures = [*[30 + at % 3 for at in range(17)]]
    figures += [50 if at % 4 == 3 else 9 - at / 100 for at in range(36)]
    found = suggestion(values(figures, notes=[(month(17), "New way of working")]))
    assert found is not None
    assert found.period == month(17)


@pytest.mark.parametrize(
    ("figures", "noted"),
    [
        ([10 + at % 3 for at in range(28)], date(2019, 2, 10)),  # no shift
        ([10 + at % 3 for at in range(14)] + [30 + at % 3 for at in range(14)], date(2018, 5, 1)),
        ([10 + at % 3 for at in range(5)] + [30 + at % 3 for at in range(14)], date(2018, 6, 1)),
    ],
)
def test_no_phase_is_suggested_without_a_shift_a_note_near_and_figures_before(figures, noted):
    assert suggestion(values(figures, notes=[(noted, "Something")])) is None


# --- what a team decides ------------------------------------------------------------------------


@pytest.fixture
def measure(world) -> Measure:
    made = actions.define(initiative=world.first, name="Ajour", by=world.coordinator)
    series = actions.open_series(measure=made, organisation=world.hospital, by=world.coordinator)
    figures = [
        actions.Figure(month(at), numerator=over, denominator=100) for at, over in enumerate(SHARES)
    ]
    actions.load(series=series, figures=figures, by=world.coordinator)
    return made


def drawn(series: Series):
    return chart_of(charted_for(None).get(pk=series.pk)).chart


def test_one_press_draws_the_measure_otherwise_and_the_journal_says_so(world, sign_in, measure):
    client, page = sign_in(world.coordinator), measure.series.get().get_absolute_url()
    text = client.get(page, {"chart": "p"}).content.decode()
    assert f'action="/measures/{measure.pk}/draw/"' in text
    client.post(reverse("draw", args=[measure.pk]), {"chart": "p"})
    assert drawn(measure.series.get()).drawn.chart == "p"
    with override("da"):
        assert "P-diagram" in str(Entry.objects.latest("pk").what)


def test_a_chart_that_does_not_exist_in_the_address_shows_the_measures_own(world, sign_in, measure):
    response = sign_in(world.coordinator).get(
        measure.series.get().get_absolute_url(), {"chart": "pie"}
    )
    assert response.context["charted"].chart.drawn.chart == "run"


def test_the_form_keeps_what_was_chosen_and_refuses_rules_that_are_for_another_chart(
    world, sign_in, measure
):
    client, page = sign_in(world.coordinator), reverse("chart", args=[measure.pk])
    text = client.post(page, {"chart": "p", "rules": "nhs"}).content.decode()
    assert "NHS’ regler gælder kun I-diagrammer" in text
    assert re.search(r'value="p"[^>]*checked', text)
    client.post(page, {"chart": "i", "rules": "nhs"})
    measure.refresh_from_db()
    assert (measure.chart, measure.rules, measure.screened) == ("i", "nhs", False)


@pytest.mark.parametrize("chart", ["c", "t", "g"])
def test_a_chart_of_values_is_refused_for_shares(world, measure, chart):
    with pytest.raises(Refused):
        judging.choose_chart(
            measure=measure,
            chart=chart,
            rules_of_chart="anhoej",
            screened=True,
            by=world.coordinator,
        )


def test_a_baseline_is_frozen_with_a_reason_and_thawed(world, sign_in, measure):
    series, client = measure.series.get(), sign_in(world.coordinator)
    page = reverse("freeze", args=[series.pk])
    client.post(page, {"period": "2018-12-01", "reason": "Før ændringen"})
    frozen = series.freezes.get()
    assert not drawn(series).result.baseline[12]
    assert "Før ændringen" in client.get(series.get_absolute_url()).content.decode()
    client.post(reverse("thaw", args=[frozen.pk]))
    assert drawn(series).result.baseline[12]


def test_a_baseline_does_not_end_with_the_last_point(world, measure):
    with pytest.raises(Refused):
        judging.freeze(
            series=measure.series.get(), period=month(21), reason="Alt", by=world.coordinator
        )


def test_a_figure_is_left_out_with_a_reason_and_counts_again(world, sign_in, measure):
    series, client = measure.series.get(), sign_in(world.coordinator)
    client.post(
        reverse("leave_out", args=[series.pk]), {"period": "2019-10-01", "reason": "Lukket"}
    )
    point = series.points.get(left_out="Lukket")
    assert not drawn(series).result.included[-1]
    with pytest.raises(Refused):
        judging.leave_out(series=series, period=point.period, reason="Igen", by=world.coordinator)
    client.post(reverse("count_again", args=[point.pk]))
    assert drawn(series).result.included[-1]


def test_loading_a_figure_again_does_not_let_it_count_again(world, measure):
    series = measure.series.get()
    judging.leave_out(series=series, period=month(21), reason="Lukket", by=world.coordinator)
    figure = actions.Figure(month(21), numerator=41, denominator=100)
    actions.load(series=series, figures=[figure], reason="Late", by=world.coordinator)
    assert series.points.get(numerator=41).left_out == "Lukket"


def test_who_may_not_split_a_series_may_not_judge_it_otherwise(world, measure):
    with pytest.raises(Refused):
        judging.freeze(
            series=measure.series.get(),
            period=month(3),
            reason="Nej",
            by=world.person(OrganisationRole.Role.READER),
        )
