"""Which series a row is of that a machine sends for several places; or what is wrong in what it
says of its place."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import MESSAGE, contains_cpr

from ..models import Series
from ..reading.cells import Sentence
from ..reading.likeness import nearest
from ..reading.places import folded
from ..reading.results import Problem
from .problems import DIFFERS
from .sent import Sent

#: The fields that say the place.
PLACED = ("series", "organisation", "place")
_NO_SERIES = _("The measure has no series {name}, or it is closed to whoever made the token.")
_NO_ORGANISATION = _(
    "The measure has no place of “{name}”, or it is closed to whoever made the token."
)
_NO_PLACE = _(
    "The measure has no place “{name}” of this organisation, or it is closed to whoever made the "
    "token."
)
_MEANT = _("{unknown} Is “{near}” meant?")


class Places:
    """The places of a measure for which a token is good."""

    def __init__(self, series: Iterable[Series]):
        self.numbered: dict[int, Series] = {}
        self.named: dict[str, dict[str, Series]] = {}
        self.spelt: dict[str, str] = {}
        for one in series:
            organisation = one.organisation.name
            self.numbered[one.pk] = one
            self.named.setdefault(_plain(organisation), {})[_plain(one.place)] = one
            self.spelt |= {_plain(organisation): organisation, _plain(one.place): one.place}
        self.nearest = cache(self._nearest)

    def of(self, row: Sent) -> Series | Problem | None:
        """The series that is meant, or what is wrong; None where that is told already."""
        if any(name in row.wrong for name in PLACED):
            return None
        number = row.said.get("series")
        if number is not None:
            found = self.numbered.get(number)
            return found or Problem(str(_NO_SERIES).format(name=number), row.number, "series")
        organisation, place = (row.said.get(name, "") for name in PLACED[1:])
        wards = self.named.get(_plain(organisation))
        if wards is None:
            told = self._unknown(_NO_ORGANISATION, organisation, frozenset(self.named))
            return Problem(told, row.number, "organisation")
        if found := wards.get(_plain(place)):
            return found
        return Problem(self._unknown(_NO_PLACE, place, frozenset(wards)), row.number, "place")

    def _unknown(self, words: Sentence, name: str, known: frozenset[str]) -> Sentence:
        if not name.strip():
            missing: Sentence = DIFFERS["missing"]
            return missing
        if contains_cpr(name):
            return MESSAGE
        told, near = str(words).format(name=name), self.nearest(_plain(name), known)
        return str(_MEANT).format(unknown=told, near=self.spelt[near]) if near else told

    @staticmethod
    def _nearest(name: str, known: frozenset[str]) -> str:
        """What is spelt most like it, if anything is."""
        return nearest(name, {folded(one): one for one in sorted(known) if one}) or ""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
