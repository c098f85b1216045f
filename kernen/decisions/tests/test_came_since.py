"""What the answers add to a proposal's page after it was submitted: what is put in, on which
conditions, and how many of them are of an earlier version."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kernen.decisions import actions
from kernen.decisions.known import known
from kernen.decisions.sheet import answered, draw, standing
from kernen.initiatives import actions as initiatives

from .lived import REASON
from .sitting import form
from .test_papers import papers


@pytest.fixture
def client(lived, sign_in):
    return sign_in(lived.lead)


def test_premises_tell_what_is_put_in_now_and_on_which_conditions(lived, client):
    proposal = lived.submitted()
    assert _premises(proposal) == []
    how = {"proposal": proposal, "money": 25_000, "hours": Decimal("2.5")}
    hospital = {"organisation": lived.hospital, "by": lived.leaders[lived.hospital]}
    actions.endorse(answer="yes", **how, **hospital)
    town = {"organisation": lived.towns[0], "by": lived.leaders[lived.towns[0]]}
    actions.endorse(answer="yes_if", words="If it is paid.", **how | {"money": None}, **town)
    first, second = _premises(proposal)
    assert first["text"] == "2 organisations put in 25,000\u00a0kr. and 5 h a week"
    assert first["basis"] == "of which 2.5 h a week on conditions"
    assert second["text"] == "Conditions not met yet: Town 1"
    assert {one["url"] for one in (first, second)} == {
        f"{proposal.get_absolute_url()}#endorsements"
    }
    condition = proposal.endorsements.get(answer="yes_if")
    new = {"changes": "It is paid.", "meets": [condition.pk]}
    actions.submit(proposal=proposal, reason=REASON, by=lived.lead, **new)
    assert _premises(proposal)[1]["text"] == (
        "Conditions met by a later version, and not answered again: Town 1"
    )
    for text in (
        client.get(proposal.get_absolute_url()).content.decode(),
        *papers(client, proposal),
    ):
        assert "2 organisationer bidrager med 25.000" in " ".join(text.split())


def _premises(proposal):
    """What the answers add to them."""
    facts = known(proposal)
    [before] = (one["claims"] for one in draw(facts)["parts"] if one["field"] == "premises")
    [after] = (
        one["claims"] for one in standing(draw(facts), facts)["parts"] if one["field"] == "premises"
    )
    assert after[: len(before)] == before
    return after[len(before) :]


def test_premises_name_what_it_builds_on_until_that_is_in_use(lived):
    proposal, other = lived.drafted(), lived.tested("Beds that tell")
    initiatives.link(initiative=proposal.initiative, other=other, kind="builds_on", by=lived.lead)

    def told():
        [part] = (one for one in draw(known(proposal))["parts"] if one["field"] == "premises")
        return [one["text"] for one in part["claims"] if "builds on" in one["text"]]

    assert told() == ["It builds on Beds that tell, which is not in use yet: its stage is testing"]
    other.stage = "spreading"
    other.save(update_fields=["stage"])
    assert told() == []


def test_paper_and_what_is_read_through_say_whose_answers_are_of_an_earlier_version(
    lived, client, secretary
):
    proposal = lived.endorsed()
    assert answered(known(proposal))["earlier"] is None
    actions.submit(proposal=proposal, reason=REASON, changes="New.", by=lived.lead)
    lived.answer(proposal, lived.hospital, "yes")
    lived.answer(proposal, lived.practice, "no", "We have no time.")
    for text in papers(client, proposal):
        said = " ".join(text.split())
        assert (
            "3 af de 5 svar er givet til en tidligere version og ikke igen til version 2." in said
        )
        assert "Town 1 (til version 1), Town 2 (til version 1), Town 3 (til version 1)" in said
    sent = form(lived) | {"read": ""}
    del sent["read"]
    read = secretary.post(reverse("decide", args=[proposal.pk]), sent).content.decode()
    told = "3 of the 5 answers were given on an earlier version, and not again on version 2:"
    assert read.count(told) == 2
    assert "Town 1, Town 2, Town 3 (yes to version 1)." in read
    decision = lived.decided(proposal)
    page = secretary.get(decision.get_absolute_url()).content.decode()
    assert told in page
    minute = BytesIO(b"".join(secretary.get(reverse("decision_minute", args=[decision.pk]))))
    assert told in " ".join(PdfReader(minute).pages[0].extract_text().split())
