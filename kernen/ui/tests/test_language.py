"""The page's language is Danish until the visitor chooses."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from kernen.ui.middleware import ChosenLanguageMiddleware


def spoken(cookie: str | None = None, **headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    request = RequestFactory().get("/", headers=headers)
    if cookie:
        request.COOKIES["django_language"] = cookie
    return ChosenLanguageMiddleware(view)(request)


def test_danish_is_spoken_to_whoever_has_not_chosen():
    response = spoken()
    assert response.content == b"da"
    assert response["Content-Language"] == "da"


def test_what_the_browser_asks_for_does_not_count():
    assert spoken(accept_language="en").content == b"da"


def test_a_chosen_language_is_spoken():
    response = spoken("en")
    assert response.content == b"en"
    assert response["Content-Language"] == "en"
    assert response["Vary"] == "Cookie"


def test_an_unknown_choice_is_danish():
    assert spoken("xx").content == b"da"


def test_the_language_does_not_leak_into_the_next_request():
    before = translation.get_language()
    spoken("en")
    assert translation.get_language() == before


@pytest.mark.django_db
def test_the_switch_on_the_page_changes_the_language_and_comes_back(client: Client):
    page = client.get("/ui/?a=1").content.decode()
    assert '<html lang="da">' in page
    assert '<input type="hidden" name="next" value="/ui/?a=1">' in page
    response = client.post("/language/", {"language": "en", "next": "/ui/?a=1"}, follow=True)
    assert response.redirect_chain == [("/ui/?a=1", 302)]
    assert '<html lang="en">' in response.content.decode()
