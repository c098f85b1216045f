"""What differs between two texts, word by word, as one sentence with its changes marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: Past so many words on either side whole lines are compared: word by word would take seconds.
MANY = 2000
_WORDS = re.compile(r"\w+(?:[-.,'’]\w+)*|\s|[^\w\s]")

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A run of the text that stands in both versions, only in the later or only in the earlier."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The two texts as one: the pieces that are not added give `before`, those not removed `after`.

    What is removed comes before what is added in its place."""
    old, new = _parts(before, after)
    pieces: list[Piece] = []
    removed = added = ""
    matched = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matched.get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal" and (was.strip() or not (removed or added) or b == len(old)):
            pieces += _changed(removed, added)
            pieces.append(Piece("same", was))
            removed = added = ""
        else:  # a lone space between two changed words joins them into one change
            removed, added = removed + was, added + now
    return pieces + _changed(removed, added)


def _parts(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) <= MANY:
        return old, new
    return before.splitlines(keepends=True), after.splitlines(keepends=True)


def _changed(removed: str, added: str) -> list[Piece]:
    around: list[Piece] = [Piece("removed", removed), Piece("added", added)]
    return [piece for piece in around if piece.text]
