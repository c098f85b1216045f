"""What the tests of this room share: an initiative without any gains and costs."""

from datetime import date
from decimal import Decimal

import pytest

from kernen.initiatives import actions as initiatives
from kernen.measures import actions as measures
from kernen.measures.evaluating import actions as evaluating
from kernen.value import actions
from tests.house.world import World

YEARS = {"first_year": 2019, "last_year": 2023}


class Bare:
    """A bare initiative of the world, written by its coordinator."""

    def __init__(self, world: World) -> None:
        self.world, self.by = world, world.coordinator
        self.initiative = initiatives.register(
            title="Bare",
            problem="A problem",
            organisations=[world.hospital, world.municipality],
            cluster=world.cluster,
            by=self.by,
        )

    def gain(self, who="region", words="Fewer bed days", kind="economy", **fields):
        return actions.add_gain(
            initiative=self.initiative, kind=kind, who=who, words=words, by=self.by, **fields
        )

    def cost(self, who="municipality", words="Training", **fields):
        return actions.add_cost(
            initiative=self.initiative, who=who, words=words, by=self.by, **fields
        )

    def money(self, who="region", likely=1000):
        return self.gain(who, likely=Decimal(likely), **YEARS)

    def study(self, gain):
        return actions.add_evidence(
            gain=gain,
            reference="Anderson 2016",
            address="doi:10.1002/14651858.CD001800.pub3",
            says="It helps",
            by=self.by,
        )

    def series(self, before: int, after: int):
        """Twelve months at the one level and twelve at the other, split between them."""
        measure = measures.define(
            initiative=self.initiative, name=f"Share {self.world.number()}", by=self.by
        )
        series = measures.open_series(measure=measure, organisation=self.world.hospital, by=self.by)
        self.load(series, before, after)
        measures.split(series=series, period=date(2019, 1, 1), reason="It took", by=self.by)
        return series

    def frozen(self, series):
        """What the split of the series did, frozen."""
        start = series.splits.get().period
        return evaluating.freeze_series(series=series, start=start, why="It took", by=self.by)

    def load(self, series, before: int, after: int):
        figures = [
            measures.Figure(
                period=date(2018 + at // 12, at % 12 + 1, 1),
                numerator=(before if at < 12 else after) + at % 3,
                denominator=100,
            )
            for at in range(24)
        ]
        measures.load(series=series, figures=figures, reason="Counted again", by=self.by)


@pytest.fixture
def bare(world: World) -> Bare:
    return Bare(world)
