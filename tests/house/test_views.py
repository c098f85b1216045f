"""Every address is guarded, and every address answers."""

import ast

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.house.code import name, sources, tree
from tests.house.conftest import Page, patterns

OWN = [pytest.param(route, pattern, id=str(pattern.name)) for route, pattern in patterns()]


def sample(route: str, name: str) -> str:
    """The address of a thing that need not exist."""
    if "<" not in route:
        return reverse(name)
    beside = {"name": "stop", "part": "why", "edition": 1, "organisation": 1, "key": "a-key"}
    more = {word: value for word, value in beside.items() if f":{word}>" in route}
    return reverse(name, kwargs={"pk": 1, **more})


def test_there_are_addresses():
    assert len(OWN) > 15


@pytest.mark.parametrize(("route", "pattern"), OWN)
def test_a_view_says_who_may_see_it(route, pattern):
    assert getattr(pattern.callback, "seen_by", None) in ("public", "signed in"), (
        f"{route} carries no mark of kernen.lib.access"
    )


@pytest.mark.parametrize(("route", "pattern"), OWN)
def test_whoever_marks_a_view_public_opens_it_and_nobody_else(route, pattern):
    is_open = not getattr(pattern.callback, "login_required", True)
    assert is_open == (pattern.callback.seen_by == "public")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("route", "pattern"), OWN)
def test_a_visitor_is_asked_to_sign_in(route, pattern, method):
    if pattern.callback.seen_by == "public":
        pytest.skip("open to all")
    response = getattr(Client(), method)(sample(route, pattern.name))
    assert response.status_code == 302
    assert response.url.startswith(reverse(settings.LOGIN_URL))


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/admin/", "/admin/parties/organisation/"])
def test_the_upkeep_is_closed_to_visitors(url):
    assert Client().get(url).status_code == 302


def test_every_address_answers(pages: list[Page]):
    # 405 is a verb without a page; 403 a rule's no, which is tested for its words below.
    # What is somebody's own, such as a saved view or a file that was sent, is not found by others;
    # nor is a chart for other pages or what a mailed link opens without its key, nor anything for a
    # machine without a token.
    own = ("/views/", "/deliveries/", "/embedded.", "/figures-links/", "/answer-links/")
    faults = [
        page
        for page in pages
        if page.code not in (200, 302, 403, 405)
        and not (page.code == 404 and any(one in page.url for one in own))
        and not (page.code in (401, 404) and page.url.startswith("/api/"))
    ]
    assert not faults, "\n".join(map(str, faults))


def test_an_administrator_meets_no_closed_page(pages: list[Page]):
    closed = [p for p in pages if p.person == "administrator" and p.code == 403]
    # Some events cannot happen at every stage, and only what is taken away is erased.
    events = ("/move/", "/release/", "/erase/", "/propose/")
    # What has been decided, held, followed or withdrawn is closed to everybody.
    ended = ("/proposals/", "/meetings/", "/decisions/", "/tokens/")
    assert not [
        page
        for page in closed
        if not any(event in page.url for event in events) and not page.url.startswith(ended)
    ]


def test_a_page_that_says_no_says_why(pages: list[Page]):
    refused = [page for page in pages if page.code == 403]
    assert refused
    for page in refused:
        assert 'class="' in page.text, f"{page} is not a page of ours"


def test_a_page_says_its_language(pages: list[Page]):
    for page in pages:
        if page.code == 200 and "<html" in page.text:
            assert f'lang="{page.language}"' in page.text, str(page)


#: Pages on which something is chosen with one press, and nothing is typed.
CHOSEN_ONLY = {"kernen/initiatives/views.py:links"}


def test_whatever_is_typed_into_a_page_survives_the_end_of_a_session():
    """A view that reads what was sent fills its form by `sent`, and is marked so."""
    views = {
        f"{name(path)}:{view.name}": ast.unparse(view)
        for path in sources(".py")
        if path.name == "views.py" or path.parent.name == "views"
        for view in tree(path).body
        if isinstance(view, ast.FunctionDef)
    }
    assert sum("sent(request)" in source for source in views.values()) > 10
    for place, source in views.items():
        assert "Form(request.POST" not in source or place in CHOSEN_ONLY, place
        assert ("sent(request)" in source) == ("@keeps_typed" in source), place
