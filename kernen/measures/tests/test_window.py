"""A span of a long series: drawn on the whole width, judged as the whole, reached by links."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override

from kernen.lib.periods import between, label
from kernen.measures import actions
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.window import FEWEST, MOST, days, ways, window

WEEKS = list(between(date(2019, 1, 7), date(2023, 12, 25), "week"))  # five years
VALUES = [40 + (n * 7) % 11 for n in range(130)] + [30 + (n * 7) % 11 for n in range(129)]


def five_years():
    figures = zip(WEEKS, VALUES, strict=False)
    return run_chart(
        name="Ventetid",
        points=[Figure(week, value) for week, value in figures],
        frequency="week",
        unit="dage",
        splits=[(WEEKS[130], "Ny gang"), (WEEKS[200], "Igen")],
        notes=[(WEEKS[20], "Før"), (WEEKS[205], "Efter")],
    )


def drawn(picture: str) -> list[str]:
    """What each point that is drawn tells of, first line."""
    titles = re.findall(r"<title>([^<\n]+)[^<]*</title></(?:circle|path)>", picture)
    return sorted(title.partition(":")[0] for title in titles)


def test_only_the_span_is_drawn_and_nothing_is_judged_anew():
    whole = five_years()
    near = whole.within(WEEKS[195], WEEKS[220])
    for picture in (near.wide, near.narrow, near.plain):
        assert drawn(picture) == sorted(label(week, "week") for week in WEEKS[195:221])
    told = ("heading", "caption", "findings", "rows", "phases")
    assert [getattr(near, name) for name in told] == [getattr(whole, name) for name in told]


def test_marks_keep_their_signs_and_those_outside_the_span_are_not_drawn():
    near = five_years().within(WEEKS[195], WEEKS[220]).wide
    badges = re.findall(r'<a href="#chart-(\w+)"', near)
    assert badges == ["B", "2"]


def test_lines_end_at_the_edges_of_the_span():
    chart = five_years().within(WEEKS[195], WEEKS[220])
    edges = re.search(r'data-left="(.*?)" data-right="(.*?)"', chart.wide)
    left, right = map(float, edges.groups())
    ends = re.search(r'<g stroke-width="2">(.*?)</g>', chart.wide)[1]
    lines = [tuple(map(float, found)) for found in re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", ends)]
    assert lines[0][0] == pytest.approx(left, abs=0.2)
    assert lines[-1][1] == pytest.approx(right, abs=0.2)
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, None),
        (WEEKS[10], WEEKS[30], (10, 30)),
        (WEEKS[30], WEEKS[10], (10, 30)),  # the wrong way round
        (WEEKS[10] - timedelta(days=3), WEEKS[30] + timedelta(days=3), (10, 30)),
        (WEEKS[10], None, (10, len(WEEKS) - 1)),
        (None, WEEKS[30], (0, 30)),
        (WEEKS[10], WEEKS[11], (10, 10 + FEWEST - 1)),
        (date(1990, 1, 1), date(1990, 2, 1), (0, FEWEST - 1)),
        (date(2090, 1, 1), date(2090, 2, 1), (len(WEEKS) - FEWEST, len(WEEKS) - 1)),
        (date(1990, 1, 1), date(2090, 2, 1), None),
    ],
)
def test_a_span_lies_within_the_series_and_is_never_too_short(first, last, expected):
    assert window(WEEKS, first, last) == expected


def test_of_so_many_periods_the_latest_so_many_are_all_and_only_all_is_offered():
    starts = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(24)]
    current = [way for way in ways(starts, None) if way.current]
    assert [way.first for way in current] == [None]


def test_a_run_that_is_not_in_view_is_not_named_in_the_picture():
    values = [30 + at % 3 for at in range(17)]
    values += [50 if at % 4 == 3 else 9 - at / 100 for at in range(36)]
    chart = run_chart(
        name="Venter",
        points=[
            Figure(date(2024 + at // 12, at % 12 + 1, 1), value) for at, value in enumerate(values)
        ],
        frequency="month",
    )
    with override("en"):
        assert "run too long" in chart.plain
        assert "run too long" in chart.within(date(2024, 1, 1), date(2025, 1, 1)).wide
        assert "run too long" not in chart.within(date(2026, 10, 1), date(2028, 1, 1)).wide


def test_what_is_no_day_asks_for_nothing():
    assert days({"from": "i går", "to": "2020-13-01"}) == (None, None)
    assert window(WEEKS[:FEWEST], WEEKS[1], WEEKS[3]) is None


def test_every_way_leads_to_another_span_or_is_marked_as_the_one_shown():
    for low, high in [(0, len(WEEKS) - 1), (0, 5), (100, 150), (len(WEEKS) - 12, len(WEEKS) - 1)]:
        now = window(WEEKS, WEEKS[low], WEEKS[high])
        for way in ways(WEEKS, now):
            assert (window(WEEKS, way.first, way.last) == now) is way.current
    assert not ways(WEEKS[:12], None)


def test_the_page_shows_the_span_of_its_address_and_leads_to_others(world, sign_in):
    series = world.first.measures.get().series.get()
    client, url = sign_in(world.coordinator), series.get_absolute_url()
    page = client.get(f"{url}?from=2018-06-01&to=2018-12-01&chart=p").content.decode()
    assert re.search(r"Vist: juni\W.{0,9}december\s2018\.", page)
    (closer,) = re.findall(r'<a href="(\?[^"]+)" title="Zoom ind"', page)
    asked = parse_qs(urlsplit(closer.replace("&amp;", "&")).query)
    assert asked["chart"] == ["p"]
    assert asked["from"] > ["2018-06-01"] or asked["to"] < ["2018-12-01"]
    assert client.get(f"{url}?from=x&to=y").status_code == 200


def test_a_mark_leads_to_its_words_and_on_to_the_journal_on_the_page_it_stands_on(world, sign_in):
    series = world.first.measures.get().series.get()
    for number in range(60):
        actions.annotate(
            series=series, on=date(2018, 10, 1), words=f"Note {number}", by=world.coordinator
        )
    client = sign_in(world.coordinator)
    page = client.get(series.get_absolute_url()).content.decode()
    assert f'<a href="#series-{series.pk}-A"' in page
    assert f'<li id="series-{series.pk}-A">' in page
    split = world.first.journal.get(verb="split")
    link = f"{reverse('journal', args=[world.first.pk])}?entry={split.pk}#entry-{split.pk}"
    assert link in page
    told = client.get(link).content.decode()
    assert f'id="entry-{split.pk}"' in told
    assert f'id="entry-{split.pk}"' not in client.get(link.partition("?")[0]).content.decode()


def test_files_hold_no_links_and_the_span_that_is_looked_at(world, sign_in):
    series = world.first.measures.get().series.get()
    url = reverse("series_svg", args=[series.pk])
    drawn = sign_in(world.coordinator).get(f"{url}?from=2018-06-01&to=2018-12-01").content.decode()
    assert "<a " not in drawn
    assert "juni–december 2018" in drawn


def test_of_a_series_of_thousands_the_latest_are_drawn_and_links_lead_to_all_the_others():
    starts = [date(2010, 1, 1) + timedelta(days=n) for n in range(1500)]
    chart = run_chart(
        name="Ventetid",
        points=[Figure(day, 40 + (n * 7) % 11) for n, day in enumerate(starts)],
        frequency="day",
    )
    latest = sorted(label(day, "day") for day in starts[-MOST:])
    assert drawn(chart.wide) == latest
    assert sorted(row.period for row in chart.rows_shown) == latest
    assert len(drawn(chart.on_scale((), most=100))) == 100
    assert len(chart.rows) == chart.result.phases[-1].last == 1500
    seen = set(chart.shown)
    while earlier := [way for way in chart.ways if way.sign == "‹"]:
        chart = chart.within(earlier[0].first, earlier[0].last)
        assert len(chart.shown) == MOST
        seen |= set(chart.shown)
    assert seen == set(starts)
    assert chart.narrowed
    assert chart.within(starts[0], starts[-1]).shown == tuple(starts[-MOST:])


def test_a_series_that_fits_in_a_picture_is_drawn_whole():
    whole = five_years()
    assert whole.window is None
    assert whole.rows_shown == whole.rows
    assert len(drawn(whole.on_scale(()))) == len(VALUES)
