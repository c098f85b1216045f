"""The same order in Python and in the database, whichever it is."""

import pytest
from django.db import connection

from kernen.initiatives.models import Initiative
from kernen.lib.alphabet import Alphabetical, alphabetical
from kernen.parties.models import Organisation, Sector

IN_ORDER = [
    "12 uger", "Abe", "Café bor her", "Cafe ca. her", "Hjem til dig", "Hjemme", "hjemme igen",
    "Muller", "Mygind", "Müller", "Zebra", "Ældre", "Ærø", "ödem", "Øst", "øvelse", "Aabenraa",
    "Aarhus", "ÅRHUS B", "Åse",
]  # fmt: skip
MIXED = IN_ORDER[1::2] + IN_ORDER[::2]


def test_danish_letters_come_last_and_aa_is_one_of_them():
    assert sorted(MIXED, key=alphabetical) == IN_ORDER


@pytest.mark.django_db
def test_the_database_says_the_same():
    Initiative.objects.bulk_create(Initiative(title=title, problem="-") for title in MIXED)
    titles = Initiative.objects.values_list("title", flat=True)
    assert list(titles.order_by(Alphabetical("title"))) == IN_ORDER
    assert list(titles.order_by(Alphabetical("title").desc())) == IN_ORDER[::-1]


@pytest.mark.django_db
def test_organisations_stand_so_unasked():
    for name in MIXED:
        Organisation.objects.create(name=name, sector=Sector.MUNICIPALITY)
    assert [str(one) for one in Organisation.objects.all()] == IN_ORDER


@pytest.mark.django_db
def test_an_index_holds_the_order_of_titles():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # as if there were very many
    first = Initiative.objects.order_by(Alphabetical("title"), "-active_at", "-pk")[:25]
    assert "initiative_title" in first.explain()
