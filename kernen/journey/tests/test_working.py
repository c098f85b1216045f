import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from kernen.journey.management import fitness, working
from kernen.journey.management.working import DUTIES, Duty, Worker
from kernen.lib import heartbeat

KERNEN = Path(sys.executable).parent / "kernen"
OFTEN = timedelta(seconds=1)


@pytest.fixture
def log(monkeypatch):
    said = []
    monkeypatch.setattr(working.log, "exception", lambda words, *args: said.append(words % args))
    return said


@pytest.mark.django_db
def test_a_worker_does_what_is_due_and_goes_on_at_once_where_more_is_left():
    waiting = list(range(5))

    def take(now, limit):
        taken = waiting[:limit]
        del waiting[:limit]
        return len(taken)

    worker = Worker({"take": Duty(take, OFTEN, limit=2)})
    assert [worker.round() for _ in range(4)] == [True, True, False, False]
    assert not waiting


@pytest.mark.django_db
def test_a_duty_that_fails_rests_longer_each_time_and_stops_nothing_else(log, monkeypatch):
    done = []

    def fail(now, limit):
        raise ZeroDivisionError

    worker = Worker(
        {"fail": Duty(fail, OFTEN), "other": Duty(lambda n, x: done.append(n) or 0, OFTEN)}
    )
    rests = []
    for _ in range(12):
        worker.due = dict.fromkeys(worker.due, timezone.now())
        worker.round()
        rests.append(round((worker.due["fail"] - timezone.now()).total_seconds()))
    assert rests[:4] == [2, 4, 8, 16]
    assert rests[-1] == working.LONGEST.total_seconds()
    assert len(done) == 12
    assert log[-1] == "fail failed 12 times in a row"
    assert heartbeat.last() == ["fail"]


@pytest.mark.django_db
def test_a_worker_that_is_told_to_stop_finishes_what_it_does_and_begins_nothing_new():
    done = []
    worker = Worker()

    def last(now, limit):
        worker.stopped = True
        done.append("last")
        return limit

    worker.duties = {
        "last": Duty(last, OFTEN),
        "next": Duty(lambda n, x: done.append("next"), OFTEN),
    }
    worker.due = dict.fromkeys(worker.duties, timezone.now())
    worker.run()
    assert done == ["last"]


@pytest.mark.django_db
def test_the_check_says_when_no_worker_runs_or_a_duty_fails():
    assert [said.id for said in fitness.a_worker_runs()] == ["kernen.W001"]
    heartbeat.beat(["tell"])
    assert "tell" in fitness.a_worker_runs()[0].msg
    Worker({}).round()
    assert fitness.a_worker_runs() == []


@pytest.mark.django_db
def test_sign_ins_that_have_run_out_go():
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(timedelta(days=days))
        session.create()
    DUTIES["clear_sessions"].do(timezone.now(), 10)
    assert Session.objects.get().expire_date > timezone.now()


@pytest.mark.django_db
def test_once_ends_with_the_work_and_says_by_its_code_whether_it_went_well(monkeypatch, log):
    with pytest.raises(SystemExit) as ended:
        call_command("worker", once=True)
    assert ended.value.code == 0
    monkeypatch.setitem(working.DUTIES, "fail", Duty(lambda n, x: 1 / 0, OFTEN))
    with pytest.raises(SystemExit) as ended:
        call_command("worker", once=True)
    assert ended.value.code == 1


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A database of its own for processes, in a file, brought up to date."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/own.sqlite3")
    subprocess.run([KERNEN, "migrate", "-v0"], check=True)


def lives(process, seconds):
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def test_a_worker_ends_when_told_to_and_with_the_process_that_started_it(own):
    told = subprocess.Popen([KERNEN, "worker"], stdout=subprocess.PIPE, text=True)
    orphan = subprocess.Popen([KERNEN, "worker", f"--parent={told.pid}"])
    child = subprocess.Popen([KERNEN, "worker", f"--parent={os.getpid()}"])
    try:
        assert not lives(orphan, 20), "it is not the child of that process"
        assert orphan.returncode == 0
        assert told.stdout.readline() == "Kernen works in the background.\n"
        told.send_signal(signal.SIGTERM)
        assert not lives(told, 20)
        assert told.returncode == 0
        assert lives(child, 1)
    finally:
        for process in (told, orphan, child):
            process.kill()
            process.communicate()


def test_a_worker_waits_for_a_database_that_is_up_to_date(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    refused = subprocess.run([KERNEN, "worker"], capture_output=True, text=True, check=False)
    assert refused.stderr == "kernen: the database is not up to date: run kernen migrate first.\n"
