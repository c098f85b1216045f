# ruff: noqa: F811 pytest finds fixtures by their names
"""What a file of many places brought is taken out whole, and what it changes says why."""

from datetime import date

import pytest
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.delivering.undoing import actions as undoing
from kernen.measures.delivering.undoing import judging
from kernen.measures.loading import actions as loading
from kernen.measures.models import Load, Point

from .machines import series_of
from .test_delivering import _sorted, deliver, in_english, row, standing, wards  # noqa: F401


def test_the_whole_delivery_is_undone_at_once(world, wards, deliver):
    deliver(row(world, "A", 45, 98, 104), row(world, "B", 45, 7, 9))
    delivery, _problems = deliver(
        row(world, "A", 45, 99, 104),
        row(world, "A", 46, 1, 2),
        row(world, "C", 46, 1, 2),
        reason="Sent",
    )
    undoing.undo_delivery(delivery=delivery, reason="Forkert fil", by=world.coordinator)
    assert standing(wards[0]) == {(45, 98, 104, "")}
    assert standing(wards[1]) == {(45, 7, 9, "")}
    assert not wards[2].points.exists()
    log = Point.history.filter(series=wards[2]).order_by("history_id")
    assert [one.history_type for one in log] == ["+", "-"]
    with pytest.raises(Refused):
        undoing.undo_delivery(delivery=delivery, reason="Igen", by=world.coordinator)


def test_undoing_chunk_by_chunk_leaves_what_undoing_each_load_leaves(
    world, wards, deliver, monkeypatch
):
    """The same figures at another three places, undone load by load: points, loads and log."""
    monkeypatch.setattr(judging, "TOGETHER", 2)
    slowly = [series_of(world, place=f"Langsomt {letter}") for letter in "ABC"]
    before = {"A": [(45, 9, 10)], "B": [(45, 7, 9), (46, 1, 9)]}
    later = {"A": [(45, 8, 10), (46, 1, 2)], "B": [(46, 2, 9)], "C": [(46, 1, 2), (47, 2, 2)]}
    for given in (before, later):
        rows = [row(world, ward, *one) for ward, several in given.items() for one in several]
        delivery, problems = deliver(*rows, reason="Sent")
        assert problems == []
        for ward, several in given.items():
            figures = [
                actions.Figure(date.fromisocalendar(2018, week, 1), None, part, whole)
                for week, part, whole in several
            ]
            told = {"figures": figures, "by": world.coordinator, "reason": "Sent"}
            actions.load(series=slowly["ABC".index(ward)], **told)
    undoing.undo_delivery(delivery=delivery, reason="Forkert fil", by=world.coordinator)
    for series, one in zip(wards, slowly, strict=True):
        loading.undo_load(load=one.loads.first(), reason="Forkert fil", by=world.coordinator)
        assert standing(series) == standing(one)
        assert _kept(series.loads.order_by("pk")) == _kept(one.loads.order_by("pk"))
        logged = ("history_type", "period", "numerator", "denominator", "note", "left_out")
        logs = [sorted(Point.history.filter(series=s).values_list(*logged)) for s in (series, one)]
        assert logs[0] == logs[1]


def _kept(loads):
    return [(one.added, one.changed, _sorted(one.taken), _sorted(one.replaced)) for one in loads]


def test_correcting_by_a_file_says_why(world, wards, deliver):
    deliver(row(world, "A", 45, 98, 104), row(world, "B", 45, 7, 9))
    changed = row(world, "B", 46, 1, 9), row(world, "A", 45, 99, 104)
    _delivery, problems = deliver(*changed)
    assert problems == [
        "FMK ajourført, Afsnit A, Organisation 1: There is a figure for week 45, 2018 already: say"
        " why it is to be changed."
    ]
    assert (standing(wards[0]), standing(wards[1])) == ({(45, 98, 104, "")}, {(45, 7, 9, "")})
    assert deliver(*changed, reason="Registered late")[1] == []
    reasons = Load.objects.filter(series__in=wards, delivery__reason__gt="")
    assert {one.series: one.reason for one in reasons} == {
        wards[0]: "Registered late",
        wards[1]: "",
    }


def test_a_delivery_is_not_undone_over_a_later_load(world, wards, deliver):
    delivery, _problems = deliver(row(world, "A", 45, 98, 104), row(world, "B", 45, 7, 9))
    figure = actions.Figure(date.fromisocalendar(2018, 45, 1), numerator=1, denominator=2)
    actions.load(series=wards[0], figures=[figure], reason="Sent", by=world.coordinator)
    with pytest.raises(Refused, match="undo that load first"):
        undoing.undo_delivery(delivery=delivery, reason="Forkert", by=world.coordinator)
    assert standing(wards[1]) == {(45, 7, 9, "")}


def test_the_page_says_before_a_reason_is_typed_that_it_is_not_undone(
    world, wards, deliver, sign_in
):
    delivery, _problems = deliver(row(world, "A", 45, 98, 104), row(world, "B", 45, 7, 9))
    client, page = sign_in(world.coordinator), reverse("undo_delivery", args=[delivery.pk])
    assert 'name="reason"' in client.get(page).content.decode()
    figure = actions.Figure(date.fromisocalendar(2018, 45, 1), numerator=1, denominator=2)
    actions.load(series=wards[0], figures=[figure], reason="Sent", by=world.coordinator)
    seen = client.get(page).content.decode()
    assert f"{wards[0]}: {world.coordinator} indlæste uge 45, 2018 igen" in seen
    assert 'name="reason"' not in seen
