"""`kernen demo`: one command, a second start that keeps the data, and no way to lose real ones."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from kernen.journey.management import demonstration
from kernen.journey.management.commands import demo as command
from kernen.parties.models import Organisation, Person

KERNEN = Path(sys.executable).parent / "kernen"


Server = subprocess.Popen[str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts `kernen demo --port …` on SQLite in a folder of its own; stopped at the end."""
    started: list[Server] = []
    env = {**os.environ, "KERNEN_VAR": str(tmp_path), "KERNEN_DEBUG": "1", "PYTHONUNBUFFERED": "1"}
    env.pop("DATABASE_URL", None)

    def begin(port: int | str, *argv: str, **more: str) -> Server:
        process = subprocess.Popen(
            [KERNEN, "demo", f"--port={port}", *argv],
            env={**env, **more},
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
    """What the process says until it says these words; it has five minutes to do so."""
    assert process.stdout
    last = threading.Timer(300, process.terminate)
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
    assert said.count("\n  ") == 7, "seven people can sign in"
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


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (None, "is taken"),
        (99999, "is not a port"),
        ("abc", "“abc” is not a port"),
        ("", "not a port"),
    ],
)
def test_a_port_that_cannot_be_used_is_told_before_any_work(
    start, tmp_path: Path, chosen, told: str
):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        refused = start(holder.getsockname()[1] if chosen is None else chosen)
        said, _ = refused.communicate(timeout=20)
    assert refused.returncode == 1
    assert said.startswith("kernen: ")
    assert told in said
    assert said.count("\n") == 1
    assert not list(tmp_path.glob("*.sqlite3"))


def sqlite(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(sql)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return list(opened.iterdump())


@pytest.mark.parametrize("argv", [[], ["--reset"]], ids=["start", "reset"])
@pytest.mark.parametrize(
    "holds", ["a table of others", "an empty register", "others beside a demonstration"]
)
def test_other_data_stay_untouched(start, tmp_path: Path, port: int, holds: str, argv: list[str]):
    path = tmp_path / "other.sqlite3"
    env = {"DATABASE_URL": f"sqlite:///{path}"}
    if holds == "an empty register":
        subprocess.run([KERNEN, "migrate", "-v0"], env={**os.environ, **env}, check=True)
    else:
        sqlite(path, "CREATE TABLE wages (krone int)")
    if holds == "others beside a demonstration":
        sqlite(path, f"CREATE TABLE {demonstration.MARK} (since date)")
    before = content(path)
    refused = start(port, *argv, **env)
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert said.startswith("kernen: this database holds something else than a demonstration")
    assert said.count("\n") == 1
    assert content(path) == before


def test_a_demonstration_leaves_the_database_of_production_beside_it_alone(
    start, tmp_path: Path, port: int
):
    path = tmp_path / "kernen.sqlite3"
    sqlite(path, "CREATE TABLE wages (krone int)")
    before = content(path)
    until(start(port, "--reset"), "Press Ctrl-C")
    assert content(path) == before


def test_a_demonstration_is_for_this_machine_only(start, port: int):
    refused = start(port, KERNEN_HTTPS="1")
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith("kernen: A demonstration is for this machine only")

    until(start(port, KERNEN_HOSTS="*"), "Press Ctrl-C")
    for host, code in (("localhost", 200), ("kernen.example.org", 400)):
        asked = HTTPConnection("127.0.0.1", port, timeout=20)
        asked.request("GET", "/account/login/", headers={"Host": host})
        assert asked.getresponse().status == code
        asked.close()


@pytest.mark.django_db
def test_outside_a_demonstration_the_command_does_nothing(settings):
    settings.DEMO = False
    with pytest.raises(SystemExit, match="started with the command"):
        command.Command().handle(port="1", reset=True)


@pytest.fixture
def made_again() -> Iterator[None]:
    yield
    for table in ("wages", demonstration.MARK):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
    call_command("migrate", verbosity=0, interactive=False)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite the file is removed")
@pytest.mark.django_db(transaction=True)
def test_starting_afresh_empties_a_demonstration_and_nothing_else(made_again):
    Organisation.objects.exists()
    with pytest.raises(SystemExit, match="something else"):
        demonstration.remove()

    demonstration.mark()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE wages (krone int)")
    with pytest.raises(SystemExit, match="something else"):
        demonstration.remove()

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE wages")
    demonstration.remove()
    assert not connection.introspection.table_names()
    call_command("migrate", verbosity=0, interactive=False)
    assert not Person.objects.exists()
