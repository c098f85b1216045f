"""What stands on the page, and how it is shortened until there is room for it."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.sentences import shorten

from ..models import ProposalVersion

#: Size of letters in points, signs of a part's words, claims of a part, signs of a claim: from the
#: most generous to what always fits.
ROOMS = (
    (12, 4000, 9, 600),
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
    """A proposal for paper: `sheet` as `sheet.draw` gives it, `agreement` as `sheet.answered`
    does."""

    sheet: dict[str, Any]
    version: ProposalVersion | None
    agreement: list[dict[str, Any]]
    address: str
    made_up: bool = False
    letters: float = ROOMS[0][0]

    @property
    def printed(self) -> Any:
        return timezone.localdate()

    @property
    def edition(self) -> str:
        """Which version it is, and from when."""
        return self.version.called if self.version else _("draft")

    @property
    def site(self) -> str:
        """What the addresses of claims begin with."""
        return "/".join(self.address.split("/")[:3])

    @property
    def columns(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The parts in two columns about equally long, read one after the other."""
        heights = [_height(part) for part in self.sheet["parts"]]
        more = _height({"words": "", "missing": "", "claims": self.agreement})  # it stands last
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
                "claims": _shorter(part["claims"][:claims], claim),
            }
            for part in self.sheet["parts"]
        ]
        sheet = self.sheet | {"parts": parts, "summary": shorten(self.sheet["summary"], words)}
        agreement = _shorter(self.agreement, claim)
        return replace(self, sheet=sheet, agreement=agreement, letters=letters)


def _shorter(claims: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    return [one | {name: shorten(one[name], size) for name in ("text", "basis")} for one in claims]


def _height(part: dict[str, Any]) -> int:
    """About how many lines a part takes."""
    said = [part["words"] or part["missing"]]
    said += [f"{one['text']} {one['basis']}" for one in part["claims"]]
    return 2 + sum(1 + len(words) // LINE for words in said)
