"""Production is safe by default: without a secret of its own Kernen says so and does not start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kernen.config import settings

KERNEN = Path(sys.executable).parent / "kernen"
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


def test_the_deploy_check_is_clean(production: dict[str, str]):
    checked = kernen("check", **production)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "no issues" in checked.stdout


def test_the_deploy_check_finds_what_is_not_safe(production: dict[str, str]):
    checked = kernen("check", **production, KERNEN_HTTPS="0")
    assert checked.returncode != 0
    assert "SECURE_SSL_REDIRECT" in checked.stderr


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


def test_the_server_asks_for_what_is_missing(production: dict[str, str]):
    refused = kernen("serve", **production)
    assert refused.returncode == 1
    assert refused.stderr == "kernen: the static files are missing: run kernen build first.\n"
    manifest = Path(production["KERNEN_VAR"]) / "static" / "staticfiles.json"
    manifest.parent.mkdir()
    manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')
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
