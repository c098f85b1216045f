"""A proposal on one page of A4: as a PDF for the meeting, as a Word file for the agenda."""

from django.http import FileResponse

from kernen.ui.paper import download

from .page import Page, at_a_glance
from .pdf import write_pdf
from .word import write_docx

__all__ = ["Page", "at_a_glance", "response"]

WRITE = {"pdf": write_pdf, "docx": write_docx}


def response(page: Page, kind: str) -> FileResponse:
    return download(WRITE[kind](page), page.sheet["title"], kind)
