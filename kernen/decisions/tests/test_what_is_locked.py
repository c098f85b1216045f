"""What is locked with a decision is what the version said that the forum saw."""

import pytest
from django.urls import reverse

from kernen.decisions import actions
from kernen.decisions.models import Outcome
from kernen.value import actions as value
from kernen.value.locking import Then, last_of_each
from kernen.value.summary import of

from .lived import REASON
from .sitting import form

YEARS = {"first_year": 2027, "last_year": 2028}


@pytest.fixture
def told(lived):
    initiative = lived.tested()
    return {"initiative": initiative, "by": lived.lead}


@pytest.fixture
def gain(told):
    return value.add_gain(
        who="region", kind="economy", words="Fewer beds", likely=900, **YEARS, **told
    )


def _locked(initiative) -> dict[str, Then]:
    return last_of_each(initiative.locked_values.all())


def test_what_the_version_said_is_locked_whatever_was_changed_since(lived, told, gain):
    proposal = lived.endorsed(lived.submitted(told["initiative"]))
    value.change(row=gain, likely=5, by=lived.lead)
    value.add_cost(who="municipality", words="Training", likely=400, **YEARS, **told)
    lived.decided(proposal)
    locked = _locked(told["initiative"])
    assert [one.total for one in locked.values()] == [1800, 1800]
    for one in locked.values():
        assert one.changed == ["Fewer beds", "Training"]
        assert one.said_at == proposal.latest().at
    assert of(told["initiative"]).total == 10 - 800


def test_what_was_not_changed_is_not_named(lived, told, gain):
    lived.decided(lived.endorsed(lived.submitted(told["initiative"])))
    assert [one.changed for one in _locked(told["initiative"]).values()] == [[], []]


def test_what_was_taken_out_and_what_an_hour_costs_are_changes_too(lived, told, gain):
    proposal = lived.endorsed(lived.submitted(told["initiative"]))
    value.take_out(row=gain, by=lived.lead)
    value.assume(hourly_rate=300, **told)
    lived.decided(proposal, outcome=Outcome.TEST_FURTHER)
    assert _locked(told["initiative"])["target"].changed == ["Fewer beds", "kroner an hour"]


def test_a_new_version_says_it_anew(lived, told, gain):
    proposal = lived.submitted(told["initiative"])
    value.change(row=gain, likely=700, by=lived.lead)
    actions.submit(proposal=proposal, reason=REASON, changes="Fewer.", by=lived.lead)
    lived.decided(lived.endorsed(proposal))
    locked = _locked(told["initiative"])["target"]
    assert (locked.total, locked.changed) == (1400, [])


def test_a_version_from_before_estimates_were_kept_locks_what_stands(
    lived, told, gain, monkeypatch
):
    monkeypatch.setattr("kernen.decisions.models.ProposalVersion.estimates", None)
    proposal = lived.endorsed(lived.submitted(told["initiative"]))
    value.change(row=gain, likely=5, by=lived.lead)
    lived.decided(proposal)
    locked = _locked(told["initiative"])["target"]
    assert (locked.total, locked.said_at, locked.changed) == (10, None, [])


def test_what_is_locked_and_what_was_changed_is_read_through_and_told_afterwards(
    lived, told, gain, secretary
):
    proposal = lived.endorsed(lived.submitted(told["initiative"]))
    value.change(row=gain, likely=5, by=lived.lead)
    sent = {name: one for name, one in form(lived).items() if name != "read"}
    page = secretary.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    assert page.count("DKK 1,800 in 2027–2028") == 2
    assert page.count("not in what is locked: Fewer beds.") == 2
    assert not told["initiative"].locked_values.exists()
    lived.decided(proposal)
    page = secretary.get(reverse("value", args=[told["initiative"].pk])).content.decode()
    assert page.count("not in what is locked: Fewer beds.") == 2


def test_that_nothing_is_locked_is_said_before_it_is_written_down(lived, told, secretary):
    said = "There is neither money nor gains to lock"

    def read(proposal):
        sent = {name: one for name, one in form(lived).items() if name != "read"}
        return secretary.post(reverse("decide", args=[proposal.pk]), sent).content.decode()

    proposal = lived.endorsed(lived.submitted(told["initiative"]))
    assert said in read(proposal)
    value.add_cost(who="municipality", words="Training", likely=400, **YEARS, **told)
    actions.submit(proposal=proposal, reason=REASON, changes="Costs.", by=lived.lead)
    page = read(lived.endorsed(proposal))
    assert "that are locked" in page
    assert said not in page


def test_the_sealed_version_holds_its_estimates_on_any_database(lived, told, gain):
    version = lived.submitted(told["initiative"]).latest()
    version.refresh_from_db()
    assert version.reckon() == version.hash
    assert version.estimates["gains"][0]["likely"] == "900.00"
