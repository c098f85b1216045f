"""The proposal as a tagged PDF: always one page."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from kernen.ui.paper import Press, as_file

from .page import ROOMS, Page

STYLE = Path(__file__).with_name("proposal.css")


def write_pdf(page: Page) -> bytes:
    with Press(STYLE.read_text()) as press:
        return as_file(_fitting(page, press))


def _fitting(page: Page, press: Press) -> Any:
    """Found by halving: each room is stricter than the one before, and the last always fits."""
    low, high, best = 0, len(ROOMS) - 1, None
    while low < high:
        middle = (low + high) // 2
        document = _laid_out(page.within(ROOMS[middle]), press)
        if len(document.pages) == 1:
            high, best = middle, document
        else:
            low = middle + 1
    return best or _laid_out(page.within(ROOMS[low]), press)


def _laid_out(page: Page, press: Press) -> Any:
    return press.laid_out(
        render_to_string("decisions/paper.html", {"page": page}), page.room.letters
    )
