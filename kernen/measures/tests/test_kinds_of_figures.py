"""Rates and observations from the definition to the page, and all kinds at several places."""

import math
import statistics
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from kernen.lib.periods import between
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.control import CHART_NAMES, CHARTS_OF, PROPOSALS, Choice
from kernen.measures.fetching import charted_for
from kernen.measures.judging import actions as judging
from kernen.measures.models import Measure
from kernen.measures.multiples import multiples, together
from kernen.measures.pictures import chart_of
from kernen.measures.preview import PARTS_SHOWN
from kernen.measures.reading.columns import ROLES_OF
from kernen.measures.rules import MADE_OF, PARTS
from tests.house.measuring import DEFINED_WITH, FIGURE_OF

MONTHS = list(between(date(2024, 1, 1), date(2025, 12, 1), "month"))
SEEN = [[3, 5, 7, 4], [6, 2, 8], [5, 5, 6, 9, 1], [4, 4, 5], [7], [2, 9, 3, 6]]


def rates(events, exposure=700, chart="u", **more):
    points = [
        Figure(month, numerator=over, denominator=exposure)
        for month, over in zip(MONTHS, events, strict=False)
    ]
    return run_chart(
        name="Fald", points=points, frequency="month", unit="pr. 1.000 sengedage", kind="rates",
        multiply=1000, choice=Choice(chart), **more,
    )  # fmt: skip


def samples(seen=SEEN, chart="xbar"):
    points = [
        Figure(
            month,
            statistics.mean(some),
            size=len(some),
            spread=statistics.stdev(some) if len(some) > 1 else None,
        )
        for month, some in zip(MONTHS, seen, strict=False)
        if some
    ]
    return run_chart(
        name="Dage", points=points, frequency="month", unit="dage", kind="samples",
        choice=Choice(chart),
    )  # fmt: skip


def define(world, kind: str, **more) -> Measure:
    fields = DEFINED_WITH.get(kind, {}) | more
    return actions.define(
        initiative=world.first, name="M", figures=kind, by=world.coordinator, **fields
    )


def places(world, measure: Measure, *figures):
    for number, some in enumerate(figures):
        series = actions.open_series(
            measure=measure, organisation=world.hospital, place=f"P{number}", by=world.coordinator
        )
        actions.load(series=series, figures=some, by=world.coordinator)
    return [chart_of(series) for series in charted_for(None).filter(measure=measure)]


def test_every_table_knows_every_kind_of_figures():
    kinds = set(Measure.Figures.values)
    for table in (CHARTS_OF, PROPOSALS, MADE_OF, PARTS_SHOWN, ROLES_OF, FIGURE_OF):
        assert set(table) == kinds
    assert {"value", "numerator", "denominator", "size", "spread"} == PARTS
    assert set(CHART_NAMES) == {chart for charts in CHARTS_OF.values() for chart in charts}


def test_the_limits_of_a_u_chart_are_three_sigma_of_the_rate():
    events = [4, 6, 3, 7, 5, 1400]
    made = rates(events)
    mean = sum(events) / (700 * len(events))
    assert made.control.cl[0] == pytest.approx(1000 * mean)
    assert made.control.ucl[0] == pytest.approx(1000 * (mean + 3 * math.sqrt(mean / 700)))
    assert made.control.outside[-1] == 1
    assert made.result.y[-1] == pytest.approx(2000)


def test_a_u_chart_is_proposed_and_u_prime_for_large_exposures():
    assert rates([4 + at % 3 for at in range(24)]).proposed[0] == "u"
    assert rates([400 + at % 3 for at in range(24)], 90_000).proposed[0] == "up"
    assert rates([4, 5, 3]).proposed[0] == "run"


def test_the_limits_of_the_means_are_those_reckoned_from_all_observations():
    made = samples()
    every = [value for some in SEEN for value in some]
    assert made.control.cl[0] == pytest.approx(statistics.mean(every))
    within = sum((value - statistics.mean(some)) ** 2 for some in SEEN for value in some)
    pooled = math.sqrt(within / sum(len(some) - 1 for some in SEEN))
    size = len(SEEN[0])
    c4 = math.sqrt(2 / (size - 1)) * math.gamma(size / 2) / math.gamma((size - 1) / 2)
    reach = 3 * pooled / (c4 * math.sqrt(size))
    assert made.control.ucl[0] == pytest.approx(statistics.mean(every) + reach)
    assert made.control.ucl[4] is None, "one observation says nothing of how much they differ"


