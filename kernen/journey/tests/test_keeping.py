"""`kernen backup` and `kernen restore`, run as commands, each on a database of its own."""

import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from kernen.journey.tests.older import applied

pytestmark = pytest.mark.database
KERNEN = Path(sys.executable).parent / "kernen"
ROOT = Path(__file__).resolve().parents[3]
ON_SQLITE = connection.vendor == "sqlite"
MAKE = "from tests.house.world import World; World()"
TITLES = "SELECT title FROM initiatives_initiative ORDER BY title"
ANOTHER = "UPDATE initiatives_initiative SET title = 'Another'"
REGISTER = (
    "from kernen.initiatives import actions; from kernen.parties.models import *;"
    "role = OrganisationRole.objects.filter(role='coordinator').first();"
    "actions.register(title='Zebra', problem='-', organisations=[role.organisation],"
    " cluster=None, by=role.person)"
)
FIND = (
    "from kernen.initiatives.models import Initiative as I;"
    "print(I.objects.search(I.objects.earliest('pk').title).count() > 0)"
)


class Place:
    """A KERNEN_VAR and a database; `run` is the command `kernen` in it."""

    def __init__(self, var: Path, like: "Place | None" = None) -> None:
        self.var = var
        var.mkdir(parents=True)
        self.env = {**os.environ, "KERNEN_VAR": str(var), "PYTHONPATH": str(ROOT)}
        self.name = ""
        if not ON_SQLITE:
            self.name = f"keeping_{uuid.uuid4().hex}"
            template = f"TEMPLATE {like.name}" if like else ""
            self.on_server(f"CREATE DATABASE {self.name} {template}")
            url = os.environ["DATABASE_URL"].rpartition("/")[0]
            self.env["DATABASE_URL"] = f"{url}/{self.name}"
        elif like:
            shutil.copy(like.var / "kernen.sqlite3", var)
        if like and (like.var / "media").exists():
            shutil.copytree(like.var / "media", var / "media")

    @staticmethod
    def on_server(sql: str) -> list[tuple]:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            asked = server.execute(sql)
            return asked.fetchall() if asked.description else []

    def start(self, *argv: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [KERNEN, *argv],
            env={**self.env, **env},
            cwd=self.var,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *argv: str, fails: bool = False, **env: str) -> str:
        process = self.start(*argv, **env)
        said, _ = process.communicate(timeout=300)  # where others work too
        assert bool(process.returncode) == fails, said
        assert "Traceback" not in said
        return said

    def ask(self, code: str) -> str:
        return self.run("shell", "--no-imports", "-c", code)

    def sql(self, sql: str) -> list[tuple]:
        """What the database itself says, without the second that a command takes to start."""
        if ON_SQLITE:
            with closing(sqlite3.connect(self.var / "kernen.sqlite3")) as file, file:
                return file.execute(sql).fetchall()
        with psycopg.connect(self.env["DATABASE_URL"]) as database:
            asked = database.execute(sql)
            return asked.fetchall() if asked.description else []

    def backup(self, name: str = "saved.zip") -> Path:
        self.run("backup", str(self.var / name))
        return self.var / name

    def leftovers(self) -> list[str]:
        """What a backup or restore must not leave: working files, and throwaway databases."""
        files = [p.name for p in self.var.iterdir() if p.name.startswith((".kernen", "keeping"))]
        if not ON_SQLITE:
            files += [
                row[0]
                for row in self.on_server(
                    f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%'"  # noqa: S608
                )
                if row[0] != self.name
            ]
        return [name for name in files if name != "keeping.lock"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("prepared") / "var")
    place.run("migrate", "-v0")
    place.ask(MAKE)
    (place.var / "media" / "a").mkdir(parents=True)
    (place.var / "media" / "a" / "plan.pdf").write_bytes(b"a plan" * 1000)
    if ON_SQLITE:  # one file, so that it can be copied
        with closing(sqlite3.connect(place.var / "kernen.sqlite3")) as file:
            file.execute("PRAGMA journal_mode = DELETE")
    yield place
    _drop(place)


@pytest.fixture
def place(prepared: Place, tmp_path: Path) -> Iterator[Place]:
    """A database that holds data, and a file."""
    made = Place(tmp_path / "full", prepared)
    yield made
    _drop(made)


@pytest.fixture(scope="module")
def saved(prepared: Place) -> Path:
    return prepared.backup()


@pytest.fixture
def archive(saved: Path, tmp_path: Path) -> Path:
    """What `kernen backup` makes of the data that `place` holds."""
    return Path(shutil.copy(saved, tmp_path))


@pytest.fixture(scope="module")
def titles(prepared: Place) -> list[tuple]:
    return prepared.sql(TITLES)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Place]:
    """A database without a table."""
    made = Place(tmp_path / "empty")
    yield made
    _drop(made)


