"""A wall screen of the demonstration, with charts whose figures are made up and marked so."""

from kernen.measures.models import Series
from kernen.measures.walls import actions

from .who import COORDINATOR, MIDT, Who

#: What passes by: measure and the organisation where it is counted.
SHOWN = [
    ("Dage til udredning", MIDT),
    ("Ved, hvem de kan ringe til", MIDT),
    ("KOL-patienter genindlagt inden for 30 dage", MIDT),
    ("Borgere scoret med TOBS ved ændret tilstand", "Viborg Kommune"),
]


def enter(who: Who) -> None:
    by = who.people[COORDINATOR]
    wall = actions.put_up(
        organisation=who.organisations[MIDT], name="Gangen ved tavlen, Viborg", seconds=20, by=by
    )
    for measure, place in SHOWN:
        series = Series.objects.get(measure__name=measure, organisation__name=place)
        actions.show(wall=wall, series=series, by=by)
    actions.open_address(wall=wall, by=by)
