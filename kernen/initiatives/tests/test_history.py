import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kernen.initiatives import actions
from kernen.initiatives.history import versions
from kernen.initiatives.models import Entry
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def tell(world, **story):
    return actions.tell(initiative=world.first, by=world.coordinator, **story)


def history(world):
    world.first.refresh_from_db()
    return versions(world.first)


def address(world, **query):
    return reverse("history", args=[world.first.pk])


def said(found, text):
    """What a text has said through time, the newest first."""
    return [change.said_after for v in found for change in v.changes if change.text == text]


def test_every_version_of_a_text_is_there_from_the_first(world):
    tell(world, problem="Mange falder.", purpose="Færre falder.")
    tell(world, problem="Mange falder om natten.")
    found = history(world)
    assert said(found, "problem") == ["Mange falder om natten.", "Mange falder.", "A problem"]
    assert said(found, "purpose") == ["Færre falder."]
    assert said(found, "health") == ["Fewer falls"]
    assert [v.entry.verb for v in found] == ["tell", "tell", "set_goals", "register"]


def test_the_page_marks_the_differences_in_the_sentence_and_says_who(client, world):
    tell(world, problem="Mange falder om natten.")
    tell(world, problem="Mange falder om dagen.")
    page = client.get(address(world)).content.decode()
    shown = re.sub(r'<span class="sr-only">.*?</span>', "", page)
    assert "Mange falder om <del>natten</del><ins>dagen</ins>." in shown
    assert str(world.coordinator) in page


def test_what_a_text_said_first_stands_unmarked(client, world):
    page = client.get(address(world)).content.decode().split('<ol class="journal">')[1]
    assert '<p class="differences">A problem</p>' in page
    assert "<ins>" not in page


def test_choices_are_shown_by_their_names_and_not_as_they_are_stored(client, world):
    tell(world, orientation="upstream", cluster=None)
    changes = history(world)[0].changes
    assert {change.text for change in changes} == {"orientation", "cluster"}
    page = client.get(address(world)).content.decode()
    assert str(world.first.Orientation.UPSTREAM.label) in page
    assert "upstream" not in page


def test_one_text_alone_is_shown_on_demand(client, world):
    tell(world, problem="Nyt problem", purpose="Nyt formål")
    page = unescape(client.get(address(world), {"text": "purpose"}).content.decode())
    assert "Nyt formål" in page.split("<ol class")[1]
    assert "Nyt problem" not in page.split('<ol class="journal">')[1]


def test_a_text_is_set_back_and_the_journal_says_so(client, world):
    tell(world, problem="Første")
    first = world.first.journal.first()
    tell(world, problem="Andet", purpose="Står ved magt")
    client.post(reverse("set_back", args=[world.first.pk]), {"entry": first.pk, "text": "problem"})
    world.first.refresh_from_db()
    assert (world.first.problem, world.first.purpose) == ("Første", "Står ved magt")
    entry = world.first.journal.first()
    assert (entry.verb, entry.by) == ("set_back", world.coordinator)
    assert entry.params["before"] == {"problem": "Andet"}
    assert "%" not in entry.what
    assert said(history(world), "problem") == ["Første", "Andet", "Første", "A problem"]


def test_a_goal_and_a_cluster_are_set_back_too(world):
    before = world.first.journal.get(verb="set_goals")
    registered = world.first.journal.get(verb="register")
    actions.set_goals(initiative=world.first, goals={"health": ""}, by=world.coordinator)
    tell(world, cluster=None)
    by = world.coordinator
    actions.set_back(initiative=world.first, text="health", to=before, by=by)
    actions.set_back(initiative=world.first, text="cluster", to=registered, by=by)
    world.first.refresh_from_db()
    assert world.first.goals.get(dimension="health").words == "Fewer falls"
    assert world.first.cluster == world.cluster


def test_who_may_not_edit_reads_the_history_and_sets_nothing_back(world, sign_in):
    reader = sign_in(world.person(OrganisationRole.Role.READER))
    tell(world, problem="Andet")
    page = reader.get(address(world))
    assert page.context["refused"] in page.content.decode()
    assert 'name="entry"' not in page.content.decode()
    first = world.first.journal.get(verb="register")
    answer = reader.post(
        reverse("set_back", args=[world.first.pk]), {"entry": first.pk, "text": "problem"}
    )
    assert answer.status_code == 403
    world.first.refresh_from_db()
    assert world.first.problem == "Andet"


@pytest.mark.parametrize("entry", ["", "x", "999999999999999999999"])
def test_a_version_that_is_not_there_is_not_set_back(client, world, entry):
    there = reverse("set_back", args=[world.first.pk])
    assert client.post(there, {"entry": entry, "text": "problem"}).status_code == 404
    noted = actions.note(initiative=world.first, words="Et notat", by=world.coordinator)
    with pytest.raises(Refused):
        actions.set_back(initiative=world.first, text="problem", to=noted, by=world.coordinator)


def test_an_entry_of_another_initiative_is_not_found(client, world):
    other = world.initiative().journal.get(verb="register")
    there = reverse("set_back", args=[world.first.pk])
    assert client.post(there, {"entry": other.pk, "text": "problem"}).status_code == 404


def test_entries_from_before_are_read_as_they_stand(world):
    """Goals that were never stated were not named in the journal's first entries."""
    by = world.coordinator
    Entry(
        initiative=world.first, by=by, verb="set_goals", params={"before": {"health": "Before"}}
    ).save()
    assert said(history(world), "health") == ["Fewer falls", "Before"]


def test_what_no_longer_may_stand_is_not_set_back(client, world, monkeypatch):
    first = world.first.journal.get(verb="register")
    tell(world, problem="Andet")

    def refuse(**_arguments):
        raise ValidationError("Not any more")

    monkeypatch.setattr(actions, "set_back", refuse)
    there = reverse("set_back", args=[world.first.pk])
    page = client.post(there, {"entry": first.pk, "text": "problem"}, follow=True)
    assert "Not any more" in page.content.decode()
