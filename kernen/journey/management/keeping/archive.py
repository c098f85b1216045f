"""The archive: a zip file of the database, the files, and a manifest that says what is in it."""

import errno
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024

#: Of each table: how many rows, and a checksum of what they say, whatever their order.
Sums = dict[str, tuple[int, str]]


class CannotKeep(Exception):
    """Why nothing could be saved or brought back, in a sentence."""


@dataclass(frozen=True)
class Manifest:
    """What the archive holds, and what made it."""

    format: int
    kernen: str  # the version
    made: str  # when, ISO 8601
    database: str  # "sqlite" or "postgresql"
    version: int  # of the database server, its major number; 0 for SQLite
    migrations: list[str]  # "app.name" of every one applied
    tables: Sums
    files: dict[str, tuple[int, str]]  # name: bytes and SHA-256


def write(file: BinaryIO, parts: Iterable[tuple[str, Path]], manifest: Manifest) -> Manifest:
    """Write the parts and then the manifest, with their checksums; gives the manifest as written.

    A part that is gone meanwhile is left out: somebody removed it after the database was saved."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in parts:
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue
            with source, archive.open(name, "w", force_zip64=True) as target:
                manifest.files[name] = _copy(source, target)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
    return manifest


def read(file: BinaryIO) -> Manifest:
    """The archive's manifest. Raises `CannotKeep` if it is broken, or is none of ours."""
    with _unbroken(), zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read(MANIFEST))
        if told["format"] != FORMAT:
            raise CannotKeep("the archive is of another format: a newer Kernen made it.")
        told["tables"] = {name: tuple(sums) for name, sums in told["tables"].items()}
        told["files"] = {name: tuple(sums) for name, sums in told["files"].items()}
        return Manifest(**told)


def extract(file: BinaryIO, manifest: Manifest, folder: Path) -> None:
    """Unpack what the manifest names, and nothing else, into the folder, comparing checksums."""
    with _unbroken(), zipfile.ZipFile(file) as archive:
        for name, sums in manifest.files.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise CannotKeep(f"the archive is broken: “{name}” leads out of it.")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, path.open("wb") as target:
                if _copy(source, target) != sums:
                    raise CannotKeep(f"the archive is broken: “{name}” is not what was saved.")


@contextmanager
def _unbroken() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError) as problem:
        raise CannotKeep("the archive is broken, or is not one of Kernen's.") from problem


def _copy(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    size, seen = 0, hashlib.sha256()
    while block := source.read(_BLOCK):
        target.write(block)
        seen.update(block)
        size += len(block)
    return size, seen.hexdigest()


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when the block has ended well; a killed process leaves none.

    Readable by its owner only. Where a file system knows no files without a name, a hidden one
    beside it takes that part, and the next backup there writes over it."""
    part = path.parent / ".kernen-backup.part"
    part.unlink(missing_ok=True)
    try:
        number = os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError as problem:
        if problem.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
            raise
        number = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
    with os.fdopen(number, "w+b") as file:
        try:
            yield file
            file.flush()
            os.fsync(number)
            if part.exists():
                part.rename(path)
            else:
                _name(number, path)
        finally:
            part.unlink(missing_ok=True)


def _name(number: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_DIRECTORY)
    try:  # with a folder given, the link is followed to the file itself
        os.link(f"/proc/self/fd/{number}", path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)
