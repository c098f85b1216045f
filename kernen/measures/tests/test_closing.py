"""A practice closes its figures: nobody else finds them; they count in sums of at least five."""

from collections import defaultdict
from datetime import date

import pytest
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.closing import actions as closing
from kernen.measures.fetching import charted_for
from kernen.measures.models import Measure, Series
from kernen.measures.multiples import Together, together
from kernen.measures.pictures import chart_of
from kernen.measures.sharing import actions as sharing
from kernen.measures.tests.practices import MONTHS, PLACE, figures, practice, practice_series
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole, Person, Sector


@pytest.fixture
def measure(world) -> Measure:
    return actions.define(initiative=world.first, name="Ajour", by=world.coordinator)


@pytest.fixture
def own(world, measure):
    return practice_series(world, measure)


def added(measure: Measure, person: Person | None = None) -> Together | None:
    return together(measure, [chart_of(s) for s in charted_for(person).filter(measure=measure)])


def closed_places(world, measure, months_of_each) -> list[Series]:
    """Closed practices, each with figures of those months, all 10 of 100."""
    made = []
    for number, months in enumerate(months_of_each):
        organisation, doctor = practice(world, f"Practice{number}")
        series = actions.open_series(
            measure=measure, organisation=organisation, closed=True, by=world.coordinator
        )
        actions.load(
            series=series,
            figures=[actions.Figure(m, numerator=10, denominator=100) for m in months],
            by=doctor,
        )
        made.append(series)
    return made


def open_place(world, measure, place: str) -> Series:
    made = actions.open_series(
        measure=measure, organisation=world.hospital, place=place, by=world.coordinator
    )
    actions.load(series=made, figures=figures(30), by=world.coordinator)
    return made


def test_a_closed_series_is_read_by_all_who_have_a_role_in_its_organisation_and_no_one_else(
    world, own, sign_in
):
    series, doctor = own
    reader = parties.enrol(name="Nurse", email="nurse@example.org", by=None)
    parties.give_role(
        person=reader, organisation=series.organisation, role=OrganisationRole.Role.READER, by=None
    )
    administrator = world.person(OrganisationRole.Role.READER, administrator=True)
    closing.close(series=series, by=doctor)
    url = series.get_absolute_url()
    seen = {p: sign_in(p).get(url).status_code for p in (doctor, reader, administrator)}
    assert seen == {doctor: 200, reader: 200, administrator: 404}


def test_its_own_contributors_go_on_with_it_and_the_initiatives_team_no_longer(world, own):
    series, doctor = own
    month = date(2019, 2, 1)
    series = closing.close(series=series, by=doctor)
    with pytest.raises(Refused, match="hører til Fælleshuset"):
        actions.load(series=series, figures=figures(3, [month]), by=world.coordinator)
    assert actions.load(series=series, figures=figures(3, [month]), by=doctor)
    actions.split(series=series, period=month, reason="Ny", by=doctor)
    series = closing.open_again(series=series, by=doctor)
    actions.annotate(series=series, on=month, words="Igen", by=world.coordinator)


@pytest.mark.parametrize("who", ["coordinator", "reader"])
def test_only_those_who_contribute_for_the_practice_close_and_open(world, own, who):
    series, doctor = own
    other = world.coordinator
    if who == "reader":
        other = parties.enrol(name="Nurse", email="nurse@example.org", by=None)
        parties.give_role(person=other, organisation=series.organisation, role="reader", by=None)
    with pytest.raises(Refused):
        closing.close(series=series, by=other)
    series = closing.close(series=series, by=doctor)
    with pytest.raises(Refused, match="allerede lukket"):
        closing.close(series=series, by=doctor)
    with pytest.raises(Refused):
        closing.open_again(series=series, by=other)


def test_only_a_practice_closes_and_only_where_somebody_can_open_again(world, measure):
    ward = open_place(world, measure, "A")
    with pytest.raises(Refused, match="almen praksis"):
        closing.close(series=ward, by=world.coordinator)
    empty = parties.found_organisation(name="Tom", sector=Sector.GENERAL_PRACTICE, by=None)
    with pytest.raises(Refused, match="Ingen bidrager for Tom"):
        actions.open_series(measure=measure, organisation=empty, closed=True, by=world.coordinator)


def test_a_closed_chart_gets_no_address_on_other_pages(own):
    series, doctor = own
    series = closing.close(series=series, by=doctor)
    with pytest.raises(Refused, match="Åbn dem igen"):
        sharing.embed(series=series, by=doctor)


