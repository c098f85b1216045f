from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kernen.initiatives import actions
from kernen.initiatives.models import Initiative, Link
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def story(page, **changed):
    """What the browser would send: the fields as the page had them, some of them typed over."""
    form = page.context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    return filled | changed


def test_the_story_is_saved_and_the_journal_names_the_changed_fields(client, world):
    address = reverse("story", args=[world.first.pk])
    client.post(address, story(client.get(address), purpose="Færre falder."))
    world.first.refresh_from_db()
    assert world.first.purpose == "Færre falder."
    entry = world.first.journal.first()
    assert entry.params["fields"] == ["purpose"]
    assert entry.params["before"] == {"purpose": ""}


def test_saving_without_a_change_writes_nothing_in_the_journal(client, world):
    entries = world.first.journal.count()
    address = reverse("story", args=[world.first.pk])
    client.post(address, story(client.get(address)))
    assert world.first.journal.count() == entries


def both(page, text="purpose"):
    """What stands beside the field: theirs, and what is to become of it."""
    theirs = page.context["form"].fields[text].theirs
    return theirs.words, {piece.kind: piece.text for piece in theirs.changed}


@pytest.fixture
def taken(client, world):
    """Somebody else was faster: the page that came back when one saved one's own words."""
    address = reverse("story", args=[world.first.pk])
    mine = client.get(address)
    actions.tell(initiative=world.first, by=world.coordinator, purpose="Theirs.")
    return client.post(address, story(mine, purpose="Mine."))


def test_two_who_change_the_same_text_both_keep_theirs(client, world, taken):
    assert taken.context["form"].errors["purpose"]
    assert both(taken) == ("Theirs.", {"removed": "Theirs", "added": "Mine", "same": "."})
    assert "Mine.</textarea>" in taken.content.decode()
    world.first.refresh_from_db()
    assert world.first.purpose == "Theirs."
    client.post(taken.wsgi_request.path, story(taken, purpose="Theirs. Mine."))
    world.first.refresh_from_db()
    assert world.first.purpose == "Theirs. Mine."


def test_theirs_can_be_chosen_instead(client, world, taken):
    answer = client.post(taken.wsgi_request.path, story(taken, theirs="purpose"))
    assert answer.status_code == 302
    world.first.refresh_from_db()
    assert world.first.purpose == "Theirs."


def test_who_chose_theirs_is_asked_again_when_they_have_changed_it_once_more(client, world, taken):
    actions.tell(initiative=world.first, by=world.coordinator, purpose="Theirs again.")
    page = client.post(taken.wsgi_request.path, story(taken, theirs="purpose"))
    assert both(page)[0] == "Theirs again."
    world.first.refresh_from_db()
    assert world.first.purpose == "Theirs again."


def test_what_only_others_changed_is_not_undone_by_a_second_try(client, world):
    """The page that comes back because of another fault holds their words, not the old ones."""
    address = reverse("story", args=[world.first.pk])
    mine = client.get(address)
    actions.tell(initiative=world.first, by=world.coordinator, purpose="Theirs.")
    page = client.post(address, story(mine, title=""))
    assert page.context["form"]["purpose"].value() == "Theirs."
    client.post(address, story(page, title="A title"))
    world.first.refresh_from_db()
    assert (world.first.title, world.first.purpose) == ("A title", "Theirs.")


def test_a_faulty_text_does_not_hide_that_somebody_else_wrote(client, world):
    address = reverse("story", args=[world.first.pk])
    mine = client.get(address)
    actions.tell(initiative=world.first, by=world.coordinator, problem="Theirs.")
    page = client.post(address, story(mine, problem=""))
    assert both(page, "problem")[0] == "Theirs."
    client.post(address, story(page, theirs="problem", purpose="Mine."))
    world.first.refresh_from_db()
    assert (world.first.problem, world.first.purpose) == ("Theirs.", "Mine.")


def test_a_choice_that_both_changed_is_shown_by_its_name(client, world):
    address = reverse("story", args=[world.first.pk])
    mine = client.get(address)
    actions.tell(initiative=world.first, by=world.coordinator, orientation="upstream", cluster=None)
    other = world.new_cluster([world.hospital])
    page = client.post(address, story(mine, orientation="downstream", cluster=other.pk))
    assert both(page, "orientation")[0] == str(world.first.Orientation.UPSTREAM.label)
    assert both(page, "cluster")[1]["added"] == other.name
    again = client.post(address, story(page, theirs="cluster"))
    assert again.status_code == 302
    world.first.refresh_from_db()
    assert (world.first.orientation, world.first.cluster) == ("downstream", None)


def test_two_who_state_the_same_goal_both_keep_theirs(client, world):
    address = reverse("goals", args=[world.first.pk])
    mine = client.get(address)
    by = world.coordinator
    actions.set_goals(initiative=world.first, goals={"health": "Theirs", "cost": "Less"}, by=by)
    page = client.post(address, story(mine, health="Mine"))
    assert both(page, "health") == ("Theirs", {"removed": "Theirs", "added": "Mine"})
    client.post(address, story(page))
    goals = dict(world.first.goals.values_list("dimension", "words"))
    assert goals == {"health": "Mine", "cost": "Less"}


def test_two_who_change_different_texts_do_not_disturb_each_other(client, world):
    address = reverse("story", args=[world.first.pk])
    mine = client.get(address)
    actions.tell(initiative=world.first, by=world.coordinator, target_group="65+")
    answer = client.post(address, story(mine, purpose="Mine."))
    assert answer.status_code == 302
    world.first.refresh_from_db()
    assert (world.first.purpose, world.first.target_group) == ("Mine.", "65+")


