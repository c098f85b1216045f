"""Which series each name in a file means: as somebody said, as it is called, or as is likeliest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kernen.parties.models import Organisation

from ...models import Measure, Series, Shape
from ...reading.likeness import like, nearest
from ...reading.places import fitting, folded
from ..understanding import called

#: What is chosen for a name: nothing yet, that it is left out, the number of a series, or of an
#: organisation at which the measure is to be followed from now on.
NOTHING, LEFT_OUT, AT = "", "0", "at-"


@dataclass(frozen=True)
class Match:
    """What a name is taken for; `how` is "like" where only a likeness says so."""

    choice: str = NOTHING
    how: str = ""
    organisation: Organisation | None = None
    """The organisation of that name, where the measure has no series there."""
    near: Series | None = None
    """What is spelt most like a name for which nothing is found."""


def known(measure: Measure) -> dict[str, str]:
    """What people chose for names in the measure's files before, the latest counting."""
    shapes = Shape.objects.filter(measure=measure, organisation=None).order_by("at", "pk")
    found: dict[str, str] = {}
    for shape in shapes:
        found |= {name: str(pk) for name, pk in shape.places.items()}
    return found


def matches(
    names: Sequence[str],
    series: Iterable[Series],
    said: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[str, Match]:
    """A match for each name: `said` on the page now, `known` from files before."""
    every = list(series)
    fit = {LEFT_OUT, *(str(one.pk) for one in every)}
    found = {name: Match(said[name] if said[name] in fit else NOTHING) for name in said}
    for name in names:
        if name not in found and known.get(folded(name)) in fit:
            found[name] = Match(known[folded(name)])
    _as_called([name for name in names if name not in found], every, found)
    open_to = [name for name in names if found.get(name, Match()).choice == NOTHING]
    at = {one.organisation_id for one in every if not one.place}
    elsewhere = [one for one in Organisation.objects.current() if one.pk not in at]
    taken = {match.choice for match in found.values()}
    free = [one for one in every if str(one.pk) not in taken]
    spelt = {folded(one): series for series in free for one in called(series)}
    for name in open_to:
        organisation = _organisation(name, elsewhere)
        adds = organisation is not None and said.get(name) == f"{AT}{organisation.pk}"
        near = None if organisation else nearest(name, spelt)
        found[name] = Match(said[name] if adds else NOTHING, "", organisation, near)
    return found


def _as_called(names: Sequence[str], series: Sequence[Series], found: dict[str, Match]) -> None:
    """First those that are called so, then those that are alike; none means a series twice."""
    free = {one.pk: called(one) for one in series}
    for name in names:
        fits = [pk for pk, own in free.items() if fitting([name], own)]
        exact = [pk for pk in fits if any(folded(name) == folded(one) for one in free[pk])]
        chosen = exact if exact else fits
        if len(chosen) == 1:
            found[name] = Match(str(chosen[0]))
    taken = {match.choice for match in found.values()}
    free = {pk: own for pk, own in free.items() if str(pk) not in taken}
    for name in names:
        if name not in found and (alike := like(name, free)) is not None:
            found[name] = Match(str(alike), "like")


def _organisation(name: str, among: Sequence[Organisation]) -> Organisation | None:
    exact = [one for one in among if folded(str(one)) == folded(name)]
    fits = exact or [one for one in among if fitting([name], [str(one)])]
    return fits[0] if len(fits) == 1 else None
