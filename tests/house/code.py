"""The project's own files, as the tests of the house read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEN = ROOT / "kernen"

#: The folders of kernen/ that hold a room of the house.
ROOMS = sorted(path.parent.name for path in KERNEN.glob("*/__init__.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project, also those not yet committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / line for line in listed.stdout.split("\0") if line)
    return tuple(sorted(path for path in files if path.is_file()))


def sources(*suffixes: str, tests: bool = False) -> list[Path]:
    """The files of the rooms with these suffixes, without migrations."""
    return [
        path
        for path in tracked()
        if path.is_relative_to(KERNEN)
        and path.suffix in suffixes
        and "migrations" not in path.parts
        and (tests or "tests" not in path.parts)
    ]


def templates() -> list[Path]:
    return [path for path in tracked() if "templates" in path.parts and path.suffix == ".html"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def is_actions(path: Path) -> bool:
    return path.name == "actions.py" or "actions" in path.parts
