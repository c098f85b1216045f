"""Where a backup or a restore works: one at a time, in a folder of its own."""

import fcntl
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .archive import CannotKeep


@contextmanager
def alone() -> Iterator[Path]:
    """A folder beside the data, gone afterwards; what a killed predecessor left goes first.

    Told to stop (SIGTERM), the process tidies up as after Ctrl-C."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    folder = settings.VAR / "keeping"
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (settings.VAR / "keeping.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotKeep("another backup or restore is running.") from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            signal.signal(signal.SIGTERM, before)
