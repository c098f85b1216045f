"""The sheet as a Word file to write on in: headings, styles, alternative texts, language."""

from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from kernen.ui.word import dress, picture, soft

from .pdf import room_on_one_page
from .sheet import Block, Line, Sheet, Sheets

COLUMN, BETWEEN = Mm(87), Mm(8)


def write_docx(sheets: Sheets) -> bytes:
    sheet = sheets.within(room_on_one_page(sheets))
    document = Document()
    _dress(document, sheet)
    _head(document, sheet)
    document.add_section(WD_SECTION.CONTINUOUS)
    _in_two_columns(document.sections[-1])
    left, right = sheet.columns
    for block in left:
        _block(document, block)
    if right:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.COLUMN)
    for block in right:
        _block(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _dress(document: Any, sheet: Sheet) -> None:
    """What the file says of itself, and the foot of its page."""
    dress(
        document,
        sheet.title,
        sheet.summary,
        letters=sheet.letters,
        author=sheet.responsible,
        comments=sheet.address,
    )
    printed = _("Printed %(day)s. Everything stands in full at")
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = f"{printed % {'day': date_format(sheet.printed, 'DATE_FORMAT')}} {sheet.address}"


def _head(document: Any, sheet: Sheet) -> None:
    document.add_paragraph(sheet.title, "Title")
    document.add_paragraph(sheet.summary, "Subtitle")
    way = document.add_paragraph()
    for number, step in enumerate(sheet.steps):
        text = f"{' → ' if number else ''}{step['label']}"
        run = way.add_run(text)
        run.bold = step["state"] in ("current", "stopped")
        if step["date"]:
            soft(way, f" {date_format(step['date'], 'DATE_FORMAT')}")
    who = document.add_paragraph()
    for number, sector in enumerate(sheet.sectors):
        mark = f"✓ {sector['label']}"
        if not sector["present"]:
            mark = _("%(label)s: not yet in") % {"label": sector["label"]}
        who.add_run(f"{'   ' if number else ''}{mark}").bold = sector["present"]
    soft(document.add_paragraph(), f"{sheet.where}. {sheet.parties}")


def _block(document: Any, block: Block) -> None:
    if block.heading:
        document.add_paragraph(block.heading, "Heading 1")
    for number, line in enumerate(block.lines):
        if block.drawn and number == 0:
            document.add_paragraph(line.lead, "Heading 2")
            _line(document.add_paragraph(), Line(line.words, "", line.remark, line.made_up))
            picture(document, block.drawn.svg, block.drawn.described, COLUMN)
        else:
            _line(document.add_paragraph(), line)


def _line(paragraph: Any, line: Line) -> None:
    if line.lead:
        paragraph.add_run(f"{line.lead} ").bold = True
    paragraph.add_run(line.words)
    if line.remark:
        soft(paragraph, f" {line.remark}".lstrip() if not line.words else f" {line.remark}")
    if line.made_up:
        paragraph.add_run(f" [{_('Sample data')}]").bold = True


def _in_two_columns(section: Any) -> None:
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(BETWEEN.twips))
