"""Who pays, to the left, and who gains, to the right; below, what could change hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..money import kroner
from .parts import FONT, NARROW, Picture, both, fitted

if TYPE_CHECKING:
    from ..summary import Summary

#: Height of all that is paid or all that is gained, whichever is more; of a bar's width and gaps.
ALL, BAR, GAP, LEAST = 200.0, 12.0, 16.0, 2.0
LINE = FONT * 1.35


@dataclass(frozen=True, slots=True)
class Slot:
    """A party's bar with its name above it."""

    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    text_x: float
    anchor: str

    def drawn(self) -> dict[str, Any]:
        above = len(self.lines)
        rows = [(self.y - 6 - (above - 1 - at) * LINE, line) for at, line in enumerate(self.lines)]
        return asdict(self) | {"rows": rows}


def flows(summary: Summary) -> Picture:
    return both("flows", lambda width: _drawn(summary, width))


def _drawn(summary: Summary, width: int) -> dict[str, Any]:
    pays = [(one.label, one.pays) for one in summary.parties if one.pays > 0]
    gains = [(one.label, one.gains) for one in summary.parties if one.gains > 0]
    gains.reverse()
    scale = ALL / max(sum(each) for each in (_amounts(pays), _amounts(gains)))
    top = LINE * 2
    left = _column(pays, width, scale, top, right=False)
    right = _column(gains, width, scale, top, right=True)
    middle = width / 2 - BAR / 2
    begin = top + _above(width)
    bottom = max([slot.y + slot.height for slot in (*left, *right)])
    drawn = {
        "pays": [slot.drawn() for slot in left],
        "gains": [slot.drawn() for slot in right],
        "bar": BAR,
        "paid": _ribbons(left, begin, BAR, middle),
        "gained": [_turned(middle + BAR, width - BAR, slot, at) for slot, at in _at(right, begin)],
        "middle": (middle, begin, max(_height(left), _height(right))),
        "middle_x": width / 2,
        "heading_y": LINE,
        "right": width,
        "title": _("Who pays and who gains in a year"),
        "description": " ".join(_described(summary)),
    }
    moved = _moved(summary, width, scale, bottom + GAP)
    return drawn | moved | {"height": round(moved.get("end", bottom) + 8)}


def _amounts(parties: Sequence[tuple[str, float]]) -> list[float]:
    return [amount for _name, amount in parties]


def _above(width: int) -> float:
    """Room for a name above its bar: on a phone its amount stands on a line of its own."""
    return LINE * (2 if width == NARROW else 1) + 4


def _column(
    parties: Sequence[tuple[str, float]], width: int, scale: float, top: float, *, right: bool
) -> list[Slot]:
    slots, y = [], top
    for name, amount in parties:
        y += _above(width)
        height = max(amount * scale, LEAST)
        said = kroner(amount)
        room = width / 2 - 16
        lines = (
            (fitted(name, room), said) if width == NARROW else (fitted(f"{name}: {said}", room),)
        )
        x = width - BAR if right else 0.0
        slots.append(Slot(x, y, height, lines, width if right else 0, "end" if right else "start"))
        y += height + GAP
    return slots


def _height(slots: Sequence[Slot]) -> float:
    return sum(slot.height for slot in slots)


def _at(slots: Sequence[Slot], begin: float) -> list[tuple[Slot, float]]:
    """Each with where on the middle bar its ribbon meets it."""
    found, y = [], begin
    for slot in slots:
        found.append((slot, y))
        y += slot.height
    return found


def _ribbons(slots: Sequence[Slot], begin: float, x: float, to: float) -> list[str]:
    return [_ribbon(x, slot.y, to, at, slot.height) for slot, at in _at(slots, begin)]


def _turned(x: float, to: float, slot: Slot, at: float) -> str:
    return _ribbon(x, at, to, slot.y, slot.height)


def _ribbon(x: float, y: float, to_x: float, to_y: float, height: float) -> str:
    """A band of one height from the one place to the other."""
    half = (x + to_x) / 2
    there = f"C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
    low, to_low = y + height, to_y + height
    back = f"C{half:.1f} {to_low:.1f} {half:.1f} {low:.1f} {x:.1f} {low:.1f}"
    return f"M{x:.1f} {y:.1f}{there}V{to_low:.1f}{back}Z"


def _moved(summary: Summary, width: int, scale: float, top: float) -> dict[str, Any]:
    """The transfers: those that give to the left, those that are given to the right."""
    transfers = summary.settlement.transfers
    if not transfers:
        return {}
    names = summary.labels

    def sums(ends: Sequence[str]) -> list[tuple[str, float]]:
        found: dict[str, float] = {}
        for end, one in zip(ends, transfers, strict=True):
            found[end] = found.get(end, 0) + one.amount
        return list(found.items())

    givers = sums([one.giver for one in transfers])
    takers = sums([one.taker for one in transfers])
    top += LINE * 1.4
    left = _column([(names[w], a) for w, a in givers], width, scale, top, right=False)
    right = _column([(names[w], a) for w, a in takers], width, scale, top, right=True)
    out = {who: slot.y for (who, _a), slot in zip(givers, left, strict=True)}
    into = {who: slot.y for (who, _a), slot in zip(takers, right, strict=True)}
    ribbons = []
    for one in transfers:
        height = max(one.amount * scale, LEAST)
        ribbons.append(_ribbon(BAR, out[one.giver], width - BAR, into[one.taker], height))
        out[one.giver] += one.amount * scale
        into[one.taker] += one.amount * scale
    return {
        "givers": [slot.drawn() for slot in left],
        "takers": [slot.drawn() for slot in right],
        "moved": ribbons,
        "moved_y": top - LINE * 0.4,
        "end": max(slot.y + slot.height for slot in (*left, *right)),
    }


def _described(summary: Summary) -> list[str]:
    """The picture in words."""
    said = []
    for one in summary.parties:
        words = {"party": one.label, "pays": kroner(one.pays), "gains": kroner(one.gains)}
        said.append(_("%(party)s: pays %(pays)s and gains %(gains)s a year.") % words)
    for move in summary.settlement.transfers:
        words = {
            "giver": summary.labels[move.giver],
            "taker": summary.labels[move.taker],
            "amount": kroner(move.amount),
        }
        said.append(_("A transfer from %(giver)s to %(taker)s: %(amount)s a year.") % words)
    return said
