"""A practice and its series, for tests of what is closed: see `test_closing.py`."""

from datetime import date

from kernen.lib.periods import between
from kernen.measures import actions
from kernen.measures.models import Measure, Series
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole, Person, Sector

MONTHS = list(between(date(2018, 1, 1), date(2018, 12, 1), "month"))
#: What stands nowhere else in the small world.
PLACE, NOTE, FIGURE = "Kvistgaarden", "Xylofonbogen", "71337"


def practice(world, name: str, role: str = OrganisationRole.Role.CONTRIBUTOR):
    """A general practice with one person."""
    organisation = parties.found_organisation(name=name, sector=Sector.GENERAL_PRACTICE, by=None)
    person = parties.enrol(name=f"Doctor at {name}", email=f"{name}@example.org", by=None)
    parties.give_role(person=person, organisation=organisation, role=role, by=None)
    return organisation, person


def figures(over: int, months=MONTHS) -> list[actions.Figure]:
    return [actions.Figure(m, numerator=over + i, denominator=100) for i, m in enumerate(months)]


def practice_series(world, measure: Measure) -> tuple[Series, Person]:
    """A series of a practice with a word in every text, not closed yet; and its doctor."""
    organisation, doctor = practice(world, "Fælleshuset")
    series = actions.open_series(
        measure=measure, organisation=organisation, place=PLACE, by=world.coordinator
    )
    told = [*figures(50), actions.Figure(date(2019, 1, 1), numerator=71337, denominator=99999)]
    actions.load(series=series, figures=told, by=world.coordinator)
    on = date(2018, 5, 1)
    actions.annotate(series=series, on=on, words=NOTE, by=world.coordinator)
    actions.split(series=series, period=on, reason=NOTE, by=world.coordinator)
    return series, doctor
