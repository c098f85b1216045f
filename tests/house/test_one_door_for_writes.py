"""Only actions write: each verb is one function, and page, import and command line all call it."""

import ast

import pytest

from tests.house.code import is_actions, name, sources, tree
from tests.house.writing import writes

#: The few places beside the actions that write, each with its reason.
NAMED = {
    ("kernen/lib/append_only.py", "save"): "refuses all but the first save",
    ("kernen/lib/append_only.py", "execute"): "the triggers that a migration sets up",
    ("kernen/lib/owning.py", "execute"): "rights to tables; the mark of an erased person",
    ("kernen/parties/models/person.py", "save"): "Django's protocol of a user manager",
    ("kernen/parties/models/person.py", "create_user"): "Django's protocol of a user manager",
    ("kernen/initiatives/indexing.py", "bulk_create"): "follows from the texts: the actions",
    ("kernen/measures/standing/keep.py", "bulk_create"): "follows from the figures: the actions",
    ("kernen/measures/standing/keep.py", "update"): "follows from the figures: the actions",
    ("kernen/measures/delivering/writing.py", "bulk_create"): "many loads at once: the actions",
    ("kernen/measures/delivering/writing.py", "execute"): "many points at once: the actions",
    ("kernen/measures/delivering/writing.py", "executemany"): "many points at once: the actions",
    ("kernen/measures/delivering/spool.py", "execute"): "a file that is gone, and no row",
    ("kernen/measures/delivering/spool.py", "executemany"): "a file that is gone, and no row",
    ("kernen/initiatives/likeness/keep.py", "bulk_create"): "follows from the texts: the worker",
    ("kernen/initiatives/likeness/keep.py", "delete"): "follows from the texts: the worker",
    ("kernen/initiatives/likeness/keep.py", "update"): "follows from the texts: the worker",
    ("kernen/journey/management/demonstration.py", "execute"): "the mark; kernen demo --reset",
    ("kernen/decisions/duties.py", "save"): "what comes back to an agenda by itself",
    ("kernen/decisions/minutes.py", "save"): "a document, and no row",
    ("kernen/initiatives/duties.py", "bulk_create"): "a question of the program, and nobody's act",
    ("kernen/journey/my_work.py", "delete"): "the count that is kept, and no row",
    ("kernen/journey/management/keeping/postgresql.py", "execute"): "kernen backup, kernen restore",
    ("kernen/journey/management/keeping/restore.py", "execute"): "asks whether there are data",
    ("kernen/journey/management/keeping/sqlite.py", "execute"): "kernen backup, kernen restore",
    ("kernen/ui/once.py", "delete"): "a mark that is kept, and no row",
    ("kernen/lib/sheets.py", "save"): "a workbook, and no row",
    ("kernen/documents/storing.py", "save"): "a file, and no row",
    ("kernen/documents/storing.py", "delete"): "a file, and no row",
    ("kernen/journey/paper/word.py", "save"): "a document, and no row",
    ("kernen/decisions/paper/word.py", "save"): "a document, and no row",
}


def test_only_actions_write():
    elsewhere = [
        f"{name(path)}:{call.lineno} .{verb}(…)"
        for path in sources(".py")
        if not is_actions(path)
        for verb, call in writes(tree(path))
        if (name(path), verb) not in NAMED
    ]
    assert not elsewhere, "these belong in an actions.py:\n" + "\n".join(elsewhere)


def test_every_named_exception_is_still_there():
    found = {(name(path), verb) for path in sources(".py") for verb, _ in writes(tree(path))}
    assert set(NAMED) <= found, f"no longer needed: {set(NAMED) - found}"


@pytest.mark.parametrize(
    "code",
    [
        "goal.save()",
        "Point.objects.bulk_create(points)",
        "Point.history.bulk_history_create(points)",
        "bulk_create_with_history(points, Point)",
        "Goal.objects.get_or_create(words='')",
        "Goal.objects.update_or_create(words='')",
        "goal.delete()",
        "Goal.objects.filter(pk=1).update(words='')",
        "goals.update(**fields)",
        "await goal.asave()",
        "await person.organisations.aset([])",
        "person.organisations.add(hospital)",
        "Person.objects.get(pk=1).organisations.set([])",
        "initiative.goals.remove(goal)",
        "user.groups.clear()",
    ],
)
def test_it_counts_as_writing(code: str):
    assert list(writes(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "found.add(role)",
        "roles.setdefault(key, set()).add(role)",
        "catalogue.obsolete.clear()",
        "self.cfg.set(name, value)",
        "words.remove(word)",
        "found.update(other)",
        "VERBS.update(load='Loaded')",
    ],
)
def test_it_is_not_taken_for_writing(code: str):
    assert not list(writes(ast.parse(code)))
