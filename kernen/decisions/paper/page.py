"""What stands on the page, and how it is shortened until there is room for it."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from kernen.lib.sentences import shorten

from ..models import ProposalVersion

#: Size of letters in points, signs of a part's words, claims of a part, signs of a claim: from the
#: most generous to what always fits.
ROOMS = (
    (11, 4000, 9, 600),
    (10, 4000, 9, 400),
    (9.5, 2500, 7, 300),
    (9, 1200, 6, 240),
    (9, 700, 5, 200),
    (8.5, 500, 5, 180),
    (8.5, 350, 4, 150),
    (8.5, 250, 3, 130),
    (8.5, 150, 2, 110),
)


#: About how many signs stand on a line of a column.
LINE = 58


@dataclass(frozen=True)
class Page:
    """A proposal for paper: `sheet` as `sheet.draw` gives it, `agreement` as it stands today."""

    sheet: dict[str, Any]
    version: ProposalVersion | None
    agreement: list[str]
    address: str
    made_up: bool = False
    letters: float = ROOMS[0][0]

    @property
    def printed(self) -> Any:
        return timezone.localdate()

    @property
    def site(self) -> str:
        """What the addresses of claims begin with."""
        return "/".join(self.address.split("/")[:3])

    @property
    def columns(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The parts in two columns about equally long, read one after the other."""
        heights = [_height(part) for part in self.sheet["parts"]]
        more = 2 + 2 * len(self.agreement)  # what they answered stands last
        end = min(
            range(1, len(heights) + 1),
            key=lambda end: max(sum(heights[:end]), sum(heights[end:]) + more),
        )
        return self.sheet["parts"][:end], self.sheet["parts"][end:]

    def within(self, room: tuple[float, int, int, int]) -> "Page":
        """The page with its texts shortened to the room."""
        letters, words, claims, claim = room
        parts = [
            part
            | {
                "words": shorten(part["words"], words),
                "claims": [
                    one
                    | {"text": shorten(one["text"], claim), "basis": shorten(one["basis"], claim)}
                    for one in part["claims"][:claims]
                ],
            }
            for part in self.sheet["parts"]
        ]
        sheet = self.sheet | {"parts": parts, "summary": shorten(self.sheet["summary"], words)}
        return replace(self, sheet=sheet, letters=letters)


def _height(part: dict[str, Any]) -> int:
    """About how many lines a part takes."""
    said = [part["words"] or part["missing"]]
    said += [f"{one['text']} {one['basis']}" for one in part["claims"]]
    return 2 + sum(1 + len(words) // LINE for words in said)
