"""What was decided is held by the database itself, also against the program's own user."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kernen.decisions.models import Endorsement
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Entry
from kernen.lib.append_only import changes_allowed
from kernen.lib.owning import JOURNAL, grant, owns_its_tables, sealed
from kernen.parties.people import actions as people

ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no users: a file is its owner's"
)
WAYS = [
    "UPDATE {table} SET id = id + 1000000",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "DROP TABLE {table} CASCADE",
    "DROP TRIGGER {table}_no_UPDATE ON {table}",
    "SET LOCAL kernen.lifted = '{table}'; UPDATE {table} SET id = id + 1000000",
    "SET LOCAL session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION kernen_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
]


@pytest.fixture
def as_the_program(lived):
    """Everything decided, and from then on the connection is the program's own user's."""
    lived.decided()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE kernen_program")
        grant("kernen_program")
        cursor.execute("SET LOCAL ROLE kernen_program")
    return lived


@ON_POSTGRESQL
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("table", ["decisions_decision", "decisions_endorsement", JOURNAL])
def test_no_raw_sql_of_the_program_changes_what_was_decided(as_the_program, table, way):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(way.format(table=table))


@ON_POSTGRESQL
def test_the_program_does_all_else_as_that_user(as_the_program):
    assert not owns_its_tables()
    lived = as_the_program
    proposal = lived.submitted(lived.tested("Another"))
    lived.answer(proposal, lived.hospital, "yes")
    assert Endorsement.objects.filter(proposal=proposal).count() == 1


@ON_POSTGRESQL
def test_an_erased_name_goes_from_the_journal_and_nothing_else_can(as_the_program):
    lived = as_the_program
    initiative = lived.tested("A third")
    words = f"{lived.leaders[lived.practice]} rang."
    initiatives.note(initiative=initiative, words=words, by=lived.lead)
    note = Entry.objects.get(words=words)
    leader = lived.leaders[lived.practice]
    for said in ("Nobody rang.", f"[person {leader.pk}] wrote."):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT kernen_redact_entry(%s, 'words', %s, %s)", [note.pk, said, leader.pk]
            )
    people.erase(person=leader, by=leader)
    note.refresh_from_db()
    assert note.words == f"[person {leader.pk}] rang."


def test_every_kind_of_record_is_sealed():
    assert {"decisions_decision", "decisions_endorsement", "decisions_proposalversion"} <= set(
        sealed()
    )


def test_verify_proves_the_chains_whole_and_names_the_first_break(lived, capsys):
    lived.decided()
    call_command("verify")
    assert "5 records, whole" in capsys.readouterr().out
    with changes_allowed("decisions_endorsement"), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_endorsement SET words = 'Forged' WHERE number = 3")
    with pytest.raises(CommandError, match=r"decisions.endorsement 3"):
        call_command("verify")
