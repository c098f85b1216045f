"""What both pictures are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from kernen.measures.charts.labels import xml
from kernen.measures.charts.text import width_of

#: Widths of a picture on a page and on a phone, and the size of its letters.
WIDE, NARROW, FONT = 920, 360, 14


@dataclass(frozen=True)
class Picture:
    wide: SafeString
    narrow: SafeString


def both(template: str, drawn: Callable[[int], dict[str, Any]]) -> Picture:
    """The picture of the template at both widths; `drawn` gives what stands in it."""

    def rendered(width: int) -> SafeString:
        said = _written({"width": width, "font": FONT, "uid": f"{template}-{width}"} | drawn(width))
        return mark_safe(get_template(f"value/{template}.svg").render(said))  # noqa: S308 our own

    return Picture(rendered(WIDE), rendered(NARROW))


def _written(value: Any) -> Any:
    """Numbers as SVG has them, whatever the language of the page."""
    if isinstance(value, dict):
        return {key: _written(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    if isinstance(value, bool) or not isinstance(value, float | int):
        return value
    return xml(float(value))


def fitted(text: str, room: float, size: float = FONT) -> str:
    """The text, shortened to a line of so much room."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