def test_goals_are_set_and_an_unmeasured_one_is_called_assessed(client, world):
    address = reverse("goals", args=[world.first.pk])
    goals = {"health": "Færre fald", "experience": "Tryghed", "cost": ""}
    page = client.post(address, goals, follow=True)
    shown = {str(goal["label"]): goal for goal in page.context["goals"]}
    assert [goal["words"] for goal in shown.values()] == ["Færre fald", "Tryghed", ""]
    assert [len(goal["measures"]) for goal in shown.values()] == [1, 0, 0]


def test_an_organisation_joins_once_at_a_time_and_leaves_with_a_date(client, world):
    third = world.organisation()
    address = reverse("involvement", args=[world.first.pk])
    joining = {"organisation": third.pk, "role": "tests", "start": "2026-03-01"}
    assert client.post(address, joining).status_code == 302
    again = client.post(address, joining)
    assert again.context["form"].errors
    involvement = world.first.involvements.get(organisation=third)
    client.post(reverse("withdraw", args=[involvement.pk]))
    involvement.refresh_from_db()
    assert involvement.end
    assert third not in [i.organisation for i in world.first.involvements.current()]
    assert client.post(address, joining | {"start": "2099-01-01"}).status_code == 302


def test_the_last_lead_does_not_leave(world):
    with pytest.raises(Refused):
        actions.release(member=world.first.team.get(), by=world.coordinator)


def test_links_are_read_from_both_ends_and_never_to_oneself(client, world):
    other = world.initiative()
    address = reverse("links", args=[world.first.pk])
    page = client.get(address, {"q": other.title})
    assert other in page.context["found"]
    assert world.first not in page.context["found"]
    client.post(address, {"other": other.pk, "kind": "replaces"})
    assert list(client.get(world.first.get_absolute_url()).context["links"]) == [
        Link.objects.get(initiative=world.first, other=other)
    ]
    assert Link.Kind.REPLACES in [
        link.kind for link in client.get(other.get_absolute_url()).context["linked_from"]
    ]
    with pytest.raises(ValidationError):
        actions.link(initiative=other, other=other, kind="related", by=world.coordinator)


def test_a_note_stands_in_the_journal_in_its_own_words(client, world):
    client.post(reverse("journal", args=[world.first.pk]), {"words": "Mødtes med lægerne."})
    assert (
        "Mødtes med lægerne."
        in client.get(reverse("journal", args=[world.first.pk])).content.decode()
    )


def test_what_has_ended_is_not_ended_again(client, world):
    third = world.organisation()
    involvement = actions.involve(
        initiative=world.first, organisation=third, since=date(2019, 1, 1), by=world.coordinator
    )
    involvement.end = date(2020, 1, 1)
    involvement.save()
    assert client.post(reverse("withdraw", args=[involvement.pk])).status_code == 403
    involvement.refresh_from_db()
    assert involvement.end == date(2020, 1, 1)


def test_of_two_leads_who_leave_at_once_one_stays(world):
    other = world.person(OrganisationRole.Role.CONTRIBUTOR)
    since = date(2019, 1, 1)
    world.first.team.create(person=other, role="lead", start=since)  # from before there was one
    first, second = world.first.team.select_related("initiative")
    actions.release(member=first, by=world.coordinator)
    with pytest.raises(Refused):
        actions.release(member=second, by=world.coordinator)
    assert world.first.leads().count() == 1


@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": "x" * 300}])
def test_nonsense_in_the_search_for_another_initiative_is_no_error(client, world, query):
    assert client.get(reverse("links", args=[world.first.pk]), query).status_code == 200


@pytest.mark.parametrize("other", ["abc", "\0", "", "999999"])
def test_a_link_to_nothing_is_said_on_the_page(client, world, other):
    posted = client.post(
        reverse("links", args=[world.first.pk]), {"other": other, "kind": "related"}
    )
    assert posted.status_code == 200
    assert posted.context["form"].errors


def test_one_that_joins_later_does_not_take_part_yet(world):
    practice = world.organisation("general_practice")
    actions.involve(
        initiative=world.first, organisation=practice, since=date(2099, 1, 1), by=world.coordinator
    )
    assert "general_practice" not in world.first.sectors()
    shown = Initiative.objects.prefetch_related("involvements__organisation").get(pk=world.first.pk)
    assert shown.sectors_in_words().count(",") == 1


@pytest.mark.parametrize("event", ["register", "reopen", "submit"])
def test_a_page_for_an_event_that_cannot_follow_leads_back(client, world, event):
    answer = client.get(reverse("move", args=[world.first.pk, event]))
    assert answer.url == world.first.get_absolute_url()


def test_the_only_responsible_organisation_does_not_withdraw(client, world):
    responsible = world.first.involvements.get(role="responsible")
    with pytest.raises(Refused):
        actions.withdraw(involvement=responsible, by=world.coordinator)
    page = client.get(reverse("involvement", args=[world.first.pk]))
    assert reverse("withdraw", args=[responsible.pk]) not in page.content.decode()


def test_the_lesson_of_a_stopped_initiative_stands_on_top(client, world):
    words = "Det kostede mere, end det gav."
    actions.move(initiative=world.first, event="stop", by=world.coordinator, words=words)
    page = client.get(world.first.get_absolute_url())
    assert page.context["lesson"].words == words
