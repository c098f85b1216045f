"""What a person is shown to look at before figures are loaded: those that lie far from the usual,
periods that are not over, figures in another unit, and files that bring nothing new."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.lib.periods import label, normalise
from kernen.measures import actions
from kernen.measures.asking.doubt import doubt
from kernen.measures.fetching import charted_for
from kernen.measures.models import Series
from kernen.measures.tests.test_loading import confirm, upload

FIRST = date(2017, 1, 2)
STOOD = [20, 22, 19, 21, 23, 20, 18, 22]


@pytest.fixture
def measure(world):
    return actions.define(
        initiative=world.first,
        name="Ventetid",
        figures="values",
        unit="dage",
        frequency="week",
        by=world.coordinator,
    )


@pytest.fixture
def series(world, measure) -> Series:
    return actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit M", by=world.coordinator
    )


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def weeks(*numbers, after=0):
    return [
        actions.Figure(FIRST + timedelta(weeks=at), value=number)
        for at, number in enumerate(numbers, start=after)
    ]


def as_file(figures):
    lines = (f"{figure.period.isoformat()};{figure.value}" for figure in figures)
    return "Dato;Dage\n" + "\n".join(lines)


def doubts(page):
    return {
        row.figure.period: [words.replace("\u00a0", " ") for words in row.doubts]
        for row in page.context["shown"]
        if row.doubts
    }


def test_figures_far_from_the_usual_are_marked_as_the_phone_would_ask(client, world, series):
    actions.load(series=series, figures=weeks(*STOOD), by=world.coordinator)
    new = weeks(21, 210, 24, 2, after=len(STOOD))
    page = upload(client, series, as_file(new))
    stood = charted_for(world.coordinator).get(pk=series.pk)
    asked = {figure.period for figure in new if doubt(stood, figure)}
    assert set(doubts(page)) == asked == {new[1].period, new[3].period}
    assert doubts(page)[new[1].period] == ["langt over det sædvanlige 18–23 dage"]
    assert "2 tal ligger langt fra det sædvanlige. Se på dem" in page.content.decode()
    assert confirm(client, series, page).status_code == 302
    assert series.points.count() == len(STOOD) + 4


def test_a_whole_file_in_another_unit_does_not_hide_itself(client, world, series):
    actions.load(series=series, figures=weeks(*STOOD), by=world.coordinator)
    new = weeks(*(hours * 24 for hours in STOOD * 2), after=len(STOOD))
    assert len(doubts(upload(client, series, as_file(new)))) == len(new)


def test_in_a_first_file_one_is_judged_beside_the_others(client, series):
    new = weeks(*STOOD, 220)
    page = upload(client, series, as_file(new))
    assert doubts(page) == {new[-1].period: ["langt over det sædvanlige 18–23 dage"]}
    few = upload(client, series, as_file(weeks(20, 220)))
    assert doubts(few) == {}


def test_what_stands_already_is_not_doubted_again(client, world, series):
    actions.load(series=series, figures=weeks(*STOOD, 220), by=world.coordinator)
    page = upload(client, series, as_file(weeks(*STOOD, 220)))
    assert doubts(page) == {}


def test_among_many_rows_those_that_are_doubted_are_shown(client, world, series):
    many = [20 + at % 4 for at in range(120)]
    many[70] = 300
    page = upload(client, series, as_file(weeks(*many)))
    assert doubts(page) == {FIRST + timedelta(weeks=70): ["langt over det sædvanlige 20–23 dage"]}


def test_a_period_that_still_runs_is_told_of(client, series):
    today = timezone.localdate()
    week = normalise(today, "week")
    words = [label(start, "week") for start in (week - timedelta(weeks=1), week)]
    page = upload(client, series, f"Uge;Dage\n{words[0]};20\n{words[1]};21\n")
    assert doubts(page) == {week: ["ikke slut endnu"]}
    assert "1 periode er ikke slut endnu" in page.content.decode()
    assert confirm(client, series, page).status_code == 302


def test_a_file_with_nothing_new_says_so_and_asks_for_nothing(client, world, series):
    actions.load(series=series, figures=weeks(*STOOD), by=world.coordinator)
    page = upload(client, series, as_file(weeks(*STOOD))).content.decode()
    assert "Der er ikke noget at indlæse" in page
    assert 'name="confirm"' not in page
    more = upload(client, series, as_file(weeks(*STOOD, 21))).content.decode()
    assert 'name="confirm"' in more


def test_all_places_are_marked_each_by_its_own_figures(client, world, measure, series):
    other = actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit K", by=world.coordinator
    )
    actions.load(series=series, figures=weeks(*STOOD), by=world.coordinator)
    high = weeks(*(10 * number for number in STOOD))
    actions.load(series=other, figures=high, by=world.coordinator)
    address = reverse("load_measure", args=[measure.pk])
    rows = f"{(FIRST + timedelta(weeks=8)).isoformat()};210;210\n"
    page = client.post(address, {"text": f"Dato;Afsnit M;Afsnit K\n{rows}"})
    far = {place.name: place.beside["far"] for place in page.context["found"].places}
    assert far == {"Afsnit M": 1, "Afsnit K": 0}
    assert "1 tal ligger langt fra det sædvanlige. Se på det" in page.content.decode()
    nothing = "Dato;Afsnit M;Afsnit K\n2017-01-02;20;200\n"
    page = client.post(address, {"text": nothing}).content.decode()
    assert "Der er ikke noget at indlæse" in page
    assert 'name="confirm"' not in page


def test_a_percentage_in_a_series_of_days_is_a_problem(client, series):
    page = upload(client, series, "Uge;Andel\nuge 1, 2018;12,5 %\nuge 2, 2018;13,5 %\n")
    first, _second = page.context["reading"].problems
    assert first.sentence == (
        "Række 2, kolonne B (Andel): ”12,5 %” er en procent, og seriens tal er i dage."
        " Skriv det i dage."
    )


def test_another_unit_behind_the_figures_is_told_of(client, series):
    def remarks(text):
        return [str(one.message) for one in upload(client, series, text).context["reading"].remarks]

    hours = "Uge;Ventetid\nuge 1, 2018;12 timer\nuge 2, 2018;13 timer\n"
    assert remarks(hours) == ["Filen har tal i ”timer”, og serien er i dage. Se efter, at de er"
                              " rigtige."]  # fmt: skip
    assert remarks(hours.replace("timer", "dage")) == []
    assert remarks(hours.replace("timer", "dag.")) == []


def test_shares_in_a_series_of_percentages_are_told_of(client, world):
    percent = actions.define(
        initiative=world.first, name="Andel", figures="values", unit="%", by=world.coordinator
    )
    series = actions.open_series(measure=percent, organisation=world.hospital, by=world.coordinator)

    def remarks(*cells):
        text = "Måned;Andel\n" + "".join(f"{at}/2018;{cell}\n" for at, cell in enumerate(cells, 1))
        return [str(one.message) for one in upload(client, series, text).context["reading"].remarks]

    (told,) = remarks("0,95", "0,97")
    assert told.startswith("Alle tal ligger mellem 0 og 1, og serien er i %.")
    assert remarks("95", "97,5") == remarks("95 %", "0,5 %") == remarks("0", "1") == []
