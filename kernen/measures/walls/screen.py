"""What hangs on the wall: which chart now, which next, and the address of it all."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ..fetching import charted_for
from ..models import Standing
from ..pictures import Charted, chart_of
from .models import Wall

#: Good for one wall screen, as long as it is open; nothing of it is stored.
SIGNER = signing.Signer(salt="kernen.measures.walls")
#: So many seconds a screen waits that has nothing to show.
WAIT = 60


def key_of(wall: Wall) -> str:
    """Ninety-six bits: somebody may have to type it on a remote control."""
    return SIGNER.signature(f"{wall.pk}:{wall.opened_at}")[:16]


def address(wall: Wall) -> str:
    """The whole address that a screen is given."""
    return settings.SITE + reverse("wall_screen", args=[wall.pk, key_of(wall)])


@dataclass(frozen=True)
class Shown:
    """One chart in its turn: `at` of `count`, from 0; `standing` has its last update."""

    charted: Charted
    standing: Any
    at: int
    count: int

    @property
    def marks(self) -> list[bool]:
        """One mark a chart; True is the one that is shown."""
        return [at == self.at for at in range(self.count)]


def standings(wall: Wall) -> list[Any]:
    """How the series stand that are shown, in order: those with figures that everybody may see."""
    shown = Standing.objects.shown_to(None).filter(series__on_walls__wall=wall)
    return list(shown.exclude(latest=None).order_by("series__on_walls__position", "pk"))


def shown(wall: Wall, at: int) -> Shown | None:
    """The chart whose turn it is, or the first where there are no more so many; None if none."""
    found = standings(wall)
    if not found:
        return None
    at = at if at < len(found) else 0
    return Shown(chart_of(charted_for(None).get(pk=found[at].pk)), found[at], at, len(found))
