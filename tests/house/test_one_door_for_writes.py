"""Only actions write: each verb is one function, and page, import and command line all call it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import is_actions, name, sources, tree

WRITES = {
    "abulk_create",
    "acreate",
    "adelete",
    "asave",
    "aupdate",
    "bulk_create",
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

#: The few places beside the actions that write, each with its reason.
NAMED = {
    ("kernen/lib/append_only.py", "save"): "refuses all but the first save",
    ("kernen/lib/append_only.py", "execute"): "the triggers that a migration sets up",
    ("kernen/parties/models.py", "save"): "Django's protocol of a user manager",
    ("kernen/parties/models.py", "create_user"): "Django's protocol of a user manager",
    ("kernen/journey/management/commands/demo.py", "execute"): "kernen demo --reset",
}


def writes(path: Path) -> Iterator[tuple[str, int]]:
    """The calls in a file that may write to the database, each with its line."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb = node.func.attr
        # A query set is updated by keywords alone; a dict or a set by what it is given.
        is_update = verb == "update" and node.keywords and not node.args and _on_rows(node.func)
        if verb in WRITES or is_update:
            yield verb, node.lineno


def _on_rows(function: ast.Attribute) -> bool:
    """Whether the receiver is a chain of calls or attributes, and not a table of words."""
    receiver = function.value
    return not (isinstance(receiver, ast.Name) and receiver.id.isupper())


def test_only_actions_write():
    elsewhere = [
        f"{name(path)}:{line} .{verb}(…)"
        for path in sources(".py")
        if not is_actions(path)
        for verb, line in writes(path)
        if (name(path), verb) not in NAMED
    ]
    assert not elsewhere, "these belong in an actions.py:\n" + "\n".join(elsewhere)


def test_every_named_exception_is_still_there():
    found = {(name(path), verb) for path in sources(".py") for verb, _ in writes(path)}
    assert set(NAMED) <= found, f"no longer needed: {set(NAMED) - found}"
