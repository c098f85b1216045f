"""Target, forecast, actual: what was expected is locked, and what came of it stands beside it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kernen.lib.append_only import ChangedHistory
from kernen.lib.refusal import Refused
from kernen.value import actions, summary
from kernen.value.locking import compare, last_of_each

from .conftest import YEARS


def lock(bare, stage="target"):
    return actions.lock(initiative=bare.initiative, stage=stage, by=bare.by)


def report(bare, who="region", year=2019, paid=0, gained=900):
    return actions.report_actual(
        initiative=bare.initiative, who=who, year=year, paid=paid, gained=gained, words="The books",
        by=bare.by,
    )  # fmt: skip


def compared(bare):
    then = last_of_each(bare.initiative.locked_values.all())
    return compare(then, bare.initiative.actuals.select_related("organisation"))


def test_what_is_locked_holds_every_row_and_what_was_reckoned(bare):
    bare.study(bare.gain(low=500, likely=1000, high=1500, **YEARS))
    bare.cost(likely=400, **YEARS)
    held = lock(bare).content
    assert [gain["basis"] for gain in held["gains"]] == ["documented"]
    assert held["costs"][0]["party"] == "Kommunerne"
    assert held["net"] == {"municipality": [-400.0] * 5, "region": [1000.0] * 5}
    assert held["simulation"]["draws"] == 10_000
    assert held["payback"] == {"year": None, "why": "never_out"}


def test_a_later_change_leaves_what_is_locked(bare):
    gain = bare.money("region", 1000)
    locked = lock(bare)
    actions.change(row=gain, likely=5, by=bare.by)
    locked.refresh_from_db()
    assert locked.content["net"]["region"] == [1000.0] * 5
    with pytest.raises(ChangedHistory):
        locked.save()


def test_of_several_of_one_stage_the_last_counts(bare):
    gain = bare.money("region", 1000)
    lock(bare)
    actions.change(row=gain, likely=5, by=bare.by)
    lock(bare)
    assert last_of_each(bare.initiative.locked_values.all())["target"].total == 25


def test_nothing_is_locked_as_something_else(bare):
    with pytest.raises(Refused, match="mål eller som prognose"):
        lock(bare, "hope")


def test_an_initiative_without_estimates_is_locked_as_such(bare):
    assert lock(bare).content["years"] == []
    assert "ingen penge" in last_of_each(bare.initiative.locked_values.all())["target"].said


def test_a_year_compares_what_was_expected_with_what_came(bare):
    gain = bare.money("region", 1_200_000)
    lock(bare)
    actions.change(row=gain, likely=1_000_000, by=bare.by)
    lock(bare, "forecast")
    report(bare, gained=900_000)
    (year,) = compared(bare)
    assert (year.expected("target"), year.expected("forecast")) == (1_200_000, 1_000_000)
    said = year.said.replace("\u00a0", " ")
    assert said == "2019: prognose 1 mio. kr., faktisk 900.000 kr."


def test_only_parties_that_have_reported_are_compared(bare):
    bare.money("region", 1000)
    bare.cost(likely=400, **YEARS)
    lock(bare)
    report(bare, gained=900)
    (year,) = compared(bare)
    assert year.expected("target") == 1000
    assert year.said.replace("\u00a0", " ") == (
        "2019: mål 1.000 kr., faktisk 900 kr. – uden kommunerne, som mangler at indberette"
    )
    report(bare, who="municipality", paid=500, gained=0)
    year = compared(bare)[0]
    assert (year.expected("target"), year.actual) == (600, 400)
    assert "uden" not in year.said


def test_what_was_not_expected_of_a_party_is_not_compared(bare):
    bare.money("region", 1000)
    lock(bare)
    report(bare, who="general_practice")
    year = compared(bare)[0]
    assert year.expected("target") is None
    assert year.rows[0].said["target"] == "–"


def test_what_is_reported_later_counts_and_the_first_stays(bare):
    report(bare, gained=900)
    report(bare, gained=700)
    assert compared(bare)[0].actual == 700
    assert bare.initiative.actuals.count() == 2


def test_a_year_that_has_not_begun_has_no_actual_figures(bare):
    with pytest.raises(Refused, match="ikke begyndt"):
        report(bare, year=timezone.localdate().year + 1)


def test_actual_figures_say_what_they_stand_on(bare):
    with pytest.raises(ValidationError):
        actions.report_actual(
            initiative=bare.initiative, who="region", year=2019, paid=1, gained=1, words="",
            by=bare.by,
        )  # fmt: skip


def test_the_page_shows_all_three_beside_each_other(bare, sign_in):
    bare.money("region", 1_200_000)
    lock(bare)
    lock(bare, "forecast")
    client, url = sign_in(bare.by), reverse("report_actual", args=[bare.initiative.pk])
    sent = {"who": "region", "year": 2019, "paid": "0", "gained": "900.000", "words": "The books"}
    assert client.post(url, sent).status_code == 302
    page = client.get(reverse("value", args=[bare.initiative.pk])).content.decode()
    assert "2019: prognose 1,2\u00a0mio.\u00a0kr., faktisk 900.000\u00a0kr." in page
    assert page.count("uændret siden") == 2


def test_the_summary_is_whole_for_a_proposal(bare):
    bare.study(bare.money("region", 800_000))
    found = summary.of(bare.initiative)
    (gain,) = found.gains
    assert (gain.basis, gain.grounds[0].url) == (
        "documented",
        "https://doi.org/10.1002/14651858.CD001800.pub3",
    )
    assert [(one.label, one.net) for one in found.parties] == [("Region og hospitaler", 800_000)]
    assert found.documented == 1
