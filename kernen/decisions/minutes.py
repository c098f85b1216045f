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
from docx.shared import Mm

from kernen.ui.paper import write_pdf
from kernen.ui.word import dress

from .agenda import Line
from .models import Decision, Meeting
from .told import tell

STYLE = Path(__file__).with_name("minutes.css")
WIDTHS = (6, 44, 22, 30, 9, 60, 60, 12, 40)


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
    dress(document, title, "", letters=10.5, author="Kernen", comments=address)
    page = document.sections[0]
    page.left_margin = page.right_margin = Mm(20)
    page.footer.paragraphs[0].text = address


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
