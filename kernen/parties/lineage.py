"""What a cluster or an organisation goes on as: read from the confirmed changes of structure.

Nothing that points at a cluster or an organisation is rewritten when it is replaced. What it is
called on a day is asked here, so the past stays as it was and every day can be shown."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from kernen.lib.alphabet import alphabetical
from kernen.lib.shown_day import shown_day

from .models import Cluster, ClusterChange, Organisation, OrganisationChange

Party = TypeVar("Party", Cluster, Organisation)


class Step(NamedTuple):
    """From `day`, `before` goes on as `after`, which `begins` that day or was there already."""

    before: int
    after: int
    day: date
    begins: bool


class Lineage:
    """Who goes on as whom, by id; the steps are few however long the register is."""

    def __init__(self, steps: Iterable[Step]):
        self.steps = list(steps)

    def on(self, key: int, day: date) -> set[int]:
        """What it is on the day: itself, what it has become, or what it was before."""
        became = [step.after for step in self.steps if step.before == key and step.day <= day]
        was = [
            step.before
            for step in self.steps
            if step.after == key and step.day > day and step.begins
        ]
        others = became or was
        return set().union(*(self.on(other, day) for other in others)) if others else {key}

    def of(self, key: int, day: date) -> set[int]:
        """Everything that is this one on the day, itself among them."""
        keys = {key} | {one for step in self.steps for one in step[:2]}
        return {one for one in keys if one == key or key in self.on(one, day)}

    def of_all(self, keys: Iterable[int], day: date) -> set[int]:
        return set().union(*(self.of(key, day) for key in keys))


def _steps(model: Any, made: str) -> Lineage:
    rows = model.objects.filter(**{f"{made}__isnull": False, "replaces__isnull": False})
    fields = ("replaces", made, "reorganisation__day", f"{made}__start")
    return Lineage(
        Step(before, after, day, day == start)
        for before, after, day, start in rows.order_by().values_list(*fields)
    )


def clusters() -> Lineage:
    return _steps(ClusterChange, "cluster")


def organisations() -> Lineage:
    return _steps(OrganisationChange, "organisation")


LINES: dict[Any, Callable[[], Lineage]] = {Cluster: clusters, Organisation: organisations}


def moved(model: type[Party]) -> dict[int, list[Party]]:
    """The clusters or organisations, by id, in whose place others stand on the day shown, with
    those others."""
    found = standing(model, {key for step in LINES[model]().steps for key in step[:2]})
    return {key: some for key, some in found.items() if [one.pk for one in some] != [key]}


def standing(model: type[Party], keys: Collection[int]) -> dict[int, list[Party]]:
    """Each of these ids with what stands in its place on the day shown. Two queries."""
    lineage, day = LINES[model](), shown_day()
    on = {key: lineage.on(key, day) for key in keys}
    by_key = model.objects.in_bulk(set().union(*on.values()))  # type: ignore[attr-defined]
    found = {key: [by_key[one] for one in those] for key, those in on.items()}
    return {key: sorted(those, key=alphabetical) for key, those in found.items()}
