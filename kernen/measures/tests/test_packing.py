"""What went in can come out: every figure with its loads, corrections and definitions."""

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kernen.lib.packages import plain, written
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.closing import actions as closing
from kernen.measures.judging import actions as judging
from kernen.measures.loading import actions as loading
from kernen.measures.machine import actions as machine
from kernen.measures.machine.folder import take
from kernen.measures.machine.sent import FIELDS, Sent, read
from kernen.measures.models import Series
from tests.house.measuring import FIGURE_OF

from .machines import Machine, series_of, token_of
from .practices import FIGURE, NOTE, PLACE, practice_series


def package(client, thing) -> dict:
    """The tables of a downloaded package by name; under "" its description."""
    name = "measure_package" if thing._meta.model_name == "measure" else "measures_package"
    answer = client.get(reverse(name, args=[thing.pk]))
    assert answer.status_code == 200
    return opened(b"".join(answer))


def opened(data: bytes) -> dict:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = {"": json.loads(archive.read("datapackage.json"))}
        for resource in told[""]["resources"]:
            text = io.TextIOWrapper(archive.open(resource["path"]), "utf-8", newline="")
            told[resource["name"]] = list(csv.DictReader(text))
    return told


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def series(world):
    """A weekly share to which figures came by every way, one of them corrected."""
    made, by = series_of(world), world.coordinator
    first = actions.Figure(date(2018, 11, 5), numerator=1, denominator=2, note="=1+1")
    actions.load(series=made, figures=[first], filename="uge.xlsx", by=by)
    for week, over in ((12, 7), (19, 8)):
        figure = actions.Figure(date(2018, 11, week), numerator=over, denominator=10)
        asking.give(series=made, figure=figure, key=str(week), by=by)
    link = asking.ask(series=made, name="Nurse", email="nurse@example.org", by=by)
    last = actions.Figure(date(2018, 11, 19), numerator=9, denominator=10)
    asking.give_by_link(link=link, figure=last, key="l", reason="Talt igen")
    sent = [{"period": "2018-W48", "numerator": 5, "denominator": 5}]
    Machine(made, token_of(made, by)[1]).put(sent)
    actions.split(series=made, period=date(2018, 11, 19), reason="It took", by=by)
    judging.freeze(series=made, period=date(2018, 11, 12), reason="Before", by=by)
    judging.leave_out(series=made, period=date(2018, 11, 26), reason="Shut", by=by)
    actions.annotate(series=made, on=date(2018, 11, 20), words="A new workflow", by=by)
    actions.redefine(measure=made.measure, source="The other list", by=by)
    return made


def test_every_load_and_every_figure_that_ever_came_is_in_it(client, series):
    told = package(client, series.measure)
    ways = {row["id"]: row["way"] for row in told["loads"]}
    assert list(ways.values()) == ["file", "form", "form", "link", "machine"]
    came = [
        (ways[row["load"]], row["period"], row["numerator"], row["was_numerator"])
        for row in told["loaded"]
    ]
    assert came == [
        ("file", "2018-11-05", "1", ""),
        ("form", "2018-11-12", "7", ""),
        ("form", "2018-11-19", "8", ""),
        ("link", "2018-11-19", "9", "8"),
        ("machine", "2018-11-26", "5", ""),
    ]
    (correction,) = [row for row in told["loads"] if row["changed"] == "1"]
    assert (correction["by"], correction["reason"]) == ("Nurse", "Talt igen")


def test_what_was_judged_and_how_it_is_defined_is_in_it(client, series):
    told = package(client, series.measure)
    assert [row["reason"] for row in told["splits"]] == ["It took"]
    assert [row["reason"] for row in told["freezes"]] == ["Before"]
    assert [row["words"] for row in told["annotations"]] == ["A new workflow"]
    assert [row["left_out"] for row in told["figures"] if row["left_out"]] == ["Shut"]
    sources = [row["says"] for row in told["definitions"] if row["text"] == "source"]
    assert sources == ["The other list"]
    assert [row["source"] for row in told["measures"]] == ["The other list"]


def test_an_undone_load_says_what_it_took_out(client, world, series):
    load = series.loads.get(way="machine")
    judging.count_again(point=series.points.get(period=date(2018, 11, 26)), by=world.coordinator)
    undone = loading.undo_load(load=load, reason="Another ward's", by=world.coordinator)
    rows = package(client, series.measure)["loaded"]
    (row,) = [row for row in rows if row["load"] == str(undone.pk)]
    assert (row["stands"], row["numerator"], row["was_numerator"]) == ("false", "", "5")


