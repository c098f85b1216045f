"""`kernen demo`: one command, a second start that keeps the data, and no way to lose real ones."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
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


Start = Callable[..., Server]


def starting(var: Path) -> Iterator[Start]:
    """Starts `kernen demo --port …` on SQLite in the folder; what runs is stopped at the end."""
    started: list[Server] = []
    env = {**os.environ, "KERNEN_VAR": str(var), "KERNEN_DEBUG": "1", "PYTHONUNBUFFERED": "1"}
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


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """In a folder of its own."""
    yield from starting(tmp_path)


@dataclass
class Loaded:
    """A demonstration that was started and stopped."""

    var: Path
    said: str


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """Its load was broken off, and started over, beside the database of production."""
    var, asked = tmp_path_factory.mktemp("loaded"), free_port()
    sqlite(var / "kernen.sqlite3", "CREATE TABLE wages (krone int)")
    for start in starting(var):
        broken_off = start(asked)
        until(broken_off, "Telling the initiatives")
        broken_off.kill()
        broken_off.wait()

        first = start(asked)
        said = until(first, "Press Ctrl-C")
        first.send_signal(signal.SIGINT)
        rest, _ = first.communicate(timeout=20)
        assert first.returncode == 0
        yield Loaded(var, said + rest)


@pytest.fixture
def start_again(loaded: Loaded) -> Iterator[Start]:
    """In the folder of the one that was loaded."""
    yield from starting(loaded.var)


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


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


def test_a_broken_off_load_starts_over(loaded: Loaded):
    assert "Loading the demonstration data" in loaded.said
    assert re.search(r"http://127\.0\.0\.1:\d+\b", loaded.said)
    assert loaded.said.count("\n  ") == 7, "seven people can sign in"
    assert "Kernen has stopped." in loaded.said


def test_a_second_start_keeps_the_data_and_is_for_this_machine_only(start_again, port: int):
    said = until(start_again(port, KERNEN_HOSTS="*"), "Press Ctrl-C")
    assert "Loading" not in said, "the data were kept"
    for host, code in (("localhost", 200), ("kernen.example.org", 400)):
        asked = HTTPConnection("127.0.0.1", port, timeout=20)
        asked.request("GET", "/account/login/", headers={"Host": host})
        assert asked.getresponse().status == code
        asked.close()


def test_starting_afresh_loads_anew_and_leaves_the_database_of_production_beside_it_alone(
    start_again, loaded: Loaded, port: int
):
    started = start_again(port, "--reset")
    assert "Removing the data" in until(started, "Loading the demonstration data")
    until(started, "Telling the initiatives")
    assert content(loaded.var / "kernen.sqlite3") == [
        "BEGIN TRANSACTION;", "CREATE TABLE wages (krone int);", "COMMIT;"
    ]  # fmt: skip


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


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was only set up."""
    path = tmp_path_factory.mktemp("register") / "empty.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
    subprocess.run([KERNEN, "migrate", "-v0"], env=env, check=True)
    sqlite(path, "PRAGMA journal_mode = DELETE")  # one file, so that it can be copied
    return path


@pytest.mark.parametrize("argv", [[], ["--reset"]], ids=["start", "reset"])
@pytest.mark.parametrize(
    "holds", ["a table of others", "an empty register", "others beside a demonstration"]
)
def test_other_data_stay_untouched(
    start, register: Path, tmp_path: Path, port: int, holds: str, argv: list[str]
):
    path = tmp_path / "other.sqlite3"
    env = {"DATABASE_URL": f"sqlite:///{path}"}
    if holds == "an empty register":
        shutil.copy(register, path)
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


def test_a_demonstration_does_not_speak_https(start, port: int):
    refused = start(port, KERNEN_HTTPS="1")
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith("kernen: A demonstration is for this machine only")


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
