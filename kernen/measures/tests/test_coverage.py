"""Who measures what: each sector by each dimension, and where nobody does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions as initiatives
from kernen.lib.periods import normalise
from kernen.measures import actions as measures
from kernen.measures.catalogue.coverage import behind, matrix
from kernen.measures.models import Series


def living(world, *, organisation=None, dimension="cost", days=40, initiative=None):
    measure = measures.define(
        initiative=initiative or world.first,
        name=f"Living {world.number()}",
        dimension=dimension,
        by=world.coordinator,
    )
    series = measures.open_series(
        measure=measure, organisation=organisation or world.municipality, by=world.coordinator
    )
    month = normalise(timezone.localdate() - timedelta(days=days), "month")
    world.load(series, month, month)
    return series


def counted(cluster=None):
    return {
        (row.sector, cell.dimension): (cell.measures, cell.series)
        for row in matrix(cluster)
        for cell in row.cells
        if cell.series
    }


def slowly():
    """Every series that there is, one by one."""
    found: dict[tuple[str, str], list[Series]] = {}
    for series in Series.objects.all():
        for point in series.points.all():
            recent = point.period > timezone.localdate() - timedelta(days=365)
            if recent and (point.value, point.denominator, point.size) != (None, None, None):
                key = series.organisation.sector, series.measure.dimension
                found.setdefault(key, []).append(series)
                break
    return {
        key: (len({one.measure_id for one in some}), len(some))
        for key, some in found.items()
        if key[1]
    }


def test_only_figures_of_the_last_year_live(world):
    assert counted() == slowly() == {}
    living(world)
    living(world, days=500)
    living(world, organisation=world.hospital, dimension="")
    second = living(world)
    measures.open_series(measure=second.measure, organisation=world.hospital, by=world.coordinator)
    assert counted() == slowly() == {("municipality", "cost"): (2, 2)}


def test_rare_events_of_the_last_year_are_measured(world):
    measure = measures.define(
        initiative=world.first, name="Falls", figures="events", frequency="day",
        dimension="cost", by=world.coordinator,
    )  # fmt: skip
    series = measures.open_series(
        measure=measure, organisation=world.municipality, by=world.coordinator
    )
    day = timezone.localdate() - timedelta(days=40)
    measures.load(
        series=series, figures=[measures.Figure(period=day, size=1)], by=world.coordinator
    )
    assert counted()["municipality", "cost"] == (1, 1)


def test_a_period_that_is_known_as_missing_is_no_figure(world):
    series = living(world)
    missing = measures.Figure(period=series.points.get().period)
    measures.load(series=series, figures=[missing], reason="Lost", by=world.coordinator)
    assert counted() == slowly() == {}


def test_the_three_sectors_stand_also_where_nobody_measures(world, sign_in):
    living(world, organisation=world.organisation("region"))
    assert [row.sector for row in matrix()] == [
        "hospital", "municipality", "general_practice", "region",
    ]  # fmt: skip
    page = sign_in(world.coordinator).get(reverse("coverage"))
    assert (page.context["empty"], page.context["all"]) == (11, 12)
    assert page.content.decode().count('class="nobody"') == 11
    catalogue = f"{reverse('catalogue')}?sector=hospital&amp;dimension=health"
    assert catalogue in page.content.decode(), "an empty field says what could be measured"


def test_a_cluster_counts_its_own_places(world):
    living(world)
    elsewhere = world.organisation("municipality")
    other = world.new_cluster([elsewhere])
    apart = initiatives.register(
        title="Elsewhere",
        problem="A problem",
        organisations=[elsewhere],
        cluster=other,
        by=world.coordinator,
    )
    living(world, organisation=elsewhere, dimension="health", initiative=apart)
    assert counted(world.cluster) == {("municipality", "cost"): (1, 1)}
    assert counted(other) == {("municipality", "health"): (1, 1)}
    assert len(counted()) == 2


@pytest.mark.parametrize(
    "asked", [{"sector": "municipality", "dimension": "cost"}, {"without": "dimension"}]
)
def test_each_field_leads_to_the_series_behind_it(world, sign_in, asked):
    lives = [living(world), living(world, dimension="")]
    page = sign_in(world.coordinator).get(reverse("coverage"), asked)
    shown = [row["series"] for row in page.context["behind"]]
    assert shown == [lives[1] if "without" in asked else lives[0]]
    assert lives[0] in behind(None, "municipality", "cost")


def test_a_field_that_is_not_known_shows_no_list(world, sign_in):
    page = sign_in(world.coordinator).get(
        reverse("coverage"), {"sector": "moon", "dimension": "cost", "cluster": "x"}
    )
    assert page.context["behind"] is None
