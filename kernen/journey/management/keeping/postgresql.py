"""Saving and bringing back a PostgreSQL database, by pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.utils import DatabaseError, OperationalError, ProgrammingError

from .archive import CannotKeep, Sums
from .pointing import pointed_at

KIND, PART = "postgresql", "database.dump"
_MAY_NOT = (
    "the database's user may not create databases, and the archive is tried in one that is thrown "
    "away: ALTER ROLE {user} CREATEDB."
)


def version() -> int:
    """The server's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def check_tools(made_by: int) -> None:
    """Both programs must be there, and not older than the server or what made the archive."""
    needed = max(version(), made_by)
    if made_by > version():
        raise CannotKeep(
            f"the archive is of PostgreSQL {made_by} and this server is version {version()}: "
            "bring it back on a server of that version or newer."
        )
    for program in ("pg_dump", "pg_restore"):
        how = f"install PostgreSQL's client programs of version {needed} or newer"
        if not shutil.which(program):
            raise CannotKeep(f"{program} is missing: {how} (Debian: postgresql-client).")
        told = _run([program, "--version"]).stdout
        found = re.search(r"(\d+)", told)
        if not found or int(found[1]) < needed:
            raise CannotKeep(f"{program} is too old ({told.strip()}): {how}.")


def dump(into: Path) -> Sums:
    """The live database at one moment: what is counted here is what pg_dump sees."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            said = _tool("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={into}")
            if said.returncode:
                raise CannotKeep(f"pg_dump failed: {said.stderr.strip()}")
            return _sums()
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def trial(saved: Path) -> Iterator[str]:
    """A throwaway database that holds what was saved."""
    name = f"{connection.settings_dict['NAME']}_trial"
    like = _like_the_live()
    try:
        _elsewhere(_drop(name))  # left by one that was killed
        _elsewhere(f"CREATE DATABASE {_quoted(name)} {like}")
        with pointed_at(name):
            said = _tool(
                "pg_restore",
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                str(saved),
                into=True,
            )
        if said.returncode:
            raise CannotKeep(
                f"the archive's database cannot be brought back: {said.stderr.strip()}"
            )
        yield name
    finally:
        _elsewhere(_drop(name))


def sums(name: str) -> Sums:
    with pointed_at(name):
        return _sums()


def exchange(name: str) -> None:
    """The database takes the place of the live one: two renamings in a single transaction."""
    live = connection.settings_dict["NAME"]
    before = f"{live}_replaced"
    _elsewhere(_drop(before))
    _elsewhere(
        "BEGIN",
        f"ALTER DATABASE {_quoted(live)} RENAME TO {_quoted(before)}",
        f"ALTER DATABASE {_quoted(name)} RENAME TO {_quoted(live)}",
        "COMMIT",
    )
    _elsewhere(_drop(before))


_SUM = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(kept::text), 15))::bit(60)::bigint::numeric),"
    " 0) FROM {table} AS kept"
)


def _sums() -> Sums:
    """Of every table: its rows counted, and the checksums of all added up by the server."""
    found: Sums = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace n"
            " ON n.oid = relnamespace WHERE relkind = 'r' AND nspname <> 'information_schema'"
            " AND nspname NOT LIKE 'pg\\_%' ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(_SUM.format(table=table))
            rows, total = cursor.fetchone()
            found[table] = (rows, f"{int(total) % 2**64:016x}")
    return found


def _like_the_live() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',"
            " pg_encoding_to_char(encoding), datcollate, datctype)"
            " FROM pg_database WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def _elsewhere(*statements: str) -> None:
    """Run the statements connected to another database than those they are about."""
    live = connection.settings_dict["NAME"]
    with pointed_at("template1" if live == "postgres" else "postgres"):
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except OperationalError as problem:
            if "being accessed" in str(problem):
                raise CannotKeep("the database is in use: stop Kernen first.") from problem
            raise
        except ProgrammingError as problem:
            if "permission denied to create" in str(problem):
                user = connection.settings_dict["USER"]
                raise CannotKeep(_MAY_NOT.format(user=user)) from problem
            raise
        except DatabaseError as problem:
            raise CannotKeep(f"PostgreSQL says: {problem}") from problem


def _drop(name: str) -> str:
    return f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)"


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _tool(program: str, *argv: str, into: bool = False) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs on the database of the connection; no secret in `ps`."""
    args, env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    whom, database = args[1:-1], args[-1]
    target = ["--dbname", database] if into else [database]
    return _run([program, *whom, *argv, *target], env)


def _run(argv: list[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        argv,
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
