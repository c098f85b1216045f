"""What the models promise of every field and every table."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.utils import timezone
from simple_history.models import HistoricalChanges

from kernen.decisions import actions as decisions
from kernen.initiatives.duties import ask_idle
from kernen.lib.append_only import AppendOnly, ChangedHistory
from kernen.lib.cpr import refuse_cpr
from tests.house.snapshot import Snapshot
from tests.house.world import World

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("kernen.")
    for model in config.get_models()
    if not issubclass(model, HistoricalChanges)  # the audit log copies what was written
]
#: Texts that no person writes freely.
NOT_WRITTEN = {
    "Entry.verb": "the name of an action, by which the journal finds its sentence",
    **{
        f"{record}.{hash_}": "a hash"
        for record in ("ProposalVersion", "Endorsement", "Decision")
        for hash_ in ("hash", "previous")
    },
    "Head.chain": "the name of a model",
    "Head.hash": "a hash",
    "AnswerLink.language": "the language in which somebody was asked",
    "Delivery.language": "the language in which somebody sent a file",
    "Delivery.undo_refused": "the sentence of a rule",
    "FiguresLink.language": "the language in which somebody was asked",
    "PutOff.key": "what waits, as its room names it",
    "Shape.headings": "a digest",
    "OrganisationEntry.verb": "the name of an action, as in the journal",
    "ReorganisationEntry.verb": "the name of an action, as in the journal",
    "Load.digest": "a hash",
    "Load.key": "chosen by a machine, where machine/taking.py looks for them, or a hash",
    "Token.digest": "a hash",
    "Gram.gram": "three signs of a stem",
    "Gram.stem": "a stem of texts that refuse them",
    "SearchText.body": "the stems of texts that refuse them",
    "SearchText.heading": "the stems of a title, which refuses them",
    "Vector.digest": "a hash",
    "Vector.provider": "the name of a provider",
    "Vector.version": "the version of a provider",
    "Standing.assurance": "one of charts.signs.Assurance",
    "Standing.frequency": "the measure's",
    "Standing.name": "the measure's name, which refuses them",
    "Standing.place": "the names of a ward and an organisation, which refuse them",
    "Standing.variation": "one of charts.signs.Variation",
    "User.email": "the address by which a person signs in; only the administration shows it",
    "User.password": "a hash",
    "Version.content_type": "one of content.TYPES, chosen by what the file holds",
    "Version.key": "the month and a random number",
    "Version.sha256": "a hash",
}


TEXTS = {
    f"{model.__name__}.{field.name}": field
    for model in OURS
    for field in model._meta.fields
    if isinstance(field, models.CharField | models.TextField) and not field.choices
}


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_a_text_refuses_civil_registration_numbers_unless_nobody_writes_it(text: str):
    refuses = refuse_cpr in TEXTS[text].validators
    assert refuses != (text in NOT_WRITTEN), "either it refuses them, or it is named with a reason"


def test_every_text_that_nobody_writes_is_still_there():
    assert set(NOT_WRITTEN) <= set(TEXTS)


APPEND_ONLY = [model for model in OURS if issubclass(model, AppendOnly)]


def that_lived() -> World:
    """A world in which something of everything has happened, and then nothing for a year."""
    world = World.that_decides()
    world.use(world.initiative())
    decisions.forward(proposal=world.proposal, to=world.new_forum(), by=world.coordinator)
    ask_idle(timezone.now() + timedelta(days=365), limit=1)
    return world


LIVED = Snapshot(that_lived)


@pytest.fixture
def lived(db) -> World:
    return LIVED.lay_out()


def test_the_journal_and_the_loads_stand_for_ever():
    assert {model.__name__ for model in APPEND_ONLY} >= {"Entry", "Load", "Version"}


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_row_that_stands_cannot_be_changed_or_removed(model: Any, lived: World):
    row = model.objects.first()
    for change in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=row.pk),
    ):
        with pytest.raises(ChangedHistory):
            change()


@pytest.mark.parametrize("model", APPEND_ONLY)
@pytest.mark.parametrize("sql", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_itself_refuses_too(model: Any, sql: str, lived: World):
    assert model.objects.exists()
    with (
        pytest.raises((IntegrityError, DatabaseError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table=model._meta.db_table))
