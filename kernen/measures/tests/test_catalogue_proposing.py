"""A team's measure becomes a shared one, or does not."""

import pytest
from django.urls import reverse

from kernen.lib.refusal import Refused
from kernen.measures.catalogue.proposing import actions
from kernen.measures.catalogue.using.rules import offered
from kernen.measures.catalogue.waiting import waiting
from kernen.measures.models import SharedMeasure
from kernen.parties import actions as parties
from kernen.parties.models import OrganisationRole


@pytest.fixture
def measure(world):
    return world.first.measures.get()


@pytest.fixture
def owner(world):
    """Coordinates the region, which nobody of the team does."""
    region = world.organisation("region")
    person = parties.enrol(name="Owner", email="owner@example.org", by=None)
    parties.give_role(
        person=person, organisation=region, role=OrganisationRole.Role.COORDINATOR, by=None
    )
    person.region = region
    return person


@pytest.fixture
def proposal(world, measure, owner):
    return actions.propose_shared(
        measure=measure,
        to=owner.region,
        purpose="Others need it",
        for_hospital=True,
        burden=5,
        by=world.coordinator,
    )


def answers(client, proposal, **changed):
    form = client.get(proposal.get_absolute_url()).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    return client.post(proposal.get_absolute_url(), filled | changed)


def test_a_lead_proposes_and_the_region_is_who_is_asked_first(world, sign_in, measure, owner):
    client = sign_in(world.coordinator)
    address = reverse("propose_shared", args=[measure.pk])
    form = client.get(address).context["form"]
    assert form["to"].value() == owner.region.pk
    assert client.post(address, {"to": owner.region.pk}).context["form"].errors["sectors"]
    filled = {"purpose": "x", "sectors": "for_hospital", "burden": 5, "to": owner.region.pk}
    client.post(address, filled)
    proposal = measure.proposals.get()
    assert proposal.sectors == ["hospital"]
    assert proposal.get_absolute_url() in client.get(measure.get_absolute_url()).content.decode()
    assert client.get(address).url == measure.get_absolute_url(), "one at a time"
    [line] = waiting(owner)
    assert measure.name in line.what


def test_only_the_lead_proposes(world, measure, owner):
    contributor = world.person(OrganisationRole.Role.CONTRIBUTOR)
    with pytest.raises(Refused):
        actions.propose_shared(
            measure=measure,
            to=owner.region,
            purpose="x",
            for_hospital=True,
            burden=5,
            by=contributor,
        )


def test_what_is_taken_in_as_it_stands_binds_the_team_at_once(sign_in, measure, owner, proposal):
    answer = answers(sign_in(owner), proposal)
    made = SharedMeasure.objects.get(name=measure.name)
    assert answer.url == made.get_absolute_url()
    measure.refresh_from_db()
    assert measure.version == made.newest()
    assert measure.takeovers.get().since is None
    assert made.newest().purpose == "Others need it"
    assert measure.initiative.journal.first().verb == "take_in_proposal"
    assert not [*waiting(owner)]


def test_what_is_taken_in_with_other_words_is_asked_of_the_team(
    world, sign_in, measure, owner, proposal
):
    answers(sign_in(owner), proposal, numerator="Done and signed", name="Done in time")
    measure.refresh_from_db()
    assert measure.version is None
    [line] = waiting(world.coordinator)
    client = sign_in(world.coordinator)
    page = client.get(line.url)
    assert "comparable" in page.context["form"].fields
    assert "signed" in page.content.decode()
    client.post(line.url, {"since": "2019-01-01", "comparable": "no"})
    measure.refresh_from_db()
    assert (measure.numerator, measure.name) == ("Done and signed", "Done in time")
    assert measure.series.get().splits.filter(period="2019-01-01").exists()
    assert not [*waiting(world.coordinator)]


def test_a_team_may_say_no_to_the_owner_s_words(world, sign_in, measure, owner, proposal):
    answers(sign_in(owner), proposal, numerator="Done and signed")
    assert offered(measure)
    client = sign_in(world.coordinator)
    client.post(reverse("leave_catalogue", args=[measure.pk]), {"reason": "We do not sign"})
    assert offered(measure) is None
    assert not [*waiting(world.coordinator)]


def test_a_no_says_why_and_the_lead_is_told(world, sign_in, measure, owner, proposal):
    client = sign_in(owner)
    page = client.post(proposal.get_absolute_url(), {"decline": "1", "reason": ""})
    assert page.context["decline"].errors["reason"]
    client.post(proposal.get_absolute_url(), {"decline": "1", "reason": "Nobody else can"})
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.answered_by) == ("declined", owner)
    assert measure.initiative.journal.first().words == "Nobody else can"
    [line] = waiting(world.coordinator)
    told = sign_in(world.coordinator).get(line.url).content.decode()
    assert "Nobody else can" in told


def test_whoever_does_not_own_it_does_not_answer(world, sign_in, proposal):
    with pytest.raises(Refused):
        actions.decline_proposal(proposal=proposal, reason="No", by=world.coordinator)
    page = sign_in(world.coordinator).get(proposal.get_absolute_url())
    assert page.context["refused"] in page.content.decode()


def test_a_proposal_is_withdrawn_and_answered_no_more(world, sign_in, measure, owner, proposal):
    sign_in(world.coordinator).post(reverse("withdraw_shared_proposal", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert proposal.answer == "withdrawn"
    with pytest.raises(Refused):
        actions.decline_proposal(proposal=proposal, reason="No", by=owner)
    with pytest.raises(Refused):
        actions.withdraw_shared_proposal(proposal=proposal, by=world.coordinator)
    assert not [*waiting(owner)]


def test_a_name_that_the_catalogue_has_keeps_what_was_typed(world, sign_in, owner, proposal):
    page = answers(sign_in(owner), proposal, name=world.shared.name, numerator="Typed")
    assert page.context["form"].errors
    assert page.context["form"]["numerator"].value() == "Typed"
    proposal.refresh_from_db()
    assert proposal.answer == ""
