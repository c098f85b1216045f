"""A machine gives the figures of all places of a measure, all of them or none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernen.measures import actions
from kernen.measures.loading import actions as loading
from kernen.measures.models import Load, Series
from kernen.parties.models import OrganisationRole

from .machines import POINTS, Machine, errors, placed, practice_of, series_of, token_of


@pytest.fixture
def series(world) -> Series:
    return series_of(world)


@pytest.fixture
def all_places(world, series) -> Machine:
    series_of(world, place="Afsnit N")
    return Machine(series.measure, token_of(series.measure, world.coordinator)[1])


def test_a_token_of_a_measure_gives_figures_of_all_its_places(world, all_places):
    sent = [placed(world, "Afsnit M"), placed(world, "Afsnit N", numerator=50)]
    answer = all_places.put(sent)
    assert [one["added"] for one in answer.json()["loads"]] == [1, 1], answer.content
    out = all_places.get().json()["points"]
    assert [one["numerator"] for one in out] == [110, 50]
    again = all_places.put(out, "again").json()["loads"]
    assert not any(one["added"] or one["changed"] for one in again)
    assert all_places.put(sent).content == answer.content
    assert len(all_places.get("").json()["places"]) == 2


def test_an_unknown_place_stops_all_of_them(world, all_places):
    sent = [placed(world, "Afsnit M"), placed(world, "Afsnit X"), {"series": 1} | POINTS[0]]
    assert [one["row"] for one in errors(all_places.put(sent))] == [2, 3]
    assert not Load.objects.filter(series__measure=all_places.thing).exists()


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"organisation": "Hobro Kommune"}, "organisation", "of “Hobro Kommune”, or it is closed"),
        ({"organisation": "{near}"}, "organisation", "Is “{name}” meant?"),
        ({"organisation": ""}, "organisation", "This is missing."),
        ({"organisation": None}, "organisation", "This is missing."),
        ({"organisation": "010150-1234"}, "organisation", "CPR"),
        ({"place": "Afsnitt M"}, "place", "“Afsnitt M” of this organisation"),
        ({"place": "Afsnitt M"}, "place", "Is “Afsnit M” meant?"),
        ({"place": ""}, "place", "This is missing."),
        ({"series": 987654}, "series", "no series 987654"),
    ],
)
def test_an_unknown_place_is_told_by_its_field_with_what_was_said_and_the_nearest(
    world, all_places, said, field, told
):
    name = world.hospital.name
    row = placed(world, "Afsnit M") | said
    if said.get("organisation", "") is None:
        del row["organisation"]
    elif said.get("organisation") == "{near}":
        row["organisation"] = f"{name}e"
    sent = [row, placed(world, "Afsnit N")]
    (one,) = errors(all_places.put(sent, **{"Accept-Language": "en"}))
    assert (one["row"], one["pointer"]) == (1, f"/points/0/{field}")
    assert told.format(name=name) in one["detail"]
    assert "010150" not in str(one)


def test_what_is_wrong_at_several_places_is_told_row_by_row(world, all_places):
    wrong = [
        placed(world, "Afsnit N", numerator=500),
        placed(world, "Afsnit X"),
        placed(world, "Afsnit M", numerator=500),
        placed(world, "Afsnit N", denominator=-1),
    ]
    assert [one["row"] for one in errors(all_places.put(wrong))] == [1, 2, 3, 4]


def test_a_wrong_row_of_one_place_stops_all_of_them(world, all_places):
    sent = [placed(world, "Afsnit M"), placed(world, "Afsnit N", numerator=500)]
    assert [one["row"] for one in errors(all_places.put(sent))] == [2]
    assert not Load.objects.filter(series__measure=all_places.thing).exists()


def test_a_key_of_a_measure_is_of_all_its_places(world, all_places):
    all_places.put([placed(world, "Afsnit M")])
    assert all_places.put([placed(world, "Afsnit N")]).status_code == 422
    assert all_places.put([placed(world, "Afsnit N")], "b").status_code == 200


def test_what_came_for_several_places_is_undone_together(world, sign_in, all_places):
    m, n = Series.objects.filter(measure=all_places.thing).order_by("place")
    all_places.put([placed(world, "Afsnit M")])
    more = [placed(world, "Afsnit M", numerator=111), placed(world, "Afsnit N")]
    all_places.put(more, "b", reason="Registered late")
    browser = sign_in(world.coordinator)
    address = reverse("undo_load", args=[n.loads.get().pk])
    page = browser.get(address)
    assert page.context["others"] == [str(m)]
    assert (page.context["removed"], page.context["set_back"]) == (1, 1)
    browser.post(address, {"reason": "Another month's"})
    assert (m.points.get().numerator, n.points.count()) == (110, 0)


def test_a_place_that_only_had_its_figures_again_hinders_nobody_from_undoing(world, all_places):
    m, n = Series.objects.filter(measure=all_places.thing).order_by("place")
    all_places.put([placed(world, "Afsnit M")])
    all_places.put([placed(world, "Afsnit M"), placed(world, "Afsnit N")], "b")
    loading.undo_load(load=n.loads.get(), reason="Another month's", by=world.coordinator)
    assert (m.points.count(), n.points.count()) == (1, 0)


def test_two_machines_of_one_measure_may_have_the_same_key(world, series):
    for place in ("Afsnit N", "Afsnit O"):
        made = series_of(world, place=place)
        bi = Machine(made, token_of(made, world.coordinator)[1])
        assert bi.put([POINTS[0] | {"note": place}], "2018-46").status_code == 200


def test_a_closed_place_is_found_by_its_own_alone(world, series, all_places):
    practice = practice_of(world.person(OrganisationRole.Role.CONTRIBUTOR))
    closed = actions.open_series(
        measure=series.measure, organisation=practice, closed=True, by=world.coordinator
    )
    row = {"series": closed.pk} | POINTS[0]
    assert errors(all_places.put([row]))[0]["pointer"] == "/points/0/series"
    assert "P" not in [one["organisation"] for one in all_places.get("").json()["places"]]
    assert all_places.get(thing=closed).status_code == 404


def test_a_row_of_an_unknown_place_says_all_else_that_is_wrong(world, all_places):
    sent = [
        placed(world, "Afsnit X", numerator=500),
        placed(world, 7),
        placed(world, "Afsnit M", denominator="a"),
    ]
    told = errors(all_places.put(sent))
    said = [(one["row"], one["pointer"].split("/")[-1]) for one in told]
    assert sorted(said) == [(1, "numerator"), (1, "place"), (2, "place"), (3, "denominator")]


@pytest.mark.parametrize("several", [False, True])
def test_what_was_undone_stays_out_when_it_is_repeated_and_comes_in_under_a_new_key(
    world, series, all_places, several
):
    bi = Machine(series, token_of(series, world.coordinator)[1])
    bi, sent = (all_places, [placed(world, "Afsnit M")]) if several else (bi, POINTS)
    bi.put(sent)
    load = series.loads.get()
    loading.undo_load(load=load, reason="Another month's", by=world.coordinator)
    for dry_run in (True, False):
        answer = bi.put(sent, dry_run=dry_run)
        assert answer.status_code == 409
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert f"fortrudt af {world.coordinator}" in answer.json()["detail"]
        assert "Another month's" in answer.json()["detail"]
    assert not series.points.exists()
    assert bi.put(sent, "b").status_code == 200
    assert series.points.count() == len(sent)
    assert bi.put(sent).status_code == 409


def test_a_machine_asks_as_often_however_many_places_and_figures(world, all_places):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert all_places.get().status_code == 200
            assert all_places.get("").status_code == 200
        return len(queries)

    asked()
    before = asked()
    for place in ("Afsnit O", "Afsnit P"):
        series_of(world, place=place)
        all_places.put([placed(world, place)], place[-1])
    assert asked() == before
