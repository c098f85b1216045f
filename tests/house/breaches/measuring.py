"""Rows that measures and values forbid."""

from datetime import date
from typing import Any

from django.utils import timezone

from kernen.measures.models import (
    Delivery,
    FiguresLink,
    Freeze,
    Load,
    Measure,
    Point,
    Result,
    Series,
    Shape,
    SharedMeasure,
    SharedProposal,
    SharedVersion,
    Split,
    Start,
    Takeover,
    Token,
    Wall,
    WallChart,
)
from kernen.value.models import Actual, Cost, Evidence, Gain, Locked, Terms
from tests.house.world import World

from .common import Breach, again, appended


def undo_without_reason(world: World) -> None:
    load = Load.objects.earliest("pk")
    load.series.loads.create(by=world.coordinator, undoes=load, added=0, changed=0)


def shorter_is_better(world: World) -> None:
    Measure.objects.update(figures="events", frequency="day", direction="down")


def twice_of_all_places(world: World) -> None:
    measure = world.first.measures.earliest("pk")
    for _ in range(2):
        Shape.objects.create(measure=measure, headings="1" * 64, by=world.coordinator)


def load_twice(world: World) -> None:
    series = Series.objects.earliest("pk")
    for _ in range(2):
        series.loads.create(by=world.coordinator, key="sent-1", added=0, changed=0)


def token(**fields: Any) -> Breach:
    """The token of a series, with what it must not be."""

    def breach(world: World) -> None:
        made = world.token(Series.objects.earliest("pk"))
        Token.objects.filter(pk=made.pk).update(**fields)

    return breach


def delivery(**fields: Any) -> Breach:
    return lambda world: Delivery.objects.create(
        initiative=world.first, by=world.coordinator, filename="figures.csv", **fields
    )


def token_twice(world: World) -> None:
    series = Series.objects.earliest("pk")
    for _ in range(2):
        Token.objects.filter(pk=world.token(series).pk).update(digest="the same")


def asked(breach: Breach) -> Breach:
    def with_a_link(world: World) -> None:
        assert world.figures_link
        breach(world)

    return with_a_link


def link(**fields: Any) -> Breach:
    """The link for the figures of a series, with what it must not be."""
    return asked(lambda world: FiguresLink.objects.update(**fields))


def on_wall(breach: Breach) -> Breach:
    def with_a_wall(world: World) -> None:
        assert world.wall
        breach(world)

    return with_a_wall


def evidence_twice(model: Any) -> Breach:
    """A gain that stands on the same series, or the same frozen result, once more."""

    def breach(world: World) -> None:
        gain, shown = Gain.objects.earliest("pk"), model.objects.earliest("pk")
        for _ in range(2):
            told = {model._meta.model_name: shown, "says": "So"}
            gain.evidence.create(**told, by=world.coordinator)

    return breach


def point(**fields: Any) -> Breach:
    """A point of a period that has none yet."""
    return lambda world: Point.objects.create(
        series=Series.objects.get(), period=date(2030, 1, 1), **fields
    )


def shared_version(**fields: Any) -> Breach:
    """A third version of the shared measure that there is."""

    def breach(world: World) -> None:
        told: dict[str, Any] = {"changed": "More", "since": date(2020, 1, 1), "number": 3}
        told |= {"previous": world.shared.newest(), "for_hospital": True, "burden": 1}
        told |= {"shared": world.shared, "purpose": "Safety", "by": world.coordinator}
        SharedVersion.objects.create(**told | fields)

    return breach


def takeover(**fields: Any) -> Breach:
    return lambda world: Takeover.objects.create(
        measure=world.first.measures.get(), by=world.coordinator, **fields
    )


def proposal(**fields: Any) -> Breach:
    def breach(world: World) -> None:
        made = world.propose(world.first.measures.get())
        SharedProposal.objects.filter(pk=made.pk).update(**fields)

    return breach


def answered_by(world: World, answer: str) -> None:
    told = {"answered_at": timezone.now(), "answered_by": world.coordinator}
    proposal(answer=answer, **told)(world)


def proposed_twice(world: World) -> None:
    world.propose(world.first.measures.get())
    again(SharedProposal)(world)


