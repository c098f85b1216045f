"""The pages that say no say why, in both languages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation

from kernen.lib.refusal import Refused
from kernen.ui import views


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/measures/7/")
    request.user = AnonymousUser()
    return request


def test_a_refused_page_gives_the_rules_own_sentence(request_of_nobody: HttpRequest):
    reason = "Only the lead can start testing: ask Mette <Holm>."
    response = views.forbidden(request_of_nobody, Refused(reason))
    assert response.status_code == 403
    assert "Only the lead can start testing: ask Mette &lt;Holm&gt;." in response.content.decode()


def test_a_refusal_without_a_reason_still_says_something(request_of_nobody: HttpRequest):
    with translation.override("en"):
        response = views.forbidden(request_of_nobody, PermissionDenied())
    assert "You may not see this page or do this." in response.content.decode()


def test_a_form_that_was_open_for_too_long_is_explained(request_of_nobody: HttpRequest):
    with translation.override("en"):
        response = views.csrf_failed(request_of_nobody, "CSRF token missing")
    assert response.status_code == 403
    assert "open too long" in response.content.decode()
    assert "CSRF" not in response.content.decode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_address_that_leads_nowhere_says_so_in_our_frame(client: Client, language: str):
    client.cookies["django_language"] = language
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


def test_the_page_of_a_fault_asks_nothing_of_anybody():
    """It is drawn when the database may be down: no context and no queries, by pytest-django."""
    html = get_template("500.html").render()
    assert "Kernen" in html
    assert "<h1>" in html