def test_every_file_is_what_its_description_says(client, world):
    world.use(world.first)
    told = package(client, world.first)
    described = told.pop("")
    assert described["profile"] == "tabular-data-package"
    names = [resource["name"] for resource in described["resources"]]
    assert set(names) == set(told)
    for resource in described["resources"]:
        schema, rows = resource["schema"], told[resource["name"]]
        for one in schema["fields"]:
            for row in rows:
                fits(row[one["name"]], one["type"])
                assert row[one["name"]] in (
                    "",
                    *one.get("constraints", {}).get("enum", [row[one["name"]]]),
                )
        assert not rows or list(rows[0]) == [one["name"] for one in schema["fields"]]
        if key := schema.get("primaryKey"):
            assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        for foreign in schema.get("foreignKeys", []):
            there = {row["id"] for row in told[foreign["reference"]["resource"]]}
            assert {row[foreign["fields"][0]] for row in rows} <= there | {""}, resource["name"]
    assert told["figures"]
    assert told["shared_versions"]


def fits(cell: str, kind: str) -> None:
    if cell:
        readers = {"integer": int, "number": Decimal, "date": date.fromisoformat, "any": json.loads}
        readers["boolean"] = ["true", "false"].index
        readers.get(kind, str)(cell)


def test_a_word_that_is_a_formula_is_text_in_a_spreadsheet_and_can_be_had_back(client, series):
    note = package(client, series.measure)["figures"][0]["note"]
    assert (note, plain(note)) == ("'=1+1", "=1+1")
    for text in ("'=1", "' -", "it's", "=", "-2 patients", ""):
        assert plain(written(text)) == text


# --- back in again ------------------------------------------------------------------------------


def standing(series) -> list[tuple]:
    names = ("period", *actions.FIGURE)
    return list(series.points.order_by("period").values_list(*names))


@pytest.mark.parametrize("kind", FIGURE_OF)
def test_figures_of_every_kind_give_the_same_in_an_empty_series(client, world, kind):
    measure = world.measure(world.first, kind)
    series = measure.series.get()
    rows = package(client, measure)["figures"]
    sent = [
        Sent(n, {k: v for k, v in as_sent(row).items() if v is not None})
        for n, row in enumerate(rows, 1)
    ]
    figures, problems = read(sent, measure)
    assert not problems
    empty = actions.open_series(
        measure=measure, organisation=world.municipality, by=world.coordinator
    )
    actions.load(series=empty, figures=list(figures.values()), by=world.coordinator)
    assert standing(empty) == standing(series)


def as_sent(row: dict) -> dict:
    whole = ("numerator", "denominator", "size")
    said = {name: row[name] or None for name in FIELDS}
    numbers = {name: said[name] and int(said[name]) for name in whole}
    return (
        said | numbers | {name: said[name] and Decimal(said[name]) for name in ("value", "spread")}
    )


def test_the_file_of_figures_can_be_loaded_as_it_is(client, world, series, tmp_path):
    """By the folder, into a series of the same place of another measure."""
    with zipfile.ZipFile(
        io.BytesIO(b"".join(client.get(reverse("measure_package", args=[series.measure_id]))))
    ) as all_of_it:
        data = all_of_it.read("figures.csv")
    empty = series_of(world, name="Another", place=series.place)
    (tmp_path / "kernen.toml").write_text(f'by = "{world.coordinator.user.email}"')
    path = tmp_path / f"series-{empty.pk}.csv"
    path.write_bytes(data)
    said = take(path)
    assert "4" in said, said
    assert [one[:-1] for one in standing(empty)] == [one[:-1] for one in standing(series)]


# --- who sees it --------------------------------------------------------------------------------


def test_a_closed_series_is_in_the_package_of_its_own_people_only(client, world, sign_in):
    measure = world.first.measures.get()
    closed, doctor = practice_series(world, measure)
    closing.close(series=closed, by=doctor)
    answer = client.get(reverse("measure_package", args=[measure.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert not [word for word in (PLACE, NOTE, FIGURE) if word in whole]
    told = package(sign_in(doctor), measure)
    assert PLACE in [row["place"] for row in told["series"]]
    assert Series.objects.count() > len(told["series"]) - 1
    assert not [name for name in told["series"][0] if "key" in name or "digest" in name]


def test_no_secret_of_a_token_or_a_sender_is_in_it(client, world, series):
    token, secret = machine.make_token(
        of=series, name="BI", until=series.tokens.get().until, by=world.coordinator
    )
    told = json.dumps(package(client, series.measure))
    assert secret not in told
    assert token.digest not in told
    assert series.loads.get(way="machine").key not in {
        row.get("key") for row in json.loads(told)["loads"]
    }
