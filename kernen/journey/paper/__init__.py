"""An initiative on one sheet of A4: what it says in `sheet`, as a PDF or as a Word file."""

from django.http import FileResponse, HttpRequest

from kernen.initiatives.models import Initiative
from kernen.ui.paper import download

from .pdf import write_pdf
from .sheet import Sheets
from .word import write_docx


def as_pdf(initiative: Initiative, request: HttpRequest) -> FileResponse:
    return download(write_pdf(_sheets(initiative, request)), initiative.title, "pdf")


def as_docx(initiative: Initiative, request: HttpRequest) -> FileResponse:
    return download(write_docx(_sheets(initiative, request)), initiative.title, "docx")


def _sheets(initiative: Initiative, request: HttpRequest) -> Sheets:
    return Sheets(initiative, request.build_absolute_uri(initiative.get_absolute_url()))
