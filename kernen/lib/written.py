"""What people write, with the lines and lists that they typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .sentences import shorten

#: A line that begins as people begin the lines of a list: "- a", "* a", "• a".
_ITEM = re.compile(r"\s*[-–*•]\s+(?=\S)")


@dataclass(frozen=True)
class Block:
    """A paragraph of some lines, or a list of some items."""

    lines: tuple[str, ...]
    listed: bool = False


def blocks(text: str) -> Iterator[Block]:
    """Lines that belong together; an empty one parts paragraphs."""
    for kind, lines in groupby(text.splitlines(), _kind):
        if kind:
            said = (_ITEM.sub("", one) if kind == "item" else one for one in lines)
            yield Block(tuple(one.strip() for one in said), kind == "item")


def _kind(line: str) -> str:
    return "item" if _ITEM.match(line) else "line" if line.strip() else ""


def shortened(text: str, most: int, *, line: int = 0) -> str:
    """At most so many signs of a text, its lines kept, and "…" for what follows. Each line counts
    as `line` signs at least: it takes its room however short it is."""
    kept: list[str] = []
    for one in text.strip().splitlines():
        if max(len(one), line) > most:
            more = f"\n{shorten(one, most)}" if len(one) > most > line else " …"
            return ("\n".join(kept) + more).strip()
        kept.append(one.rstrip())
        most -= max(len(one), line)
    return "\n".join(kept)
