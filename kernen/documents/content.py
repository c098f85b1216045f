"""What a file is, told by what it holds and never by its name, and whether Kernen takes it."""

import codecs
import html
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

import puremagic
import pypdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr, is_cpr_without_zero


@dataclass(frozen=True)
class Type:
    """A type of file that is taken: what it is called, and the endings its name may have.

    `mark` is what the parts of an office file say of it."""

    label: str | Promise
    endings: tuple[str, ...]
    content_type: str
    mark: str = ""


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PDF = Type("PDF", ("pdf",), "application/pdf")
TEXT = Type(_("Text"), ("txt", "csv", "md"), "text/plain")

#: Everything that is taken; the page and docs/documents.md tell it from here.
TYPES = (
    PDF,
    Type(
        "Word",
        ("docx",),
        f"{_OPEN_XML}wordprocessingml.document",
        "wordprocessingml.document.main+xml",
    ),
    Type("Excel", ("xlsx",), f"{_OPEN_XML}spreadsheetml.sheet", "spreadsheetml.sheet.main+xml"),
    Type(
        "PowerPoint",
        ("pptx",),
        f"{_OPEN_XML}presentationml.presentation",
        "presentationml.presentation.main+xml",
    ),
    Type("OpenDocument", ("odt",), f"{_OPEN_DOCUMENT}text"),
    Type("OpenDocument", ("ods",), f"{_OPEN_DOCUMENT}spreadsheet"),
    Type("OpenDocument", ("odp",), f"{_OPEN_DOCUMENT}presentation"),
    Type(_("Picture"), ("png",), "image/png"),
    Type(_("Picture"), ("jpg", "jpeg"), "image/jpeg"),
    Type(_("Picture"), ("webp",), "image/webp"),
    TEXT,
)
ENDINGS = {ending: one for one in TYPES for ending in one.endings}
BY_CONTENT_TYPE = {one.content_type: one for one in TYPES}
#: Those that are known by their first bytes alone; the others are read through.
SIGNED = {
    name: one
    for name, one in BY_CONTENT_TYPE.items()
    if name.startswith(("image/", "application/pdf"))
}

#: What an office file may unpack to, in all and in text, in bytes; and how many parts it may have.
UNPACKED, UNPACKED_TEXT, PARTS = 500 * 2**20, 60 * 2**20, 10_000

#: How many pages of a PDF are searched: what a person waits for.
PAGES = 200

#: As much as is read at once, and as much of it as is read again with what follows.
CHUNK, OVERLAP = 2**20, 4096

EMPTY = _("The file is empty.")
UNKNOWN = _("Its content is of a type that is not taken. These are taken: %(types)s.")
OLD_OFFICE = _(
    "It is an older Office file, or one with a password: save it as DOCX, XLSX or PPTX without a "
    "password."
)
MACROS = _("It holds macros: save it without them, for example as DOCX or XLSX.")
LOCKED = _("It is locked with a password: save it without one, so that others can open it.")
TOO_TIGHT = _("It unpacks to far more than it should: save a smaller file.")
BROKEN = _("It is damaged: open it in the program it was made with, and save it again.")
CPR = _(
    "It holds something that looks like a civil registration number (CPR): remove it and try again."
)

CPR_ON_PAGE = _(
    "Page %(page)s holds something that looks like a civil registration number (CPR): remove it "
    "and try again."
)
UNREADABLE = _("Its text cannot be read: print it to a new PDF, and try again.")


def taken() -> str:
    """The endings of everything that is taken, as the pages tell them."""
    return ", ".join(ending.upper() for ending in ENDINGS)


def limit() -> int:
    """How many bytes a file may have."""
    return settings.DOCUMENT_MB * 2**20


def limit_said() -> str:
    return f"{settings.DOCUMENT_MB} MB"


