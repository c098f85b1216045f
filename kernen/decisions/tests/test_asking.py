"""Who is asked by e-mail for an organisation's answer, reminded, asked again and forgotten."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.decisions import actions
from kernen.decisions.answering import actions as answering
from kernen.decisions.answering import duties, rules
from kernen.decisions.models import AnswerLink, Endorsement
from kernen.lib.refusal import Refused
from kernen.parties.models import Person
from kernen.parties.people.actions import erase

from .asked import FORM_HERE, NEW, YES_IF, ask, page, path, work

# --- who asks whom ------------------------------------------------------------------------------


def test_the_lead_asks_leaders_of_the_register_and_coordinators_vouch_for_others(
    lived, proposal, coordinator
):
    town = lived.towns[0]
    assert ask(lived, proposal, town).person == lived.leaders[town]
    with pytest.raises(Refused, match="vouches"):
        ask(lived, proposal, town, **NEW)
    with pytest.raises(Refused, match="coordinators"):
        ask(lived, proposal, town, by=lived.secretary)
    with pytest.raises(Refused):
        ask(lived, proposal, lived.hospital, by=coordinator, **NEW)
    with pytest.raises(Refused, match="leader with the mandate"):
        ask(lived, proposal, town, to=lived.secretary)
    assert ask(lived, proposal, town, by=coordinator, **NEW).vouched


def test_in_general_practice_the_lead_asks_whom_he_knows(lived, proposal):
    link = ask(lived, proposal, lived.practice, **NEW)
    Client().post(path(link), {"answer": "yes"})
    assert Endorsement.objects.get().organisation == lived.practice


def test_who_is_not_in_scope_or_asked_already_is_not_asked(lived, link, coordinator):
    away = lived._organisation("Away", "general_practice")
    for organisation in (away, lived.towns[0]):
        with pytest.raises(Refused):
            ask(lived, link.proposal, organisation, by=coordinator, **NEW)
    answering.withdraw_link(link=link, by=coordinator)
    assert ask(lived, link.proposal, lived.towns[0], by=coordinator, **NEW).key != link.key


def test_nobody_floods_the_world_with_questions(lived, link, coordinator, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    with pytest.raises(Refused):
        ask(lived, link.proposal, lived.towns[0])


def test_asking_on_the_page(lived, proposal, coordinator, sign_in):
    client, where = (
        sign_in(coordinator),
        reverse("ask_answer", args=[proposal.pk, lived.towns[0].pk]),
    )
    assert "anna.vej@" in client.post(where, {"email": NEW["email"]}).content.decode()
    seen = client.post(where, NEW, follow=True).content.decode()
    assert "Anna Vej" in seen
    assert "er allerede spurgt" in client.post(where, NEW).content.decode()
    link = AnswerLink.objects.get()
    client.post(reverse("withdraw_answer_link", args=[link.pk]))
    link.refresh_from_db()
    assert link.withdrawn_by == coordinator
    assert sign_in(lived.secretary).get(where).status_code == 403


def test_the_lead_chooses_a_leader_and_types_nobody(lived, proposal, sign_in):
    where = reverse("ask_answer", args=[proposal.pk, lived.towns[0].pk])
    client = sign_in(lived.lead)
    assert 'name="email"' not in client.get(where).content.decode().partition("<main")[2]
    client.post(where, {"to": lived.leaders[lived.towns[0]].pk})
    assert AnswerLink.objects.get().person == lived.leaders[lived.towns[0]]


def test_where_nobody_can_be_asked_the_page_says_so_and_offers_nothing(lived, proposal, sign_in):
    town, client = lived.towns[0], sign_in(lived.lead)
    where = reverse("ask_answer", args=[proposal.pk, town.pk])
    assert where in client.get(proposal.get_absolute_url()).content.decode()
    Person.objects.filter(pk=lived.leaders[town].pk).update(user=None)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert where not in page
    assert f"lad en koordinator fra {town} spørge" in page
    coordinator = sign_in(lived.person("Coordinator", town, "coordinator"))
    assert where in coordinator.get(proposal.get_absolute_url()).content.decode()


# --- sent, reminded, forgotten ------------------------------------------------------------------


def test_one_is_reminded_once_after_ten_days_and_not_where_the_organisation_has_answered(
    lived, proposal, link
):
    ask(lived, proposal, lived.hospital)
    work()
    lived.answer(proposal, lived.hospital, "yes")
    AnswerLink.objects.update(sent_at=timezone.now() - timedelta(days=11))
    work()
    work(days=12)
    assert [one.to for one in mail.outbox[2:]] == [[NEW["email"]]]
    assert mail.outbox[2].subject.startswith("Påmindelse")
    link.refresh_from_db()
    assert link.reminded_at
    assert proposal.initiative.journal.filter(verb="remind").count() == 1


def test_one_is_reminded_before_the_deadline_of_the_meeting(lived, proposal, link):
    work()
    today = date.today()
    meeting = actions.call_meeting(
        forum=proposal.forum,
        on=today + timedelta(days=9),
        deadline=today + timedelta(days=4),
        by=lived.secretary,
    )
    actions.put_on_agenda(meeting=meeting, proposal=proposal, by=lived.secretary)
    assert len(work()) == 1
    assert len(work(days=2)) == 2


def test_what_is_withdrawn_before_it_is_sent_is_not_sent(link, coordinator):
    answering.withdraw_link(link=link, by=coordinator)
    assert not work()


def test_a_killed_worker_leaves_the_very_same_mail(link, monkeypatch):
    monkeypatch.setattr("kernen.parties.mailing.actions.sent", lambda **rest: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    monkeypatch.undo()
    assert len(work()) == 1
    first, again = work(minutes=6)
    assert first.body == again.body
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]


def test_sent_again_the_same_link_holds_longer(lived, link, coordinator):
    with pytest.raises(Refused):
        answering.send_again(link=link, by=coordinator)
    work()
    AnswerLink.objects.update(
        sent_at=timezone.now() - timedelta(days=40), until=date.today() - timedelta(days=1)
    )
    answering.send_again(link=link, by=coordinator)
    assert len(work()) == 2
    assert FORM_HERE in page(link)


def test_who_never_answered_is_forgotten_and_what_was_answered_stays(lived, proposal, link):
    kept = ask(lived, proposal, lived.practice, **NEW | {"email": "kept@example.org"})
    Client().post(path(kept), {"answer": "yes"})
    AnswerLink.objects.update(until=date.today() - timedelta(days=100))
    assert duties.forget_answer_links(timezone.now(), 10) == 1
    assert AnswerLink.objects.get() == kept
    assert not AnswerLink.history.filter(email=NEW["email"]).exists()


def test_who_is_erased_leaves_no_name_and_no_address(lived, link):
    Client().post(path(link), YES_IF)
    erase(person=Endorsement.objects.get().by, by=None)
    link.refresh_from_db()
    assert link.withdrawn_at
    for said in ("Anna Vej", NEW["email"]):
        rows = [
            *AnswerLink.objects.values(),
            *AnswerLink.history.values(),
            *Person.objects.values(),
        ]
        assert said not in str(rows)
    assert YES_IF["words"] in Endorsement.objects.get().words
