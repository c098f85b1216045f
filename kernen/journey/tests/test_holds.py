"""What a row must keep to, said without the database, against the database's own answer."""

import random
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q, Value
from django.utils import timezone

from kernen.initiatives.models import Involvement
from kernen.lib.holds import NotPlain, holds

CONDITIONS = {
    constraint.name: (model, constraint)
    for model in apps.get_models()
    if model.__module__.startswith("kernen.")
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
}
#: What compares with a list; and a column that points elsewhere, which Django asks about under
#: another name only.
NOT_PLAIN = {
    "proposalversion_passes_gates_for_a_reason",
    "delivery_with_problems_brings_nothing",
    "delivery_brings_when_it_ends",
    "likeness_younger_first",
}
NOW = timezone.now()
#: Values for a column, by what it holds.
VALUES = {
    "DateField": [date(2020, 1, 1), date(2020, 1, 2)],
    "DateTimeField": [NOW, NOW],
    "BooleanField": [True, False],
    "DecimalField": [Decimal(-1), Decimal(0), Decimal(1), Decimal("2.5"), Decimal(10)],
    "JSONField": [[], ["a"]],
}


def words_in(condition: Q) -> set[str]:
    """What the texts of a condition are compared with."""
    return {
        str(word)
        for part in condition.flatten()
        for word in (part if isinstance(part, list) else [part])
        if isinstance(word, str)
    }


def random_row(model: type[Model], words: list[str], chance: random.Random) -> Model:
    row = model()
    for field in model._meta.concrete_fields:
        if getattr(field, "generated", False):
            continue
        kind = field.get_internal_type()
        text = kind in ("CharField", "TextField")
        some = VALUES.get(kind) or ([*words, "other"] if text else [0, 1, 2, 30, 31])
        setattr(row, field.attname, chance.choice([None, "" if text else None, *some]))
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_is_answered_as_the_database_does(name: str):
    model, constraint = CONDITIONS[name]
    chance = random.Random(name)  # noqa: S311
    words = sorted(words_in(constraint.condition))
    plain = 0
    for _row in range(8):
        row = random_row(model, words, chance)
        try:
            said = holds(constraint.condition, row)
        except NotPlain:
            continue
        plain += 1
        against = row._get_field_expression_map(meta=model._meta)
        assert (said is not False) == Q(constraint.condition).check(against), vars(row)
    assert bool(plain) != (name in NOT_PLAIN)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Q(end__gte=F("start")), None),
        (~Q(end__gte=F("start")), None),
        (Q(end__gte=F("start")) & Q(role=""), False),
        (Q(end__gte=F("start")) | Q(role="partner"), True),
        (Q(end=None), True),
        (Q(end__isnull=False), False),
        (Q(role__in=["partner", "other"]), True),
    ],
)
def test_what_a_null_leaves_open_is_neither_true_nor_false(condition: Q, said: bool | None):
    row = Involvement(start=date(2020, 1, 1), end=None, role="partner")
    assert holds(condition, row) is said


@pytest.mark.parametrize(
    "condition",
    [
        Q(start__year=2020),
        Q(role__gt="a"),
        Q(start=datetime(2020, 1, 1)),
        Q(role=Value("a")),
        Q(initiative__title="a"),
        Q(role="a") ^ Q(role="b"),
        Q(end__gte=F("nothing")),
    ],
)
def test_what_is_not_plain_is_left_to_the_database(condition: Q):
    row = Involvement(start=date(2020, 1, 1), end=date(2020, 1, 1), role="a")
    with pytest.raises(NotPlain):
        holds(condition, row)


@pytest.mark.django_db
def test_a_row_is_refused_in_the_words_of_its_constraint_and_without_a_question(
    world, django_assert_num_queries
):
    row = world.first.involvements.get(organisation=world.hospital)
    row.end = row.start.replace(year=row.start.year - 1)
    constraint = CONDITIONS["involvement_ends_after_start"][1]
    with django_assert_num_queries(0), pytest.raises(ValidationError) as refused:
        constraint.validate(Involvement, row)
    assert refused.value.messages == [constraint.get_violation_error_message()]


def test_a_field_that_is_wrong_in_itself_is_not_held_against_the_row():
    row = Involvement(start=date(2020, 1, 2), end=date(2020, 1, 1))
    with pytest.raises(NotPlain):
        holds(CONDITIONS["involvement_ends_after_start"][1].condition, row, exclude={"end"})
