"""The verbs of wall screens. They stand in the journal of the organisation; which charts are shown
stands in that of their initiatives."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record as record_of_initiative
from kernen.initiatives.journal import VERBS
from kernen.parties.models import Organisation, Person
from kernen.parties.upkeep.actions import record

from ..models import Series
from . import rules
from .models import Wall, WallChart

VERBS.update(
    show_on_wall=_("“%(measure)s”, %(place)s, is shown on the wall screen “%(wall)s”"),
    take_off_wall=_("“%(measure)s”, %(place)s, is no longer on the wall screen “%(wall)s”"),
)


@transaction.atomic
def put_up(*, organisation: Organisation, name: str, seconds: int, by: Person) -> Wall:
    """A new wall screen of the organisation, still without charts and address."""
    rules.keep(by, organisation)
    wall = Wall(organisation=organisation, name=name, seconds=seconds)
    wall.full_clean()
    wall.save()
    record(organisation, "put_up_wall", by, name=wall.name)
    return wall


@transaction.atomic
def alter(*, wall: Wall, name: str, seconds: int, by: Person) -> Wall:
    """Another name, or another pace."""
    rules.keep(by, wall.organisation)
    wall = Wall.objects.locked(wall)
    if (wall.name, wall.seconds) != (name, seconds):
        wall.name, wall.seconds = name, seconds
        wall.full_clean()
        wall.save(update_fields=["name", "seconds"])
        record(wall.organisation, "alter_wall", by, name=wall.name, seconds=seconds)
    return wall


@transaction.atomic
def take_down(*, wall: Wall, by: Person) -> None:
    """The wall screen is no more, and its address is good for nothing."""
    rules.keep(by, wall.organisation)
    record(wall.organisation, "take_down_wall", by, name=wall.name)
    wall.delete()


@transaction.atomic
def show(*, wall: Wall, series: Series, by: Person) -> WallChart:
    """Show the chart on the wall screen, after those that are there."""
    wall = Wall.objects.locked(wall)
    rules.show(by, wall, series)
    last = wall.charts.last()
    chart = WallChart(wall=wall, series=series, position=last.position + 1 if last else 1)
    chart.full_clean()
    chart.save()
    _tell(chart, "show_on_wall", by)
    return chart


@transaction.atomic
def take_off(*, chart: WallChart, by: Person) -> None:
    """Show the chart there no longer."""
    rules.take_off(by, chart)
    _tell(chart, "take_off_wall", by)
    chart.delete()


@transaction.atomic
def move(*, chart: WallChart, back: bool, by: Person) -> None:
    """Let the chart change places with the one after it, or with the one before; the first and the
    last stay."""
    rules.keep(by, chart.wall.organisation)
    wall = Wall.objects.locked(chart.wall)
    order = list(wall.charts.all())
    at = next(at for at, one in enumerate(order) if one.pk == chart.pk)
    other = at - 1 if back else at + 1
    if 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]
        for position, one in enumerate(order, start=1):
            if one.position != position:
                one.position = position
                one.save(update_fields=["position"])
        record(wall.organisation, "order_wall", by, name=wall.name)


@transaction.atomic
def open_address(*, wall: Wall, by: Person) -> Wall:
    """From now on whoever has the address sees the wall screen, without signing in."""
    wall = Wall.objects.locked(wall)
    rules.open_address(by, wall)
    wall.opened_at = timezone.now()
    wall.save(update_fields=["opened_at"])
    record(wall.organisation, "open_wall", by, name=wall.name)
    return wall


@transaction.atomic
def close_address(*, wall: Wall, by: Person) -> Wall:
    """The address is good for nothing any more; a new one will be another."""
    wall = Wall.objects.locked(wall)
    rules.close_address(by, wall)
    wall.opened_at = None
    wall.save(update_fields=["opened_at"])
    record(wall.organisation, "close_wall", by, name=wall.name)
    return wall


def _tell(chart: WallChart, verb: str, by: Person) -> None:
    series = chart.series
    params: dict[str, Any] = {
        "measure": series.measure.name,
        "place": str(series),
        "wall": chart.wall.name,
    }
    record_of_initiative(series.measure.initiative, verb, by=by, params=params)
