"""Small by habit: what can be read at once is understood at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import ROOT, name, sources, tracked, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 45
LONGEST_TEST = 60
#: Those that are longer, each with its lines: they may only shrink, and the number with them.
LONGER = {
    ("kernen/measures/charts/picture.py", "picture"): 55,
    ("kernen/measures/charts/making.py", "run_chart"): 53,
    ("kernen/measures/charts/words.py", "plot_labels"): 53,
}
OURS = [
    path
    for path in tracked()
    if path.suffix in (".py", ".js", ".mjs", ".scss", ".html") and "migrations" not in path.parts
]


def test_no_file_is_too_long_to_read():
    lengths = {name(path): len(path.read_text().splitlines()) for path in OURS}
    long = {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE}
    assert not long, f"past about {LONGEST_FILE} lines a file is split by noun: {long}"


def lengths_of_functions() -> Iterator[tuple[Path, str, int]]:
    for path in OURS:
        if path.suffix == ".py":
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield path, node.name, (node.end_lineno or 0) - node.lineno + 1


def test_no_function_is_too_long_to_read():
    long = {
        (name(path), function): lines
        for path, function, lines in lengths_of_functions()
        if lines > (LONGEST_TEST if "tests" in path.parts else LONGEST_FUNCTION)
    }
    assert long == LONGER, "a function does one thing; where one became shorter, say so here"


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
