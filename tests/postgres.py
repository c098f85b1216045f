"""A PostgreSQL that lives as long as it is needed, on a socket in a folder of its own.

`python -m tests.postgres COMMAND …` runs a command with DATABASE_URL set to it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# Nothing here outlives a power cut, so nothing waits for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL installed, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """The address (as DATABASE_URL takes it) of an empty PostgreSQL; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kernen-postgresql-"))
    try:
        if os.geteuid() == 0:  # initdb refuses to be root
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} {FAST}"
        _run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", folder / "log")
        try:
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            _run("pg_ctl", "stop", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *argv: object) -> None:
    found = programs()
    assert found, "PostgreSQL is not installed"
    as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # A session of its own: Ctrl-C reaches the tests, and the cluster is then stopped in order.
    ran = subprocess.run(
        [*as_whom, found / program, *map(str, argv)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    if ran.returncode:
        raise RuntimeError(f"{program} failed: {ran.stdout or 'see its log'}")


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cluster() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
