"""Each verb is one function of the same form: by whom, typed, atomic, rules first, journal last."""

import ast
from importlib.util import resolve_name

import pytest

from tests.house.code import is_actions, name, sources, tree
from tests.house.writing import writes

RECORD = "kernen.initiatives.actions.record"
#: The journal of an organisation has its own.
RECORDS = {RECORD, "kernen.parties.upkeep.actions.record"}
#: Not verbs of their own: other actions lock what they judge, and write their line of the journal.
PARTS = {*RECORDS, "kernen.initiatives.actions.locked"}
PARTS |= {
    f"kernen.measures.actions.{part}"
    for part in (
        "record_of",
        "came_before",
        "take_in",
        "tell_load",
        "take",
        "keep_changed",
        "as_it_stood",
    )
}
PARTS |= {
    f"kernen.measures.loading.actions.{part}" for part in ("take_out", "tell_together", "tell_of")
}
PARTS |= {f"kernen.decisions.actions.chaining.{part}" for part in ("append", "tell")}

ACTIONS = {
    name(path).removesuffix(".py").replace("/", "."): tree(path)
    for path in sources(".py")
    if is_actions(path)
}
FUNCTIONS = {
    f"{module}.{node.name}": node
    for module, code in ACTIONS.items()
    for node in code.body
    if isinstance(node, ast.FunctionDef)
}
MODULE_OF = {node: module for module, code in ACTIONS.items() for node in ast.walk(code)}


def imported(module: str) -> dict[str, str]:
    """What the module has imported by name, each with its full name."""
    package = module.rpartition(".")[0]
    return {
        alias.asname or alias.name: resolve_name(
            "." * node.level + ".".join(filter(None, [node.module, alias.name])), package
        )
        for node in ACTIONS[module].body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


IMPORTED = {module: imported(module) for module in ACTIONS}
VERBS = [
    pytest.param(node, id=full.removeprefix("kernen.").replace(".actions", ""))
    for full, node in FUNCTIONS.items()
    if not node.name.startswith("_") and full not in PARTS
]
#: Who takes part has no journal of its own, what a person follows is in none, and the catalogue is
#: its own journal; a meeting is of no single initiative, and what is decided together is told of
#: each; that a figure is due is told by the e-mail, a file that waits for the worker
#: has brought nothing yet, and how a file is read is no part of a life.
UNJOURNALLED = ("parties.", "following.", "measures.catalogue.publish_", "measures.catalogue.with")
UNTOLD = (
    "delivering.receive", "delivering.claim", "delivering.tell_read", "delivering.refuse",
    "delivering.confirm", "delivering.throw_away", "delivering.show", "delivering.look_again",
    "delivering.read_anew",
    "undoing.ask_undo", "undoing.claim_undo", "undoing.tell_looked", "undoing.refuse_undo",
    "asking.ask_when_due", "machine.give", "machine.use_token", "loading.remember",
    "loading.remember_many",
    "preparing.call_meeting", "preparing.arrange", "deciding.decide_together",
)  # fmt: skip
JOURNALLED = [
    verb
    for verb in VERBS
    if not str(verb.id).startswith(UNJOURNALLED) and not str(verb.id).endswith(UNTOLD)
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
    calls = called(verb)
    asked = [i for i, call in enumerate(calls) if ".rules." in target(call)]
    wrote = [i for i, call in enumerate(calls) if writing(call)]
    assert asked, "no rule is asked"
    assert not wrote or asked[-1] < wrote[0], "every rule is asked before anything is written"
    always = [node for node in verb.body if isinstance(node, ast.Expr | ast.Assign | ast.Return)]
    assert any(calls[asked[0]] in ast.walk(node) for node in always), "one is asked in any case"


@pytest.mark.parametrize("verb", JOURNALLED)
def test_a_verb_writes_the_journal_last(verb: ast.FunctionDef):
    wrote = [call for call in called(verb) if writing(call)]
    if removes_the_thing_itself(wrote[-1], verb):
        wrote.pop()
    assert wrote, "nothing is written in the journal"
    assert recording(wrote[-1]), f"after the journal comes {ast.unparse(wrote[-1])}"
    loops = [node for node in ast.walk(verb) if isinstance(node, ast.For | ast.While)]
    assert not any(wrote[-1] in ast.walk(loop) for loop in loops), "one line, not one a round"


def called(function: ast.FunctionDef) -> list[ast.Call]:
    """The calls in the order in which they stand."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def target(call: ast.Call) -> str:
    """What is called, by its full name where a module of ours is named or imported, or ""."""
    module = MODULE_OF[call]
    match call.func:
        case ast.Name(id=known) if f"{module}.{known}" in FUNCTIONS:
            return f"{module}.{known}"
        case ast.Name(id=known):
            return IMPORTED[module].get(known, "")
        case ast.Attribute(value=ast.Name(id=known), attr=method) if known in IMPORTED[module]:
            return f"{IMPORTED[module][known]}.{method}"
    return ""


def writing(call: ast.Call) -> bool:
    """Whether it writes to the database, itself or by the function it calls."""
    if any(call is written for _, written in writes(call)):
        return True
    function = FUNCTIONS.get(target(call))
    return function is not None and any(writing(inner) for inner in called(function))


def recording(call: ast.Call) -> bool:
    """Whether all that it writes is a line of the journal."""
    function = FUNCTIONS.get(target(call))
    if function is None or target(call) in RECORDS:
        return target(call) in RECORDS
    wrote = [inner for inner in called(function) if writing(inner)]
    return bool(wrote) and all(recording(inner) for inner in wrote)


def removes_the_thing_itself(call: ast.Call, verb: ast.FunctionDef) -> bool:
    """A line of the journal may need the names of what is then removed."""
    given = {argument.arg for argument in verb.args.kwonlyargs}
    match call.func:
        case ast.Attribute(value=ast.Name(id=thing), attr="delete"):
            return thing in given
    return False