BREACHES: list[tuple[str, Breach]] = [
    ("figureslink_once_at_a_time", asked(again(FiguresLink))),
    ("figureslink_is_for_somebody", link(name="")),
    ("figureslink_given_by_somebody", link(given_at=timezone.now())),
    ("figureslink_withdrawn_whole", link(withdrawn_at=timezone.now())),
    ("measure_name_once", again(Measure)),
    ("series_once_a_place", again(Series)),
    (
        "series_closed_is_on_no_other_page",
        lambda world: Series.objects.update(closed_at=timezone.now(), embedded_at=timezone.now()),
    ),
    ("point_once_a_period", again(Point)),
    ("point_counts_come_in_pairs", point(numerator=5)),
    ("point_counts_come_in_pairs", point(denominator=5)),
    ("point_numerator_within_denominator", point(numerator=6, denominator=5)),
    ("point_value_or_counts", point(value=1, numerator=1, denominator=2)),
    ("point_number_behind_the_figure", point(value=1, size=0)),
    ("point_number_behind_the_figure", point(numerator=1, denominator=2, size=3)),
    ("point_spread_of_several", point(value=1, size=1, spread=1)),
    ("point_spread_of_several", point(value=1, size=2, spread=-1)),
    ("point_spread_of_several", point(size=2, spread=1)),
    ("measure_rate_says_per", lambda world: Measure.objects.update(figures="rates", per=None)),
    ("measure_events_by_the_day", lambda world: Measure.objects.update(figures="events")),
    ("measure_events_longer_between_is_better", shorter_is_better),
    ("load_once_a_key", load_twice),
    ("load_undone_says_why", undo_without_reason),
    ("shape_once_a_place", again(Shape)),
    ("shape_once_a_measure", twice_of_all_places),
    ("split_once_a_period", again(Split)),
    ("freeze_once_a_period", again(Freeze)),
    (
        "sharedmeasure_withdrawn_by_somebody_with_why",
        lambda world: SharedMeasure.objects.update(withdrawn_at=timezone.now()),
    ),
    (
        "sharedmeasure_withdrawn_by_somebody_with_why",
        lambda world: SharedMeasure.objects.update(
            withdrawn_at=timezone.now(), withdrawn_by=world.coordinator
        ),
    ),
    (
        "sharedmeasure_replaced_by_another",
        lambda world: SharedMeasure.objects.update(
            withdrawn_at=timezone.now(),
            withdrawn_by=world.coordinator,
            withdrawn_why="Old",
            replaced_by=world.shared,
        ),
    ),
    ("sharedversion_number_once", shared_version(number=2)),
    ("sharedversion_rate_says_per", shared_version(figures="rates", per=None)),
    ("sharedversion_for_somebody", shared_version(for_hospital=False)),
    ("sharedversion_says_what_it_changes", shared_version(changed="")),
    ("sharedversion_says_what_it_changes", shared_version(since=None)),
    ("sharedversion_says_what_it_changes", shared_version(previous=None)),
    ("takeover_leaving_says_why", takeover()),
    ("takeover_breaks_somewhere_and_says_why", takeover(reason="Left", breaks=True)),
    ("sharedproposal_for_somebody", proposal(for_hospital=False)),
    ("sharedproposal_one_open", proposed_twice),
    ("sharedproposal_answered_by_somebody_at_a_time", proposal(answer="withdrawn")),
    ("sharedproposal_a_no_says_why", lambda world: answered_by(world, "declined")),
    ("sharedproposal_taken_in_names_what_it_became", lambda w: answered_by(w, "accepted")),
    ("split_says_why", lambda world: Split.objects.update(reason="")),
    ("freeze_says_why", lambda world: Freeze.objects.update(reason="")),
    ("start_says_why", again(Start, reason="")),
    ("result_names_calculation", again(Result, version=0)),
    ("wall_name_once", on_wall(again(Wall))),
    ("wall_chart_once", on_wall(again(WallChart))),
    ("wall_seconds_readable", on_wall(lambda world: Wall.objects.update(seconds=0))),
    ("delivery_brings_when_it_ends", delivery(added=1)),
    ("delivery_undone_says_why", delivery(undo_asked_at=timezone.now())),
    (
        "delivery_with_problems_brings_nothing",
        delivery(problems=["Row 3"], added=1, ended_at=timezone.now()),
    ),
    ("token_secret_once", token_twice),
    ("token_of_one_thing", token(series=None)),
    ("token_revoked_whole", token(revoked_at=timezone.now())),
    ("gain_low_likely_high", lambda world: Gain.objects.update(low=2, likely=1)),
    ("gain_amount_in_years", lambda world: Gain.objects.filter(kind="economy").update(likely=None)),
    ("gain_not_negative", lambda world: Gain.objects.filter(kind="economy").update(low=-1)),
    ("gain_party_known", lambda world: Gain.objects.update(party="nobody")),
    ("gain_says_what", lambda world: Gain.objects.update(words="")),
    ("gain_kind_known", lambda world: Gain.objects.filter(likely=None).update(kind="other")),
    ("gain_in_kroner_is_economy", lambda world: Gain.objects.update(kind="health")),
    ("gain_figure_has_unit", lambda world: Gain.objects.update(figure=1)),
    ("gain_found_out_by_somebody_by_a_day", lambda world: Gain.objects.update(finds_out=None)),
    ("cost_low_likely_high", lambda world: Cost.objects.update(high=1)),
    ("cost_amount_in_years", lambda world: Cost.objects.update(last_year=1999)),
    ("cost_not_negative", lambda world: Cost.objects.update(rate=-1)),
    ("cost_party_known", lambda world: Cost.objects.update(party="nobody")),
    ("cost_says_what", lambda world: Cost.objects.update(words="")),
    ("cost_once_in_one_year", lambda world: Cost.objects.update(recurs="once")),
    ("evidence_figures_or_study", lambda world: Evidence.objects.update(address="")),
    ("evidence_says_how", lambda world: Evidence.objects.update(says="")),
    ("evidence_series_once", evidence_twice(Series)),
    ("evidence_result_once", evidence_twice(Result)),
    ("terms_rate_not_negative", lambda world: Terms.objects.update(hourly_rate=-1)),
    ("terms_within_some_years", lambda world: Terms.objects.update(within=31)),
    ("locked_stage_known", appended(Locked, stage="hope")),
    ("actual_party_known", appended(Actual, party="nobody")),
    ("actual_not_negative", appended(Actual, paid=-1)),
    ("actual_says_why", appended(Actual, words="")),
]
