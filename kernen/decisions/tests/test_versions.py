"""An earlier version of a proposal is read as what it was."""

import re

import pytest
from django.urls import reverse

from kernen.decisions import actions

from .lived import REASON


@pytest.fixture
def proposal(lived):
    """Three versions: the hospital answers the first and the last, Town 1 the first, Town 2 the
    second."""
    made = lived.submitted()
    lived.answer(made, lived.hospital, "yes_if", "If it is paid.")
    lived.answer(made, lived.towns[0], "yes")
    _anew(lived, made)
    lived.answer(made, lived.towns[1], "no", "Not the second.")
    actions.recommend(proposal=made, forum=made.forum, words="On two.", by=lived.secretary)
    _anew(lived, made)
    lived.answer(made, lived.hospital, "yes", "Now we can.")
    return made


def _anew(lived, made):
    actions.submit(proposal=made, reason=REASON, changes="New.", by=lived.lead)


def _read(client, proposal, edition):
    page = client.get(reverse("proposal_version", args=[proposal.pk, edition]))
    return re.sub(r"\s+", " ", page.content.decode())


def test_an_earlier_version_says_so_and_leads_to_the_newest(proposal, secretary):
    page = _read(secretary, proposal, 1)
    assert "This is version 1, as it was submitted then. Version 3 counts now." in page
    assert f'<a href="{proposal.get_absolute_url()}">Read version 3</a>' in page
    assert "counts now." not in _read(secretary, proposal, 3)


def test_an_earlier_version_shows_what_was_answered_on_it_and_what_is_outdated(proposal, secretary):
    page = _read(secretary, proposal, 1)
    assert "What they answered on version 1" in page
    assert "If it is paid." in page
    assert "Outdated: answered version 3 with “Yes”." in page
    assert "Outdated: has not answered version 3." in page
    assert "Had not answered: Practice, Town 2, Town 3." in page
    for later in ("Not the second.", "Now we can.", "On two."):
        assert later not in page


def test_an_answer_to_a_version_before_is_told_as_such(proposal, secretary):
    page = _read(secretary, proposal, 2)
    assert page.count("Given on version 1, and not again on version 2.") == 2
    assert "Not the second." in page
    assert "On two." in page


def test_on_an_earlier_version_nothing_is_done(lived, proposal, secretary, sign_in):
    decide = reverse("decide", args=[proposal.pk])
    assert decide in _read(secretary, proposal, 3)
    assert decide not in _read(secretary, proposal, 1)
    write = f'{proposal.get_absolute_url()}?draft"'
    lead = sign_in(lived.lead)
    assert write in _read(lead, proposal, 3)
    assert write not in _read(lead, proposal, 1)
    assert reverse("proposal_pdf", args=[proposal.pk]) not in _read(lead, proposal, 1)
