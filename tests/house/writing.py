"""What counts as writing to the database, for every test that asks where and when it is done."""

import ast
from collections.abc import Iterator

from django.apps import apps

#: Methods that write, on a row, a manager, a query set, a form or a cursor.
WRITES = {
    "bulk_create",
    "bulk_history_create",
    "bulk_update",
    "create",
    "create_superuser",
    "create_user",
    "delete",
    "execute",
    "executemany",
    "get_or_create",
    "save",
    "save_m2m",
    "update_or_create",
}
#: Functions of the audit log's library that write.
WITH_HISTORY = {"bulk_create_with_history", "bulk_update_with_history"}
#: Methods that write on what is related to a row; a set or a list has them too.
RELATES = {"add", "clear", "remove", "set"}

#: The names by which a row of ours reaches many others: `person.organisations`, `series.points`.
RELATED = {
    field.get_accessor_name() if field.auto_created else field.name
    for config in apps.get_app_configs()
    if config.name.startswith("kernen.")
    for model in config.get_models()
    for field in model._meta.get_fields(include_hidden=False)
    if field.many_to_many or field.one_to_many
}


def writes(within: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The calls that write to the database, by the method's name without the `a` of async."""
    for node in ast.walk(within):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WITH_HISTORY:
            yield ast.unparse(node.func), node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb = node.func.attr
            plain = verb[1:] if verb[:1] == "a" and verb != "add" else verb
            if (
                plain in WRITES
                or (plain in RELATES and _on_related(node.func))
                or (plain == "update" and _on_rows(node))
            ):
                yield plain, node


def _on_related(method: ast.Attribute) -> bool:
    return isinstance(method.value, ast.Attribute) and method.value.attr in RELATED


def _on_rows(update: ast.Call) -> bool:
    """A query set is updated by keywords alone; a dict or a set by what it is given.

    A table of words in capitals is given keywords too."""
    assert isinstance(update.func, ast.Attribute)
    receiver = update.func.value
    table = isinstance(receiver, ast.Name) and receiver.id.isupper()
    return bool(update.keywords) and not update.args and not table
