"""The proposal as a tagged PDF: always one page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from kernen.ui.paper import Press, as_file

from .page import PIECES, SHORTER, UNDRAWN, WHOLE, Page, Room

STYLE = Path(__file__).with_name("proposal.css")
#: More than so many signs do not find room beside what has been found to fill the page.
LITTLE = 1500


def write_pdf(page: Page) -> bytes:
    with Press(STYLE.read_text()) as press:
        return as_file(_fitting(page, press))


def _fitting(page: Page, press: Press) -> Any:
    """All that is told, if it has room in letters that are read with ease; else as much of it as
    has, and without the chart only where there is none for both. The last room always fits."""
    for rooms in (WHOLE + SHORTER, UNDRAWN):
        room, document = _widest(page, press, rooms)
        if document:
            return _filled(page, press, room, document)
    return press.laid_out(_html(page.within(UNDRAWN[-1])), UNDRAWN[-1].letters)


def _widest(page: Page, press: Press, rooms: Sequence[Room]) -> tuple[Room, Any]:
    """The first of the rooms in which it is one page, if any, and that page. Found by halving: each
    room is stricter than the one before."""
    low, high, best = 0, len(rooms), None
    while low < high:
        middle = (low + high) // 2
        room = rooms[middle]
        document = press.laid_out(_html(page.within(room)), room.letters)
        if len(document.pages) == 1:
            high, best = middle, document
        else:
            low = middle + 1
    return rooms[min(high, len(rooms) - 1)], best


def _filled(page: Page, press: Press, room: Room, document: Any) -> Any:
    """The page with those of its pieces whole for which there is room still, as in a column that is
    shorter than the other; the most important first."""
    whole, now = frozenset[str](), _html(page.within(room))
    for piece in PIECES:
        html = _html(page.within(room, whole | {piece}))
        if 0 < len(html) - len(now) <= LITTLE:
            fuller = press.laid_out(html, room.letters)
            if len(fuller.pages) == 1:
                whole, now, document = whole | {piece}, html, fuller
    return document


def _html(page: Page) -> str:
    return render_to_string("decisions/paper.html", {"page": page})
