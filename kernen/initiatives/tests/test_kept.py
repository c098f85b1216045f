"""What was typed survives the end of a session."""

import time
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kernen.initiatives import actions
from kernen.ui import kept

HOST = "http://testserver"


@pytest.fixture
def visitor(world):
    """A browser whose session has ended."""
    return Client()


@pytest.fixture
def story(world):
    return reverse("story", args=[world.first.pk])


@pytest.fixture
def typed(world):
    """What the coordinator typed into the story, as the page that was shown sends it."""
    return partial(_typed, typed_by=kept.mark_of(world.coordinator.user))


def _typed(**changed):
    fields = ("title", "problem", "purpose", "target_group", "citizens", "orientation", "cluster")
    return {**dict.fromkeys(fields, ""), "title": "T", "problem": "P", "origin": "own"} | changed


def come_back(visitor, world, answer, person=None):
    """By e-mail and password, from the page that the answer leads to; gives the page after it."""
    assert len(visitor.get(answer.url).context["messages"]) == 1, "nobody says what became of it"
    user = (person or world.coordinator).user
    user.set_password("en lang sætning som kode")
    user.save()
    page = {"login": user.email, "password": "en lang sætning som kode"}
    return visitor.post(answer.url, page, follow=True)


def test_what_was_typed_stands_in_the_form_after_signing_in_and_is_not_saved(
    visitor, world, story, typed
):
    answer = visitor.post(story, typed(purpose="Skrevet længe"))
    assert answer.url == f"{reverse('account_login')}?next={story}"
    page = come_back(visitor, world, answer)
    assert page.request["PATH_INFO"] == story
    assert page.context["form"]["purpose"].value() == "Skrevet længe"
    assert len(page.context["messages"]) == 2  # signed in; and what has become of the text
    world.first.refresh_from_db()
    assert world.first.purpose == ""
    assert visitor.post(story, typed(purpose="Skrevet længe")).status_code == 302
    world.first.refresh_from_db()
    assert world.first.purpose == "Skrevet længe"
    assert visitor.get(story).context["form"].is_bound is False


def test_it_is_still_there_when_the_page_is_loaded_again(visitor, world, story, typed):
    come_back(visitor, world, visitor.post(story, typed(purpose="Skrevet længe")))
    assert visitor.get(story).context["form"]["purpose"].value() == "Skrevet længe"


def test_what_others_wrote_meanwhile_stands_beside_it(visitor, world, sign_in, story, typed):
    seen = sign_in(world.coordinator).get(story).context["form"]["seen"].value()
    actions.tell(initiative=world.first, by=world.coordinator, purpose="Theirs.")
    page = come_back(visitor, world, visitor.post(story, typed(purpose="Mine.", seen=seen)))
    form = page.context["form"]
    assert form["purpose"].value() == "Mine."
    assert form.fields["purpose"].theirs.words == "Theirs."


def test_no_other_page_is_filled_with_it(visitor, world, story, typed):
    come_back(visitor, world, visitor.post(story, typed(purpose="Skrevet længe")))
    other = reverse("story", args=[world.initiative().pk])
    assert visitor.get(other).context["form"].is_bound is False


def test_every_form_says_to_whom_it_was_shown(world, sign_in, story):
    mark = kept.mark_of(world.coordinator.user)
    page = sign_in(world.coordinator).get(story).content.decode()
    assert page.count("csrfmiddlewaretoken") == page.count(f'name="typed_by" value="{mark}"') > 1
    page = Client().get(reverse("account_login")).content.decode()
    assert '<input type="hidden" name="csrfmiddlewaretoken"' in page
    assert "typed_by" not in page


def test_nobody_else_who_signs_in_in_that_browser_is_offered_it(visitor, world, story, typed):
    other = world.person("coordinator")
    answer = visitor.post(story, typed(purpose="Skrevet længe"))
    page = come_back(visitor, world, answer, other)
    assert page.request["PATH_INFO"] == story
    assert page.context["form"].is_bound is False
    assert "Skrevet" not in str(dict(visitor.session))


