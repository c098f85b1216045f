import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


@pytest.fixture
def register(world):
    def one(title, problem="Et problem"):
        return actions.register(
            title=title,
            problem=problem,
            organisations=[world.municipality, world.hospital],
            cluster=world.cluster,
            by=world.coordinator,
        )

    return one


def as_csv(client, **query):
    sent = b"".join(client.get(reverse("overview_csv"), query))
    assert sent.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_xlsx(client, **query):
    sent = b"".join(client.get(reverse("overview_xlsx"), query))
    return load_workbook(io.BytesIO(sent)).active


def test_the_file_holds_what_is_shown_in_the_order_shown(client, register):
    for title in ("Besøg A", "Andet", "Besøg B"):
        register(title)
    rows = as_csv(client, q="besøg", sort="-title")
    assert [row[0] for row in rows[1:]] == ["Besøg B", "Besøg A"]
    sheet = as_xlsx(client, q="besøg", sort="-title")
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Besøg B", "Besøg A"]


def test_days_and_words_are_danish(client, register, world):
    made = register("Nattero; og søvn", problem="To\nlinjer")
    headings, row = as_csv(client, q="nattero")
    today = timezone.localdate()
    assert headings[:3] == ["Initiativ", "Trin", "Hvor"]
    assert row[0] == "Nattero; og søvn"
    assert row[1] == "Idé"
    assert row[3] == ", ".join(sorted([world.hospital.name, world.municipality.name]))
    assert row[4] == "Hospital, Kommune"
    assert row[5] == "To\nlinjer"
    assert row[-2] == f"{today:%d-%m-%Y}"
    assert row[-1].endswith(made.get_absolute_url())


def test_in_a_sheet_a_day_is_a_day(client, register):
    register("Nattero")
    cell = as_xlsx(client, q="nattero").cell(2, 12)
    assert cell.value.date() == timezone.localdate()
    assert cell.number_format == "dd-mm-yyyy"


def test_english_readers_get_english_headings(client, register):
    client.cookies["django_language"] = "en"
    assert as_csv(client)[0][:2] == ["Initiative", "Stage"]


@pytest.mark.parametrize("title", ["=1+1", "+45", "-1", "@SUM(A1)", " =1+1", "＝1+1"])
def test_no_title_becomes_a_formula(client, register, title):
    made = register("Farlig")
    Initiative.objects.filter(pk=made.pk).update(title=title)
    assert as_csv(client)[1][0] == f"'{title}"
    cell = as_xlsx(client).cell(2, 1)
    assert (cell.value, cell.data_type) == (title, "s")


def test_signs_that_no_sheet_holds_are_left_out(client, register):
    register("Farlig", problem="Et\x0bproblem")
    assert as_xlsx(client, q="farlig").cell(2, 6).value == "Etproblem"


def test_who_has_left_is_not_in_the_file(client, register, world):
    made = register("Nattero")
    involved = made.involvements.get(organisation=world.hospital)
    involved.start, involved.end = None, date(2020, 1, 1)
    involved.save()
    assert as_csv(client, q="nattero")[1][3] == world.municipality.name


@pytest.mark.parametrize("name", ["overview_csv", "overview_xlsx"])
def test_a_file_is_asked_for_in_as_many_queries_however_long_it_is(client, register, name):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            b"".join(client.get(reverse(name)))
        return len(queries)

    asked()
    before = asked()
    for number in range(30):
        register(f"Mange {number}")
    assert asked() == before