def test_the_sum_is_that_of_all_open_places_and_of_closed_ones_where_they_are_five(world, measure):
    opened = [open_place(world, measure, place) for place in "AB"]
    of_each = [MONTHS[:12], MONTHS[:12], MONTHS[:12], MONTHS[2:12], MONTHS[2:12], MONTHS[4:12]]
    closed = closed_places(world, measure, of_each)
    sums: dict[date, list[float]] = defaultdict(lambda: [0, 0])
    for month in MONTHS:  # as somebody would reckon on paper
        counting = [s for s in closed if s.points.filter(period=month).exists()]
        for series in [*opened, *(counting if len(counting) >= 5 else [])]:
            point = series.points.get(period=month)
            sums[month][0] += point.numerator
            sums[month][1] += point.denominator
    found = added(measure)
    assert found
    told = [[f.numerator, f.denominator] for f in found.chart.figures if f]
    assert told == [sums[month] for month in MONTHS]
    assert [over for _, over in told] == [200] * 2 + [700] * 2 + [800] * 8
    assert (found.closed, found.too_few, found.waits) == (6, False, False)


def test_four_closed_places_count_in_no_sum(world, measure):
    for place in "AB":
        open_place(world, measure, place)
    closed_places(world, measure, [MONTHS] * 4)
    found = added(measure)
    assert found
    assert (found.closed, found.too_few) == (0, True)
    assert {figure.denominator for figure in found.chart.figures if figure} == {200}


def test_the_last_period_waits_until_all_closed_places_are_in(world, measure):
    """Else the sixth could be read off by who saw the sum of five."""
    open_place(world, measure, "A")
    closed_places(world, measure, [MONTHS] * 5 + [MONTHS[:-1]])
    found = added(measure)
    assert found
    assert found.waits
    assert found.chart.starts[-1] == MONTHS[-2]
    late = Series.objects.seen_by(Person.objects.get(name="Doctor at Practice5")).get(
        closed_at__isnull=False
    )
    actions.load(
        series=late,
        figures=figures(10, MONTHS[-1:]),
        by=Person.objects.get(name="Doctor at Practice5"),
    )
    assert added(measure).chart.starts[-1] == MONTHS[-1]


def test_the_sum_is_the_same_for_the_owner_of_a_closed_place(world, measure):
    for place in "AB":
        open_place(world, measure, place)
    closed_places(world, measure, [MONTHS] * 5)
    doctor = Person.objects.get(name="Doctor at Practice1")
    charts = [added(measure, person) for person in (None, doctor)]
    assert charts[0].chart.rows == charts[1].chart.rows


def test_the_page_of_a_measure_with_closed_places_alone_shows_their_sum(world, measure, sign_in):
    closed_places(world, measure, [MONTHS] * 7)
    page = sign_in(world.coordinator).get(measure.get_absolute_url()).content.decode()
    assert "7 lukkede steder tæller med i summen" in page
    assert "Practice3" not in page
    assert "Ingen steder viser tal" not in page


def test_the_practice_closes_and_opens_by_a_button_on_its_page(world, own, sign_in):
    series, doctor = own
    client, url = sign_in(doctor), reverse("close", args=[series.pk])
    page = client.post(url, {"close": "1"}, follow=True).content.decode()
    assert "Åbn tallene igen" in page
    assert "Siden" in page
    page = client.post(url, {"open": "1"}, follow=True).content.decode()
    assert "Luk tallene" in page
    assert sign_in(world.coordinator).post(url, {"close": "1"}).status_code == 403


def test_a_lead_adds_a_practice_closed_and_does_not_find_it_any_more(world, measure, sign_in):
    organisation, doctor = practice(world, PLACE)
    client, url = sign_in(world.coordinator), reverse("open_series", args=[measure.pk])
    typed = {"organisation": organisation.pk, "place": "", "closed": "on"}
    page = client.post(url, typed, follow=True).content.decode()
    assert "Stedet er tilføjet, lukket" in page
    series = Series.objects.seen_by(doctor).get(organisation=organisation)
    assert client.get(series.get_absolute_url()).status_code == 404
    waiting = sign_in(doctor).get(reverse("my_work")).content.decode()
    assert PLACE in waiting
    typed["organisation"] = world.hospital.pk
    page = client.post(url, typed).content.decode()
    assert "Kun tal fra almen praksis kan lukkes." in page
