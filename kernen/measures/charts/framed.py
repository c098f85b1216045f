"""A chart that stands alone: its sentence above it, its caption and its source below it."""

from collections.abc import Iterable, Sequence

from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from .labels import xml
from .picture import WIDE
from .run import RunChart
from .text import width_of

MARGIN, HEADING, TEXT = 20, 22, 14


def framed(chart: RunChart, *, subtitle: str, remarks: Iterable[str] = ()) -> SafeString:
    """The wide picture of a chart with figures, and under it the one that is read beside it, as SVG
    with all that a slide needs."""
    source = " · ".join([*remarks, "Kernen", date_format(timezone.localdate(), "DATE_FORMAT")])
    marks = [
        f"{mark.sign}: {mark.when}: {mark.text}" if mark.sign else f"{mark.when}: {mark.text}"
        for mark in (*chart.split_marks, *chart.note_marks)
    ]
    return framed_picture(
        heading=chart.heading,
        subtitle=subtitle,
        pictures=[one.plain for one in (chart, chart.beside) if one],
        height=WIDE.height,
        said=[chart.caption, chart.other_line, chart.basis, *marks, source],
    )


def framed_picture(
    *,
    heading: str,
    subtitle: str,
    pictures: Sequence[SafeString],
    height: float,
    said: Iterable[str],
) -> SafeString:
    """Wide pictures, each `height` high, under their heading, with what is said below them."""
    room = WIDE.width - 2 * MARGIN
    lines = wrapped(heading, HEADING, room)
    top = MARGIN + HEADING * 1.3 * len(lines) + TEXT * 1.8
    below = [line for text in said for line in wrapped(text, TEXT, room)]
    scale = room / WIDE.width  # so that the picture begins and ends where the words do
    step = height * scale
    bottom = top + step * len(pictures) + TEXT * 0.5
    context = {
        "width": xml(WIDE.width),
        "height": xml(bottom + TEXT * 1.5 * len(below) + MARGIN),
        "left": MARGIN,
        "heading_size": HEADING,
        "text_size": TEXT,
        "heading": [(xml(MARGIN + HEADING * (1 + 1.3 * n)), line) for n, line in enumerate(lines)],
        "subtitle": subtitle,
        "subtitle_y": xml(top - TEXT * 0.6),
        "scale": f"{scale:.4f}",
        "pictures": [(xml(top + step * n), picture) for n, picture in enumerate(pictures)],
        "below": [(xml(bottom + TEXT * (1 + 1.5 * n)), line) for n, line in enumerate(below)],
    }
    drawn = get_template("measures/framed.svg").render(context)
    return mark_safe(drawn)  # noqa: S308 (rendered by a template that escapes)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text in lines no wider than there is room for; a longer word has its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
