"""What an organisation owes in figures and what it gives: which series, in which order."""

import csv
import io
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kernen.initiatives import rules
from kernen.initiatives.models import Initiative
from kernen.journey.giving import asked
from kernen.lib.periods import following, label, normalise
from kernen.lib.refusal import refusal
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.closing import actions as closing
from kernen.measures.models import Series
from kernen.measures.rules import may
from kernen.measures.tests.practices import practice
from kernen.parties.models import OrganisationRole

MONTH = normalise(timezone.localdate(), "month")


def months_ago(number):
    start = MONTH
    for _one in range(number):
        start = normalise(start - timedelta(days=1), "month")
    return start


@pytest.fixture
def follow(world):
    """A measure whose figures came so many days after each month, up to `last` months ago."""

    def one(name, days=3, last=1, *, organisation=None, way="form", frequency="month", by=None):
        by = by or world.coordinator
        measure = actions.define(
            initiative=world.first, name=name, figures="values", frequency=frequency, by=by
        )
        where = organisation or world.municipality
        series = actions.open_series(measure=measure, organisation=where, by=by)
        for number in range(last + 2, last - 1, -1) if days is not None else ():
            day = months_ago(number - 1) + timedelta(days=days)
            at = timezone.make_aware(datetime.combine(day, time(12)))
            figure = actions.Figure(normalise(months_ago(number), frequency), Decimal(50))
            actions.load(series=series, figures=[figure], by=by, at=at, way=way)
        return series

    return one


def test_what_is_late_is_told_by_series_and_not_by_the_number_of_figures(world, follow, sign_in):
    for name, last in (("A", 5), ("B", 9), ("C", 1)):
        follow(name, last=last)
    client = sign_in(world.coordinator)
    seen = client.get(reverse("giving", args=[world.municipality.pk])).content.decode()
    since = label(months_ago(8), "month")
    assert f"2 serier mangler tal, den ældste siden {since}" in seen


def looked_at(client, organisation, **query):
    answer = client.get(reverse("giving", args=[organisation.pk]), query)
    assert answer.status_code == 200
    return answer


def names(answer):
    return [row.series.measure.name for row in answer.context["page_obj"]]


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def test_what_is_owed_longest_stands_first_and_each_order_can_be_turned(client, world, follow):
    follow("B", 9)
    follow("C", 1, last=4)
    follow("A", 5, last=6)
    answer = looked_at(client, world.municipality)
    assert names(answer)[:2] == ["A", "C"]
    assert [row.series.measure.name for row in answer.context["giving"].top()][:2] == ["A", "C"]
    for sort, order in (
        ("name", "ABC"), ("-name", "CBA"), ("days", "CAB"), ("-days", "BAC"), ("share", "ACB"),
    ):  # fmt: skip
        assert "".join(names(looked_at(client, world.municipality, sort=sort))) == order, sort


def test_it_is_narrowed_by_words_way_frequency_and_what_is_owed(client, world, follow):
    follow("Typed")
    follow("Sent", way="machine", last=4)
    follow("Yearly", frequency="year", last=30)
    at = world.municipality
    assert names(looked_at(client, at, way="machine")) == ["Sent"]
    assert names(looked_at(client, at, q="typ")) == ["Typed"]
    assert names(looked_at(client, at, frequency="year")) == ["Yearly"]
    assert "Typed" not in names(looked_at(client, at, show="owing"))
    assert "Intet passer" in looked_at(client, at, q="xyz").content.decode()


def test_the_missing_figure_is_one_press_away_for_whoever_may_enter_it(world, follow, sign_in):
    series = follow("A", last=3)
    link = f"{reverse('enter', args=[series.pk])}?period={months_ago(2):%Y-%m-%d}"
    reader = world.person(OrganisationRole.Role.READER)
    for person, shown in ((world.coordinator, True), (reader, False)):
        page = looked_at(sign_in(person), world.municipality).content.decode()
        assert (link in page) == shown
        assert (refusal(may, person, series, "load") is None) == shown
    assert sign_in(world.coordinator).get(link).context["entering"].period == months_ago(2)


