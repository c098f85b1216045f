"""Which series a row of a delivery is of."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from ..loading.understanding import called
from ..models import Measure, Series
from ..reading.likeness import like, nearest
from ..reading.places import fitting, folded

_NO_MEASURE = _("The initiative has no measure of that name. Write it as it stands there.")
_NO_PLACE = _(
    "No place of that name is followed for the measure. Write it as it stands there, or let the "
    "place be followed first."
)
_NEAREST = _(
    "No place of that name is followed for the measure. Is “{place}” meant? Write it as it stands "
    "there."
)
_SEVERAL = _("Several places may be meant. Write organisation and ward, each in its column.")
_BY_DAY = _("Rare events are loaded one place at a time.")


def written(series: Series) -> str:
    """A place as it is to be written where organisation and ward stand together."""
    return ", ".join(filter(None, (str(series.organisation), series.place)))


class Known:
    """The measures and places that whoever delivers may see. `said`: by what a file calls a place,
    folded, the number of the series that a person chose for it, or 0 where it is left out."""

    def __init__(
        self,
        initiative: Initiative,
        measure: Measure | None,
        by: Person,
        said: Mapping[str, int] | None = None,
    ):
        self.said = said or {}
        measures = [measure] if measure else list(initiative.measures.all())
        self.only = measure
        self.measures = {one.pk: one for one in measures}
        found = Series.objects.seen_by(by).filter(measure__in=self.measures)
        self.series: dict[int, Series] = {}
        self._spelt: dict[int, dict[str, int]] = {}
        self._named: dict[tuple[int, str], set[int]] = defaultdict(set)
        for one in found.select_related("organisation"):
            one.measure = self.measures[one.measure_id]
            self.series[one.pk] = one
            for name in called(one):
                self._named[one.measure_id, folded(name)].add(one.pk)

    def measure(self, name: str) -> Measure | Promise:
        """The one of that name or number, or why there is none."""
        wanted = folded(name)
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
        found = self.measures.get(number) if number else None
        found = found or next((m for m in self.measures.values() if folded(m.name) == wanted), None)
        if found is None:
            return _NO_MEASURE
        return _BY_DAY if found.events else found

    def chosen(self, said: str) -> int | None:
        """The number of the series that somebody chose for the name, or 0."""
        chosen = self.said.get(folded(said))
        return chosen if chosen in (0, *self.series) else None

    def is_called(self, measure: Measure, said: str) -> bool:
        return (measure.pk, folded(said)) in self._named

    def place(self, measure: Measure, said: str) -> int | Promise:
        """The number of the series that is called so, or why none is meant.

        One name is a ward's or an organisation's; of two the one is a ward of the other."""
        found = self._named.get((measure.pk, folded(said)), set())
        if not found:
            near = self.nearest(measure, said)
            return format_lazy(_NEAREST, place=written(self.series[near])) if near else _NO_PLACE
        return next(iter(found)) if len(found) == 1 else _SEVERAL

    def nearest(self, measure: Measure, said: str) -> int | None:
        """The number of the series that is spelt most like it."""
        if measure.pk not in self._spelt:
            own = [one for one in self.series.values() if one.measure_id == measure.pk]
            self._spelt[measure.pk] = {folded(n): one.pk for one in own for n in called(one)}
        return nearest(said, self._spelt[measure.pk])

    def alike(self, measure: Measure, said: str) -> int | None:
        """The one series that is called so but for a slip, or in short."""
        own = {one.pk: called(one) for one in self.series.values() if one.measure_id == measure.pk}
        fits = [pk for pk, names in own.items() if fitting([said], names)]
        return fits[0] if len(fits) == 1 else like(said, own)

    def numbered(self, text: str) -> int | Promise:
        """The series of that number."""
        number = int(text) if text.isdecimal() and len(text) < 19 else 0
        found = self.series.get(number)
        if found is None:
            return _NO_PLACE
        return _BY_DAY if found.measure.events else number

    def now(self, keys: Collection[int]) -> list[Series]:
        """These series, closed if they have been closed meanwhile."""
        found = Series.objects.filter(measure__in=self.measures).values_list("pk", "closed_at")
        for key, closed_at in found:
            if key in self.series:
                self.series[key].closed_at = closed_at
        return [self.series[key] for key in keys]
