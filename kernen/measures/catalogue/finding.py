"""The catalogue as a list: found, filtered, sorted, with how much each measure is used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.lib.alphabet import alphabetical
from kernen.lib.words import stems

from ..models import Measure, SharedVersion

#: What a search looks in, beside the name.
READ = ("purpose", "numerator", "denominator", "counted", "source")


@dataclass(frozen=True)
class Shared:
    """A shared measure by its newest version, with the initiatives and places that use it."""

    version: Any
    initiatives: int
    places: int

    @property
    def name(self) -> str:
        return str(self.version.shared.name)

    @property
    def burden(self) -> int:
        """Minutes a week at all places together."""
        return int(self.version.burden * self.places)


#: Column → what it sorts by; a leading minus turns it round.
SORTS: dict[str, Callable[[Shared], Any]] = {
    "name": lambda one: alphabetical(one.name),
    "uses": lambda one: (one.places, one.initiatives),
    "burden": lambda one: one.version.burden,
}


def catalogue(
    *, q: str = "", sector: str = "", dimension: str = "", standing: str = "", sort: str = ""
) -> list[Shared]:
    """Read whole in one query and searched here: each word of `q` begins one that stands there."""
    found = SharedVersion.objects.current().select_related("shared__owner", "shared__replaced_by")
    found = found.filter(shared__withdrawn_at__isnull=standing != "withdrawn")
    if sector:
        found = found.filter(**{f"for_{sector}": True})
    if dimension:
        found = found.filter(dimension=dimension)
    used = uses()
    rows = [Shared(one, *used.get(one.shared_id, (0, 0))) for one in _holding(q, found)]
    rows.sort(key=SORTS["name"])
    column = sort.removeprefix("-")
    if column in SORTS:
        rows.sort(key=SORTS[column], reverse=sort.startswith("-"))
    return rows


def _holding(q: str, found: Iterable[Any]) -> Iterator[Any]:
    """Those in which every word of `q` stands, or begins another."""
    wanted = stems(q)
    for one in found:
        said = stems(" ".join([one.shared.name, *(getattr(one, name) for name in READ)]))
        if all(any(word.startswith(begin) for word in said) for begin in wanted):
            yield one


def uses() -> dict[int, tuple[int, int]]:
    """Shared measure → how many initiatives that are not stopped use it, and at how many places."""
    used = using().values_list("version__shared").order_by()
    counted = used.annotate(Count("initiative", distinct=True), Count("series", distinct=True))
    return {shared: (initiatives, places) for shared, initiatives, places in counted}


def using() -> Any:
    """The measures that are counted as the catalogue says."""
    return Measure.objects.filter(version__isnull=False).exclude(initiative__stage=Stage.STOPPED)


#: So many are shown beside the form for a measure of one's own.
BESIDE = 4


def beside(initiative: Initiative, q: str) -> list[Shared]:
    """What the catalogue has for a new measure of the initiative: what is searched for, else what
    is for its sectors, the most used first. What it uses already is left out."""
    used = set(initiative.measures.values_list("version__shared", flat=True))
    found = [one for one in catalogue(q=q, sort="-uses") if one.version.shared_id not in used]
    there = initiative.sectors()
    if not q:
        found = [one for one in found if there.keys() & {*one.version.sectors}]
    return found[:BESIDE]
