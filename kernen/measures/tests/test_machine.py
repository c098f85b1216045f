"""A machine gives the figures of its series, each exactly once, and reads them again."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate as today

from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.machine import bearer
from kernen.measures.models import Series, Standing
from kernen.measures.quality.record import Record

from .asked import week
from .machines import POINTS, W46, W47, Machine, errors, series_of, token_of


@pytest.fixture
def series(world) -> Series:
    return series_of(world)


@pytest.fixture
def bi(world, series) -> Machine:
    return Machine(series, token_of(series, world.coordinator)[1])


# --- what goes in, goes in once -----------------------------------------------------------------


def test_figures_come_in_and_stand_in_the_name_of_whoever_made_the_token(world, series, bi):
    answer = bi.put(POINTS)
    assert answer.status_code == 200, answer.content
    (taken,) = answer.json()["loads"]
    assert (taken["series"], taken["added"], taken["changed"]) == (series.pk, 2, 0)
    load = series.loads.get()
    assert (load.by, load.way, load.filename) == (world.coordinator, "machine", "BI-udtræk, AUH")
    last = series.points.latest("period")
    assert (last.numerator, last.denominator, last.note) == (128, 133, "Ny sygeplejerske")


def test_the_same_under_the_same_key_gives_the_same_answer_and_changes_nothing(series, bi):
    first = bi.put(POINTS)
    bi.put([POINTS[0] | {"numerator": 111}], "b", reason="One came late")
    again = bi.put(POINTS)
    assert again.content == first.content
    assert series.loads.count() == 2
    assert series.points.earliest("period").numerator == 111, "the later figure stands"


def test_something_else_under_the_same_key_is_refused(series, bi):
    bi.put(POINTS)
    answer = bi.put([POINTS[0] | {"numerator": 1}])
    assert answer.status_code == 422
    assert "nøgle" in answer.json()["detail"]
    assert series.points.earliest("period").numerator == 110


def test_a_key_is_needed_and_holds_no_civil_registration_number(series, bi):
    url, sent = bi.address(), {"content_type": "application/json", "headers": bi.headers}
    assert bi.client.put(url, {"points": POINTS}, **sent).status_code == 422
    for key in ("010150-1234", "0101501234", "batch/010150-1234"):
        assert bi.put(POINTS, key).status_code == 422
    assert not series.loads.exists()
    assert bi.put(POINTS, "ab0101501234cd").status_code == 200, "a hash is none"


def test_a_dry_run_says_what_would_come_of_it_and_leaves_nothing(series, bi):
    bi.put(POINTS[:1])
    changed = [POINTS[0] | {"numerator": 1}, POINTS[1]]
    assert bi.put(changed, "b", dry_run=True).status_code == 422, "nobody says why"
    answer = bi.put(changed, "b", dry_run=True, reason="One came late").json()
    assert answer["dry_run"]
    (taken,) = answer["loads"]
    assert (taken["added"], taken["changed"], taken["at"]) == (1, 1, None)
    assert series.points.get().numerator == 110
    assert series.loads.count() == 1


def test_what_went_in_comes_out_and_can_be_sent_again(series, bi):
    bi.put(POINTS)
    given = bi.get().json()
    assert given["points"][1] == {
        "period": "2018-11-19",
        "numerator": 128,
        "denominator": 133,
        "note": "Ny sygeplejerske",
    }
    (taken,) = bi.put(given, "again").json()["loads"]
    assert (taken["added"], taken["changed"]) == (0, 0)


@pytest.mark.parametrize(
    ("defined", "points"),
    [
        ({"figures": "values", "unit": "d"}, [{"value": 27.5}, {"value": -3}, {}]),
        ({"figures": "rates", "unit": "d", "per": 1000}, [{"numerator": 9, "denominator": 4}]),
        (
            {"figures": "samples", "unit": "d", "chart": "xbar"},
            [{"value": 27.123456, "size": 40, "spread": 4.25}, {"value": 1, "size": 1}],
        ),
        (
            {"figures": "events", "frequency": "day", "chart": "g"},
            [{"size": 2}, {"size": 3, "value": 17}, {"size": 1, "value": 4}],
        ),
    ],
    ids=lambda case: case.get("figures") if isinstance(case, dict) else "",
)
def test_figures_of_every_kind_come_out_as_they_went_in(world, defined, points):
    made = series_of(world, name="Another", **defined)
    days = 1 if made.measure.events else 7
    rows = [
        {"period": (date(2018, 11, 5) + timedelta(days=days * at)).isoformat(), **point}
        for at, point in enumerate(points)
    ]
    bi = Machine(made, token_of(made, world.coordinator)[1])
    answer = bi.put(rows)
    assert answer.status_code == 200, answer.content
    assert bi.get().json()["points"] == rows


def test_the_definition_says_what_a_point_is_made_of(series, bi):
    said = bi.get("").json()
    assert said["measure"]["fields"] == ["numerator", "denominator"]
    assert (said["series"], said["place"]) == (series.pk, "Afsnit M")


# --- what is wrong is said by row ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"numerator": 130, "denominator": 118}, "numerator"),
        ({"numerator": 130}, "denominator"),
        ({"numerator": -1, "denominator": 118}, "numerator"),
        ({"value": 5}, "value"),
        ({"period": "i går"}, "period"),
        ({"period": "2018-11"}, "period"),
        ({"period": "2999-W01"}, "period"),
        ({"note": "010150-1234"}, "note"),
        ({"note": "x\0"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"numerator": "110"}, "numerator"),
        ({"numerator": 1.5}, "numerator"),
        ({"numerator": 10**30, "denominator": 10**30}, "numerator"),
        ({"vaerdi": 3}, "vaerdi"),
    ],
)
def test_one_bad_row_is_named_and_nothing_comes_in(series, bi, wrong, field):
    good = {"period": W46, "numerator": 110, "denominator": 118}
    keep = {} if wrong.keys() & {"numerator", "value"} else good
    told = errors(bi.put([POINTS[1], {"period": W46} | keep | wrong]))
    assert told[0]["row"] == 2
    assert told[0]["pointer"] == f"/points/1/{field}"
    assert "010150" not in str(told)
    assert not series.points.exists()


def test_all_that_is_wrong_is_told_at_once(series, bi):
    bad = [
        {"period": "2018-W46", "numerator": 20, "denominator": 15},
        {"period": "uge 99 2018", "numerator": 1, "denominator": 2},
        {"period": "2018-W45", "value": 3},
    ]
    assert [one["row"] for one in errors(bi.put([*bad, *POINTS]))] == [1, 2, 3]
    assert not series.points.exists()


def test_of_a_row_that_is_not_as_described_all_else_is_told_as_well(series, bi):
    bad = [
        {"period": "i går", "numerator": "9", "denominator": -5},
        {"period": "2018-W40", "numerator": 3.5, "note": "010150-1234"},
        {"numerator": "x", "denominator": 7, "vaerdi": 1, "note": 4},
        {"period": "2018-W41", "numerator": 20, "denominator": 15},
        5,
    ]
    told = errors(bi.put([*bad, *POINTS], **{"Accept-Language": "en"}))
    assert {(one["row"], one["pointer"].split("/")[-1]) for one in told} == {
        (1, "period"), (1, "numerator"), (1, "denominator"),
        (2, "numerator"), (2, "note"), (2, "denominator"),
        (3, "period"), (3, "numerator"), (3, "vaerdi"), (3, "note"),
        (4, "numerator"), (5, "4"),
    }  # fmt: skip
    (first,) = [one for one in told if one["pointer"] == "/points/0/numerator"]
    assert (first["field"], first["row"]) == ("Numerator", 1)
    assert first["detail"] == "Write it as a whole number, without quotation marks: 128"
    assert told[-1]["detail"] == "Write a row as an object with its fields."
    assert "010150" not in str(told)
    assert not series.loads.exists()


def test_a_name_that_is_no_field_and_a_person_s_number_is_not_repeated(series, bi):
    told = errors(bi.put([POINTS[0] | {"010150-1234": 1}]))
    assert "010150" not in str(told)
    assert "CPR" in told[0]["detail"]


def test_a_correction_says_why_and_each_row_that_does_not_is_named(series, bi):
    bi.put(POINTS)
    changed = [POINTS[0], POINTS[1] | {"numerator": 100}]
    (told,) = errors(bi.put(changed, "b", **{"Accept-Language": "en"}))
    assert (told["row"], told["pointer"]) == (2, "/points/1/period")
    assert told["detail"].startswith("There is a figure for week 47, 2018 already: say why")
    assert bi.put([POINTS[0], POINTS[1] | {"note": "New"}], "note").status_code == 200
    assert bi.put(changed, "c", reason="Reg\0").status_code == 422
    assert bi.put(changed, "c", reason="For 010150-1234").status_code == 422
    assert bi.put(changed, "c", reason="Registered late").json()["loads"][0]["changed"] == 1
    load = series.loads.get(key="c")
    assert (load.reason, load.replaced[0]["numerator"]) == ("Registered late", "128")
    assert bi.put(POINTS[:1], "d", reason="Registered late").status_code == 200
    assert series.loads.get(key="d").reason == "", "it changed nothing"
    assert bi.put(changed, "c", reason="Another").status_code == 422, "another message"
    assert bi.put(changed, "c", reason="Registered late").status_code == 200


# --- what is worth a look -------------------------------------------------------------------------


def test_what_is_far_from_the_usual_or_not_over_comes_in_with_a_warning(world, series, bi):
    weeks = [week(ago) for ago in range(12, -1, -1)]
    shares = [90, 91, 92, 90, 91, 92, 90, 91, 92, 90, 91, 3, 90]
    rows = [
        {"period": one.isoformat(), "numerator": share, "denominator": 100}
        for one, share in zip(weeks, shares, strict=True)
    ]
    answer = bi.put(rows, **{"Accept-Language": "en"}).json()
    assert answer["loads"][0]["added"] == 13
    far, early = answer["warnings"]
    assert (far["row"], far["field"], far["pointer"]) == (12, "Numerator", "/points/11/numerator")
    assert far["detail"].startswith("Is it right? 3\xa0% is far below the usual 90–92")
    assert (early["row"], early["field"]) == (13, "Period")
    assert "is not over yet" in early["detail"]
    record = Record(Standing.objects.select_related("series__measure").get(series=series), today())
    assert [one.period for one in record.came if one.far] == [weeks[11]]
    assert [one.period for one in record.came if one.early] == [weeks[12]]
    dry = bi.put([rows[0] | {"period": rows[11]["period"]}], "b", dry_run=True, reason="So")
    assert dry.json()["warnings"] == []


def test_of_a_figure_that_somebody_confirmed_nothing_is_said_again(world, series, bi):
    shares = [90, 91, 92, 90, 91, 92, 90, 91, 92, 90, 91, 3]
    rows = [
        {"period": week(ago).isoformat(), "numerator": share, "denominator": 100}
        for ago, share in zip(range(12, 0, -1), shares, strict=True)
    ]
    bi.put(rows[:-1])
    figure = actions.Figure(week(1), numerator=3, denominator=100)
    asking.give(series=series, figure=figure, key="a", confirmed=True, by=world.coordinator)
    assert bi.put([rows[-1] | {"note": "A strike"}], "b").json()["warnings"] == []
    (other,) = bi.put([rows[-1] | {"numerator": 4}], "c", reason="One more").json()["warnings"]
    assert other["row"] == 1


def test_a_period_twice_with_another_figure_is_named(bi):
    (told,) = errors(bi.put([POINTS[0], POINTS[0] | {"numerator": 1}]))
    assert told["row"] == 2


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"points": NaN}', b'{"points": []}', b"\xff", b"[" * 100_000]
)
def test_what_is_no_message_is_refused_in_a_sentence(series, bi, body):
    answer = bi.put(body)
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "0e99999", "9" * 5000])
def test_no_number_makes_the_program_count_for_ever(world, number):
    made = series_of(world, name="Values", figures="values")
    bi = Machine(made, token_of(made, world.coordinator)[1])
    answer = bi.put(b'{"points": [{"period": "2018-W46", "value": %s}]}' % number.encode())
    assert answer.status_code in (400, 422)


def test_more_than_a_point_keeps_is_refused(world):
    made = series_of(world, name="Samples", figures="samples", chart="xbar")
    bi = Machine(made, token_of(made, world.coordinator)[1])
    answer = bi.put([{"period": W46, "value": 1, "size": 10**11}])
    assert answer.status_code == 422


def test_a_refusal_is_in_the_language_that_is_asked_for(bi):
    wrong = [POINTS[0] | {"numerator": 130}]
    assert "larger" in errors(bi.put(wrong, **{"Accept-Language": "en"}))[0]["detail"]
    assert "større" in errors(bi.put(wrong))[0]["detail"]


# --- how often and how much ---------------------------------------------------------------------


def test_a_machine_is_not_answered_for_ever(bi, monkeypatch):
    monkeypatch.setattr(bearer, "RATES", {"machine": "3/m/key", "no_machine": "3/m/ip"})
    answers = [bi.get() for _time in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"]
    bi.headers = {"Authorization": "Bearer kernen_guess"}
    assert [bi.get().status_code for _time in range(5)] == [401, 401, 401, 429, 429]


def test_too_much_at_once_is_refused(bi, monkeypatch):
    monkeypatch.setattr(bearer, "MAX_BYTES", 100)
    answer = bi.put([POINTS[0] | {"note": "x" * 100}])
    assert answer.status_code == 413


def test_a_period_may_be_written_as_it_is_called(bi):
    rows = [POINTS[0] | {"period": period} for period in ("uge 45, 2018", "2018-11-12", W47)]
    assert bi.put(rows).json()["loads"][0]["added"] == 3