def test_a_period_without_observations_moves_no_limit():
    whole, hole = samples([*SEEN, [4, 6, 5]]), samples([*SEEN, [], [4, 6, 5]])
    assert hole.control.ucl[0] == pytest.approx(whole.control.ucl[0])
    assert hole.control.ucl[-1] == pytest.approx(whole.control.ucl[-1])


def test_the_chart_of_means_has_that_of_their_spread_beside_it():
    made = samples()
    assert made.beside.drawn.chart == "s"
    assert made.beside.drawn.y[0] == pytest.approx(statistics.stdev(SEEN[0]))
    assert made.beside.uid != made.uid
    assert samples(chart="run").beside is None
    with override("da"):
        assert "Standardafvigelse, dage" in made.beside.wide


def test_x_bar_is_proposed_for_several_observations():
    assert samples(SEEN * 4).proposed[0] == "xbar"
    assert samples([[3], [4], [5]] * 8).proposed[0] == "i"
    assert [chart for chart, _name in samples().fitting] == ["run", "xbar", "s", "i", "mr"]


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_chart_is_drawn_or_gives_way_to_the_run_chart(chart):
    for made in (rates([4, 6, 3, 7, 5], chart=chart), samples(chart=chart)):
        assert made.drawn.chart in (chart, "run")
        assert made.narrow.startswith("<svg")
        assert made.on_scale(()).startswith("<svg")


@pytest.mark.parametrize("kind", CHARTS_OF)
def test_only_charts_for_the_figures_may_be_chosen_and_are_offered(world, sign_in, kind):
    measure = define(world, kind)
    page = sign_in(world.coordinator).get(reverse("chart", args=[measure.pk])).content.decode()
    for chart in CHART_NAMES:
        chosen = {"rules_of_chart": "anhoej", "screened": True, "by": world.coordinator}
        assert (f'value="{chart}"' in page) == (chart in CHARTS_OF[kind])
        if chart in CHARTS_OF[kind]:
            judging.choose_chart(measure=measure, chart=chart, **chosen)
        else:
            with pytest.raises(Refused, match="en anden slags tal"):
                judging.choose_chart(measure=measure, chart=chart, **chosen)


@pytest.mark.parametrize("kind", CHARTS_OF)
def test_figures_of_another_kind_are_refused(world, kind):
    series = actions.open_series(
        measure=define(world, kind), organisation=world.hospital, by=world.coordinator
    )
    for other, made in FIGURE_OF.items():
        if not set(made(1)) <= MADE_OF[kind]:
            with pytest.raises(Refused):
                (
                    actions.load(
                        series=series,
                        figures=[actions.Figure(date(2018, 1, 1), **made(1))],
                        by=world.coordinator,
                    ),
                    other,
                )


def test_rates_of_all_places_add_events_and_exposure(world):
    one = [actions.Figure(month, numerator=9, denominator=4) for month in MONTHS]
    other = [actions.Figure(month, numerator=1, denominator=6) for month in MONTHS]
    measure = define(world, "rates", per=100)
    added = together(measure, places(world, measure, one, other)).chart
    assert added.result.y[0] == pytest.approx(100 * 10 / 10)
    assert added.drawn.chart == "u"
    assert measure.unit_said in added.heading


def test_observations_of_all_places_are_as_if_they_were_made_at_one(world):
    first, second = [3, 5, 7, 4], [6, 2]
    loaded = [
        [
            actions.Figure(
                MONTHS[0],
                Decimal(statistics.mean(seen)),
                size=len(seen),
                spread=round(Decimal(statistics.stdev(seen)), 6),
            )
        ]
        for seen in (first, second)
    ]
    measure = define(world, "samples")
    added = together(measure, places(world, measure, *loaded)).chart
    (figure,) = added.figures
    assert figure.value == pytest.approx(statistics.mean([*first, *second]))
    assert figure.spread == pytest.approx(statistics.stdev([*first, *second]), rel=1e-5)
    assert figure.size == 6


def test_events_of_all_places_stand_in_one_row(world):
    one = [actions.Figure(date(2026, 1, day), size=1) for day in (1, 11)]
    other = [actions.Figure(date(2026, 1, day), size=2) for day in (4, 11)]
    measure = define(world, "events")
    added = together(measure, places(world, measure, one, other)).chart
    assert list(added.result.y) == [None, 3, 0, 7, 0, 0]


