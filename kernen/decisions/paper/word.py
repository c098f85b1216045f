"""The proposal as a Word file, to lie with an agenda and be written on."""

from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Mm

from kernen.ui.word import dress, soft

from .page import ROOMS, Page


def write_docx(page: Page) -> bytes:
    page = page.within(ROOMS[0])
    sheet, document = page.sheet, Document()
    dress(document, sheet["title"], sheet["summary"], letters=10)
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(20)
    document.add_paragraph(sheet["title"], "Title")
    document.add_paragraph(sheet["summary"], "Subtitle")
    _facts(document, page)
    for part in sheet["parts"]:
        document.add_paragraph(part["heading"], "Heading 1")
        if part["words"]:
            document.add_paragraph(part["words"])
        elif part["missing"]:
            document.add_paragraph().add_run(part["missing"]).bold = True
        for claim in part["claims"]:
            _claim(document.add_paragraph(style="List Bullet"), claim)
    if page.agreement:
        document.add_paragraph(_("What they answered"), "Heading 1")
        for claim in page.agreement:
            _claim(document.add_paragraph(style="List Bullet"), claim)
    printed = _("Printed %(day)s. Everything stands in full at")
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = f"{printed % {'day': date_format(page.printed, 'DATE_FORMAT')}} {page.address}"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _facts(document: Any, page: Page) -> None:
    sheet = page.sheet
    rows = [
        (_("Asks for"), sheet["asks"]),
        (_("Clusters"), ", ".join(sheet["clusters"]) or "–"),
        (_("Forum"), sheet["forum"]),
        (_("Commitment"), sheet["commitment"]),
        (_("Version"), page.edition),
    ]
    table = document.add_table(rows=0, cols=2)
    for lead, words in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(lead).bold = True
        cells[1].text = words
        cells[0].width, cells[1].width = Mm(35), Mm(135)


def _claim(paragraph: Any, claim: dict[str, Any]) -> None:
    paragraph.add_run(claim["text"])
    if claim["basis"]:
        paragraph.add_run().add_break()
        soft(paragraph, claim["basis"])
    if claim["made_up"]:
        paragraph.add_run(f" [{_('Sample data')}]").bold = True
