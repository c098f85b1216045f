"""The environment in which tests run; loaded as a pytest plugin before the settings are read."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

os.environ.setdefault("KERNEN_SECRET_KEY", "a-secret-that-only-the-tests-use-0123456789-abcdefghij")
os.environ.setdefault("KERNEN_DEBUG", "1")
os.environ.setdefault("KERNEN_LOG", "ERROR")
if "KERNEN_VAR" not in os.environ:
    os.environ["KERNEN_VAR"] = tempfile.mkdtemp(prefix="kernen-tests-")
    atexit.register(shutil.rmtree, os.environ["KERNEN_VAR"], ignore_errors=True)
(Path(os.environ["KERNEN_VAR"]) / "static").mkdir(parents=True, exist_ok=True)

# Looking for what nobody holds any more is a sixth of the work, if it is done as often as usual.
gc.set_threshold(100_000, 10, 10)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """A password is as right when it is made unreadable less thoroughly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """What stands now stands until the end: nobody needs to look through it again."""
    gc.freeze()
