"""What must be made from the sources before pages can be served; each step only when needed."""

import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.translation.reloader import translation_file_changed

ROOT: Path = settings.ROOT
UI = ROOT / "kernen" / "ui"
BUILT = UI / "static" / "ui" / "build"
LOCALE = ROOT / "kernen" / "locale"

Progress = Callable[[str], None]


class CannotBuild(Exception):
    """One sentence that says what stands in the way."""


def build(progress: Progress) -> None:
    """Install the packages of the pages, compile style and translations, gather static files."""
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    installed = ROOT / "node_modules" / ".kernen-stamp"
    if _changed(lock, installed):
        progress("Installing the packages of the pages …")
        _npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        _stamp(lock, installed)
    sources = [*lock, *_files(UI / "scss"), *UI.glob("*.mjs")]
    if _changed(sources, BUILT / ".stamp"):
        progress("Building the style of the pages …")
        _npm("run", "build")
        _stamp(sources, BUILT / ".stamp")
    compile_translations(progress)
    static = list(_static_files())
    collected = settings.VAR / "static.stamp"
    if not settings.DEBUG and (
        _changed(static, collected) or not (settings.STATIC_ROOT / "staticfiles.json").exists()
    ):
        progress("Gathering the static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        _stamp(static, collected)


def compile_translations(progress: Progress = lambda _: None) -> None:
    """Make the .mo file beside each catalogue that is newer than it."""
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        progress(f"Compiling the translations of {po.parent.parent.name} …")
        mo.write_bytes(_compiled(po))
        translation_file_changed(sender=None, file_path=mo)  # forget what was loaded before


def _compiled(po: Path) -> bytes:
    try:
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parent.parent.name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as problem:
        raise CannotBuild(f"{po.relative_to(ROOT)} cannot be compiled: {problem}.") from None
    for message in catalogue:
        for fault in message.check(catalogue) if message.id and message.string else ():
            where = f"{po.relative_to(ROOT)}:{message.lineno}"
            raise CannotBuild(f"{where} cannot be compiled: {fault}.")
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _static_files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=["CVS", ".*", "*~"]):
            yield Path(storage.path(path))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _npm(*argv: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotBuild("npm is missing: install Node 20 or newer with npm.")
    ran = subprocess.run(  # noqa: S603
        [npm, *argv], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise CannotBuild(f"npm {argv[0]} failed:\n{ran.stdout}{ran.stderr}".rstrip())


def _fingerprint(sources: Iterable[Path]) -> str:
    """Changes when a file comes, goes or is written to; takes milliseconds for hundreds of them."""
    seen = hashlib.sha256()
    for path in sorted(sources):
        stat = path.stat()
        seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _changed(sources: Iterable[Path], stamp: Path) -> bool:
    return not stamp.exists() or stamp.read_text() != _fingerprint(sources)


def _stamp(sources: Iterable[Path], stamp: Path) -> None:
    """Written last and kept beside what was made, so that what is removed is made again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(_fingerprint(sources))
