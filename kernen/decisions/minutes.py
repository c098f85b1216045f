"""Agendas and minutes on paper: as PDF that screen readers read, for Word, and as rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Mm, Pt, RGBColor

from kernen.ui.paper import write_pdf

from .agenda import Line
from .models import Decision, Meeting
from .told import tell

STYLE = Path(__file__).with_name("minutes.css")
WIDTHS = (6, 44, 22, 30, 9, 60, 60, 12, 40)
_DEEP, _SOFT = RGBColor(0x08, 0x3F, 0x4A), RGBColor(0x4D, 0x5F, 0x63)


def titled(meeting: Meeting) -> str:
    return f"{meeting.forum} {date_format(meeting.on, 'DATE_FORMAT')}"


def agenda_pdf(meeting: Meeting, lines: Sequence[Line], address: str) -> bytes:
    context = {"meeting": meeting, "lines": lines, "address": address}
    return _pdf("agenda", context)


def minute_pdf(
    decisions: Iterable[Decision], address: str, meeting: Meeting | None = None
) -> bytes:
    """The decisions as they were taken, with number and hash of each record at the foot."""
    return _pdf("minute", {"meeting": meeting, "every": tell(decisions), "address": address})


def _pdf(name: str, context: dict[str, Any]) -> bytes:
    context |= {"language": get_language(), "printed": timezone.localdate()}
    return write_pdf(render_to_string(f"decisions/paper/{name}.html", context), STYLE)


def agenda_docx(meeting: Meeting, lines: Sequence[Line], address: str) -> bytes:
    """To be written on, and to go out with the invitation."""
    document: Any = Document()
    _dress(document, _("Agenda %(meeting)s") % {"meeting": titled(meeting)}, address)
    document.add_heading(str(meeting.forum), 0)
    when = [date_format(meeting.on, "DATE_FORMAT"), meeting.place]
    document.add_paragraph(", ".join(filter(None, when)), "Subtitle")
    for number, line in enumerate(lines, start=1):
        document.add_heading(f"{number}. {line.initiative.title}", 1)
        for lead, words in line.said():
            paragraph = document.add_paragraph()
            if lead:
                paragraph.add_run(f"{lead} ").bold = True
            paragraph.add_run(words)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _dress(document: Any, title: str, address: str) -> None:
    told = document.core_properties
    told.title, told.author, told.comments = title, "Kernen", address
    told.language = {"da": "da-DK"}.get(get_language() or "", "en-GB")
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.footer.paragraphs[0].text = address
    looks = {"Normal": 10.5, "Title": 22, "Subtitle": 12, "Heading 1": 13, "Footer": 8}
    for name, size in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.italic = "Calibri", Pt(size), False
        style.font.color.rgb = _DEEP if name == "Heading 1" else RGBColor(0x17, 0x25, 0x2A)
        letters = style.element.rPr.rFonts
        for theme in [one for one in letters.attrib if one.endswith("Theme")]:
            del letters.attrib[theme]  # a theme's letters would win over those just named
        style.paragraph_format.space_after = Pt(3)
    document.styles["Subtitle"].font.color.rgb = _SOFT


def rows(lines: Iterable[Line]) -> Iterator[list[Any]]:
    """The headings, then a row for each item."""
    yield [
        _("No."), _("Initiative"), _("Asks for"), _("Clusters"), _("Version"), _("Agreement"),
        _("Recommendation"), _("In one block"), _("Decision"),
    ]  # fmt: skip
    for number, line in enumerate(lines, start=1):
        before, decision = line.before, line.item.decision
        version = before.version if before else None
        yield [
            number,
            line.initiative.title,
            before.asks if before else decision and _("Look at it again"),
            ", ".join(map(str, before.clusters)) if before else "",
            version.edition if version else None,
            ". ".join(before.agreements) if before else "",
            " ".join(f"{one.forum}: {one.words}" for one in before.recommendations)
            if before
            else "",
            _("yes") if line.item.in_block else "",
            line.taken.get_outcome_display() if line.taken else "",
        ]


AGENDAS: dict[str, Callable[[Meeting, Sequence[Line], str], bytes]] = {
    "pdf": agenda_pdf,
    "docx": agenda_docx,
}
