"""Each verb is one function of the same form: keyword-only, by whom, typed, atomic, rules first."""

import ast

import pytest

from tests.house.code import is_actions, name, sources, tree

#: Not a verb of its own: other actions write their line of the journal with it.
PARTS = {("kernen/initiatives/actions.py", "record")}

VERBS = [
    pytest.param(node, id=f"{path.parent.name}.{node.name}")
    for path in sources(".py")
    if is_actions(path)
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef)
    and not node.name.startswith("_")
    and (name(path), node.name) not in PARTS
]


def test_there_are_verbs():
    assert len(VERBS) > 20


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_takes_keywords_only_and_is_told_by_whom(verb: ast.FunctionDef):
    assert not verb.args.args, "every argument is keyword-only"
    assert not verb.args.posonlyargs
    assert not verb.args.vararg
    assert "by" in [argument.arg for argument in verb.args.kwonlyargs]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_typed(verb: ast.FunctionDef):
    untyped = [argument.arg for argument in verb.args.kwonlyargs if argument.annotation is None]
    assert not untyped
    assert verb.returns is not None


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_atomic(verb: ast.FunctionDef):
    assert "transaction.atomic" in [ast.unparse(mark) for mark in verb.decorator_list]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_asks_the_rules_before_anything_else(verb: ast.FunctionDef):
    statements = [
        node
        for node in verb.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    asked = [i for i, node in enumerate(statements) if "rules." in ast.unparse(node)]
    wrote = [i for i, node in enumerate(statements) if ".save(" in ast.unparse(node)]
    assert asked, "no rule is asked"
    assert not wrote or asked[0] < wrote[0], "a rule is asked before anything is saved"
