"""Word files in the project's look: styles, language, and what a file says of itself."""

from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kernen.lib.written import blocks

from .drawn import as_png

LETTERS = "Calibri"  # narrower than the PDF's, so that what fits there fits here
DEEP, SOFT = RGBColor(0x08, 0x3F, 0x4A), RGBColor(0x4D, 0x5F, 0x63)
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


def dress(
    document: Any, title: str, subject: str, *, letters: float, author: str = "", comments: str = ""
) -> None:
    """A page of A4, styles with letters of so many points, the reader's language."""
    said, language = document.core_properties, get_language() or ""
    said.title, said.subject, said.author, said.comments = title, subject[:255], author, comments
    said.language = LANGUAGES.get(language, language)
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), said.language)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(14)
    page.top_margin, page.bottom_margin = Mm(12), Mm(16)
    page.footer_distance = Mm(8)
    _style(document, "Normal", letters, False, None, 0, 3)
    for name, more, *look in STYLES:
        _style(document, name, letters + more, *look)


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


def written(document: Any, text: str) -> None:
    """What a person wrote, with the paragraphs, lines and lists that were typed."""
    for block in blocks(text):
        if block.listed:
            for item in block.lines:
                document.add_paragraph(item, "List Bullet")
        else:
            document.add_paragraph("\n".join(block.lines))


def soft(paragraph: Any, words: str) -> None:
    paragraph.add_run(words).font.color.rgb = SOFT


def linked(paragraph: Any, words: str, address: str) -> None:
    """Words that lead to an address, and look like it; plain ones where there is none."""
    run = paragraph.add_run(words)
    if address:
        link = OxmlElement("w:hyperlink")
        to = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), to)
        link.append(run._r)
        run.font.color.rgb, run.font.underline = DEEP, True
        paragraph._p.append(link)


def picture(document: Any, svg: str, described: str, width: Any) -> None:
    """The drawing in a paragraph of its own, in words for those who do not see it."""
    png = BytesIO(as_png(svg, width=1080))
    shape = document.add_paragraph().add_run().add_picture(png, width=width)
    shape._inline.docPr.set("descr", described)


def repeated(row: Any) -> None:
    """The row heads its table, on each page again, and for screen readers."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
