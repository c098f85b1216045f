"""What a row must keep to is said without asking the database, wherever it is plain.

Django asks it one question for each condition of a row that is about to be saved, on PostgreSQL
with a savepoint around each. Nearly all of ours compare columns with values and with each other.
The answer is the database's own: true, false, or None where a NULL leaves it open. What is not
plain is asked as before, and the database holds all of it once more when the row is written."""

import operator
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CheckConstraint, F, Model, Q

#: Texts are only told apart: which comes first is a matter of the database's language.
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
#: What compares in Python as in the database; the first that fits, since a time is a day as well.
ALIKE: tuple[Any, ...] = (bool, str, (int, Decimal), datetime, date)


class NotPlain(Exception):
    """This is for the database to say."""


def holds(condition: Any, row: Model, exclude: Collection[str] = ()) -> bool | None:
    """Whether the row, without the fields to `exclude`, keeps to the condition."""
    if isinstance(condition, tuple):
        lookup, wanted = condition
        return _compared(lookup, wanted, row, exclude)
    if not isinstance(condition, Q) or condition.connector not in (Q.AND, Q.OR):
        raise NotPlain
    found = {holds(part, row, exclude) for part in condition.children}
    settles = condition.connector == Q.OR  # one that is true settles an OR, one that is not an AND
    said = settles if settles in found else None if None in found else not settles
    return not said if condition.negated and said is not None else said


def _compared(lookup: str, wanted: Any, row: Model, exclude: Collection[str]) -> bool | None:
    name, _, how = lookup.partition("__")
    value, how = _value(row, name, exclude), how or "exact"
    if type(wanted) is F:
        wanted = _value(row, wanted.name, exclude)  # type: ignore[attr-defined]
    elif how == "isnull" or (how == "exact" and wanted is None):
        return (value is None) == (wanted is not False)
    if how != "in" and how not in COMPARED:
        raise NotPlain
    several = list(wanted) if how == "in" else [wanted]
    kinds = {_kind(one) for one in (value, *several) if one is not None}
    if len(kinds) > 1 or (str in kinds and how not in ("exact", "in")):
        raise NotPlain
    if value is None or wanted is None:
        return None
    return any(COMPARED.get(how, operator.eq)(value, one) for one in several)


def _kind(value: Any) -> Any:
    for kind in ALIKE:
        if isinstance(value, kind):
            return kind
    raise NotPlain


def _value(row: Model, name: str, exclude: Collection[str]) -> Any:
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        raise NotPlain from None
    if name != field.name or name in exclude or getattr(field, "generated", True):
        raise NotPlain
    return getattr(row, field.attname)  # type: ignore[union-attr]


_asked = CheckConstraint.validate


def _validate(
    self: CheckConstraint, model: type[Model], instance: Model, exclude: Any = None, **rest: Any
) -> None:
    try:
        said = holds(self.condition, instance, exclude or ())
    except NotPlain:
        return _asked(self, model, instance, exclude=exclude, **rest)
    if said is False:
        raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


def hold_in_python() -> None:
    CheckConstraint.validate = _validate  # type: ignore[assignment, method-assign]
