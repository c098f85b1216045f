"""Small by habit: what can be read at once is understood at once."""

import ast

from tests.house.code import ROOT, name, sources, tracked, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
OURS = [
    path
    for path in tracked()
    if path.suffix in (".py", ".js", ".mjs", ".scss", ".html") and "migrations" not in path.parts
]


def test_no_file_is_too_long_to_read():
    lengths = {name(path): len(path.read_text().splitlines()) for path in OURS}
    long = {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE}
    assert not long, f"past about {LONGEST_FILE} lines a file is split by noun: {long}"


def test_no_function_is_too_long_to_read():
    long = [
        f"{name(path)}:{node.lineno} {node.name}, {node.end_lineno - node.lineno + 1} lines"
        for path in OURS
        if path.suffix == ".py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "a function does one thing:\n" + "\n".join(long)


def test_no_record_of_a_decision_is_long():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert records
    for record in records:
        assert len(record.read_text().splitlines()) < 60, f"{name(record)} is too long to be read"


def test_nothing_is_imported_inside_a_function():
    """A lower room that reaches up does so inside a function, where nobody sees it."""
    hidden = [
        f"{name(path)}:{node.lineno}"
        for path in sources(".py")
        if name(path) not in ("kernen/cli.py", "kernen/config/urls.py")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, f"imports stand at the top of a file: {hidden}"
