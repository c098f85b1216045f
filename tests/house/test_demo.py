"""`kernen demo`: one command, a second start that keeps the data, and no way to lose real ones."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from kernen.journey import demo
from kernen.journey.management.commands import demo as command
from kernen.parties import actions as parties
from kernen.parties.models import Organisation, Person

KERNEN = Path(sys.executable).parent / "kernen"


Server = subprocess.Popen[str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts `kernen demo --port …` on SQLite in a folder of its own; stopped at the end."""
    started: list[Server] = []
    env = {**os.environ, "KERNEN_VAR": str(tmp_path), "KERNEN_DEBUG": "1", "PYTHONUNBUFFERED": "1"}
    env.pop("DATABASE_URL", None)

    def begin(port: int, *argv: str) -> Server:
        process = subprocess.Popen(
            [KERNEN, "demo", "--port", str(port), *argv],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.terminate()
        process.communicate(timeout=20)


def until(process: Server, words: str) -> str:
    """What the process says until it says these words; it has two minutes to do so."""
    assert process.stdout
    last = threading.Timer(120, process.terminate)
    last.start()
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            last.cancel()
            return said
    pytest.fail(f"it ended before it said “{words}”:\n{said}")


@pytest.fixture
def port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def test_a_broken_off_load_starts_over_and_a_second_start_keeps_the_data(start, port: int):
    broken_off = start(port)
    until(broken_off, "Telling the initiatives")
    broken_off.kill()
    broken_off.wait()

    first = start(port)
    said = until(first, "Press Ctrl-C")
    assert "Loading the demonstration data" in said
    assert f"http://127.0.0.1:{port}" in said
    assert said.count("\n  ") == 6, "six people can sign in"
    first.send_signal(signal.SIGINT)
    rest, _ = first.communicate(timeout=20)
    assert "Kernen has stopped." in rest
    assert first.returncode == 0

    second = start(port)
    said = until(second, "Press Ctrl-C")
    assert "Loading" not in said, "the data were kept"
    second.terminate()
    second.wait(timeout=20)

    afresh = start(port, "--reset")
    assert "Loading the demonstration data" in until(afresh, "Press Ctrl-C")


@pytest.mark.parametrize(("chosen", "told"), [(None, "is taken"), (99999, "is not a port")])
def test_a_port_that_cannot_be_used_is_told_before_any_work(
    start, tmp_path: Path, chosen, told: str
):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        refused = start(chosen or holder.getsockname()[1])
        said, _ = refused.communicate(timeout=20)
    assert refused.returncode == 1
    assert said.startswith("kernen: ")
    assert told in said
    assert said.count("\n") == 1
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.django_db
def test_real_data_are_not_touched():
    parties.enrol(name="A real person", by=None)
    with pytest.raises(SystemExit, match="real data"):
        command.Command()._refuse_real_data()


@pytest.mark.django_db
def test_a_demonstration_may_start_again_also_when_visitors_have_added_people():
    demo.load(lambda words: None)
    parties.enrol(name="A visitor's addition", by=None)
    command.Command()._refuse_real_data()


@pytest.mark.django_db
def test_outside_a_demonstration_the_command_does_nothing(settings):
    settings.DEMO = False
    with pytest.raises(SystemExit, match="started with the command"):
        command.Command().handle(port=1, reset=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite the file is removed")
def test_starting_afresh_leaves_an_empty_database():
    Organisation.objects.exists()
    command._remove_data()
    try:
        assert not connection.introspection.table_names()
    finally:
        command.call_command("migrate", verbosity=0, interactive=False)
    assert not Person.objects.exists()
