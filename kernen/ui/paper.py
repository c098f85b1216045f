"""Pages for paper: laid out by WeasyPrint in the project's letters, as PDF that screen readers read
(PDF/UA-1)."""

import re
from importlib import import_module
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from django.http import FileResponse

from kernen.lib.printer import may_print, printer

from .drawn import FACES

#: The layout libraries below keep things in common between threads.
ONE_AT_A_TIME = Lock()
#: What file systems refuse in a name.
REFUSED = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Press:
    """Lays out pages in one style; held by `with`, one at a time."""

    def __init__(self, style: str):
        may_print()
        self.style = style

    def __enter__(self) -> "Press":
        ONE_AT_A_TIME.acquire()
        faces = "".join(
            f'@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; '
            f'src: url("{path.as_uri()}") }}'
            for weight, path in FACES.items()
        )
        self.config = import_module("weasyprint.text.fonts").FontConfiguration()
        self.sheet = printer().CSS(string=faces + self.style, font_config=self.config)
        return self

    def __exit__(self, *raised: object) -> None:
        ONE_AT_A_TIME.release()

    def laid_out(self, html: str, letters: float) -> Any:
        """The document, its letters of so many points."""
        size = printer().CSS(string=f"html {{ font-size: {letters}pt }}")
        page = printer().HTML(string=html)
        return page.render(
            font_config=self.config, stylesheets=[self.sheet, size], pdf_variant="pdf/ua-1"
        )


def as_file(document: Any) -> bytes:
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


def write_pdf(html: str, style: Path, letters: float = 10) -> bytes:
    """A document of as many pages as it takes. Refused where Pango is missing."""
    with Press(style.read_text()) as press:
        return as_file(press.laid_out(html, letters))


def download(content: bytes, title: str, ending: str) -> FileResponse:
    """A file to keep, named by the title without what file systems refuse."""
    words = " ".join(REFUSED.sub(" ", title).split())[:80].strip(" .")
    name = f"{words or 'kernen'}.{ending}"
    kind = TYPES[ending]
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=kind)
