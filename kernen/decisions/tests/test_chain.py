"""The chains hold, and each way of breaking one behind the database's back is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from kernen.decisions.chain import Head, first_break
from kernen.decisions.models import Decision, Endorsement, ProposalVersion
from kernen.lib.append_only import changes_allowed


@pytest.fixture
def answers(lived):
    lived.endorsed()
    return list(Endorsement.objects.order_by("number"))


def test_a_chain_that_nobody_touched_is_whole(lived):
    lived.decided()
    assert [first_break(m) for m in (ProposalVersion, Endorsement, Decision)] == [None] * 3


def test_a_changed_record_is_the_first_break(answers):
    with changes_allowed("decisions_endorsement"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_endorsement SET answer = 'no', words = 'x' WHERE number = 2"
        )
    found = first_break(Endorsement)
    assert (found.number, found.chain) == (2, "decisions.endorsement")


def test_a_record_that_was_changed_along_with_its_hash_no_longer_fits_the_next(answers):
    second = answers[1]
    second.words = "Forged"
    with changes_allowed("decisions_endorsement"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_endorsement SET words = 'Forged', hash = %s WHERE number = 2",
            [second.reckon()],
        )
    assert first_break(Endorsement).number == 3


def test_a_chain_whose_last_record_is_gone_no_longer_fits_its_head(answers):
    Head.objects.filter(chain="decisions.endorsement").update(length=6)
    assert first_break(Endorsement).number == 6


@pytest.mark.parametrize("table", ["proposalversion", "endorsement", "decision"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET number = 99", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_what_was_decided(lived, table, sql):
    lived.decided()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(f"decisions_{table}"))
