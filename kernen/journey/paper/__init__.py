"""An initiative on one sheet of A4: what it says in `sheet`, as a PDF or as a Word file."""

import re
from io import BytesIO

from django.http import FileResponse, HttpRequest

from kernen.initiatives.models import Initiative

from .pdf import write_pdf
from .sheet import Sheets
from .word import TYPE, write_docx

#: What file systems refuse in a name.
REFUSED = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def as_pdf(initiative: Initiative, request: HttpRequest) -> FileResponse:
    return _file(write_pdf(_sheets(initiative, request)), initiative, "pdf", "application/pdf")


def as_docx(initiative: Initiative, request: HttpRequest) -> FileResponse:
    return _file(write_docx(_sheets(initiative, request)), initiative, "docx", TYPE)


def _sheets(initiative: Initiative, request: HttpRequest) -> Sheets:
    return Sheets(initiative, request.build_absolute_uri(initiative.get_absolute_url()))


def _file(content: bytes, initiative: Initiative, ending: str, kind: str) -> FileResponse:
    name = f"{_name(initiative)}.{ending}"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=kind)


def _name(initiative: Initiative) -> str:
    """The title as the name of a file."""
    words = " ".join(REFUSED.sub(" ", initiative.title).split())
    return words[:80].strip(" .") or f"initiative-{initiative.pk}"
