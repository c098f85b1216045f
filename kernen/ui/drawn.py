"""What is drawn outside a browser: the typeface of the pages, and our SVG as PNG."""

from base64 import b64encode
from pathlib import Path

import resvg_py

#: `kernen build` puts it there.
FONTS = Path(__file__).resolve().parent / "static" / "ui" / "build" / "fonts"
FACES = {400: FONTS / "IBMPlexSans-Regular.ttf", 600: FONTS / "IBMPlexSans-SemiBold.ttf"}


def as_png(svg: str, width: int) -> bytes:
    """The drawing, so many pixels wide."""
    letters = [str(path) for path in FACES.values()]
    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, font_files=letters, skip_system_fonts=True
    )
    return bytes(png)


def as_address(svg: str) -> str:
    """The drawing as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
