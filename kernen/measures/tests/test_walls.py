"""Chosen charts in turn on a wall, where nobody is signed in."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.measures import actions as measures
from kernen.measures.models import Series, Wall
from kernen.measures.walls import actions, rules, screen
from kernen.parties.models import OrganisationRole


@pytest.fixture
def wall(world) -> Wall:
    return actions.put_up(
        organisation=world.hospital, name="Gangen", seconds=20, by=world.coordinator
    )


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def three(world, wall) -> list[Series]:
    """Three series with figures, shown on the wall screen in this order."""
    measure = world.first.measures.get()
    world.series(measure)
    world.series(measure)
    found = list(Series.objects.order_by("-pk"))
    for series in found:
        actions.show(wall=wall, series=series, by=world.coordinator)
    return found


def opened(wall: Wall, world) -> str:
    wall = actions.open_address(wall=wall, by=world.coordinator)
    return reverse("wall_screen", args=[wall.pk, screen.key_of(wall)])


def test_the_charts_come_in_turn_in_their_order_and_begin_again(world, wall, three):
    address, seen = opened(wall, world), []
    for _ in range(4):
        page = Client().get(address)
        seen.append(page.context["shown"].charted.series)
        refresh = re.search(r'http-equiv="refresh" content="20;url=([^"]+)"', page.content.decode())
        address = address.split("?")[0] + refresh[1]
    assert seen == [*three, three[0]]


def test_it_says_what_it_shows_where_and_how_old_it_is(world, wall, three):
    Series.objects.filter(pk=three[0].pk).update(made_up=True)
    text = Client().get(opened(wall, world)).content.decode()
    shown = screen.shown(wall, 0)
    for words in (shown.charted.chart.heading, str(three[0]), "Senest opdateret", "Eksempeldata"):
        assert words in text, words
    assert "1 af 3" in text
    assert text.count('role="img"') == 2  # lying and standing


def test_what_has_no_figures_is_passed_over_and_without_any_it_says_so(world, wall, three):
    address = opened(wall, world)
    empty = measures.open_series(
        measure=three[0].measure, organisation=world.municipality, by=world.coordinator
    )
    actions.show(wall=wall, series=empty, by=world.coordinator)
    assert Client().get(address + "?at=2").context["shown"].charted.series == three[2]
    assert Client().get(address + "?at=3").context["shown"].charted.series == three[0]
    wall.charts.exclude(series=empty).delete()
    page = Client().get(address)
    assert page.context["shown"] is None
    assert "Intet at vise lige nu" in page.content.decode()
    assert f'content="{screen.WAIT};' in page.content.decode()


@pytest.mark.parametrize("at", ["99", "-1", "x", "٣", "9" * 40])
def test_an_address_with_another_turn_shows_a_chart_all_the_same(world, wall, three, at):
    assert Client().get(f"{opened(wall, world)}?at={at}").context["shown"]


def test_the_address_is_good_for_its_screen_until_it_is_closed(world, wall, three, client):
    assert Client().get(reverse("wall_screen", args=[wall.pk, "a-key"])).status_code == 404
    address = opened(wall, world)
    assert Client().get(address).status_code == 200
    other = actions.put_up(organisation=world.hospital, name="To", seconds=5, by=world.coordinator)
    actions.open_address(wall=other, by=world.coordinator)
    assert Client().get(address.replace(f"/{wall.pk}/", f"/{other.pk}/")).status_code == 404
    client.post(reverse("wall_address", args=[wall.pk]), {"stop": "1"})
    assert Client().get(address).status_code == 404
    assert opened(wall, world) != address


def test_the_screen_is_read_only_and_never_kept(world, wall, three):
    page = Client().get(opened(wall, world))
    assert "<form" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "sessionid" not in page.cookies


def test_a_person_makes_one_finds_charts_and_puts_them_in_order(world, client):
    made = client.post(
        reverse("put_up_wall"),
        {"organisation": world.hospital.pk, "name": "Kantinen", "seconds": 30},
    )
    wall = Wall.objects.get(name="Kantinen")
    assert made.url == wall.get_absolute_url()
    measure = world.first.measures.get()
    world.series(measure)
    own = [row.series for row in client.get(made.url).context["offered"]]
    assert own == sorted(Series.objects.all(), key=str)
    found = client.get(made.url, {"q": own[1].place}).context["offered"]
    assert [row.series for row in found] == [own[1]]
    for series in own:
        client.post(reverse("add_to_wall", args=[wall.pk]), {"series": series.pk})
    assert client.get(made.url).context["offered"] == []
    last = wall.charts.last()
    client.post(reverse("move_on_wall", args=[last.pk]), {"back": "1"})
    assert [chart.series for chart in wall.charts.all()] == own[::-1]
    client.post(reverse("move_on_wall", args=[last.pk]), {"back": "1"})  # it is first already
    client.post(reverse("take_off_wall", args=[last.pk]))
    assert [chart.series for chart in wall.charts.all()] == own[:1]
    client.post(reverse("take_down_wall", args=[wall.pk]))
    assert not Wall.objects.filter(pk=wall.pk).exists()


def test_from_a_series_its_chart_goes_to_a_screen_that_one_keeps(world, client, wall, sign_in):
    series = Series.objects.get()
    address = reverse("show_on_wall", args=[series.pk])
    assert address in client.get(series.get_absolute_url()).content.decode()
    assert client.post(address, {}).context["form"].errors
    client.post(address, {"wall": wall.pk})
    assert [chart.series for chart in wall.charts.all()] == [series]
    again = client.post(address, {"wall": wall.pk})
    assert "i forvejen" in again.content.decode()
    reader = sign_in(world.person(OrganisationRole.Role.READER))
    assert "Du har ingen infoskærm endnu" in reader.get(address).content.decode()


def test_both_journals_tell_of_it(world, wall, three):
    opened(wall, world)
    assert [entry.verb for entry in world.hospital.entries.all()[:2]] == [
        "open_wall",
        "put_up_wall",
    ]
    line = world.first.journal.first()
    assert line.verb == "show_on_wall"
    assert "Gangen" in str(line.what)


def test_whoever_gives_figures_keeps_the_screens_and_a_reader_does_not(world, wall, sign_in):
    contributor = world.person(OrganisationRole.Role.CONTRIBUTOR)
    actions.alter(wall=wall, name="Gang 2", seconds=40, by=contributor)
    reader = world.person(OrganisationRole.Role.READER)
    with pytest.raises(Refused):
        actions.alter(wall=wall, name="Gang 3", seconds=40, by=reader)
    page = sign_in(reader).get(wall.get_absolute_url())
    assert page.context["refused"] in page.content.decode()
    assert "<button" not in page.content.decode().split('id="charts"')[1].split("</main>")[0]


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(world, client, wall):
    typed = {"organisation": world.hospital.pk, "name": "Gangen", "seconds": 1}
    page = client.post(reverse("put_up_wall"), typed)
    assert set(page.context["form"].errors) >= {"seconds"}
    page = client.post(reverse("put_up_wall"), typed | {"seconds": 10})
    assert "har en infoskærm med det navn" in page.content.decode()
    page = client.post(reverse("alter_wall", args=[wall.pk]), {"name": "", "seconds": 10})
    assert page.context["form"].errors["name"]


def test_a_screen_is_full_at_some_point(world, wall, three, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 3)
    world.series(three[0].measure)
    with pytest.raises(Refused):
        actions.show(wall=wall, series=Series.objects.latest("pk"), by=world.coordinator)


def test_a_series_on_two_screens_stands_in_the_order_of_each(world, wall, three):
    other = actions.put_up(organisation=world.hospital, name="To", seconds=9, by=world.coordinator)
    for series in three[::-1]:
        actions.show(wall=other, series=series, by=world.coordinator)
    assert [one.pk for one in screen.standings(wall)] == [series.pk for series in three]
    assert [one.pk for one in screen.standings(other)] == [series.pk for series in three[::-1]]


def test_new_figures_are_shown_at_once(world, wall, three):
    address = opened(wall, world)
    world.load(three[0], date(2019, 9, 1), date(2020, 6, 1))
    shown = Client().get(address).context["shown"]
    assert shown.charted.chart.starts[-1] == date(2020, 6, 1)
