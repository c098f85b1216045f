"""Measures, their series and figures in the world of the tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from kernen.initiatives.models import Initiative
from kernen.lib.periods import between
from kernen.measures import actions as measures
from kernen.measures.asking import actions as asking
from kernen.measures.catalogue import actions as catalogue
from kernen.measures.catalogue.proposing import actions as proposing
from kernen.measures.catalogue.using import actions as using
from kernen.measures.delivering import actions as delivering
from kernen.measures.evaluating import actions as evaluating
from kernen.measures.judging import actions as judging
from kernen.measures.loading import actions as loading
from kernen.measures.machine import actions as machine
from kernen.measures.models import (
    Delivery,
    FiguresLink,
    Load,
    Measure,
    Series,
    SharedMeasure,
    SharedProposal,
    Token,
    Wall,
)
from kernen.measures.walls import actions as walls
from kernen.parties import actions as parties
from kernen.parties.models import (
    OrganisationRole,
    Person,
    Sector,
)
from tests.house.deciding import SOON

#: What a measure of a kind of figures says beside its name, and its figure of a period.
DEFINED_WITH: dict[str, dict[str, Any]] = {
    "rates": {"unit": "bed days", "per": 1000, "chart": "u"},
    "samples": {"unit": "days", "chart": "xbar"},
    "events": {"unit": "days", "frequency": "day", "chart": "g"},
}
FIGURE_OF: dict[str, Callable[[int], dict[str, Any]]] = {
    "counts": lambda i: {"numerator": 50 + i % 7, "denominator": 100},
    "rates": lambda i: {"numerator": 5 + i % 7, "denominator": 3},
    "values": lambda i: {"value": Decimal(50 + i % 7)},
    "samples": lambda i: {"value": Decimal(50 + i % 7), "size": 9 + i % 2, "spread": Decimal(2)},
    "events": lambda i: {"size": 1 + i % 2},
}


class Measuring:
    """What a world holds of measures; `coordinator`, `number` and all else are the world's."""

    @cached_property
    def wall(self) -> Wall:
        return self.new_wall()

    def new_wall(self) -> Wall:
        """A wall screen with the first series there is."""
        by = self.coordinator
        made = walls.put_up(
            organisation=self.hospital, name=f"Wall {self.number()}", seconds=20, by=by
        )
        walls.show(wall=made, series=Series.objects.earliest("pk"), by=by)
        return made

    @cached_property
    def figures_link(self) -> FiguresLink:
        return self.ask_for_figures(Series.objects.earliest("pk"))

    def ask_for_figures(self, series: Series) -> FiguresLink:
        """By e-mail, of somebody whom the register does not know."""
        number = self.number()
        return asking.ask(
            series=series,
            name=f"Nurse {number}",
            email=f"nurse{number}@example.org",
            by=self.coordinator,
        )

    def measure(self, initiative: Initiative, kind: str = "counts") -> Measure:
        measure = measures.define(
            initiative=initiative,
            name=f"Measure {self.number()}",
            dimension="health",
            figures=kind,
            numerator="Done",
            denominator="All",
            by=self.coordinator,
            **DEFINED_WITH.get(kind, {}),
        )
        self.series(measure)
        return measure

    def series(self, measure) -> None:
        made = measures.open_series(
            measure=measure,
            organisation=self.hospital,
            place=f"Ward {self.number()}",
            by=self.coordinator,
        )
        self.load(made, date(2018, 1, 1), date(2019, 8, 1))
        measures.split(series=made, period=date(2018, 11, 1), reason="It took", by=self.coordinator)
        judging.freeze(series=made, period=date(2018, 3, 1), reason="Before", by=self.coordinator)
        judging.leave_out(series=made, period=date(2018, 2, 1), reason="Shut", by=self.coordinator)
        if not measure.events:
            self.weigh(made)
        measures.annotate(
            series=made, on=date(2018, 10, 1), words="A new workflow", by=self.coordinator
        )

    def delivery(self, measure: Measure) -> Delivery:
        """A file of many places that waits for the worker."""
        told: dict[str, Any] = {"filename": "figures.csv", "content": b"x", "by": self.coordinator}
        return delivering.receive(initiative=measure.initiative, measure=measure, **told)

    def token(self, of: Measure | Series) -> Token:
        """Another system may give its figures."""
        name, by = f"System {self.number()}", self.coordinator
        return machine.make_token(of=of, name=name, until=SOON, by=by)[0]

    def closed_series(self, measure, person: Person) -> None:
        """A closed series of a practice in which the person contributes."""
        practice = self.organisation(Sector.GENERAL_PRACTICE)
        role = OrganisationRole.Role.CONTRIBUTOR
        parties.give_role(person=person, organisation=practice, role=role, by=None)
        measures.open_series(
            measure=measure, organisation=practice, closed=True, by=self.coordinator
        )

    def weigh(self, series) -> None:
        """When the place started, and what it did there, frozen."""
        by, start = self.coordinator, date(2018, 11, 1)
        evaluating.say_start(series=series, period=start, reason="It began", by=by)
        evaluating.freeze_series(series=series, start=start, why="It began", by=by)

    def load(self, series, first: date, last: date) -> None:
        figures = [
            measures.Figure(period=start, **FIGURE_OF[series.measure.figures](i))
            for i, start in enumerate(between(first, last, "month"))
        ]
        measures.load(series=series, figures=figures, by=self.coordinator)

    def shared_measure(self, **texts) -> SharedMeasure:
        """A measure in the catalogue with two versions that cannot be compared."""
        said = {"purpose": "Safety", "for_hospital": True, "for_municipality": True, "burden": 10}
        said |= {"dimension": "health", "numerator": "Done", "denominator": "All"}
        made = catalogue.publish_shared(
            name=f"Shared {self.number()}",
            owner=self.hospital,
            by=self.coordinator,
            **said | texts,
        )
        self.new_version(made, comparable=False)
        return made

    def new_version(self, shared: SharedMeasure, *, comparable: bool = True, **texts) -> None:
        number = self.number()
        catalogue.publish_version(
            shared=shared,
            changed=f"Change {number}",
            comparable=comparable,
            since=date(2018, 11, 1),
            by=self.coordinator,
            **{"counted": f"Adults {number}"} | texts,
        )

    def use(self, initiative: Initiative, shared: SharedMeasure | None = None) -> Measure:
        """The initiative counts as a shared measure says."""
        version = (shared or self.shared_measure()).newest()
        return using.use_shared(initiative=initiative, version=version, by=self.coordinator)

    def propose(self, measure: Measure) -> SharedProposal:
        return proposing.propose_shared(
            measure=measure,
            to=self.hospital,
            purpose="Others need it",
            for_hospital=True,
            burden=5,
            by=self.coordinator,
        )

    @cached_property
    def load_of_many(self) -> Load:
        """A load that came together with that of another place."""
        return self.load_together(self.measure(self.first), 2)

    def load_together(self, measure: Measure, places: int) -> Load:
        """One figure for each of so many places of the measure, of a file that was put right."""
        by, figure = self.coordinator, measures.Figure(date(2019, 9, 1), numerator=1, denominator=2)
        figures = {
            measures.open_series(
                measure=measure, organisation=self.hospital, place=f"Ward {self.number()}", by=by
            ): [figure]
            for _place in range(places)
        }
        loading.remember_many(
            measure=measure, headings="1" * 64, sheet="", across=False, columns={"period": 0},
            places={str(one): one.pk for one in figures}, own={}, by=by,
        )  # fmt: skip
        return loading.load_many(measure=measure, figures=figures, by=by)[0]

    def correct(self, series) -> None:
        """A load that changed a figure, undone, of a file that was read as somebody said."""
        by, point = self.coordinator, series.points.latest("period")
        figure = measures.Figure(
            point.period, **FIGURE_OF[series.measure.figures](self.number() % 20)
        )
        wrong = replace(figure, note=f"Words {self.number()}")
        load = measures.load(series=series, figures=[wrong], reason="Too late", by=by)
        loading.undo_load(load=load, reason="Another ward's", by=by)
        columns = {"period": 0, "value": 1}
        loading.remember(
            series=series, headings="0" * 64, sheet="", across=False, columns=columns,
            place="", shared=True, by=by,
        )  # fmt: skip
