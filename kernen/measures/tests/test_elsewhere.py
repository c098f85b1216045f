"""A file that names another organisation than the one whose figures it should hold."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.measures import actions
from kernen.parties.models import Organisation

HEAD, ROWS = "Uge;Tæller;Nævner\n", "uge 45, 2018;98;104\nuge 46, 2018;110;118\n"
COLUMN = "Hospital;Uge;Tæller;Nævner\n{0};uge 45, 2018;98;104\n{0};uge 46, 2018;1;2\n"
GENTLE = "Filen nævner Regionshospitalet Gødstrup, og tallene her er for Afsnit M, {}."


@pytest.fixture
def told(world, sign_in):
    """The remarks on a file that is given for the hospital's ward."""
    for name in ("Regionshospitalet Gødstrup", "Regionshospitalet Horsens"):
        Organisation.objects.create(name=name, sector=world.hospital.sector)
    Organisation.objects.create(name="Region Midtjylland", sector="region")
    measure = actions.define(
        initiative=world.first, name="Medicin", frequency="week", by=world.coordinator
    )
    series = actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit M", by=world.coordinator
    )
    actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit K", by=world.coordinator
    )
    client = sign_in(world.coordinator)

    def remarks(content, name="tal.csv", **more):
        file = SimpleUploadedFile(name, content.encode())
        page = client.post(reverse("load", args=[series.pk]), {"file": file, "text": ""})
        assert page.context["reading"].ok
        return [remark.sentence for remark in page.context["reading"].remarks]

    return remarks


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Regionshospitalet Gødstrup – tromboser 2018;;\n" + HEAD + ROWS, "tal.csv"),
        ("Tromboser, RH Gødstrup;;\n" + HEAD + ROWS, "tal.csv"),
        (HEAD + ROWS, "medicin_gødstrup_2018.csv"),
        (COLUMN.format("Gødstrup"), "tal.csv"),
    ],
)
def test_another_organisation_in_a_title_a_name_or_a_column_is_remarked_on(
    told, world, content, name
):
    (remark,) = told(content, name)
    assert remark.startswith(GENTLE.format(world.hospital.name))


def test_another_ward_that_the_measure_is_followed_at_is_remarked_on(told, world):
    (remark,) = told("Medicin på afsnit K;;\n" + HEAD + ROWS)
    assert remark.startswith("Filen nævner Afsnit K, og tallene her er for ")
    assert told("Medicin på afsnit K og afsnit M;;\n" + HEAD + ROWS) == []


@pytest.mark.parametrize(
    "title",
    [
        "Medicin 2018",
        "Regionshospitalet",
        "Region Midtjylland",
        "{}, sammen med Regionshospitalet Gødstrup",
        "Afsnit M, Gødstrup",
    ],
)
def test_nothing_is_said_of_a_letterhead_or_where_this_place_is_named_too(told, world, title):
    assert told(f"{title.format(world.hospital.name)};;\n" + HEAD + ROWS) == []
