"""The sheet as a PDF that screen readers read (PDF/UA-1): always one page."""

from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from django.template.loader import render_to_string

from kernen.lib.printer import may_print, printer
from kernen.ui.drawn import FACES

from .sheet import ROOMS, Room, Sheet, Sheets

STYLE = Path(__file__).with_name("paper.css")
#: The layout libraries below keep things in common between threads.
ONE_AT_A_TIME = Lock()


def write_pdf(sheets: Sheets) -> bytes:
    """The most generous sheet that is one page."""
    may_print()
    with ONE_AT_A_TIME:
        _room, document = _fitting(sheets)
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


def room_on_one_page(sheets: Sheets) -> Room:
    """The most generous room for one page; where nothing can be laid out, the strictest."""
    if printer() is None:
        return ROOMS[-1]
    with ONE_AT_A_TIME:
        room, _document = _fitting(sheets)
        return room


def _fitting(sheets: Sheets) -> tuple[Room, Any]:
    """Found by halving: each room is stricter than the one before, and the last always fits."""
    letters = _letters()
    low, high, best = 0, len(ROOMS) - 1, None
    while low < high:
        middle = (low + high) // 2
        document = _laid_out(sheets.within(ROOMS[middle]), letters)
        if len(document.pages) == 1:
            high, best = middle, document
        else:
            low = middle + 1
    return ROOMS[low], best or _laid_out(sheets.within(ROOMS[low]), letters)


def _letters() -> tuple[Any, Any]:
    """The style sheet with the typeface, and what knows its letters."""
    faces = "".join(
        f'@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; '
        f'src: url("{path.as_uri()}") }}'
        for weight, path in FACES.items()
    )
    config = import_module("weasyprint.text.fonts").FontConfiguration()
    return printer().CSS(string=faces + STYLE.read_text(), font_config=config), config


def _laid_out(sheet: Sheet, letters: tuple[Any, Any]) -> Any:
    style, config = letters
    size = printer().CSS(string=f"html {{ font-size: {sheet.letters}pt }}")
    page = printer().HTML(string=render_to_string("journey/paper.html", {"sheet": sheet}))
    return page.render(font_config=config, stylesheets=[style, size], pdf_variant="pdf/ua-1")
