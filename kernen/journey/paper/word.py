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
from docx.shared import Mm, Pt, RGBColor

from kernen.ui.drawn import as_png

from .pdf import room_on_one_page
from .sheet import Block, Drawn, Line, Sheet, Sheets

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS = "Calibri"  # narrower than the PDF's, so that what fits there fits here
DEEP, SOFT = RGBColor(0x08, 0x3F, 0x4A), RGBColor(0x4D, 0x5F, 0x63)
COLUMN, BETWEEN = Mm(87), Mm(8)
#: Tags of a language as Word knows them.
LANGUAGES = {"da": "da-DK", "en": "en-GB"}
STYLES = (
    # name, size beside the text's, bold, colour, space before and after in points
    ("Title", 10, True, None, 0, 2),
    ("Subtitle", 2, False, SOFT, 0, 4),
    ("Heading 1", 2, True, DEEP, 8, 2),
    ("Heading 2", 0, True, None, 4, 0),
    ("Footer", -2, False, SOFT, 0, 0),
)


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
    """Page, styles, language and what the file says of itself."""
    said = document.core_properties
    said.title, said.subject, said.author = sheet.title, sheet.summary[:255], sheet.responsible
    said.language, said.comments = LANGUAGES.get(sheet.language, sheet.language), sheet.address
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), said.language)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(14)
    page.top_margin, page.bottom_margin = Mm(12), Mm(16)
    page.footer_distance = Mm(8)
    _style(document, "Normal", sheet.letters, False, None, 0, 3)
    for name, more, *look in STYLES:
        _style(document, name, sheet.letters + more, *look)
    printed = _("Printed %(day)s. Everything stands in full at")
    page.footer.paragraphs[
        0
    ].text = f"{printed % {'day': date_format(sheet.printed, 'DATE_FORMAT')}} {sheet.address}"


def _style(
    document: Any, name: str, size: float, bold: bool, colour: Any, before: int, after: int
) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold = LETTERS, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = colour or RGBColor(0x17, 0x25, 0x2A)
    letters = style.element.rPr.rFonts
    for attribute in [a for a in letters.attrib if a.endswith("Theme")]:
        del letters.attrib[attribute]  # a theme's letters would win over those just named
    look = style.paragraph_format
    look.space_before, look.space_after, look.line_spacing = Pt(before), Pt(after), 1.0
    look.keep_with_next = name.startswith("Heading")


def _head(document: Any, sheet: Sheet) -> None:
    document.add_paragraph(sheet.title, "Title")
    document.add_paragraph(sheet.summary, "Subtitle")
    way = document.add_paragraph()
    for number, step in enumerate(sheet.steps):
        text = f"{' → ' if number else ''}{step['label']}"
        run = way.add_run(text)
        run.bold = step["state"] in ("current", "stopped")
        if step["date"]:
            _soft(way, f" {date_format(step['date'], 'DATE_FORMAT')}")
    who = document.add_paragraph()
    for number, sector in enumerate(sheet.sectors):
        mark = f"✓ {sector['label']}"
        if not sector["present"]:
            mark = _("%(label)s: not yet in") % {"label": sector["label"]}
        who.add_run(f"{'   ' if number else ''}{mark}").bold = sector["present"]
    _soft(document.add_paragraph(), f"{sheet.where}. {sheet.parties}")


def _block(document: Any, block: Block) -> None:
    if block.heading:
        document.add_paragraph(block.heading, "Heading 1")
    for number, line in enumerate(block.lines):
        if block.drawn and number == 0:
            document.add_paragraph(line.lead, "Heading 2")
            _line(document.add_paragraph(), Line(line.words, "", line.remark, line.made_up))
            _picture(document.add_paragraph(), block.drawn)
        else:
            _line(document.add_paragraph(), line)


def _line(paragraph: Any, line: Line) -> None:
    if line.lead:
        paragraph.add_run(f"{line.lead} ").bold = True
    paragraph.add_run(line.words)
    if line.remark:
        _soft(paragraph, f" {line.remark}".lstrip() if not line.words else f" {line.remark}")
    if line.made_up:
        paragraph.add_run(f" [{_('Sample data')}]").bold = True


def _soft(paragraph: Any, words: str) -> None:
    paragraph.add_run(words).font.color.rgb = SOFT


def _picture(paragraph: Any, drawn: Drawn) -> None:
    png = as_png(drawn.svg, width=1080)
    shape = paragraph.add_run().add_picture(BytesIO(png), width=COLUMN)
    shape._inline.docPr.set("descr", drawn.described)


def _in_two_columns(section: Any) -> None:
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(BETWEEN.twips))