@pytest.mark.parametrize("verb", ["load", "edit", "measure"])
def test_where_somebody_may_do_it_is_where_the_verbs_say_so(world, verb):
    other = world.initiative()
    other.team.all().delete()
    for role in (*OrganisationRole.Role, "administrator"):
        person = world.person(OrganisationRole.Role.READER, administrator=role == "administrator")
        person.roles.update(role=role if role != "administrator" else "reader")
        slow = {one for one in Initiative.objects.all() if verb in rules.verbs(person, one)}
        assert set(rules.where_may(person, verb)) == slow, role


def test_closed_series_stand_on_the_page_of_their_own_people_alone(world, follow, sign_in):
    organisation, doctor = practice(world, "Bakken")
    series = follow("Lukket", last=3, organisation=organisation)
    closing.close(series=series, by=doctor)
    assert names(looked_at(sign_in(doctor), organisation)) == ["Lukket"]
    for person in (world.coordinator, world.person("reader", administrator=True)):
        page = looked_at(sign_in(person), organisation)
        assert "Lukket" not in page.content.decode()
        for kind in ("csv", "xlsx"):
            answer = sign_in(person).get(reverse(f"giving_{kind}", args=[organisation.pk]))
            assert b"Lukket" not in b"".join(answer)


def test_the_files_hold_what_is_shown(client, world, follow):
    follow("Alfa", 5, last=3)
    follow("Beta")
    url = reverse("giving_csv", args=[world.municipality.pk])
    text = b"".join(client.get(url, {"q": "Alfa"})).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    told = list(row.values())
    assert told[1] == "Alfa"
    assert told[4] == "2"
    assert str(world.coordinator) in told[8]
    assert told[10] == "5"
    url = reverse("giving_xlsx", args=[world.municipality.pk])
    sheet = load_workbook(io.BytesIO(b"".join(client.get(url)))).active
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["Alfa", "Beta"]


def test_more_than_a_page_is_paged_and_the_top_is_cut(client, world, follow, monkeypatch):
    monkeypatch.setattr(asked, "PER_PAGE", 2)
    monkeypatch.setattr(asked, "OWING_SHOWN", 1)
    for name in "ABC":
        follow(name, last=4)
    answer = looked_at(client, world.municipality)
    assert names(answer) == ["A", "B"]
    assert answer.context["giving"].more_owing == 2
    assert names(looked_at(client, world.municipality, page=2)) == ["C"]


def test_an_organisation_without_figures_says_what_will_stand_there(client, world):
    assert looked_at(client, world.municipality).context["count"] == 0


def test_a_place_without_figures_yet_is_named(client, world, follow):
    follow("Ny", days=None)
    assert names(looked_at(client, world.municipality, show="owing")) == ["Ny"]
    assert Series.objects.get(measure__name="Ny").standing.coming["last"] is None


def test_the_months_are_what_they_are_called():
    assert following(months_ago(1), "month") == MONTH


def test_who_gives_and_who_is_asked_stands_beside_what_is_owed(world, follow, sign_in):
    series = follow("A", last=3)
    reader = world.person(OrganisationRole.Role.READER)
    ask = reverse("ask_figures", args=[series.pk])
    for person, asks in ((world.coordinator, True), (reader, False)):
        page = looked_at(sign_in(person), world.municipality).content.decode()
        owed = page.split('id="owes"')[1].split('id="gives"')[0]
        assert str(world.coordinator) in owed
        assert (ask in owed) is asks
    told = {"name": "Karen Holm", "email": "karen@example.org", "by": world.coordinator}
    asking.ask(series=series, **told)
    for person, seen in ((world.coordinator, True), (reader, False)):
        page = looked_at(sign_in(person), world.municipality).content.decode()
        assert ("Karen Holm" in page) is seen
