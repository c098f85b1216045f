"""What must hold is held by the database itself, also where nobody called `full_clean`."""

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import IntegrityError

from tests.house.breaches import BREACHES
from tests.house.breaches.common import Breach
from tests.house.world import World

HELD = {
    constraint.name: (model, constraint)
    for config in apps.get_app_configs()
    if config.name.startswith("kernen.")
    for model in config.get_models()
    for constraint in model._meta.constraints
}


def test_every_named_constraint_is_tried():
    assert len(HELD) > 25
    tried = {name for name, _ in BREACHES}
    assert tried == set(HELD), f"not as the models have it: {tried ^ set(HELD)}"


@pytest.mark.parametrize(("name", "breach"), BREACHES, ids=[name for name, _ in BREACHES])
def test_the_database_refuses_a_row_that_breaks_it(name: str, breach: Breach, world: World):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        breach(world)
    assert said_of(name) in str(refused.value), "another constraint refused"


def said_of(name: str) -> str:
    """What the database's message holds: the name, or SQLite's columns of a unique constraint."""
    model, constraint = HELD[name]
    if connection.vendor != "sqlite" or not isinstance(constraint, models.UniqueConstraint):
        return name
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
