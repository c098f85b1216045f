"""Somebody is invited by e-mail, comes or does not, and nothing is sent twice or lost."""

import re
import zipfile
from datetime import timedelta
from smtplib import SMTPException

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.lib.refusal import Refused
from kernen.parties import actions as parties
from kernen.parties import duties
from kernen.parties.inviting import actions, rules
from kernen.parties.mailing import actions as mailing
from kernen.parties.models import Invitation, OrganisationRole, Person, User
from kernen.parties.people.actions import erase
from kernen.parties.people.export import export
from kernen.parties.rules import roles_on

Role = OrganisationRole.Role
NEW = "ny.kollega@example.org"
PASSWORD = "en lang sætning som kode"
FORM_HERE = '<form method="post" novalidate'
FORM = {"name": "Ny Kollega", "title": "", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited(world):
    Invitation.objects.all().delete()
    return invite(world)


def invite(world, email=NEW, role=Role.CONTRIBUTOR):
    return actions.invite(organisation=world.hospital, email=email, role=role, by=world.coordinator)


def work(**later):
    """One round of the worker."""
    duties.send_invitations(timezone.now() + timedelta(**later), 100)
    return mail.outbox


def link(invitation):
    return invitation.link.partition("://")[2].partition("/")[2].join(["/", ""])


def roles(person, world):
    return roles_on(person).get(world.hospital.pk, set())


# --- the e-mail ---------------------------------------------------------------------------------


def test_the_mail_says_who_invites_to_what_and_leads_to_the_account(world, invited, client):
    (sent,) = work()
    assert sent.to == [NEW]
    assert sent.reply_to == [world.coordinator.user.email]
    for text in (sent.body, sent.alternatives[0].content):
        for said in (world.coordinator.name, world.hospital.name, "bidragyder"):
            assert said in text
    path = re.search(r"http://[^/]+(/\S+)", sent.body)[1]
    assert NEW in client.get(path).content.decode()
    assert client.post(path, FORM).status_code == 302
    person = Person.objects.get(user__email=NEW)
    assert roles(person, world) == {Role.CONTRIBUTOR}
    assert client.get(reverse("overview")).status_code == 200, "one is signed in"
    assert Client().login(email=NEW, password=PASSWORD)
    assert EmailAddress.objects.get(user=person.user).verified
    told = world.hospital.entries.first()
    assert (told.verb, told.by) == ("accept", person)


def test_it_is_sent_once_and_an_address_that_is_refused_holds_up_nobody(
    world, invited, monkeypatch
):
    invite(world, "second@example.org")
    send = mail.EmailMessage.send

    def refuse(message, *args):
        if message.to == [NEW]:
            raise SMTPException
        return send(message, *args)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    work()
    assert [one.to for one in mail.outbox] == [["second@example.org"]]
    work()
    assert len(mail.outbox) == 1, "what is refused rests for a while"
    monkeypatch.undo()
    work(minutes=6)
    work(minutes=60)
    assert [one.to[0] for one in mail.outbox] == ["second@example.org", NEW]


def test_a_worker_that_is_killed_while_sending_leaves_the_very_same_mail_to_be_sent(
    invited, monkeypatch
):
    monkeypatch.setattr(mailing, "sent", lambda **rest: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    monkeypatch.undo()
    assert len(work()) == 1
    first, again = work(minutes=6)
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert first.body == again.body


def test_what_is_withdrawn_before_it_is_sent_is_not_sent(world, invited):
    actions.withdraw(invitation=invited, by=world.coordinator)
    assert not work()


def test_sent_again_it_is_a_new_mail_with_the_same_link_that_holds_longer(world, invited):
    with pytest.raises(Refused):
        actions.send_again(invitation=invited, by=world.coordinator)
    work()
    with pytest.raises(Refused):
        actions.send_again(invitation=invited, by=world.coordinator)
    long_ago = timezone.now() - timedelta(days=40)
    Invitation.objects.update(sent_at=long_ago, until=long_ago.date())
    invited.refresh_from_db()
    assert "for gammel" in Client().get(link(invited)).content.decode()
    actions.send_again(invitation=invited, by=world.coordinator)
    first, again = work()
    assert first.extra_headers["Message-ID"] != again.extra_headers["Message-ID"]
    assert "for gammel" not in Client().get(link(invited)).content.decode()


# --- the link -----------------------------------------------------------------------------------


def test_without_its_link_an_invitation_says_nothing_and_does_nothing(world, invited):
    other = invite(world, "another@example.org")
    for wrong in (
        invited.get_absolute_url(),
        link(other).replace(str(other.pk), str(invited.pk), 1),
        link(invited)[:-1],
    ):
        client = Client()
        page = client.get(wrong).content.decode()
        assert NEW not in page
        assert world.hospital.name not in page
        client.post(wrong, FORM)
    assert not User.objects.filter(email=NEW).exists()


def test_looking_at_the_page_accepts_nothing_and_a_link_is_used_once(invited):
    client = Client()
    client.get(link(invited))
    assert not User.objects.filter(email=NEW).exists()
    client.post(link(invited), FORM)
    again = Client()
    assert "allerede" in again.get(link(invited)).content.decode()
    with pytest.raises(Refused):
        actions.join(invitation=invited, name="X", title="", password=PASSWORD)


@pytest.mark.parametrize(
    "wrong",
    [{"password1": "1234", "password2": "1234"}, {"password2": "noget andet"}, {"name": ""}],
)
def test_what_is_filled_in_wrong_makes_no_account_and_keeps_the_rest(invited, wrong):
    page = Client().post(link(invited), FORM | {"title": "Fysioterapeut"} | wrong).content.decode()
    assert "Fysioterapeut" in page
    assert PASSWORD not in page
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("ended", ["withdrawn", "too old"])
def test_an_invitation_that_has_ended_says_so_and_lets_nobody_in(world, invited, ended):
    if ended == "withdrawn":
        actions.withdraw(invitation=invited, by=world.coordinator)
    else:
        Invitation.objects.update(until=timezone.localdate() - timedelta(days=1))
    client = Client()
    assert FORM_HERE not in client.get(link(invited)).content.decode().partition("<main")[2]
    client.post(link(invited), FORM)
    assert not User.objects.filter(email=NEW).exists()


# --- whoever has an account ---------------------------------------------------------------------


@pytest.fixture
def known(world):
    return parties.enrol(name="Kendt", email="kendt@example.org", by=None)


def test_who_has_an_account_signs_in_and_accepts_with_one_press(world, known, sign_in):
    invitation = invite(world, "Kendt@Example.org")
    page = Client().get(link(invitation)).content.decode()
    assert "har allerede en konto" in page
    assert 'name="password1"' not in page
    client = sign_in(known)
    assert invitation.get_absolute_url() in client.get(reverse("my_work")).content.decode()
    client.post(invitation.get_absolute_url(), {"answer": "accept"})
    assert roles(known, world) == {Role.CONTRIBUTOR}
    assert not Person.objects.filter(name=FORM["name"]).exists()


def test_it_can_be_declined(world, known, sign_in):
    invitation = invite(world, known.user.email)
    sign_in(known).post(link(invitation), {"answer": "decline"})
    invitation.refresh_from_db()
    assert invitation.answer == "declined"
    assert not roles(known, world)


def test_who_is_signed_in_with_another_address_is_told_and_accepts_with_that_account(
    invited, world, known, sign_in
):
    client = sign_in(known)
    assert "Du er logget ind som Kendt" in client.get(link(invited)).content.decode()
    client.post(link(invited), {"answer": "accept"})
    assert roles(known, world) == {Role.CONTRIBUTOR}


def test_an_invitation_for_one_account_is_not_accepted_with_another(world, known, sign_in):
    invitation = invite(world, known.user.email)
    other = parties.enrol(name="En anden", email="anden@example.org", by=None)
    client = sign_in(other)
    assert "Log ind med den" in client.get(link(invitation)).content.decode()
    assert client.post(link(invitation), {"answer": "accept"}).status_code == 403
    assert not roles(other, world)


def test_an_address_that_is_only_claimed_shows_nobody_s_invitation(world, invited, known, sign_in):
    EmailAddress.objects.create(user=known.user, email=NEW, verified=False)
    client = sign_in(known)
    assert (
        FORM_HERE not in client.get(invited.get_absolute_url()).content.decode().split("<main")[1]
    )
    assert invited.get_absolute_url() not in client.get(reverse("my_work")).content.decode()


# --- who may invite whom ------------------------------------------------------------------------


def test_who_is_here_or_invited_or_closed_out_is_not_invited(world, invited, known):
    here = world.person(Role.READER)
    for email in (NEW, NEW.upper(), here.user.email):
        with pytest.raises(Refused):
            invite(world, email)
    User.objects.filter(pk=known.user.pk).update(is_active=False)
    with pytest.raises(Refused):
        invite(world, known.user.email)
    actions.withdraw(invitation=invited, by=world.coordinator)
    assert invite(world).pk != invited.pk


def test_only_the_organisation_s_coordinators_invite_and_see_who_is_invited(
    world, invited, sign_in
):
    other = world.person(Role.CONTRIBUTOR)
    for verb in (
        lambda: actions.invite(
            organisation=world.hospital, email="x@example.org", role=Role.READER, by=other
        ),
        lambda: actions.send_again(invitation=invited, by=other),
        lambda: actions.withdraw(invitation=invited, by=other),
    ):
        with pytest.raises(Refused):
            verb()
    client = sign_in(other)
    assert client.get(reverse("invite", args=[world.hospital.pk])).status_code == 403
    assert client.post(reverse("withdraw_invitation", args=[invited.pk])).status_code == 403
    page = sign_in(world.coordinator).get(reverse("people", args=[world.hospital.pk]))
    assert NEW in page.content.decode()


def test_nobody_floods_the_world_with_mails(world, invited, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    with pytest.raises(Refused):
        invite(world, "one.too.many@example.org")


def test_inviting_on_the_page(world, sign_in):
    client = sign_in(world.coordinator)
    page = reverse("invite", args=[world.hospital.pk])
    assert "xyz" in client.post(page, {"email": "xyz", "role": Role.READER}).content.decode()
    answer = client.post(page, {"email": NEW, "role": Role.READER}, follow=True).content.decode()
    assert NEW in answer
    twice = client.post(page, {"email": NEW, "role": Role.READER}).content.decode()
    assert "er allerede inviteret" in twice


# --- whoever goes, or never comes ---------------------------------------------------------------


def test_who_never_came_is_forgotten_after_a_while_also_in_the_audit_log(world, invited):
    kept = invite(world, "kept@example.org")
    Invitation.objects.filter(pk=invited.pk).update(
        until=timezone.localdate() - duties.KEPT - timedelta(days=1)
    )
    assert duties.forget_invitations(timezone.now(), 10) == 1
    assert Invitation.objects.get() == kept
    assert not Invitation.history.filter(email=NEW).exists()


def test_an_account_that_closes_takes_its_addresses_out_of_the_invitations(
    world, invited, known, sign_in
):
    sign_in(known).post(link(invited), {"answer": "accept"})
    asked = invite(world, "kendt.privat@example.org")
    EmailAddress.objects.create(user=known.user, email=asked.email, verified=True)
    with zipfile.ZipFile(export(known)) as told:
        assert NEW in (everything := told.read("everything.json").decode())
        assert asked.email in everything
    erase(person=known, by=None)
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"
    for address in (NEW, "kendt"):
        assert not Invitation.objects.filter(email__icontains=address).exists()
        assert not Invitation.history.filter(email__icontains=address).exists()
    assert not work()
