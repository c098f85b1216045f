"""The typeface of the pages, for what is drawn outside a browser. `kernen build` puts it there."""

from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent.parent / "ui" / "static" / "ui" / "build" / "fonts"
FACES = {400: FONTS / "IBMPlexSans-Regular.ttf", 600: FONTS / "IBMPlexSans-SemiBold.ttf"}
