"""A double click, or a form sent anew because no answer came, does nothing twice."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kernen.initiatives.models import Entry


@pytest.fixture
def client(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.coordinator.user)
    return client


def token(client, url):
    page = client.get(url).content.decode()
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page[page.index("<main") :])[1]


@pytest.fixture
def url(world):
    return reverse("journal", args=[world.first.pk])


def notes(words):
    return Entry.objects.filter(words=words).count()


def test_the_same_form_sent_twice_acts_once_and_leads_to_the_same_page(client, url):
    sent = {"words": "Once", "csrfmiddlewaretoken": token(client, url)}
    first, second = client.post(url, sent), client.post(url, sent)
    assert notes("Once") == 1
    assert second.status_code == 302
    assert second.url == first.url
    assert "allerede gemt" in client.get(url).content.decode()


def test_the_same_words_from_a_page_fetched_anew_are_meant(client, url):
    for _ in range(2):
        client.post(url, {"words": "Again", "csrfmiddlewaretoken": token(client, url)})
    assert notes("Again") == 2


def test_other_words_from_the_same_page_are_meant(client, url):
    mark = token(client, url)
    for words in ("One", "Other"):
        client.post(url, {"words": words, "csrfmiddlewaretoken": mark})
    assert notes("One") == notes("Other") == 1


def test_a_form_that_came_back_with_a_fault_can_be_sent_again(client, url):
    sent = {"words": "", "csrfmiddlewaretoken": token(client, url)}
    assert client.post(url, sent).status_code == client.post(url, sent).status_code == 200


def test_what_failed_can_be_sent_again(client, url, monkeypatch):
    sent = {"words": "At last", "csrfmiddlewaretoken": token(client, url)}
    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("kernen.initiatives.views.actions.note", lambda **_: 1 / 0)
        assert client.post(url, sent).status_code == 500
    assert client.post(url, sent).status_code == 302
    assert notes("At last") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' database has one connection")
def test_two_at_the_same_moment_act_once(client, url):
    sent = {"words": "Both", "csrfmiddlewaretoken": token(client, url)}
    answers = []

    def send():
        own = Client(enforce_csrf_checks=True)
        own.cookies = client.cookies
        answers.append(own.post(url, sent).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [302, 302]
    assert notes("Both") == 1
