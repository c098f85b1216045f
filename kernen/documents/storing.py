"""Where the files lie: one place that writes and removes them, whatever the storage is.

A file's key is chosen by us: the month and a random number, and nothing of what people wrote."""

import hashlib
import logging
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .content import ENDINGS, Type, examine
from .receiving import refusal_of

log = logging.getLogger(__name__)

NOT_KEPT = _(
    "It could not be saved: the storage has no room or does not answer. Nothing of it is kept. "
    "Tell those who run Kernen."
)
LONGEST_NAME = 150


@dataclass(frozen=True)
class Stored:
    """A file that lies in the storage, and what a version says of it."""

    key: str
    name: str
    size: int
    sha256: str
    content_type: str


@contextmanager
def stored(file: File) -> Iterator[Stored]:
    """Look the file through and store it. It is removed again if what follows fails.

    Enter it outside a transaction, so that no other waits while a large file is written."""
    if refused := refusal_of(file):
        raise refused
    found = examine(file)
    digest, size = _measured(file)
    key = f"{timezone.now():%Y-%m}/{secrets.token_hex(16)}"
    try:
        key = default_storage.save(key, file)
    except Exception as error:  # each storage has faults of its own
        log.exception("A document could not be stored")
        remove(key)
        raise ValidationError(NOT_KEPT) from error
    try:
        yield Stored(key, safe_name(file.name or "", found), size, digest, found.content_type)
    except BaseException:
        remove(key)
        raise


def _measured(file: File) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


def remove(key: str) -> None:
    """What cannot be removed now is found later by the duty."""
    try:
        default_storage.delete(key)
    except Exception:
        log.exception("A file without a document could not be removed")


def safe_name(name: str, found: Type) -> str:
    """The name as people wrote it, without what no name should hold, with an ending of its type."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[\\/:*?"<>|]', "-", name)
    stem, _dot, ending = " ".join(name.split()).strip(". ").rpartition(".")
    if ending.lower() not in ENDINGS:
        stem, ending = f"{stem}.{ending}" if stem else ending, ""
    if ending.lower() not in found.endings:
        ending = found.endings[0]
    return f"{stem[:LONGEST_NAME].strip('. ') or 'document'}.{ending}"


def keys(month: str) -> Iterator[str]:
    """What lies in the storage of that month."""
    _folders, names = default_storage.listdir(month)
    return (f"{month}/{name}" for name in names)


def months() -> list[str]:
    """The months of which something is stored, the latest first."""
    try:
        folders, _names = default_storage.listdir("")
    except FileNotFoundError:
        return []
    return sorted((month for month in folders if re.fullmatch(r"\d{4}-\d\d", month)), reverse=True)


def stored_at(key: str) -> datetime:
    return default_storage.get_modified_time(key)


def opened(key: str) -> Any:
    return default_storage.open(key)
