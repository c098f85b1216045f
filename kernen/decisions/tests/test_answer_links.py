"""A leader is asked by e-mail and answers from the link, which opens that page and nothing else."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.decisions import actions
from kernen.decisions.answering import actions as answering
from kernen.decisions.answering import rules
from kernen.decisions.models import AnswerLink, Endorsement
from kernen.lib.refusal import Refused
from kernen.parties.models import Person
from kernen.value import actions as value
from tests.house.conftest import patterns

from .asked import FORM_HERE, NEW, YES_IF, ask, new_version, page, path, work

# --- the whole way ------------------------------------------------------------------------------


def test_a_leader_without_an_account_answers_from_the_mailed_link(lived, link, coordinator):
    (sent,) = work()
    assert (sent.to, sent.reply_to) == ([NEW["email"]], [coordinator.user.email])
    address = re.search(r"http://[^/]+(/\S+)", sent.body)[1]
    client = Client()
    seen = client.get(address).content.decode()
    for said in ("Falls", "Fewer fall.", "Town 1", "Coordinator", FORM_HERE):
        assert said in seen
    answer = client.post(address, YES_IF, follow=True).content.decode()
    assert "Svaret er gemt" in answer
    assert YES_IF["words"] in answer
    given = Endorsement.objects.get()
    assert (given.organisation, given.by.name, given.capacity) == (
        lived.towns[0],
        "Anna Vej",
        "Ældrechef",
    )
    assert given.by_link
    assert given.by.user is None
    told = link.proposal.initiative.journal.first()
    assert (told.verb, told.by) == ("endorse", given.by)


def test_a_new_version_that_meets_the_condition_asks_again_and_the_later_answer_counts(lived, link):
    work()
    Client().post(path(link), YES_IF)
    condition = Endorsement.objects.get()
    new_version(lived, link.proposal, meets=[condition.pk])
    first, again = work()
    assert "Kørsel er med." in again.body
    assert first.extra_headers["Message-ID"] != again.extra_headers["Message-ID"]
    assert "betingelsen er opfyldt" in page(link)
    Client().post(path(link), {"answer": "yes", "seen": condition.number})
    answers = list(Endorsement.objects.all())
    assert [(one.answer, one.version.edition) for one in answers] == [("yes_if", 1), ("yes", 2)]
    assert answers[0].by == answers[1].by, "one person, however often"
    assert len(work()) == 2, "told once"


def test_the_mail_speaks_the_language_of_whoever_asked_and_so_does_its_page(lived, proposal):
    link = ask(lived, proposal, lived.hospital, language="en")
    ask(lived, proposal, lived.practice, language="da")
    english, danish = work()
    assert english.subject.startswith("Does Hospital back")
    assert danish.subject.startswith("Bakker Practice op")
    assert 'lang="en"' in page(link)


def test_two_answers_at_once_are_both_kept_and_the_later_is_told(lived, link):
    client = Client()
    lived.answer(link.proposal, lived.towns[0], "no", "Nej tak.")
    told = client.post(path(link), YES_IF, follow=True).content.decode()
    assert "Leader of Town 1" in told.split("alert-warning")[1].split("</div>")[0]
    assert [one.answer for one in Endorsement.objects.all()] == ["no", "yes_if"]


def test_what_is_filled_in_wrong_is_kept(link):
    seen = Client().post(path(link), {"answer": "no", "places": "Distrikt Nord"}).content.decode()
    assert "Distrikt Nord" in seen
    assert not Endorsement.objects.exists()
    assert not Person.objects.filter(name="Anna Vej").exists()


# --- the link opens that page and nothing else --------------------------------------------------


def sample(route, name, link):
    numbers = dict.fromkeys(re.findall(r"<int:(\w+)>", route), link.pk)
    words = dict.fromkeys(re.findall(r"<slug:(\w+)>", route), "why")
    return reverse(name, kwargs=numbers | words)


def test_it_opens_no_other_address_of_the_program(lived, link):
    """Whoever has answered by the link, with its key and whatever the browser has kept."""
    client = Client()
    client.post(path(link), YES_IF)
    assert "sessionid" not in client.cookies
    query = {"key": link.key}
    opened = set()
    for route, pattern in patterns():
        url = sample(route, pattern.name, link)
        if url == link.get_absolute_url() or pattern.callback.seen_by == "public":
            continue
        for response in (client.get(url, query), client.post(f"{url}?key={link.key}", YES_IF)):
            if response.status_code != 302 or not response.url.startswith("/account/login/"):
                opened.add(url)
    assert not opened
    assert Endorsement.objects.count() == 1


def test_public_pages_say_no_more_to_who_has_a_key(lived, link):
    for route, pattern in patterns():
        url = sample(route, pattern.name, link)
        if pattern.callback.seen_by != "public" or url == link.get_absolute_url():
            continue
        seen = Client().get(url, {"key": link.key})
        if seen.status_code == 200 and not seen.streaming:
            assert "Fewer fall." not in seen.content.decode(), url


def test_without_its_key_or_with_another_s_it_says_and_does_nothing(lived, proposal, link):
    other = ask(lived, proposal, lived.hospital)
    elsewhere = lived.submitted(lived.tested("Another"))
    moved = AnswerLink(pk=link.pk, email=link.email, proposal=elsewhere)
    for wrong in (
        link.get_absolute_url(),
        path(link)[:-1],
        path(other).replace(str(other.pk), str(link.pk), 1),
        path(moved),
        path(link).replace(str(link.pk), "999", 1),
    ):
        seen = Client().get(wrong).content.decode()
        assert "Falls" not in seen
        assert "Town 1" not in seen
        Client().post(wrong, YES_IF)
    assert not Endorsement.objects.exists()


def test_its_address_is_told_to_no_other_page_and_the_page_is_kept_nowhere(link):
    response = Client().get(path(link))
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]
    seen = response.content.decode().partition("<main")[2].partition("</main")[0]
    assert not re.findall(r'href="/(?!answer-links)', seen), "no page leads into the program"


def test_a_form_from_elsewhere_is_refused(link):
    client = Client(enforce_csrf_checks=True)
    client.get(path(link))
    assert client.post(path(link), YES_IF).status_code == 403


def test_a_double_click_answers_once(link):
    client = Client()
    token = re.search(
        r'csrfmiddlewaretoken" value="(\w+)"', client.get(path(link)).content.decode()
    )
    for _ in range(2):
        client.post(path(link), YES_IF | {"csrfmiddlewaretoken": token[1]})
    assert Endorsement.objects.count() == 1


def test_nobody_guesses_keys_for_long(link, monkeypatch):
    monkeypatch.setattr("kernen.decisions.views.answers.RATES", {"answer_link": "3/m/ip"})
    codes = [Client().get(link.get_absolute_url()).status_code for _ in range(5)]
    assert codes == [404, 404, 404, 429, 429]


@pytest.mark.parametrize("ended", ["withdrawn", "too old"])
def test_a_link_that_has_ended_shows_nothing_and_answers_nothing(lived, link, coordinator, ended):
    if ended == "withdrawn":
        answering.withdraw_link(link=link, by=coordinator)
    else:
        AnswerLink.objects.update(until=date.today() - timedelta(days=1))
    seen = page(link)
    assert "Falls" not in seen
    assert FORM_HERE not in seen
    Client().post(path(link), YES_IF)
    assert not Endorsement.objects.exists()


def test_after_the_proposal_has_ended_it_shows_what_was_answered_and_no_form(lived, link):
    Client().post(path(link), YES_IF)
    actions.withdraw(proposal=link.proposal, words="", by=lived.lead)
    seen = page(link)
    assert YES_IF["words"] in seen
    assert FORM_HERE not in seen
    Client().post(path(link), {"answer": "no", "words": "Nej."})
    assert Endorsement.objects.count() == 1


def test_a_leader_whose_mandate_has_ended_answers_no_more(lived, proposal):
    link = ask(lived, proposal, lived.hospital, language="da")
    yesterday = date.today() - timedelta(days=1)
    lived.leaders[lived.hospital].roles.update(end=yesterday, start=yesterday)
    assert "Kun en leder med mandat" in page(link)
    with pytest.raises(Refused):
        actions.answer_by_link(link=link, answer="yes")


def test_a_link_does_not_fill_the_record(link, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ANSWERS", 2)
    for _ in range(4):
        Client().post(path(link), YES_IF)
    assert Endorsement.objects.count() == 2


# --- what the database holds --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("answerlink_is_for_somebody", {"name": ""}),
        ("answerlink_answered_by_somebody", {"answered_at": timezone.now()}),
        ("answerlink_withdrawn_whole", {"withdrawn_at": timezone.now()}),
    ],
)
def test_the_database_holds_what_a_link_must_be(link, name, broken):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AnswerLink.objects.update(**broken)


def test_the_same_address_is_asked_once_at_a_time(link):
    link.pk, link._state.adding = None, True
    with pytest.raises(ValidationError):
        link.full_clean()
    with (
        pytest.raises(IntegrityError, match=r"answerlink_once_at_a_time|UNIQUE"),
        transaction.atomic(),
    ):
        link.save()


def test_who_answers_reads_what_it_costs_and_brings_and_what_is_missing(lived, sign_in):
    proposal = lived.drafted()
    told = {"initiative": proposal.initiative, "by": lived.lead}
    years = {"first_year": 2027, "last_year": 2028}
    value.add_cost(who="municipality", words="Training", likely=1000, **years, **told)
    value.add_gain(who="municipality", kind="health", words="Fewer beds", **told)
    value.add_gain(who="region", kind="health", words="Fewer nights", **told)
    actions.submit(proposal=proposal, reason="It comes.", by=lived.lead)
    town = lived.towns[0]
    address = reverse("answer_proposal", args=[proposal.pk, town.pk])
    signed_in = sign_in(lived.leaders[town]).get(address).content.decode()
    mailed = page(ask(lived, proposal, town, language="da"))
    for seen in (signed_in, mailed):
        for said in ("betaler 1.000\u00a0kr.", "Fewer beds", "It comes.", "tal, der viser"):
            assert said in seen, said
        assert "Fewer nights" not in seen
    assert f'href="{proposal.get_absolute_url()}"' in signed_in
    assert reverse("value", args=[proposal.initiative_id]) + "#money" not in mailed
