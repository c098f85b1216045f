"""One period's figure is typed in with a thumb: what is due first, asked about when it is far, and
taken in once however often it is sent."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kernen.lib.periods import following, label, normalise
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.asking.due import due
from kernen.measures.charts.figures import Figure as Plain
from kernen.measures.closing import actions as closing
from kernen.measures.models import Load, Point, Series
from kernen.measures.owed import GRACE
from kernen.measures.waiting import waiting
from kernen.ui.kept import mark_of

from .asked import key_of, page, send, week, weekly
from .practices import practice

YES = "Ja, det er rigtigt"


@pytest.fixture
def series(world) -> Series:
    return weekly(world)


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def enter_page(series) -> str:
    return reverse("enter", args=[series.pk])


def standing(series, period: date) -> Point | None:
    return series.points.filter(period=period).first()


# --- which periods are asked for ----------------------------------------------------------------


def slowly(there: set[date], frequency: str, today: date) -> list[date]:
    """Every day is looked at, one by one: the year that went, and all since the last that came."""
    missing: list[date] = []
    if not there:
        return missing
    late = following(following(max(there), frequency), frequency) + timedelta(days=GRACE[frequency])
    if (today - late).days >= 365:
        return missing
    for ago in range((today - min(there)).days):
        start = normalise(today - timedelta(days=ago), frequency)
        over = following(start, frequency) <= today
        looked_at = (today - start).days < 365 or start > max(there)
        if over and looked_at and start not in there and start not in missing:
            missing.append(start)
    return missing


@pytest.mark.parametrize("frequency", ["day", "week", "month", "quarter", "year"])
@pytest.mark.parametrize("kept", [(), (3,), (4, 6, 9), (1, 2, 3)])
def test_the_missing_periods_are_those_found_day_by_day(frequency, kept):
    today = date(2026, 11, 26)
    start = normalise(today, frequency)
    periods = []
    for _ago in range(12):
        periods.append(start)
        start = normalise(start - timedelta(days=1), frequency)
    points = [Plain(periods[ago], value=1) for ago in kept]
    found = due(points, frequency, today)
    assert found.missing == slowly({periods[ago] for ago in kept}, frequency, today)
    assert found.begins == following(found.running, frequency)
    assert found.anew == (found.missing == [] and 1 not in kept)


def test_what_is_due_is_asked_for_first_and_then_what_is_missing_before_it(series, client):
    seen = page(enter_page(series), client)
    with override("da"):
        latest, last = (label(week(ago), "week") for ago in (1, 2))
    assert f"Gem {latest}<" in seen
    after = send(client, enter_page(series), week(1), value="20")
    assert f"{latest.capitalize()} er gemt." in after
    assert "Alle tal er inde." in after
    assert f"Det seneste tal, {last}" in seen
    assert f"Det seneste tal, {latest}" in after
    assert standing(series, week(1)).value == 20


def test_a_gap_is_filled_one_period_at_a_time(world, client):
    series = weekly(world, last=4)
    after = send(client, enter_page(series), week(1), value="20")
    with override("da"):
        assert f"Gem {label(week(2), 'week')}<" in after
    send(client, enter_page(series), week(3), value="19,5")
    assert standing(series, week(3)).value == Decimal("19.5")
    assert standing(series, week(2)) is None


def test_the_last_figure_is_shown(series, client):
    assert "18\xa0opkald" in page(enter_page(series), client)


def test_a_period_without_a_figure_is_said_to_have_none_and_asked_for_no_more(series, client):
    after = send(client, enter_page(series), week(1), none="on", note="Lukket")
    assert "Alle tal er inde." in after
    assert standing(series, week(1)).shown is None


def test_a_period_that_has_not_begun_is_refused(series, world):
    figure = actions.Figure(week(-1), value=Decimal(1))
    with pytest.raises(Refused, match="ikke begyndt"):
        asking.give(series=series, figure=figure, key="k", by=world.coordinator)


# --- each kind of figures -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "stands"),
    [
        ("counts", {"numerator": "15", "denominator": "1.200"}, (15, 1200, None, None)),
        ("rates", {"numerator": "150", "denominator": "100"}, (150, 100, None, None)),
        ("values", {"value": "19,5"}, (None, None, Decimal("19.5"), None)),
        (
            "samples",
            {"value": "18,2", "size": "9", "spread": "2"},
            (None, None, Decimal("18.2"), 9),
        ),
    ],
)
def test_every_kind_has_its_own_fields(world, client, kind, typed, stands):
    series = weekly(world, kind)
    send(client, enter_page(series), week(1), sure="x", **typed)
    point = standing(series, week(1))
    if point is None:  # far from what was shown: say that it is right
        said = "/".join(value.replace(".", "").replace(",", ".") for value in typed.values())
        send(client, enter_page(series), week(1), sure=said, **typed)
        point = standing(series, week(1))
    assert (point.numerator, point.denominator, point.value, point.size) == stands


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("counts", {"numerator": "15", "denominator": "12"}),
        ("counts", {"numerator": "15"}),
        ("counts", {"numerator": "1,5", "denominator": "3"}),
        ("values", {}),
        ("values", {"value": "mange"}),
        ("values", {"value": "3", "none": "on"}),
        ("samples", {"value": "18"}),
        ("samples", {"value": "18", "size": "1", "spread": "2"}),
        ("values", {"value": "18", "note": "0101701234 faldt"}),
    ],
)
def test_what_cannot_be_is_said_and_stays_on_the_form(world, client, kind, typed):
    series = weekly(world, kind)
    seen = send(client, enter_page(series), week(1), **typed)
    assert "Der er fejl" in seen or "alert-error" in seen
    assert standing(series, week(1)) is None
    for text in typed.values():
        assert text == "on" or f'value="{text}"' in seen


def test_rare_events_have_their_own_form(world, client):
    measure = actions.define(
        initiative=world.first, name="Fald", figures="events", frequency="day", by=world.coordinator
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    assert client.get(enter_page(series)).url == reverse("happened", args=[series.pk])


# --- a figure that stands is changed with a reason ----------------------------------------------


def test_a_figure_that_stands_is_changed_with_a_reason_that_is_kept(series, client):
    address = f"{enter_page(series)}?period={week(2)}"
    seen = page(address, client)
    assert 'value="18"' in seen
    key = key_of(seen)
    assert "Der er allerede et tal" in send(client, address, week(2), key=key, value="19")
    assert standing(series, week(2)).value == 18
    send(client, address, week(2), value="19", reason="Et opkald var glemt")
    assert standing(series, week(2)).value == 19
    load = Load.objects.first()
    assert (load.way, load.reason, load.changed) == ("form", "Et opkald var glemt", 1)
    assert load.replaced[0]["value"].startswith("18")
    assert series.measure.initiative.journal.first().words == "Et opkald var glemt"


def test_somebody_else_s_figure_of_the_same_period_is_not_written_over(series, client, world):
    key = key_of(page(enter_page(series), client))
    other = actions.Figure(week(1), value=Decimal(21))
    actions.load(series=series, figures=[other], by=world.coordinator)
    seen = send(client, enter_page(series), week(1), key=key, value="20")
    assert "Hvorfor" in seen
    assert standing(series, week(1)).value == 21


@pytest.mark.parametrize("reason", ["", "Talt om"])
@pytest.mark.parametrize("before", ["", "19"])
def test_what_somebody_else_gave_since_the_form_was_drawn_is_asked_about(
    series, client, world, reason, before
):
    def load(value):
        figure = actions.Figure(week(1), value=Decimal(value))
        told = {"figures": [figure], "reason": "Talt igen", "by": world.coordinator}
        actions.load(series=series, **told)

    if before:
        load(before)
    address = f"{enter_page(series)}?period={week(1)}"
    typed = {"key": key_of(page(address, client)), "stood": before, "value": "20"}
    load("21")
    seen = send(client, address, week(1), **typed, reason=reason)
    assert "i mellemtiden givet et andet tal" in seen
    assert "Du kan ændre det" not in seen, "it is said once"
    assert "data-asks" in seen
    assert 'value="20"' in seen
    assert 'name="stood" value="21"' in seen
    assert standing(series, week(1)).value == 21
    send(client, address, week(1), **typed | {"stood": "21"}, reason="Talt om")
    assert standing(series, week(1)).value == 20


def test_what_stood_is_the_same_however_it_is_written(series, client, world):
    figure = actions.Figure(week(1), value=Decimal("20.50"))
    actions.load(series=series, figures=[figure], by=world.coordinator)
    assert 'name="stood" value="20.5"' in page(f"{enter_page(series)}?period={week(1)}", client)


def test_a_correction_without_a_reason_is_refused_and_asks_nothing(series, client):
    address = f"{enter_page(series)}?period={week(2)}"
    seen = send(client, address, week(2), stood="18", value="19")
    assert "Der er allerede et tal" in seen
    assert 'value="19"' in seen
    assert "data-asks" not in seen


# --- once, however often it is sent -------------------------------------------------------------


def test_what_is_sent_again_is_taken_in_once(series, client):
    key = key_of(page(enter_page(series), client))
    for _again in range(3):
        send(client, enter_page(series), week(1), key=key, value="20")
    assert series.loads.filter(way="form").count() == 1


def test_what_comes_late_does_not_undo_what_was_corrected_meanwhile(series, world):
    figure = actions.Figure(week(1), value=Decimal(20))
    given = {"series": series, "figure": figure, "key": "k", "by": world.coordinator}
    first = asking.give(**given)
    changed = actions.Figure(week(1), value=Decimal(21))
    actions.load(series=series, figures=[changed], reason="Talt om", by=world.coordinator)
    assert asking.give(**given) == first
    assert standing(series, week(1)).value == 21


def test_the_same_form_with_another_figure_is_not_taken_for_the_first(series, world):
    given = {"series": series, "key": "k", "by": world.coordinator}
    asking.give(figure=actions.Figure(week(1), value=Decimal(20)), **given)
    other = actions.Figure(week(1), value=Decimal(21))
    with pytest.raises(Refused):
        asking.give(figure=other, **given)
    asking.give(figure=other, reason="Talt om", **given)
    assert standing(series, week(1)).value == 21


# --- who ----------------------------------------------------------------------------------------


def test_who_may_not_load_is_told_why(series, world, sign_in):
    reader = world.person("reader")
    assert sign_in(reader).get(enter_page(series)).status_code == 403
    with pytest.raises(Refused):
        asking.give(
            series=series,
            figure=actions.Figure(week(1), value=Decimal(1)),
            key="k",
            by=reader,
        )


def test_closed_figures_are_entered_by_their_own_people_alone(world, sign_in):
    series = weekly(world)
    organisation, doctor = practice(world, "Huset")
    Series.objects.filter(pk=series.pk).update(organisation=organisation)
    closing.close(series=Series.objects.get(pk=series.pk), by=doctor)
    assert sign_in(world.coordinator).get(enter_page(series)).status_code == 404
    assert sign_in(doctor).get(enter_page(series)).status_code == 200


def test_the_page_carries_the_mark_of_who_is_signed_in_and_is_kept_nowhere(
    series, client, world, sign_in
):
    response = client.get(enter_page(series))
    assert "no-store" in response.headers["Cache-Control"]
    assert f'data-keeps="{mark_of(world.coordinator.user)}"' in response.content.decode()
    other = world.person("contributor")
    seen = page(enter_page(series), sign_in(other))
    assert mark_of(world.coordinator.user) not in seen


def test_the_form_has_a_worker_that_stands_above_every_form_and_is_asked_for_anew(series, client):
    (address,) = re.findall(r'data-worker="([^"]+)"', page(enter_page(series), client))
    assert address.count("/") == 1, "so that it may serve the form's address alone"
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert 'addEventListener("fetch"' in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy


def test_every_page_says_for_whom_something_may_be_kept(series, client, world):
    mark = mark_of(world.coordinator.user)
    assert f'data-whose="{mark}"' in page(series.get_absolute_url(), client)
    assert 'data-whose=""' in page("/", Client())


def test_what_waits_leads_to_the_form(series, world):
    (line,) = [one for one in waiting(world.coordinator) if f":{series.measure_id}:" in one.key]
    assert line.url == enter_page(series)


def test_it_is_found_from_the_series_and_from_the_initiative_s_measures(series, client):
    for address in (
        series.get_absolute_url(),
        reverse("measures", args=[series.measure.initiative_id]),
    ):
        assert f'href="{enter_page(series)}"' in page(address, client)


def test_without_figures_only_the_period_that_is_over_is_asked_for(world, client):
    measure = actions.define(
        initiative=world.first, name="Ny", figures="values", frequency="month", by=world.coordinator
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    over = normalise(timezone.localdate().replace(day=1) - timedelta(days=1), "month")
    seen = page(enter_page(series), client)
    assert f'name="period" value="{over}"' in seen
    assert "Der mangler også" not in seen