def _drop(place: Place) -> None:
    if not ON_SQLITE:
        for end in ("", "_trial", "_replaced"):
            place.on_server(f"DROP DATABASE IF EXISTS {place.name}{end} WITH (FORCE)")


def told_otherwise(archive: Path, **changes: object) -> Path:
    """The archive with another manifest."""
    other = archive.with_name("other.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), **changes}).encode()
            new.writestr(name, data)
    return other


def test_what_was_saved_is_brought_back(place: Place, empty: Place):
    said = place.run("backup", "saved.zip")
    archive = place.var / "saved.zip"
    assert "saved.zip is whole" in said
    assert archive.stat().st_mode & 0o077 == 0, "it holds what only its owner may read"
    empty.run("restore", str(archive))
    assert empty.sql(TITLES) == place.sql(TITLES)
    assert (empty.var / "media/a/plan.pdf").read_bytes() == b"a plan" * 1000
    assert empty.run("migrate", "--check") == ""
    assert not place.leftovers()
    assert not empty.leftovers()
    with pytest.raises((sqlite3.Error, psycopg.Error), match="append-only"):
        empty.sql("DELETE FROM initiatives_entry")
    assert empty.ask(FIND).strip() == "True", "the search's index came along"
    empty.ask(REGISTER)  # and new rows get new numbers, and are found
    assert empty.ask(FIND.replace("earliest", "latest")).strip() == "True"


def test_the_manifest_says_what_is_in_it(archive: Path):
    with zipfile.ZipFile(archive) as opened:
        manifest = json.loads(opened.read("manifest.json"))
    assert manifest["kernen"] == "0.1.0"
    assert "initiatives.0001_initial" in manifest["migrations"]
    assert any(name.endswith("initiatives_initiative") for name in manifest["tables"])
    assert set(manifest["files"]) > {"media/a/plan.pdf"}


def test_a_folder_gets_a_file_named_after_the_time_and_no_file_is_written_over(place: Place):
    place.run("backup", str(place.var))
    [archive] = place.var.glob("kernen-20*.zip")
    before = archive.read_bytes()
    assert "is there already" in place.run("backup", str(archive), fails=True)
    assert archive.read_bytes() == before


def test_data_are_not_overwritten_unless_told_to(place: Place, archive: Path, titles: list[tuple]):
    place.sql(ANOTHER)
    (place.var / "media" / "later.pdf").write_bytes(b"later")
    said = place.run("restore", str(archive), fails=True)
    assert said.startswith("kernen: nothing was brought back: the database holds data")
    assert ("Another",) in place.sql(TITLES)
    place.run("restore", str(archive), "--replace")
    assert place.sql(TITLES) == titles
    assert [p.name for p in (place.var / "media").rglob("*.pdf")] == ["plan.pdf"]
    assert not place.leftovers()


def test_a_database_that_was_only_set_up_holds_no_data(
    empty: Place, archive: Path, titles: list[tuple]
):
    empty.run("migrate", "-v0")
    empty.run("restore", str(archive))
    assert empty.sql(TITLES) == titles


def test_an_archive_of_a_newer_version_is_refused(empty: Place, archive: Path):
    later = [*applied(archive), "parties.0999_later"]
    newer = told_otherwise(archive, migrations=later, kernen="9.0")
    said = empty.run("restore", str(newer), fails=True)
    assert "a newer Kernen (9.0) made the archive" in said
    assert "parties.0999_later" in said


def test_an_older_archive_is_brought_up_to_date(place: Place, empty: Place, titles: list[tuple]):
    place.ask("from kernen.journey.tests.older import go_back; go_back('measures', '0021')")
    archive = place.backup()
    assert "measures.0022_what_a_delivery_repeats" not in applied(archive)
    empty.run("restore", str(archive))
    assert empty.run("migrate", "--check") == ""
    assert empty.sql(TITLES) == titles


def test_an_archive_of_the_other_database_is_refused(empty: Place, archive: Path):
    other = "postgresql" if ON_SQLITE else "sqlite"
    archive = told_otherwise(archive, database=other)
    assert "DATABASE_URL says which" in empty.run("restore", str(archive), fails=True)


def test_a_broken_archive_is_refused_and_what_stood_stands(
    place: Place, archive: Path, titles: list[tuple], tmp_path: Path
):
    data = archive.read_bytes()
    cut, other, text = (tmp_path / name for name in ("cut.zip", "bytes.zip", "text.zip"))
    cut.write_bytes(data[: len(data) // 2])
    other.write_bytes(data[:2000] + bytes(100) + data[2100:])
    text.write_text("This is no archive.")
    broken = [cut, other, text]
    for number, changes in enumerate(
        (
            {"files": {"database.sqlite3": [1, "x"]}},
            {"tables": {"nothing": [1, "x"]}},
            {"files": {"../outside": [1, "x"]}},
        )
    ):
        told = told_otherwise(archive, **changes)
        broken.append(told.rename(tmp_path / f"told-{number}.zip"))
    for one in broken:
        said = place.run("restore", str(one), "--replace", fails=True)
        assert "broken" in said or "differs" in said
    assert place.sql(TITLES) == titles
    assert (place.var / "media/a/plan.pdf").exists()
    assert not place.leftovers()


@pytest.mark.parametrize(
    ("how", "words"), [(signal.SIGTERM, "Bringing both"), (signal.SIGKILL, "Saving the files")]
)
def test_a_killed_backup_leaves_no_half_file(place: Place, how: signal.Signals, words: str):
    (place.var / "media" / "large.pdf").write_bytes(os.urandom(40_000_000))
    process = place.start("backup", "saved.zip", PYTHONUNBUFFERED="1")
    assert process.stdout
    for line in process.stdout:
        if words in line:
            break
    time.sleep(0.05)
    process.send_signal(how)
    process.communicate(timeout=60)
    assert process.returncode
    assert not list(place.var.glob("*.zip"))
    assert not list(place.var.glob(".kernen*"))
    if how == signal.SIGTERM:
        assert not place.leftovers()
    if how == signal.SIGKILL:
        place.backup()
        assert not place.leftovers(), "the next one tidies up"


@pytest.mark.parametrize("pause", [0.0, 0.4])
def test_a_killed_restore_leaves_what_stood_or_what_was_saved(
    place: Place, archive: Path, titles: list[tuple], pause: float
):
    place.sql(ANOTHER)
    stood = place.sql(TITLES)
    process = place.start("restore", str(archive), "--replace", PYTHONUNBUFFERED="1")
    assert process.stdout
    for line in process.stdout:
        if "on trial" in line:
            break
    time.sleep(pause)
    process.kill()
    process.communicate(timeout=60)
    assert place.sql(TITLES) in (stood, titles)
    assert (place.var / "media/a/plan.pdf").exists()
    place.run("restore", str(archive), "--replace")
    assert place.sql(TITLES) == titles


def test_a_backup_while_others_write_is_of_one_moment(place: Place):
    writer = place.start(
        "shell", "--no-imports", "-c",
        "import time; from kernen.initiatives.models import Initiative as I\n"
        "print('writing', flush=True)\n"
        "for i in range(400): I.objects.create(title=f'W{i}', problem='-'); time.sleep(0.002)",
    )  # fmt: skip
    assert writer.stdout
    writer.stdout.readline()
    place.backup()  # compares what was saved with what was counted
    writer.communicate(timeout=60)
    assert writer.returncode == 0, "nobody who writes is refused"


def test_two_at_once_are_one_too_many(place: Place):
    with (place.var / "keeping.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another backup or restore" in place.run("backup", "saved.zip", fails=True)


def test_an_empty_database_is_not_saved(empty: Place):
    said = empty.run("backup", "saved.zip", fails=True)
    assert "kernen: no backup was made: " in said
    assert not list(empty.var.glob("*.zip"))


# --- PostgreSQL's own programs ------------------------------------------------------------------

on_postgresql = pytest.mark.skipif(ON_SQLITE, reason="SQLite needs no other program")


@on_postgresql
def test_a_missing_program_is_named(place: Place, tmp_path: Path):
    said = place.run("backup", "saved.zip", fails=True, PATH=str(tmp_path))
    assert "pg_dump is missing: install PostgreSQL's client programs of version" in said


@on_postgresql
def test_a_program_of_the_wrong_version_is_named(place: Place, tmp_path: Path):
    for name in ("pg_dump", "pg_restore"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 9.6.1'\n")
        program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    said = place.run("backup", "saved.zip", fails=True, PATH=path)
    assert "pg_dump is too old (pg_dump (PostgreSQL) 9.6.1)" in said


@on_postgresql
def test_an_archive_of_a_newer_server_is_refused(empty: Place, archive: Path):
    archive = told_otherwise(archive, version=99)
    assert "PostgreSQL 99" in empty.run("restore", str(archive), fails=True)


@on_postgresql
def test_a_database_in_use_is_not_replaced(place: Place, archive: Path, titles: list[tuple]):
    with psycopg.connect(place.env["DATABASE_URL"]):
        said = place.run("restore", str(archive), "--replace", fails=True)
    assert "stop Kernen first" in said
    assert place.sql(TITLES) == titles
    assert not place.leftovers()


@on_postgresql
def test_a_user_who_may_not_create_databases_is_told_how(place: Place):
    role = f"plain_{uuid.uuid4().hex[:8]}"
    place.on_server(f"CREATE ROLE {role} LOGIN")
    try:
        place.on_server(f"GRANT pg_read_all_data TO {role}")
        url = place.env["DATABASE_URL"].replace("postgres@", f"{role}@", 1)
        said = place.run("backup", "saved.zip", fails=True, DATABASE_URL=url)
        assert f"ALTER ROLE {role} CREATEDB" in said
        assert not list(place.var.glob("*.zip"))
    finally:
        place.on_server(f"DROP ROLE {role}")
