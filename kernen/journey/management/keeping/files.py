"""The files that people have added, in a folder of KERNEN_VAR."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

#: The folder's name, in the archive and in KERNEN_VAR.
FILES = "media"


def stored() -> dict[str, Path]:
    """Every file by its name in the archive."""
    root = settings.VAR / FILES
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {f"{FILES}/{path.relative_to(root).as_posix()}": path for path in paths}


@contextmanager
def placed(brought: Path, names: set[str]) -> Iterator[None]:
    """The files take their place around the block that exchanges the database.

    New ones before it, so that whatever the database names is there when a process is killed; if
    the block fails they go again. Those of other content or no longer named follow after it."""
    standing = set(stored())
    for name in names - standing:
        _place(brought, name)
    try:
        yield
    except BaseException:
        _remove(names - standing)
        raise
    for name in names & standing:
        _place(brought, name)
    _remove(standing - names)


def _place(brought: Path, name: str) -> None:
    target = settings.VAR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    (brought / name).replace(target)


def _remove(names: set[str]) -> None:
    for name in names:
        (settings.VAR / name).unlink(missing_ok=True)
