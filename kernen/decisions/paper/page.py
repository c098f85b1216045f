"""What stands on the page, and how it is shortened until there is room for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.sentences import shorten
from kernen.lib.written import shortened

from ..gates import in_short
from ..models import ProposalVersion
from ..parts import PARTS

#: More than anything has.
ALL = 10**6


@dataclass(frozen=True)
class Room:
    """The size of letters in points; signs of a part's words, claims of a part, signs of a claim;
    gains of a cell and signs of one; parties whose money is shown; whether the chart is drawn."""

    letters: float
    words: int = ALL
    claims: int = ALL
    claim: int = ALL
    gains: int = ALL
    gain: int = ALL
    parties: int = ALL
    drawn: bool = True


def _between(rooms: Sequence[Room], steps: int) -> Iterator[Room]:
    """The rooms, and so many in all from each to the next, so that no more is cut than must be."""
    for wide, strict in pairwise(rooms):
        yield from (_on_the_way(wide, strict, step / steps) for step in range(steps))
    yield rooms[-1]


def _on_the_way(wide: Room, strict: Room, share: float) -> Room:
    """A room on the way from one to the other, each size by equal factors."""

    def size(name: str) -> float:
        one, other = getattr(wide, name), getattr(strict, name)
        return float(one * (other / one) ** share)

    counts = ("words", "claims", "claim", "gains", "gain", "parties")
    sizes: dict[str, Any] = {name: round(size(name)) for name in counts}
    return replace(strict, letters=round(size("letters"), 2), **sizes)


#: From the most generous: all that is told, in smaller and smaller letters; then, in letters that
#: are still read with ease, less and less of it.
WHOLE = tuple(Room(letters) for letters in (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5))
SHORTER = tuple(
    _between(
        (
            Room(8.5, 4000, 12, 600, 6, 300, 9),
            Room(8.5, 1200, 7, 300, 4, 200, 7),
            Room(8.5, 500, 5, 180, 2, 100, 5),
            Room(8.5, 150, 2, 110, 1, 70, 4),
            Room(8.0, 110, 1, 90, 1, 50, 3),
        ),
        steps=12,
    )
)
#: The same without the chart, to what always fits.
UNDRAWN = tuple(
    _between(
        (
            Room(8.5, 500, 5, 180, 2, 100, 5, drawn=False),
            Room(8.5, 150, 2, 100, 1, 50, 3, drawn=False),
            Room(8.0, 110, 1, 80, 1, 40, 2, drawn=False),
            Room(7.5, 80, 1, 60, 1, 26, 2, drawn=False),
        ),
        steps=5,
    )
)
#: What is shortened by itself: the parts; who gains what, who pays and who gains; and what stands
#: above them and what was recommended.
PIECES = (*PARTS, "gains", "money", "top")
#: What is read at a glance at the top of the screen.
GLIMPSE = Room(8.5, 250, 3, 130, 2, 70, 4)

#: About how many signs stand on a line of a column, and how many lines the chart takes, in letters
#: of so many points.
LINE, CHART, OF = 58, 17, 8.5
#: Signs that are read at a glance.
GLANCE = 600


@dataclass(frozen=True)
class Page:
    """A proposal for paper: `sheet` as `sheet.draw` gives it; what came after it is told by
    `answers`, as `sheet.answered` gives them, and by `advice`, as `sheet.advised` does."""

    sheet: dict[str, Any]
    version: ProposalVersion | None
    answers: dict[str, Any] | None
    advice: list[dict[str, Any]]
    address: str
    room: Room = WHOLE[0]
    whole: frozenset[str] = frozenset()  # of PIECES, those that are told whole in spite of it
    more_advice: int = 0  # of which there was no room

    @property
    def printed(self) -> Any:
        return timezone.localdate()

    @property
    def edition(self) -> str:
        """Which version it is, and from when."""
        return self.version.called if self.version else _("draft")

    @property
    def why(self) -> str:
        """Why it is proposed, as much as one reads at a glance."""
        words = {part["field"]: part["words"] for part in self.sheet["parts"]}
        return shortened(words["why"], GLANCE)

    @property
    def changes(self) -> str:
        """What is new in this version, where there was one before it."""
        most = self._room("top").words
        return shortened(self.version.changes, most, line=LINE) if self.version else ""

    @property
    def lacks(self) -> str:
        """All that is missing, in one line: the parts that say nothing, and what else was when it
        was submitted."""
        silent = [part["field"] for part in self.sheet["parts"] if not part["words"]]
        passed = self.version.passed if self.version else []
        lacking = in_short(dict.fromkeys([*silent, *passed]))
        return shorten(f"{lacking}." if lacking else "", self._room("top").words)

    @property
    def reason(self) -> str:
        """Why it was submitted all the same."""
        return shorten(self.version.reason, self._room("top").words) if self.version else ""

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Those of which something is said."""
        return [part for part in self.sheet["parts"] if part["words"] or part["claims"]]

    @property
    def site(self) -> str:
        """What the addresses of claims begin with."""
        return "/".join(self.address.split("/")[:3])

    @property
    def all_answers(self) -> str:
        """Where they stand in full."""
        return f"{self.address}#endorsements"

    @property
    def chart(self) -> dict[str, Any] | None:
        chart = self.sheet.get("chart") if self.room.drawn else None
        return chart and _headed(chart, self.room)

    @property
    def columns(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The parts in two columns about equally long, read one after the other: the first begins
        with the chart, the second with the money and ends with what came since."""
        parts, money, share = self.parts, self.sheet["money"], OF / self.room.letters
        line = round(LINE * share)
        heights = [_height(part["words"], part["claims"], line) for part in parts]
        left = round(CHART * share) if self.chart else 0
        right = _height("", self.advice, line) if self.advice else 0
        if money:
            further = sum(1 + len(one) // line for one in money["further"])
            right += 4 + 3 * len(money["parties"]) + further
        end = min(
            range(len(heights) + 1),
            key=lambda end: max(left + sum(heights[:end]), right + sum(heights[end:])),
        )
        return parts[:end], parts[end:]

    def within(self, room: Room, whole: frozenset[str] = frozenset()) -> "Page":
        """The page with its texts shortened to the room, but for those of its pieces that are to be
        told whole."""
        sized = replace(self, room=room, whole=whole)
        top = sized._room("top")
        sheet = self.sheet | {
            "parts": [_of_part(part, sized._room(part["field"])) for part in self.sheet["parts"]],
            "summary": shorten(self.sheet["summary"], max(top.words // 2, 120)),
            "gains": _fewer(self.sheet.get("gains"), sized._room("gains")),
            "money": _richest(self.sheet.get("money"), sized._room("money")),
        }
        return replace(
            sized,
            sheet=sheet,
            answers=self.answers and _told(self.answers, top),
            advice=_shorter(self.advice[: top.claims], top.claim),
            more_advice=max(len(self.advice) - top.claims, 0),
        )

    def _room(self, piece: str) -> Room:
        return WHOLE[0] if piece in self.whole else self.room


def _of_part(part: dict[str, Any], room: Room) -> dict[str, Any]:
    return part | {
        "words": shortened(part["words"], room.words, line=LINE // 2),
        "claims": _shorter(part["claims"][: room.claims], room.claim),
        "more": max(len(part["claims"]) - room.claims, 0),
    }


def _shorter(claims: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    return [one | {name: shorten(one[name], size) for name in ("text", "basis")} for one in claims]


def at_a_glance(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers on the top of the screen, below which they stand in full."""
    return _told(answers, GLIMPSE)


def _told(answers: dict[str, Any], room: Room) -> dict[str, Any]:
    """As many answers as there is room for; the number of each stays."""
    groups = []
    for group in answers["groups"]:
        who = _as_many(group["who"], room, worded=group["worded"])
        groups.append(group | {"who": who, "more": len(group["who"]) - len(who)})
    earlier = answers["earlier"]
    if earlier:
        # Each name says it beside its answer; it is said again where some had no room there.
        cut = any(group["more"] for group in groups)
        earlier = earlier | {"who": shorten(earlier["who"], 3 * room.claim) if cut else ""}
    return {"text": shorten(answers["text"], 3 * room.claim), "groups": groups, "earlier": earlier}


def _as_many(who: list[str], room: Room, *, worded: bool) -> list[str]:
    """Each with its words, shortened; or names alone, on some lines."""
    if worded:
        return [shorten(one, 2 * room.claim) for one in who[: room.claims]]
    ends = accumulate(len(name) + 2 for name in who)
    return [name for name, end in zip(who, ends, strict=True) if end <= 2 * room.claim]


def _fewer(gains: dict[str, Any] | None, room: Room) -> dict[str, Any] | None:
    if gains is None:
        return None

    def cell(one: dict[str, Any]) -> dict[str, Any]:
        told = one["gains"][: room.gains]
        short = [{name: shorten(words, room.gain) for name, words in gain.items()} for gain in told]
        return one | {"gains": short, "more": max(len(one["gains"]) - room.gains, 0)}

    parties = [
        party | {"cells": [cell(one) for one in party["cells"]]} for party in gains["parties"]
    ]
    return gains | {"parties": parties}


def _richest(money: dict[str, Any] | None, room: Room) -> dict[str, Any] | None:
    """Those that lose most and those that gain most, and how many stand between them."""
    if money is None:
        return None
    parties, most = money["parties"], room.parties
    others = max(len(parties) - most, 0)
    if others:
        parties = parties[: -(-most // 2)] + parties[len(parties) - most // 2 :]
    further = money["further"][: max(room.words - 300, 0) // 100]
    return _headed(money, room) | {"parties": parties, "others": others, "further": further}


def _headed(figure: dict[str, Any], room: Room) -> dict[str, Any]:
    return figure | {"heading": shorten(figure["heading"], 2 * room.claim)}


def _height(words: str, claims: list[dict[str, Any]], line: int) -> int:
    """About how many lines of so many signs they take under their heading."""
    said = [*words.splitlines(), *(f"{one['text']} {one['basis']}" for one in claims)]
    return 2 + sum(1 + len(one) // line for one in said)
