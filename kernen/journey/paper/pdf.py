"""The sheet as a PDF that screen readers read (PDF/UA-1): always one page."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from kernen.lib.printer import printer
from kernen.ui.paper import Press, as_file

from .sheet import ROOMS, Room, Sheet, Sheets

STYLE = Path(__file__).with_name("paper.css")


def write_pdf(sheets: Sheets) -> bytes:
    """The most generous sheet that is one page."""
    with Press(STYLE.read_text()) as press:
        _room, document = _fitting(sheets, press)
        return as_file(document)


def room_on_one_page(sheets: Sheets) -> Room:
    """The most generous room for one page; where nothing can be laid out, the strictest."""
    if printer() is None:
        return ROOMS[-1]
    with Press(STYLE.read_text()) as press:
        room, _document = _fitting(sheets, press)
        return room


def _fitting(sheets: Sheets, press: Press) -> tuple[Room, Any]:
    """Found by halving: each room is stricter than the one before, and the last always fits."""
    low, high, best = 0, len(ROOMS) - 1, None
    while low < high:
        middle = (low + high) // 2
        document = _laid_out(sheets.within(ROOMS[middle]), press)
        if len(document.pages) == 1:
            high, best = middle, document
        else:
            low = middle + 1
    return ROOMS[low], best or _laid_out(sheets.within(ROOMS[low]), press)


def _laid_out(sheet: Sheet, press: Press) -> Any:
    return press.laid_out(render_to_string("journey/paper.html", {"sheet": sheet}), sheet.letters)
