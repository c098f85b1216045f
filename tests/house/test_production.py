"""Production is safe by default: without a secret of its own Kernen says so and does not start."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kernen.config import settings
from kernen.journey.management.demonstration import MARK

KERNEN = Path(sys.executable).parent / "kernen"
TELL_HOSTS = "from django.conf import settings; print('|'.join(settings.ALLOWED_HOSTS))"
SECRET = "a-secret-for-this-test-only-9f8e7d6c5b4a39281706f5e4d3c2b1a0"


def kernen(*argv: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command with nothing in its environment but what is given."""
    return subprocess.run(
        [KERNEN, *argv],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "KERNEN_SECRET_KEY": SECRET,
        "KERNEN_HOSTS": "kernen.example.org",
        "KERNEN_VAR": str(tmp_path),
    }


def _pretend_built(production: dict[str, str]) -> None:
    manifest = Path(production["KERNEN_VAR"]) / "static" / "staticfiles.json"
    manifest.parent.mkdir()
    manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')


def test_the_deploy_check_is_clean(production: dict[str, str]):
    checked = kernen("check", **production)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "no issues" in checked.stdout


def test_the_deploy_check_finds_what_is_not_safe(production: dict[str, str]):
    checked = kernen("check", **production, KERNEN_HTTPS="0")
    assert checked.returncode != 0
    assert "SECURE_SSL_REDIRECT" in checked.stderr


@pytest.mark.parametrize(
    ("hosts", "told"),
    [
        ("*", "names only"),
        ("kernen.example.org, *", "names only"),
        ("https://kernen.example.org", "names only"),
        ("", "only to this machine"),
        (" , ", "only to this machine"),
        ("localhost", "only to this machine"),
    ],
)
def test_the_deploy_check_asks_for_the_names_of_the_host(
    production: dict[str, str], hosts: str, told: str
):
    checked = kernen("check", **{**production, "KERNEN_HOSTS": hosts})
    assert checked.returncode == 1
    assert told in checked.stderr


def test_names_of_hosts_may_have_blanks_between_them(production: dict[str, str]):
    hosts = {"KERNEN_HOSTS": "kernen.example.org, kernen.example.com"}
    said = kernen("shell", "-v0", "-c", TELL_HOSTS, **{**production, **hosts})
    assert said.stdout == "kernen.example.org|kernen.example.com\n"


def test_a_demonstration_is_not_for_production(production: dict[str, str]):
    for command in ("check", "serve", "demo"):
        refused = kernen(command, **production, KERNEN_DEMO="1", KERNEN_HTTPS="1")
        assert refused.returncode == 2
        assert refused.stderr.startswith("kernen: A demonstration is for this machine only")
    checked = kernen("check", **production, KERNEN_DEMO="1")
    assert checked.returncode == 1
    assert "A demonstration lets everybody in." in checked.stderr
    refused = kernen("serve", **production, KERNEN_DEMO="1")
    assert refused.returncode == 1
    assert refused.stderr == "kernen: a demonstration is not for production: unset KERNEN_DEMO.\n"


def test_the_database_of_a_demonstration_is_not_served(production: dict[str, str]):
    _pretend_built(production)
    with closing(sqlite3.connect(Path(production["KERNEN_VAR"]) / "kernen.sqlite3")) as opened:
        opened.execute(f"CREATE TABLE {MARK} (since date)")
    refused = kernen("serve", **production)
    assert refused.returncode == 1
    assert "this database is a demonstration's" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("KERNEN_EMAIL_PORT", "abc", "KERNEN_EMAIL_PORT must be a whole number, not “abc”."),
        ("KERNEN_PROXIES", "x", "KERNEN_PROXIES must be a whole number, not “x”."),
        ("KERNEN_PROXIES", "-1", "KERNEN_PROXIES must be a whole number, not “-1”."),
        ("KERNEN_LOG", "bla", "KERNEN_LOG must be INFO, WARNING or ERROR, not “bla”."),
        ("KERNEN_EMAIL_TLS", "yes", "KERNEN_EMAIL_TLS must be 1 or 0, not “yes”."),
        ("DATABASE_URL", "nonsense", "DATABASE_URL is not the address of a database"),
        ("DATABASE_URL", "postgresql://localhost", "DATABASE_URL is not the address"),
        ("DATABASE_URL", "mysql://me@localhost/kernen", "DATABASE_URL is not the address"),
        ("DATABASE_URL", "postgresql://me:a/b@host/kernen", "DATABASE_URL is not the address"),
    ],
)
def test_a_setting_that_is_wrong_is_told_in_one_sentence(
    production: dict[str, str], name: str, value: str, told: str
):
    refused = kernen("check", **{**production, name: value})
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"kernen: {told}")
    assert refused.stderr.count("\n") == 1


def test_an_empty_setting_counts_as_not_set(production: dict[str, str]):
    names = ("KERNEN_EMAIL_PORT", "KERNEN_PROXIES", "KERNEN_LOG", "DATABASE_URL", "KERNEN_HTTPS")
    checked = kernen("check", **production, **dict.fromkeys(names, ""))
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_does_not_answer_is_told_in_one_sentence(
    production: dict[str, str], command: str
):
    _pretend_built(production)
    nobody = "postgresql://kernen:wrong@127.0.0.1:1/kernen"
    refused = kernen(command, **production, DATABASE_URL=nobody)
    assert refused.returncode == 2
    assert refused.stderr.startswith("kernen: the database does not do as asked: ")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "secret", ["", "short", "a" * 60, "django-insecure-" + "abcdefghij" * 5], ids=str
)
@pytest.mark.parametrize("command", ["serve", "migrate", "check"])
def test_without_a_secret_of_its_own_it_does_not_start(
    production: dict[str, str], command: str, secret: str
):
    refused = kernen(command, **{**production, "KERNEN_SECRET_KEY": secret})
    assert refused.returncode == 2
    assert refused.stderr.startswith("kernen: Kernen does not start without a secret of its own")
    assert refused.stderr.count("\n") == 1
    assert not refused.stdout


def test_what_a_command_takes_is_told_without_a_secret(production: dict[str, str]):
    del production["KERNEN_SECRET_KEY"]
    told = kernen("import", "--help", **production)
    assert told.stdout.startswith("usage: kernen import"), told.stderr


def test_the_server_asks_for_what_is_missing(production: dict[str, str]):
    refused = kernen("serve", **production)
    assert refused.returncode == 1
    assert refused.stderr == "kernen: the static files are missing: run kernen build first.\n"
    _pretend_built(production)
    refused = kernen("serve", **production)
    assert refused.stderr == "kernen: the database is not up to date: run kernen migrate first.\n"


def test_a_command_that_is_not_there_gives_one_line():
    refused = kernen("nonsense")
    assert refused.returncode == 2
    assert refused.stderr == "kernen: there is no command “nonsense”; kernen help lists them.\n"


def test_the_policy_lets_nothing_in_from_outside_or_in_line():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'", "data:"}