def test_on_the_same_scale_there_is_room_for_the_limits_of_all(world):
    one = [
        actions.Figure(month, numerator=3 + at % 2, denominator=9)
        for at, month in enumerate(MONTHS)
    ]
    other = [
        actions.Figure(month, numerator=3 + at % 2, denominator=90)
        for at, month in enumerate(MONTHS)
    ]
    measure = define(world, "rates")
    charts = places(world, measure, one, other)
    highest = max(max(chart.chart.control.ucl) for chart in charts)
    for small in multiples(charts, same_scale=True):
        axis = [float(part) for part in _axis(str(small.picture))]
        assert max(axis) >= highest


def _axis(picture: str) -> list[str]:
    numbers = picture.split('text-anchor="end">')[1].split("</g>")[0].split("</text>")
    return [text.rsplit(">", 1)[1].replace(".", "") for text in numbers if ">" in text]


def test_a_rate_is_defined_loaded_and_shown_with_what_it_is_per(world, sign_in):
    client = sign_in(world.coordinator)
    sent = {
        "name": "Fald", "kind": "outcome", "figures": "rates", "unit": "%", "per": "1000",
        "frequency": "week", "direction": "down", "organisation": world.hospital.pk,
    }  # fmt: skip
    page = reverse("define", args=[world.first.pk])
    assert "eksponeringen tælles i" in client.post(page, sent).content.decode()
    there = client.post(page, sent | {"unit": "sengedage", "per": ""})
    assert "Vælg, hvor mange" in there.content.decode()
    load = client.post(page, sent | {"unit": "sengedage"}).url
    text = "Uge;Fald;Sengedage\nuge 46, 2018;7;500\nuge 47, 2018;9;480"
    shown = client.post(load, {"text": text})
    assert list(shown.context["headings"]) == ["Hændelser", "Eksponering"]
    columns = {name: str(at) for name, at in shown.context["columns"].initial.items()}
    series = client.post(load, {"text": text, "confirm": "1", **columns}).url
    assert "18,8\xa0pr. 1.000 sengedage" in client.get(series).content.decode()
    assert Measure.objects.latest("pk").series.get().points.filter(exposure=True).count() == 2


@pytest.mark.parametrize(("kind", "unit"), [("counts", "%"), ("values", ""), ("events", "dage")])
def test_a_unit_that_is_not_written_goes_with_the_kind_of_figures(world, sign_in, kind, unit):
    client, page = sign_in(world.coordinator), reverse("define", args=[world.first.pk])
    fields = client.get(page).context["form"]
    assert fields["unit"].value() == ""
    sent = {
        "name": "Ny", "kind": "outcome", "figures": kind, "unit": "", "frequency": "month",
        "direction": "up", "organisation": world.hospital.pk,
    }  # fmt: skip
    assert client.post(page, sent).status_code == 302
    assert Measure.objects.latest("pk").unit == unit


def test_rare_events_are_by_the_day_and_in_days_whatever_was_chosen(world, sign_in):
    sent = {
        "name": "Fald", "kind": "outcome", "figures": "events", "unit": "%", "per": "1000",
        "frequency": "month", "direction": "up", "organisation": world.hospital.pk,
    }  # fmt: skip
    load = sign_in(world.coordinator).post(reverse("define", args=[world.first.pk]), sent).url
    measure = Measure.objects.latest("pk")
    assert (measure.frequency, measure.unit, measure.per) == ("day", "dage", None)
    client = sign_in(world.coordinator)
    text = "3. marts 2026\n17-03-2026\n17-03-2026"
    shown = client.post(load, {"text": text})
    assert shown.context["reading"].ok
    assert "2 datoer er klar" in shown.content.decode()
    assert "Indlæs 2 datoer" in shown.content.decode()
    columns = {name: str(at) for name, at in shown.context["columns"].initial.items()}
    assert client.post(
        load, {"text": shown.context["form"]["text"].value(), "confirm": "1", **columns}
    ).url
    assert [point.size for point in measure.series.get().points.all()] == [1, 2]


@pytest.mark.parametrize("kind", CHARTS_OF)
def test_a_series_of_every_kind_has_its_page_its_files_and_its_picture(world, sign_in, kind):
    client = sign_in(world.coordinator)
    series = world.measure(world.first, kind).series.get()
    for name in ("series", "series_csv", "series_xlsx", "series_svg", "load", "split", "freeze"):
        answer = client.get(reverse(name, args=[series.pk]))
        assert answer.status_code == 200, name
    file = b"".join(client.get(reverse("series_csv", args=[series.pk]))).decode()
    assert ("Standardafvigelse" in file) == (kind == "samples")
    assert len(file.splitlines()) > 20
