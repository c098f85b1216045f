"""A series taken along as a file, and its chart on somebody else's page."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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


def got(client, name: str, series: Series, **query: str):
    response = client.get(reverse(name, args=[series.pk], query=query))
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


def test_a_sheet_says_what_the_figures_are_and_the_file_is_read_back(world, sign_in, series):
    client = sign_in(world.coordinator)
    file = got(client, "series_xlsx", series)
    about = dict(load_workbook(io.BytesIO(file)).worksheets[1].values)
    assert about["Måling"] == series.measure.name
    assert about["Sted"] == str(series)
    assert about["Adresse"].endswith(series.get_absolute_url())
    other = actions.open_series(
        measure=series.measure, organisation=world.municipality, by=world.coordinator
    )
    sent = {"file": SimpleUploadedFile("figures.xlsx", file)}
    read = client.post(reverse("load", args=[other.pk]), sent).context
    assert read["count"] == {"new": 7}


def test_the_picture_says_its_sentence_and_its_place(world, sign_in, series):
    drawn = got(sign_in(world.coordinator), "series_svg", series).decode()
    assert "Ajour &lt;FMK&gt;" in drawn
    assert str(world.hospital) in drawn
    assert "A: juni 2018: Ny gang" in drawn
    assert "Kernen" in drawn


def test_a_picture_for_slides_is_a_png(world, sign_in, series):
    assert got(sign_in(world.coordinator), "series_png", series).startswith(b"\x89PNG")


def test_the_files_hold_the_chart_and_the_span_of_time_that_is_looked_at(world, sign_in, series):
    client, near = sign_in(world.coordinator), {"from": "2018-02-01", "to": "2018-07-01"}
    page = client.get(reverse("series", args=[series.pk], query={"chart": "p"} | near))
    assert "Filerne viser det, du ser her." in page.content.decode()
    address = re.search(r'href="(/series/\d+/series\.svg\?[^"]+)"', page.content.decode())[1]
    assert f'data-copy-picture="{address.replace("svg", "png")}"' in page.content.decode()
    drawn = b"".join(client.get(address.replace("&amp;", "&"))).decode()
    assert "P-diagram" in drawn
    assert "Målingen selv tegnes som: Seriediagram" in drawn
    assert "Vist: februar–juli 2018" in drawn
    own = got(client, "series_svg", series).decode()
    assert "P-diagram" not in own
    assert "Målingen selv" not in own
    assert "Vist:" not in own
    text = got(client, "series_csv", series, chart="p", **near).decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [row[1] for row in rows] == [f"01-0{month}-2018" for month in range(2, 8)]
    assert "Nedre grænse" in headings


def test_a_picture_of_means_has_the_chart_of_what_they_differ_by_beside_it(world, sign_in):
    measure = actions.define(
        initiative=world.first,
        name="Ventetid",
        figures="samples",
        unit="dage",
        by=world.coordinator,
    )
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    figures = [
        actions.Figure(date(2018, month, 1), value=Decimal(month), size=9, spread=Decimal(2))
        for month in range(1, 13)
    ]
    actions.load(series=made, figures=figures, by=world.coordinator)
    client = sign_in(world.coordinator)
    assert got(client, "series_svg", made).decode().count("<svg") == 2
    assert got(client, "series_svg", made, chart="xbar").decode().count("<svg") == 3


def test_a_file_is_called_what_the_series_is_called_also_with_letters_of_its_own(
    world, sign_in, series
):
    actions.redefine(measure=series.measure, name="Færre målinger", by=world.coordinator)
    client = sign_in(world.coordinator)
    for kind in ("csv", "xlsx", "svg"):
        answer = client.get(reverse(f"series_{kind}", args=[series.pk]))
        told = answer["Content-Disposition"]
        assert "filename*=utf-8''f%C3%A6rre-m%C3%A5linger" in told


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
