"""The proposal as a tagged PDF: always one page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from kernen.ui.paper import Press, as_file

from .page import SHORTER, UNDRAWN, WHOLE, Page, Room

STYLE = Path(__file__).with_name("proposal.css")


def write_pdf(page: Page) -> bytes:
    with Press(STYLE.read_text()) as press:
        return as_file(_fitting(page, press))


def _fitting(page: Page, press: Press) -> Any:
    """All that is told, if it has room in letters that are read with ease; else as much of it as
    has, and without the chart only where there is none for both. The last room always fits."""
    for rooms in (WHOLE + SHORTER, UNDRAWN):
        if found := _widest(page, press, rooms):
            return found
    return _laid_out(page.within(UNDRAWN[-1]), press)


def _widest(page: Page, press: Press, rooms: Sequence[Room]) -> Any:
    """The page in the first of the rooms in which it is one, if in any. Found by halving: each room
    is stricter than the one before."""
    low, high, best = 0, len(rooms), None
    while low < high:
        middle = (low + high) // 2
        document = _laid_out(page.within(rooms[middle]), press)
        if len(document.pages) == 1:
            high, best = middle, document
        else:
            low = middle + 1
    return best


def _laid_out(page: Page, press: Press) -> Any:
    return press.laid_out(
        render_to_string("decisions/paper.html", {"page": page}), page.room.letters
    )
