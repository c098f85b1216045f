"""A new database in seconds: a room's first migrations make each table once, as it is at last.

Django thinks each operation through with all the models there are, which for a hundred tables takes
ten times as long as to make them."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model


class AtOnce(Operation):
    """A room's first tables, each made as these operations leave it at last."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without its classes of models it keeps none up to date: they are made when asked for.
        state.__dict__.pop("apps", None)
        state.is_delayed = False
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, editor: Editor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in _models(app_label, to_state):
            editor.create_model(model)

    def database_backwards(
        self, app_label: str, editor: Editor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in _models(app_label, from_state):
            editor.delete_model(model)

    def describe(self) -> str:
        return "Make the first tables"


def _models(room: str, state: ProjectState) -> list[type[Model]]:
    return [state.apps.get_model(room, name) for within, name in state.models if within == room]


def at_once(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, all that make tables first: what is done in Python comes after them, in
    its order, and finds no rows."""
    every = list(operations)
    in_python = [one for one in every if isinstance(one, RunPython)]
    return [AtOnce([one for one in every if one not in in_python]), *in_python]


def operations_of(package: str, names: Iterable[str]) -> Iterator[Operation]:
    """All that these migrations of a room do, for one that replaces them."""
    for name in names:
        yield from import_module(f"{package}.{name}").Migration.operations