def examine(file: IO[bytes]) -> Type:
    """The type of the file by what it holds. What is not taken raises ValidationError."""
    file.seek(0)
    head = file.read(CHUNK)
    if not head:
        raise ValidationError(EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(OLD_OFFICE)
    for found in _signatures(head[:OVERLAP]):
        if found in SIGNED:
            if SIGNED[found] is PDF:
                _refuse_cpr_in_pdf(file)
            return SIGNED[found]
    return _text(file, head)


def _unknown() -> ValidationError:
    return ValidationError(UNKNOWN, params={"types": taken()})


def _signatures(head: bytes) -> list[str]:
    """What the first bytes may be, the likeliest first."""
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except puremagic.PureError:
        return []


def _text(file: IO[bytes], head: bytes) -> Type:
    encoding = _encoding(file, head)
    if _MARKUP.match(next(_chunks(file, encoding, "replace"), "")):
        raise _unknown()
    before = ""
    for text in _chunks(file, encoding, "replace"):
        if _NOT_TEXT.search(text):
            raise _unknown()
        refuse_cpr(before + text)
        before = text[-OVERLAP:]
    return TEXT


_MARKUP = re.compile(r"\s*(?:<(?:!doctype|html|head|body|script|svg|\?)|#!|{\\rtf)", re.I)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _encoding(file: IO[bytes], head: bytes) -> str:
    """Two marks are known; else it is UTF-8, or what a Danish Windows writes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        deque(_chunks(file, "utf-8-sig"), maxlen=0)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _chunks(file: IO[bytes], encoding: str, errors: str = "strict") -> Iterator[str]:
    file.seek(0)
    return codecs.iterdecode(iter(lambda: file.read(CHUNK), b""), encoding, errors)


def refuse_cpr(text: str) -> None:
    """Ten digits anywhere; nine alone on a line where a spreadsheet took the first nought away."""
    alone = _NINE_DIGITS.findall(text)
    if contains_cpr(text) or any(map(is_cpr_without_zero, alone)):
        raise ValidationError(CPR, code="cpr")


_NINE_DIGITS = re.compile(r"^[ \t]*(\d{9})[ \t]*$", re.M)


def _office(file: IO[bytes]) -> Type:
    """The type of an office file, which is a ZIP of parts; each of them is looked at."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as parts:
            return _of_parts(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise ValidationError(BROKEN) from error


def _of_parts(parts: zipfile.ZipFile) -> Type:
    listed = parts.infolist()
    texts = [part for part in listed if part.filename.lower().endswith(".xml")]
    if (
        len(listed) > PARTS
        or sum(part.file_size for part in listed) > UNPACKED
        or sum(part.file_size for part in texts) > UNPACKED_TEXT
    ):
        raise ValidationError(TOO_TIGHT)
    if any(part.flag_bits & 1 for part in listed):
        raise ValidationError(LOCKED)
    names = {part.filename for part in listed}
    found = _of_open_xml(parts) if "[Content_Types].xml" in names else _of_open_document(parts)
    if found is None:
        raise _unknown()
    if any(_MACROS.search(name) for name in names):
        raise ValidationError(MACROS)
    for part in texts:
        _refuse_cpr_in(parts, part)
    return found


_MACROS = re.compile(r"vbaProject\.bin$|/activeX/|/macrosheets/|^Basic/|^Scripts/", re.I)


def _of_open_xml(parts: zipfile.ZipFile) -> Type | None:
    says = parts.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroenabled" in says.lower():
        raise ValidationError(MACROS)
    return next((one for one in TYPES if one.mark and one.mark in says), None)


def _of_open_document(parts: zipfile.ZipFile) -> Type | None:
    if "mimetype" not in parts.namelist():
        return None
    says = parts.read("mimetype").decode("ascii", "replace").strip()
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise ValidationError(LOCKED)
    return BY_CONTENT_TYPE.get(says) if says.startswith(_OPEN_DOCUMENT) else None


#: Where a word of an office file ends; other marks, such as bold type, stand within words.
_APART = re.compile(
    r"</(?:\w+:)?(?:p|h|si|c|f|v|tc|table-cell)>|<(?:\w+:)?(?:tab|br|line-break)\b", re.I
)
_MARKS = re.compile(r"<[^>]*(?:>|$)")


def _refuse_cpr_in(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with parts.open(part) as opened:
        before = ""
        for text in codecs.iterdecode(iter(lambda: opened.read(CHUNK), b""), "utf-8", "replace"):
            window = before + text
            refuse_cpr(html.unescape(_MARKS.sub("", _APART.sub(r"\n\g<0>", window))))
            before = window[-OVERLAP:]
            before = before[max(before.find("<"), 0) :]


def _refuse_cpr_in_pdf(file: IO[bytes]) -> None:
    """The text of the first pages; what a picture shows, such as a scanned page, is no text."""
    file.seek(0)
    try:
        reader = pypdf.PdfReader(file)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in islice(reader.pages, PAGES)]
    except Exception as error:  # a file can be wrong in more ways than pypdf has names for
        raise ValidationError(UNREADABLE) from error
    if locked:
        raise ValidationError(LOCKED)
    for number, text in enumerate(pages, start=1):
        try:
            refuse_cpr(text)
        except ValidationError as error:
            raise ValidationError(CPR_ON_PAGE, code="cpr", params={"page": number}) from error
