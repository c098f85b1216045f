"""Everything that is tested, in one command: `make test`, or `python -m tests [--lint] [pytest …]`.

Two steps run side by side. What touches the database is tested on each, the rest once; a story that
is the same on a wide and a narrow screen is told at one width on each database. Of a step that
succeeds one line is shown, of one that fails all it said. The last lines are pytest's own, those of
a failing run last of all.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import tests.environment  # noqa: F401 - sets the environment of every step
from kernen.lib.printer import PACKAGES, printer
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUM = "/usr/bin/chromium"
LIMIT = 60 * 60  # seconds that a step may take


@dataclass
class Step:
    """A command, and what came of it."""

    name: str
    argv: list[str]
    env: dict[str, str] = field(default_factory=dict)
    code: int = -1
    said: str = ""

    @property
    def tests(self) -> bool:
        return self.argv[0] == "pytest"


class Runner:
    """Runs steps, and stops them all when told to."""

    def __init__(self) -> None:
        self.running: set[subprocess.Popen[str]] = set()
        self.lock = threading.Lock()
        self.stopped = False

    def run(self, step: Step) -> None:
        if self.stopped:
            return
        start = time.monotonic()
        with subprocess.Popen(
            [BIN / step.argv[0], *step.argv[1:]],
            cwd=ROOT,
            env={**os.environ, **step.env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            with self.lock:
                self.running.add(process)
            try:
                step.said, _ = process.communicate(timeout=LIMIT)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)  # pytest then says where it stood
                step.said, _ = process.communicate()
        with self.lock:
            self.running.discard(process)
            step.code = process.returncode
            if step.code == 5 and step.tests:  # no test was chosen by the arguments
                step.code = 0
            mark = "✓" if step.code == 0 else "✗"
            print(f"{mark} {step.name}, {time.monotonic() - start:.0f} s", flush=True)
            if step.code and not step.tests and not self.stopped:
                print(step.said.rstrip(), flush=True)

    def stop(self) -> None:
        self.stopped = True
        with self.lock:
            for process in self.running:
                process.send_signal(signal.SIGINT)


def checks() -> list[Step]:
    return [
        Step("style", ["ruff", "check"]),
        Step("format", ["ruff", "format", "--check"]),
        Step("layers", ["lint-imports", "--no-cache"]),
        Step("docs match code", ["kernen", "print_docs", "--check"]),
        Step("no migration is missing", ["kernen", "makemigrations", "--check", "--dry-run"]),
        Step("types", ["mypy"]),
    ]


def pytest(name: str, which: str, argv: list[str], folder: str, **env: str) -> Step:
    """Some of the tests; each of the two runs at a time gets half of the cores."""
    each = (os.cpu_count() or 2) // 2
    workers = ["-n", str(each)] if each > 1 else []
    place = name.rpartition(" ")[2].lower()
    cache = ["-o", f"cache_dir=.pytest_cache/{place}"]
    env["KERNEN_VAR"] = f"{folder}/{place}"
    return Step(name, ["pytest", "-m", which, *workers, *cache, *argv], env)


def install_what_is_missing() -> None:
    """Chromium, PostgreSQL and Pango, by apt where it may; else a sentence that says what to do."""
    missing = [
        package
        for package, there in (
            ("chromium", Path(CHROMIUM).exists()),
            ("postgresql", postgres.programs() is not None),
            *((package, printer() is not None) for package in PACKAGES),
        )
        if not there
    ]
    if not missing:
        return
    names = ", ".join(missing)
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(
            f"The tests need {names}: install them first, for example with "
            f"sudo apt-get install {' '.join(missing)}."
        )
    print(f"Installing {names} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        ran = subprocess.run(
            ["apt-get", "-qq", *argv], env=env, capture_output=True, text=True, check=False
        )
        if ran.returncode:
            sys.exit(f"apt-get {argv[0]} failed: {ran.stderr.strip() or ran.stdout.strip()}")


def report(steps: list[Step]) -> int:
    """Show what pytest said, a failing run in whole and last; gives the exit code."""
    failed = [step for step in steps if step.code]
    if failed:
        print(f"\nFailed: {', '.join(step.name for step in failed)}.")
    for step in sorted((step for step in steps if step.tests), key=lambda step: bool(step.code)):
        print(f"\n{step.name}:")
        print(step.said.strip() if step.code else step.said.strip().rpartition("\n")[2])
    return int(bool(failed))


def main(argv: list[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    runner = Runner()
    if "--lint" in argv:
        steps = checks()
        for step in steps:
            runner.run(step)
        return int(any(step.code for step in steps))
    install_what_is_missing()
    if subprocess.run([BIN / "kernen", "build"], cwd=ROOT, check=False).returncode:
        return 1
    print("Testing on SQLite and PostgreSQL, some minutes …", flush=True)
    with postgres.cluster() as url, tempfile.TemporaryDirectory(prefix="kernen-tests-") as folder:
        each = partial(pytest, which="database", argv=argv, folder=folder)
        steps = [  # whoever is done takes the next, so both end at about the same time
            each("Tests on PostgreSQL", DATABASE_URL=url, KERNEN_WIDTH="390"),
            *checks(),
            each("Tests on SQLite", KERNEN_WIDTH="1280"),
            pytest("Tests without a database", "not database", argv, folder),
        ]
        with ThreadPoolExecutor(2) as pool:
            ends = [pool.submit(runner.run, step) for step in steps]
            try:
                for end in ends:
                    end.result()
            except KeyboardInterrupt:
                runner.stop()
                raise
    return report(steps)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
