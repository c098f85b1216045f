"""A load is undone as a whole, and what a figure was is never lost."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from kernen.initiatives.models import Entry, Untold
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.judging import actions as judging
from kernen.measures.loading import actions as loading
from kernen.measures.loading.changes import LISTED
from kernen.measures.models import Load, Point, Series
from kernen.parties.models import OrganisationRole

WEEKS = [date(2018, 11, 5), date(2018, 11, 12), date(2018, 11, 19)]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def series(world) -> Series:
    measure = actions.define(
        initiative=world.first, name="FMK ajourført", frequency="week", by=world.coordinator
    )
    return actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit M", by=world.coordinator
    )


@pytest.fixture
def load(world, series):
    """Load numerators, by week, over ten."""

    def loaded(numerators, reason="Counted too late", **more):
        figures = [
            actions.Figure(period=WEEKS[at], numerator=number, denominator=10)
            for at, number in numerators.items()
        ]
        told = {"by": world.coordinator, "reason": reason} | more
        return actions.load(series=series, figures=figures, **told)

    return loaded


def standing(series):
    found = Point.objects.filter(series=series)
    return {WEEKS.index(point.period): point.numerator for point in found}


def undo(load, world, reason="The file was another ward's"):
    return loading.undo_load(load=load, reason=reason, by=world.coordinator)


def test_what_was_added_goes_and_what_was_changed_comes_back(world, series, load):
    load({0: 1, 1: 2})
    wrong = load({1: 9, 2: 9})
    undoing = undo(wrong, world)
    assert standing(series) == {0: 1, 1: 2}
    assert undoing.undoes == wrong
    assert undoing.reason == "The file was another ward's"
    said = Entry.objects.filter(verb="undo_load").get()
    assert (said.words, said.by) == (undoing.reason, world.coordinator)


def test_notes_values_and_what_stands_behind_them_come_back_too(world):
    measure = actions.define(
        initiative=world.first, name="Ventetid", figures="samples", by=world.coordinator
    )
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    first = {"value": 27.5, "size": 9, "spread": 1.25, "note": "Jul"}
    for figure in (first, {"value": 30, "size": None}):
        one = actions.Figure(period=date(2018, 11, 1), **figure)
        loaded = actions.load(series=made, figures=[one], reason="Late", by=world.coordinator)
    undo(loaded, world)
    point = made.points.get()
    assert {name: getattr(point, name) for name in first} == first


def test_a_load_is_undone_once_and_an_undoing_is_not_undone(world, series, load):
    loaded = load({0: 1})
    undoing = undo(loaded, world)
    with pytest.raises(Refused, match="undone already"):
        undo(loaded, world)
    with pytest.raises(Refused, match="This undid another load"):
        undo(undoing, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Load.objects.bulk_create(
            [Load(series=series, by=world.coordinator, added=0, changed=0, reason="x",
                  undoes=loaded)]
        )  # fmt: skip


def test_it_says_why(world, series, load):
    loaded = load({0: 1})
    with pytest.raises(ValidationError):
        undo(loaded, world, reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Load.objects.bulk_create(
            [Load(series=series, by=world.coordinator, added=0, changed=0, undoes=loaded)]
        )
    assert standing(series) == {0: 1}


def test_a_later_load_of_the_same_period_is_undone_first(world, series, load):
    first, later = load({0: 1, 1: 1}), load({1: 2})
    with pytest.raises(Refused, match=r"loaded week 46, 2018 again on .*: undo that load first"):
        undo(first, world)
    undo(later, world)
    undo(first, world)
    assert standing(series) == {}


def test_a_later_load_that_came_back_to_the_same_figure_is_not_lost(world, series, load):
    first = load({0: 1})
    load({0: 2})
    load({0: 1})
    with pytest.raises(Refused, match="undo that load first"):
        undo(first, world)


def test_a_later_load_of_other_periods_does_not_hinder(world, series, load):
    first = load({0: 1})
    load({1: 2})
    undo(first, world)
    assert standing(series) == {1: 2}


def test_a_figure_that_was_judged_since_does_not_go(world, series, load):
    load({0: 1})
    loaded = load({1: 1, 2: 1})
    split = actions.split(series=series, period=WEEKS[2], reason="New ward", by=world.coordinator)
    with pytest.raises(Refused, match="week 47, 2018 begins a phase"):
        undo(loaded, world)
    actions.join(split=split, by=world.coordinator)
    judging.leave_out(series=series, period=WEEKS[1], reason="Strike", by=world.coordinator)
    with pytest.raises(Refused, match="week 46, 2018 begins a phase, ends the baseline or is left"):
        undo(loaded, world)


def test_an_event_that_was_moved_since_stands(world):
    from kernen.measures.rare import actions as rare

    measure = actions.define(
        initiative=world.first, name="Fald", figures="events", frequency="day", unit="",
        by=world.coordinator,
    )  # fmt: skip
    made = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    figures = [actions.Figure(period=day, size=1) for day in WEEKS]
    loaded = actions.load(series=made, figures=figures, by=world.coordinator)
    rare.happened(series=made, on=WEEKS[1], by=world.coordinator)
    with pytest.raises(Refused, match=r"The figure of .* was changed afterwards"):
        undo(loaded, world)


def test_who_may_not_load_may_not_undo(world, series, load):
    with pytest.raises(Refused):
        loading.undo_load(
            load=load({0: 1}), reason="x", by=world.person(OrganisationRole.Role.READER)
        )


def test_the_last_load_counts_as_the_series_own_unless_it_was_undone(world, series, load):
    first = load({0: 1})
    undo(load({1: 1}), world)
    assert Series.objects.get(pk=series.pk).standing.loaded_at == first.at


def test_the_page_says_what_happens_and_the_list_who_undid_it_and_why(world, series, load, sign_in):
    load({0: 1, 1: 2})
    loaded = load({1: 9, 2: 9})
    client = sign_in(world.coordinator)
    address = reverse("undo_load", args=[loaded.pk])
    assert address in client.get(series.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "1 tal, som den tilføjede" in page
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Forkert fil"}).url == series.get_absolute_url()
    assert standing(series) == {0: 1, 1: 2}
    shown = client.get(series.get_absolute_url()).content.decode()
    assert address not in shown
    assert "(”Forkert fil”)" in shown


def test_the_page_of_a_load_that_stands_says_why(world, series, load, sign_in):
    first = load({0: 1})
    load({0: 2})
    page = sign_in(world.coordinator).get(reverse("undo_load", args=[first.pk]))
    assert '<form method="post" novalidate>' not in page.content.decode()
    assert "først" in str(page.context["refused"])


def test_the_history_says_what_a_figure_was_and_is_by_whom_when_why_and_how(
    world, series, load, sign_in
):
    load({0: 1, 1: 2})
    changed = load({0: 3}, reason="Counted too late", filename="uge45.csv")
    undo(changed, world, reason="It was right")
    page = sign_in(world.coordinator).get(reverse("figures_history", args=[series.pk]))
    told = [(one.was, one.became, one.load.reason) for one in page.context["page_obj"]]
    assert told == [("3/10", "1/10", "It was right"), ("1/10", "3/10", "Counted too late")]
    shown = page.content.decode()
    assert "uge45.csv" in shown
    assert world.coordinator.name in shown
    load({1: 4, 0: 5}, reason="Both")
    page = sign_in(world.coordinator).get(reverse("figures_history", args=[series.pk]))
    told = [(one.was, one.became) for one in page.context["page_obj"]]
    assert told[:2] == [("2/10", "4/10"), ("1/10", "5/10")], "the latest period of a load first"


def test_every_load_that_did_something_is_found_and_those_that_did_nothing_are_not(
    world, series, load, sign_in
):
    for number in range(LISTED + 2):
        load({0: number % 10})
    assert load({0: (LISTED + 1) % 10}, key="a machine's", digest="the same again")
    client = sign_in(world.coordinator)
    shown = client.get(series.get_absolute_url())
    assert len(shown.context["loads"].object_list) == LISTED
    every = reverse("series_loads", args=[series.pk])
    assert every in shown.content.decode()
    listed = client.get(every).context["page_obj"].object_list
    assert len(listed) == LISTED + 2
    assert [one["undoable"] for one in listed] == [True] + [False] * (LISTED + 1)


def test_what_comes_in_now_is_news_and_no_history(world, series, load):
    undo(load({0: 1}), world)
    told = world.first.journal.filter(verb__in=("load", "undo_load"), params__series=series.pk)
    assert [(entry.verb, entry.carried_over) for entry in told] == [
        ("undo_load", False),
        ("load", False),
    ]
    assert Untold.objects.filter(entry__in=told).count() == 2
