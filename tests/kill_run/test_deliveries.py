"""Whoever takes in a large file is killed at random moments: then all of it is there, or nothing;
and in the end all of it, once."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kill_run.processes import KERNEN, ROOT
from tests.kill_run.test_killed import Ask, ask, database, env  # noqa: F401

PLACES, WEEKS, KILLS = 60, 200, 4
LIMIT = 180  # seconds
FIGURES = PLACES * WEEKS

#: A measure at sixty places; prints its number.
MADE = f"""
from kernen.initiatives import actions as initiatives
from kernen.measures import actions as measuring
from kernen.parties import actions as parties

hospital = parties.found_organisation(name="Hospitalet", sector="hospital", by=None)
anna = parties.enrol(name="Anna", email="anna@example.org", administrator=False, by=None)
parties.give_role(person=anna, organisation=hospital, role="contributor", by=None)
made = initiatives.register(
    title="FMK", problem="Et problem", organisations=[hospital], cluster=None, by=anna
)
measure = measuring.define(initiative=made, name="FMK", frequency="week", by=anna)
for number in range({PLACES}):
    measuring.open_series(measure=measure, organisation=hospital, place=f"A{{number}}", by=anna)
print(measure.pk)
"""
#: The file as somebody sent it through the browser, and saw that it is understood right.
SENT = """
from pathlib import Path
from django.utils import timezone
from kernen.measures.delivering import actions
from kernen.measures.delivering.duties import take_deliveries
from kernen.measures.models import Measure
from kernen.parties.models import Person
measure, anna = Measure.objects.get(), Person.objects.get(name="Anna")
delivery = actions.receive(
    initiative=measure.initiative, measure=measure, filename="figures.csv",
    content=Path({path!r}).read_bytes(), by=anna,
)
take_deliveries(timezone.now(), 1)
actions.confirm(delivery=delivery, by=anna)
"""
#: That it is to be undone, so much that the worker does it.
UNDONE = """
from kernen.measures.delivering.undoing import actions
from kernen.measures.models import Delivery
from kernen.parties.models import Person
actions.ask_undo(
    delivery=Delivery.objects.get(), reason="An old file", by=Person.objects.get(name="Anna")
)
"""
#: The worker as it is, but that it waits less for another that may be gone.
WORKER = """
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command
from kernen.journey.management import working
from kernen.measures.delivering import actions
from kernen.measures.delivering.undoing import actions as undoing
from kernen.measures.delivering.undoing import duties as undoing_duties

actions.LEASE = undoing.LEASE = undoing_duties.LEASE = timedelta(seconds=0.5)
working.SLEEP = 0.1
call_command("worker")
"""


@pytest.fixture
def kernen(env: dict[str, str]):  # noqa: F811
    def run(*argv: str) -> str:
        ran = subprocess.run(
            [KERNEN, *argv], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


@pytest.fixture
def file(tmp_path: Path, env: dict[str, str], kernen) -> tuple[Path, str]:  # noqa: F811
    """The figures of two hundred weeks at sixty places, and the number of their measure."""
    kernen("migrate", "-v0")
    if not env["DATABASE_URL"].startswith("sqlite"):  # the tests share one PostgreSQL
        kernen("flush", "-v0", "--noinput")
    measure = kernen("shell", "-v0", "-c", MADE).strip()
    path = tmp_path / "figures.csv"
    weeks = [(2018 + week // 52, week % 52 + 1) for week in range(WEEKS)]
    path.write_text(
        "organisation;ward;week;numerator;denominator\n"
        + "".join(
            f"Hospitalet;A{place};{year}-W{week:02};{place};{week + 100}\n"
            for year, week in weeks
            for place in range(PLACES)
        )
    )
    return path, measure


def killed_at_random(argv: list[object], env: dict[str, str], dice: random.Random) -> None:  # noqa: F811
    """Start it, and kill it before long; it may have ended by then."""
    with subprocess.Popen(
        argv,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        time.sleep(dice.uniform(0.5, 5))
        os.killpg(process.pid, signal.SIGKILL)


def counted(ask: Ask) -> tuple[int, ...]:  # noqa: F811
    tables = ("measures_point", "measures_historicalpoint", "measures_load")
    return tuple(int(ask(f"SELECT count(*) FROM {table}")[0][0]) for table in tables)  # type: ignore[call-overload]  # noqa: S608


ALL, NOTHING = (FIGURES, FIGURES, PLACES), (0, 0, 0)
#: The points are gone, and the audit log and the loads say so.
GONE = (0, 2 * FIGURES, 2 * PLACES)


def test_the_command_line_leaves_all_or_nothing(file, env, ask: Ask, kernen) -> None:  # noqa: F811
    seed = random.randrange(10**6)  # noqa: S311 dice, and no secret
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311
    path, measure = file
    argv = ["import", str(path), f"--measure={measure}", "--by=anna@example.org"]
    for _ in range(KILLS):
        killed_at_random([KERNEN, *argv], env, dice)
        assert counted(ask) in (ALL, NOTHING)
    kernen(*argv)
    assert counted(ask) == ALL


def test_the_worker_takes_it_up_again_until_all_is_in(file, env, ask: Ask, kernen) -> None:  # noqa: F811
    seed = random.randrange(10**6)  # noqa: S311
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311
    path, _measure = file
    kernen("shell", "-v0", "-c", SENT.format(path=str(path)))
    killed_until(env, ask, dice, "ended_at IS NULL", (ALL, NOTHING))
    assert counted(ask) == ALL
    assert ask("SELECT added, places FROM measures_delivery") == [(FIGURES, PLACES)]


def test_the_worker_undoes_all_of_it_however_often_it_is_killed(
    file,
    env,  # noqa: F811
    ask: Ask,  # noqa: F811
    kernen,
) -> None:
    seed = random.randrange(10**6)  # noqa: S311
    print(f"seed {seed}")
    path, measure = file
    kernen("import", str(path), f"--measure={measure}", "--by=anna@example.org")
    kernen("shell", "-v0", "-c", UNDONE)
    dice = random.Random(seed)  # noqa: S311
    killed_until(env, ask, dice, "undo_asked_at IS NOT NULL", (ALL, GONE))
    assert counted(ask) == GONE
    assert ask("SELECT undo_refused FROM measures_delivery") == [("",)]


def killed_until(
    env: dict[str, str],  # noqa: F811
    ask: Ask,  # noqa: F811
    dice: random.Random,
    waits: str,
    whole: tuple[tuple[int, ...], ...],
) -> None:
    """Kill workers at random while a file waits so, and let the last one live; at each moment the
    figures are as they were, or as they are to be."""
    worker: list[object] = [sys.executable, "-c", WORKER]
    for _ in range(KILLS):
        killed_at_random(worker, env, dice)
        assert counted(ask) in whole
    last = subprocess.Popen(worker, cwd=ROOT, env=env, start_new_session=True)
    try:
        until = time.monotonic() + LIMIT
        waiting = f"SELECT count(*) FROM measures_delivery WHERE {waits}"  # noqa: S608
        while ask(waiting) != [(0,)]:
            assert time.monotonic() < until, "the file waits for ever"
            time.sleep(0.2)
    finally:
        os.killpg(last.pid, signal.SIGKILL)
        last.wait()
