"""Shorter texts that still end where a sentence does."""

import re

#: The end of a sentence that another follows; "ca. 5" and "f.eks. ved" go on.
_END = re.compile(r"[.!?…][\"”»)]*(?=\s+[\"“»(]?[A-ZÆØÅ])")


def shorten(text: str, most: int) -> str:
    """At most so many signs of a text, on one line: whole sentences, and "…" for what follows.

    Where a sentence would leave little of the room filled, the text ends at a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    room = text[: most - 2]
    ends = [found.end() for found in _END.finditer(text) if found.end() <= len(room)]
    if ends and ends[-1] > most // 3:
        return f"{room[: ends[-1]]} …"
    words = room.rpartition(" ")[0]
    return f"{(words if len(words) > most // 3 else room).rstrip(' ,;:–-')} …"
