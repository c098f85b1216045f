"""A person's own account: the data are handed out whole, and erased so that nothing is left."""

import csv
import io
import json
import re
import zipfile
from contextlib import suppress
from itertools import chain

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from kernen.initiatives import actions as initiatives
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.models import Entry, TeamMember
from kernen.lib import erasing
from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties.models import Person, User
from kernen.parties.people import actions, traces

NAME, EMAIL = "Søren Ægidius Quist", "soeren.quist@example.org"


@pytest.fixture
def person(world):
    """Somebody who has done something of everything, and of whom others have written."""
    person = parties.enrol(name=NAME, title="Fysioterapeut", email=EMAIL, by=None)
    parties.give_role(person=person, organisation=world.hospital, role="coordinator", by=None)
    parties.seat(forum=world.forum, person=person, by=None)
    other, world.coordinator = world.coordinator, person
    made = world.initiative()
    world.coordinator = other
    initiatives.tell(initiative=made, by=person, purpose=f"Spørg {NAME}, {EMAIL}.")
    initiatives.note(initiative=made, words=f"{NAME.upper()} ringede.", by=other)
    initiatives.appoint(initiative=world.first, person=person, by=other)
    person.refresh_from_db()
    return person


def tables():
    """Every value of every row of every table, as text; JSON's way of writing letters undone."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for value in chain.from_iterable(cursor.fetchall()):
                yield table, re.sub(r"\\u(\w{4})", lambda m: chr(int(m[1], 16)), str(value))


def where_it_stands(*names):
    return {table for table, said in tables() for name in names if name.lower() in said.lower()}


def test_nothing_of_the_name_is_left_in_the_whole_database(world, person, sign_in):
    client = sign_in(person)
    client.post(reverse("account"), {"name": NAME, "title": "Leder"})
    before = where_it_stands(NAME, EMAIL)
    assert before > {
        "parties_person",
        "parties_user",
        "initiatives_entry",
        "parties_historicaluser",
    }
    actions.erase(person=person, by=person)
    assert where_it_stands(NAME, EMAIL, "soeren.quist") == set()


def test_every_column_of_text_is_looked_through(world, person):
    """Also those of tables that nobody thought of: the name is put into each, past all rules."""
    put = set()
    for model in traces.everything():
        for field in model._meta.concrete_fields:
            row = models.QuerySet(model).exclude(pk=person.pk).first()
            if row is None or not traces.is_text(field) or model in (Session, Person, User):
                continue
            if (field.max_length or 99) < len(NAME) or field.unique:
                continue
            value = {"a": [f"x {NAME} y"]} if isinstance(field, models.JSONField) else NAME
            # What a constraint keeps empty cannot hold the name either.
            with suppress(IntegrityError), transaction.atomic():
                with actions.changes_allowed(model._meta.db_table):
                    models.QuerySet(model).filter(pk=row.pk).update(**{field.name: value})
                put.add(model._meta.db_table)
    assert len(put) > 20
    actions.erase(person=person, by=person)
    assert where_it_stands(NAME) == set()


def test_what_was_done_still_is_somebody_s_and_the_pages_read(world, person, sign_in):
    done = Entry.objects.filter(by=person).count()
    of = [world.first, person.teams.first().initiative]
    actions.erase(person=person, by=person)
    person = Person.objects.get(pk=person.pk)
    assert str(person) == f"Tidligere medarbejder {person.pk}"
    assert Entry.objects.filter(by=person).count() == done > 5
    client = sign_in(world.coordinator)
    for initiative in of:
        for page in ("initiative", "journal", "involvement", "history"):
            answer = client.get(reverse(page, args=[initiative.pk]))
            assert answer.status_code == 200
            assert NAME not in answer.content.decode()
    journal = client.get(reverse("journal", args=[world.first.pk])).content.decode()
    assert f"Tidligere medarbejder {person.pk} kom med" in journal
    assert client.get(reverse("organisation", args=[world.hospital.pk])).status_code == 200


def test_what_stands_still_cannot_be_changed_afterwards(world, person):
    actions.erase(person=person, by=person)
    with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"):
        cursor.execute("UPDATE initiatives_entry SET words = ''")


def test_all_roles_end_and_an_initiative_without_a_lead_says_so(world, person, sign_in):
    alone = TeamMember.objects.filter(person=person).latest("pk").initiative
    only = next(m.initiative for m in person.teams.all() if m.initiative != world.first)
    actions.erase(person=person, by=person)
    for rows in (person.roles, person.seats, person.teams):
        assert not rows.current().exists()
    assert alone.leads().exists()  # the other one leads on
    page = sign_in(world.coordinator).get(only.get_absolute_url()).content.decode()
    assert "ingen projektleder" in page


def test_an_offer_that_nobody_can_answer_any_more_is_taken_back(world, person):
    offer = leading.offer_lead(
        initiative=world.first, to=person, words=f"Kære {NAME}", by=world.coordinator
    )
    actions.erase(person=person, by=person)
    offer.refresh_from_db()
    assert (offer.answer, offer.answered_by) == ("withdrawn", person)
    assert world.first.journal.latest("pk").verb == "withdraw_offer"
    other = world.person("contributor")
    leading.offer_lead(initiative=world.first, to=other, by=world.coordinator)
    assert where_it_stands(NAME) == set()


def test_a_namesake_keeps_the_name(world, person):
    other = parties.enrol(name=NAME, email="other@example.org", by=None)
    initiatives.appoint(initiative=world.first, person=other, by=world.coordinator)
    actions.erase(person=person, by=person)
    other.refresh_from_db()
    assert other.name == NAME
    assert where_it_stands(EMAIL) == set()
    assert person.history.filter(name=NAME).count() == 0


def test_two_former_colleagues_are_told_apart(world, person):
    other = parties.enrol(name="Bo", by=None)
    for one in (person, other):
        actions.erase(person=one, by=None)
    former = {str(one) for one in Person.objects.exclude(erased_at=None)}
    assert len(former) == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna Holm", "[person 7]"),
        ("Spørg anna holm.", "Spørg [person 7]."),
        ("Anna Holmgaard", "Anna Holmgaard"),
        ("Bo bor her", "Bo bor her"),
        ("bo", "[person 7]"),
        (
            {"person": "Anna Holm", "n": [1, "a@b.dk"]},
            {"person": "[person 7]", "n": [1, "[person 7]"]},
        ),
    ],
)
def test_a_name_goes_as_whole_words(text, left):
    names = erasing.wanted({"Anna Holm", "Bo", "a@b.dk"})
    assert erasing.without(text, names, erasing.mark(7)) == left


def test_only_oneself_or_an_administrator_closes_an_account(world, person):
    with pytest.raises(Refused):
        actions.erase(person=person, by=world.coordinator)
    actions.erase(person=person, by=world.person("reader", administrator=True))
    with pytest.raises(Refused):
        actions.erase(person=person, by=None)


def test_the_last_coordinator_does_not_leave_alone(world, person):
    actions.erase(person=person, by=person)
    with pytest.raises(Refused) as refused:
        actions.erase(person=world.coordinator, by=world.coordinator)
    assert world.hospital.name in str(refused.value)


def test_the_only_administrator_stays(world):
    administrator = world.person("reader", administrator=True)
    with pytest.raises(Refused):
        actions.erase(person=administrator, by=administrator)


def test_one_is_told_asked_twice_and_signed_out_everywhere(person, sign_in):
    here, elsewhere = sign_in(person), sign_in(person)
    page = reverse("erase_person", args=[person.pk])
    assert "kan ikke fortrydes" in here.get(page).content.decode()
    assert here.post(page, {}).status_code == 200
    assert Person.objects.get(pk=person.pk).name == NAME
    assert here.post(page, {"sure": "on"}, follow=True).status_code == 200
    assert Person.objects.get(pk=person.pk).name == ""
    for client in (here, elsewhere):
        assert client.get(reverse("account")).status_code == 302


def unpacked(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def test_everything_that_names_the_person_is_in_the_export(world, person, sign_in):
    files = unpacked(sign_in(person).get(reverse("account_export")))
    told = json.loads(files.read("everything.json"))
    for model, field in traces.columns():
        key = person.pk if field.related_model is Person else person.user_id
        rows = models.QuerySet(model).filter(**{field.name: key})
        assert not rows.exists() or len(told[model._meta.label]) >= rows.count()
    assert told["parties.Person"][0]["name"] == NAME
    assert told["parties.User"][0]["email"] == EMAIL
    assert "password" not in told["parties.User"][0]
    sheets = [name for name in files.namelist() if name.endswith(".csv")]
    assert len(sheets) == len(told)
    assert all(
        list(csv.reader(io.TextIOWrapper(files.open(name)), delimiter=";")) for name in sheets
    )


def test_nobody_gets_what_is_held_on_others(world, person, sign_in):
    told = unpacked(sign_in(world.coordinator).get(reverse("account_export")))
    assert NAME not in str(json.loads(told.read("everything.json"))["parties.Person"])
    assert Client().get(reverse("account_export")).status_code == 302
