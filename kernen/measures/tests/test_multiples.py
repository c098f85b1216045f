"""One measure at several places: what needs attention first, and all of them added up."""

from datetime import date

import pytest
from django.urls import reverse

from kernen.lib.periods import between
from kernen.measures import actions
from kernen.measures.fetching import charted_for
from kernen.measures.models import Measure
from kernen.measures.multiples import multiples, together
from kernen.measures.pictures import chart_of

MONTHS = list(between(date(2018, 1, 1), date(2019, 12, 1), "month"))
QUIET = [50, 60, 40, 55, 45, 52, 48, 58, 42, 51, 49, 57] * 2
WORSE = [60, 62, 58, 61, 63, 59, 64, 57, 60, 62, 61, 59, *[30] * 6, *[31] * 6]


@pytest.fixture
def measure(world) -> Measure:
    """Three places: one quiet, one that has become worse, and one without figures."""
    made = actions.define(initiative=world.first, name="Ajour", by=world.coordinator)
    for place, figures in (("A", QUIET), ("B", WORSE), ("C", [])):
        series = actions.open_series(
            measure=made, organisation=world.hospital, place=place, by=world.coordinator
        )
        loaded = [
            actions.Figure(month, numerator=over, denominator=100)
            for month, over in zip(MONTHS, figures, strict=False)
        ]
        if loaded:
            actions.load(series=series, figures=loaded, by=world.coordinator)
    return made


def charts(measure: Measure):
    return [chart_of(series) for series in charted_for(None).filter(measure=measure)]


def test_what_has_become_worse_comes_first_and_no_place_without_figures(measure):
    shown = multiples(charts(measure), same_scale=False)
    assert [one.charted.series.place for one in shown] == ["B", "A"]


def test_on_the_same_scale_every_picture_has_room_for_the_figures_of_all(measure):
    own, same = (multiples(charts(measure), same_scale=scale) for scale in (False, True))
    axes = [[one.picture.count(f">{n} %<") for n in (30, 65)] for one in same]
    assert axes[0] == axes[1]
    assert str(own[1].picture) != str(same[1].picture)


def test_all_places_together_are_added_up_period_by_period(measure):
    added = together(measure, charts(measure))
    assert added
    first = added.chart.rows[0]
    assert (first.numerator, first.denominator) == ("110", "200")
    assert added.chart.result.y[12] == pytest.approx((QUIET[12] + 30) / 2)


def test_values_are_not_added_up_nor_is_one_place(world, measure):
    assert together(measure, charts(measure)[:1]) is None
    measure.figures = "values"
    assert together(measure, charts(measure)) is None


def test_the_page_shows_the_places_small_with_those_that_have_no_figures(world, sign_in, measure):
    page = sign_in(world.coordinator).get(measure.get_absolute_url()).content.decode()
    assert page.index("B, Organisation") < page.index("A, Organisation")
    assert "Alle steder tilsammen" in page
    assert "ingen tal endnu" in page
    assert reverse("measure", args=[measure.pk]) + "?scale=same" in page
