"""A series taken along as a file, and its chart on somebody else's page."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.models import Series
from kernen.measures.sharing import actions as sharing
from kernen.measures.sharing.files import addresses
from kernen.parties.models import OrganisationRole


@pytest.fixture
def series(world) -> Series:
    """A share with one period missing, and a split."""
    measure = actions.define(initiative=world.first, name="Ajour <FMK>", by=world.coordinator)
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    figures = [
        actions.Figure(date(2018, month, 1), numerator=80 + month, denominator=100)
        for month in (1, 2, 3, 4, 6, 7, 8)
    ]
    actions.load(series=made, figures=figures, by=world.coordinator)
    actions.split(series=made, period=date(2018, 6, 1), reason="Ny gang", by=world.coordinator)
    return made


def got(client, name: str, series: Series):
    response = client.get(reverse(name, args=[series.pk]))
    assert response.status_code == 200
    return b"".join(response)


def test_the_figures_come_as_csv_with_a_decimal_comma_and_every_period(world, sign_in, series):
    text = got(sign_in(world.coordinator), "series_csv", series).decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert headings[0] == "Periode"
    assert len(rows) == 8
    assert rows[0][1:6] == ["01-01-2018", "81", "100", "81,0", "82,5"]
    assert rows[4][2:5] == ["", "", ""]
    assert [row[6] for row in rows] == ["1"] * 5 + ["2"] * 3


def test_the_figures_come_as_numbers_in_a_sheet(world, sign_in, series):
    book = load_workbook(io.BytesIO(got(sign_in(world.coordinator), "series_xlsx", series)))
    row = [cell.value for cell in book.active[2]]
    assert row[2:6] == [81, 100, 81, 82.5]


def test_the_picture_says_its_sentence_and_its_place(world, sign_in, series):
    drawn = got(sign_in(world.coordinator), "series_svg", series).decode()
    assert "Ajour &lt;FMK&gt;" in drawn
    assert str(world.hospital) in drawn
    assert "A: juni 2018: Ny gang" in drawn
    assert "Kernen" in drawn


def test_a_picture_for_slides_is_a_png(world, sign_in, series):
    assert got(sign_in(world.coordinator), "series_png", series).startswith(b"\x89PNG")


def test_a_series_without_figures_has_no_picture(world, sign_in, series):
    series.points.all().delete()
    client = sign_in(world.coordinator)
    assert client.get(reverse("series_svg", args=[series.pk])).status_code == 404
    assert got(client, "series_csv", series)


def path(series: Series) -> str:
    series.refresh_from_db()
    return addresses(series)["svg"].partition("://")[2].partition("/")[2].join(["/", ""])


def test_a_chart_is_shown_to_whoever_has_its_address_until_it_is_closed(world, sign_in, series):
    client, visitor = sign_in(world.coordinator), Client()
    bare = reverse("embedded_svg", args=[series.pk])
    assert visitor.get(bare).status_code == 404
    page = client.post(reverse("embed", args=[series.pk]), follow=True).content.decode()
    first = path(series)
    assert first.replace("&", "&amp;") in page
    shown = visitor.get(first)
    assert shown.status_code == 200
    assert shown["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert visitor.get(bare + "?key=wrong").status_code == 404
    client.post(reverse("embed", args=[series.pk]), {"stop": "1"})
    assert visitor.get(first).status_code == 404
    sharing.embed(series=series, by=world.coordinator)
    assert path(series) != first
    assert visitor.get(first).status_code == 404
    assert [entry.verb for entry in world.first.journal.all()[:3]] == ["embed", "unembed", "embed"]


def test_only_those_who_may_measure_open_an_address(world, series):
    with pytest.raises(Refused):
        sharing.embed(series=series, by=world.person(OrganisationRole.Role.READER))
    sharing.embed(series=series, by=world.coordinator)
    with pytest.raises(Refused):
        sharing.embed(series=series, by=world.coordinator)