def test_somebody_else_s_open_page_is_not_kept_for_whoever_is_signed_in(world, story, typed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("coordinator").user)
    answer = client.post(story, typed(purpose="Skrevet længe"), headers={"Origin": HOST})
    assert answer.status_code == 403
    assert kept.KEY not in client.session


def test_nothing_is_kept_of_which_nobody_knows_who_typed_it(visitor, world, story, typed):
    visitor.post(story, typed(purpose="Skrevet længe", typed_by=""))
    assert kept.KEY not in visitor.session


def test_what_looks_like_a_cpr_number_is_never_kept(visitor, world, story, typed):
    answer = visitor.post(story, typed(purpose="Anna, 010190-1234", citizens="Med"))
    assert "0190" not in str(dict(visitor.session))
    form = come_back(visitor, world, answer).context["form"]
    assert (form["purpose"].value(), form["citizens"].value()) == (None, "Med")


def test_files_are_never_kept_and_the_page_says_so(visitor, world):
    series = world.first.measures.get().series.get()
    file = SimpleUploadedFile("tal.csv", b"Periode;Tal\n2019;1")
    there = reverse("load", args=[series.pk])
    typed_by = {kept.TYPED_BY: kept.mark_of(world.coordinator.user)}
    answer = visitor.post(there, typed_by | {"file": file, "text": "Periode;Tal\n2018;4"})
    assert "2019" not in str(dict(visitor.session)[kept.KEY]["typed"])
    page = come_back(visitor, world, answer)
    assert page.context["form"]["text"].value() == "Periode;Tal\n2018;4"
    assert visitor.session[kept.KEY]["whole"] is False


def test_a_very_long_text_is_not_kept_and_the_page_does_not_promise_it(
    visitor, world, story, typed
):
    answer = visitor.post(story, typed(purpose="x" * (kept.MUCH + 1)), follow=True)
    assert kept.KEY not in visitor.session
    assert answer.status_code == 200


def test_it_is_forgotten_after_a_while(visitor, world, story, monkeypatch, typed):
    answer = visitor.post(story, typed(purpose="Skrevet længe"))
    assert Session.objects.get().expire_date.timestamp() <= time.time() + kept.WHILE
    later = time.time() + kept.WHILE + 1
    monkeypatch.setattr(kept.time, "time", lambda: later)
    assert come_back(visitor, world, answer).context["form"].is_bound is False
    assert kept.KEY not in visitor.session


def test_what_has_nothing_typed_leads_back_to_the_page_it_was_pressed_on(visitor, world):
    involvement = world.first.involvements.first()
    page = reverse("involvement", args=[world.first.pk])
    there = reverse("withdraw", args=[involvement.pk])
    answer = visitor.post(there, headers={"Referer": f"{HOST}{page}"})
    assert answer.url.endswith(f"?next={page}")
    answer = visitor.post(there, headers={"Referer": f"{HOST}{page}?page=2"})
    assert answer.url.endswith(f"?next={page}%3Fpage%3D2")
    answer = visitor.post(there, headers={"Referer": "http://elsewhere.example/x/"})
    assert answer.url.endswith(f"?next={there}")
    assert kept.KEY not in visitor.session


@pytest.fixture
def strict(world):
    """A browser that is signed in anew, with a page still open from before."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.coordinator.user)
    return client


def test_a_page_open_since_before_another_sign_in_keeps_its_words(strict, story, typed):
    answer = strict.post(story, typed(purpose="Skrevet længe"), headers={"Origin": HOST})
    assert (answer.status_code, answer.url) == (302, story)
    assert strict.get(story).context["form"]["purpose"].value() == "Skrevet længe"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_nothing_is_kept_of_what_other_sites_send(strict, story, origin, typed):
    answer = strict.post(story, typed(purpose="Forfalsket"), headers={"Origin": origin})
    assert answer.status_code == 403
    assert strict.get(story).context["form"].is_bound is False
