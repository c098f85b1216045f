import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.urls import reverse

from kernen.parties import actions
from kernen.parties.models import OrganisationRole, User
from kernen.parties.signing_in import sign_in_as


@pytest.fixture
def person(world):
    made = world.person(OrganisationRole.Role.CONTRIBUTOR)
    made.user.set_password("en lang sætning som kode")
    made.user.save()
    return made


def sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_an_email_in_any_case_and_a_password_let_one_in(client, person):
    answer = sign_in(client, person.user.email.upper(), "en lang sætning som kode")
    assert answer.status_code == 302
    assert client.get(reverse("overview")).status_code == 200


def test_a_wrong_password_and_an_unknown_email_are_answered_alike(client, person):
    wrong = sign_in(client, person.user.email, "gæt").context["form"].errors
    unknown = sign_in(client, "ingen@example.org", "gæt").context["form"].errors
    assert wrong == unknown


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(client, person):
    for _guess in range(6):
        sign_in(client, person.user.email, "gæt")
    assert sign_in(client, person.user.email, "en lang sætning som kode").status_code == 200
    assert client.get(reverse("overview")).status_code == 302


def test_a_forgotten_password_is_chosen_anew_by_the_link_in_an_email(client, person):
    client.post(reverse("account_reset_password"), {"email": person.user.email})
    (message,) = mail.outbox
    assert message.to == [person.user.email]
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    page = client.get(link, follow=True)
    form = {"password1": "en helt ny lang kode", "password2": "en helt ny lang kode"}
    client.post(page.request["PATH_INFO"], form)
    sign_in(client, person.user.email, "en helt ny lang kode")
    assert client.get(reverse("overview")).status_code == 200


def test_a_new_email_counts_once_its_link_is_opened(client, person):
    old = person.user.email
    client.force_login(person.user)
    page = client.get(reverse("account_email")).content.decode()
    assert "Skift din mail" in page
    answer = client.post(
        reverse("account_email"), {"email": "nyt.navn@example.org", "action_add": "1"}, follow=True
    )
    assert "nyt.navn@example.org" in answer.content.decode()
    person.user.refresh_from_db()
    assert person.user.email == old
    (message,) = [one for one in mail.outbox if one.to == ["nyt.navn@example.org"]]
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    assert "Bekræft" in client.get(link).content.decode()
    client.post(link)
    person.user.refresh_from_db()
    assert person.user.email == "nyt.navn@example.org"


def test_whoever_asked_for_a_new_email_may_keep_the_old_one(client, person):
    old, new = person.user.email, "fortrudt@example.org"
    client.force_login(person.user)
    client.post(reverse("account_email"), {"email": new, "action_add": "1"})
    page = client.post(
        reverse("account_email"), {"email": new, "action_remove": "1"}, follow=True
    ).content.decode()
    person.user.refresh_from_db()
    assert person.user.email == old
    assert old in page
    assert [one.email for one in person.user.emailaddress_set.all()] == [old]


def test_nobody_learns_from_the_reset_who_has_an_account(client, world):
    known = client.post(reverse("account_reset_password"), {"email": world.coordinator.user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "ingen@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_people_are_let_in_and_do_not_sign_up_themselves(client, db):
    address = reverse("account_signup")
    filled = {"email": "ny@example.org", "password1": "langkode-1234", "password2": "langkode-1234"}
    client.post(address, filled)
    assert not User.objects.filter(email="ny@example.org").exists()


def test_one_who_may_no_longer_sign_in_does_not(client, person):
    User.objects.filter(pk=person.user.pk).update(is_active=False)
    sign_in(client, person.user.email, "en lang sætning som kode")
    assert client.get(reverse("overview")).status_code == 302


def test_outside_a_demonstration_there_is_no_list_of_people(client, world):
    page = client.get(reverse("account_login")).content.decode()
    assert world.coordinator.name not in page
    assert client.post("/demo/sign-in/1/").status_code == 404


def test_an_enrolled_person_has_no_password_that_works(client, db):
    made = actions.enrol(name="Ny", email="ny@example.org", by=None)
    assert not made.user.has_usable_password()


def test_the_admin_is_for_administrators_alone(client, world):
    client.force_login(world.coordinator.user)
    assert client.get("/admin/").status_code in (302, 403)
    administrator = world.person(OrganisationRole.Role.READER, administrator=True)
    client.force_login(administrator.user)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/parties/cluster/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "led"),
    [("/initiatives/7/story/", "/initiatives/7/story/"), ("//elsewhere.example/", "/"), ("", "/")],
)
def test_one_click_leads_back_to_the_page_one_wanted_but_never_outside(
    person, rf, wanted, led, client
):
    person.made_up = True
    person.save()
    request = rf.post("/", {"next": wanted})
    request.session, request.user = client.session, AnonymousUser()
    request._messages = FallbackStorage(request)
    assert sign_in_as(request, person.pk).url == led
