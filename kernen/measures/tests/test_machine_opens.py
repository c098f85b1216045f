"""A token opens its own addresses and nothing else; and the API does what its description says."""

import re

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

from kernen.measures.machine import bearer
from kernen.measures.machine.api import WRONG
from kernen.measures.models import Load, Series, Token
from tests.house.conftest import patterns

from .machines import POINTS, Machine, series_of, token_of

# --- nothing else -------------------------------------------------------------------------------


METHODS = ("get", "post", "put", "patch", "delete")


def sample(route, name, pk):
    numbers = dict.fromkeys(re.findall(r"<int:(\w+)>", route), pk)
    words = dict.fromkeys(re.findall(r"<slug:(\w+)>", route), "why")
    return reverse(name, kwargs=numbers | words)


@pytest.mark.parametrize("kind", ["series", "measure"])
def test_it_opens_no_address_of_the_program_but_its_own(world, kind, monkeypatch):
    """Every address there is, with the number of what the token is bound to and of another."""
    monkeypatch.setattr(bearer, "RATES", {})
    other = Series.objects.earliest("pk")
    own = series_of(world)
    thing = own if kind == "series" else own.measure
    secret = token_of(thing, world.coordinator)[1]
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "a"}
    client = Client(raise_request_exception=False)
    opened, before = set(), Load.objects.count()
    for route, pattern in patterns():
        of_api = route.startswith("api/v1/")
        # What is open to everybody says the same to whoever has a token: tried below. Pages know
        # nothing of tokens, of whichever kind.
        if not of_api and (pattern.callback.seen_by == "public" or kind == "measure"):
            continue
        for pk in {own.pk, thing.pk, other.pk} if of_api else {thing.pk}:
            url = sample(route, pattern.name, pk)
            for method in METHODS if of_api else ("get", "post"):
                if not closed(getattr(client, method)(url, headers=headers)):
                    opened.add((method, url))
    names = ("api_points", "api_series", "api_reports")
    expected = {("get", reverse(name, args=[own.pk])) for name in names}
    if kind == "measure":
        names = ("api_measure", "api_measure_points")
        expected |= {("get", reverse(name, args=[thing.pk])) for name in names}
    description = reverse("api_description")
    assert {(method, url) for method, url in opened if url != description} == expected
    assert Load.objects.count() == before
    assert "sessionid" not in client.cookies


def closed(answer):
    """Led to sign in, refused, or not there."""
    led = answer.status_code == 302 and answer.url.startswith("/account/login/")
    return led or answer.status_code in (*WRONG, 405)


def test_public_pages_say_no_more_to_who_has_a_token(world):
    own = series_of(world)
    headers = {"Authorization": f"Bearer {token_of(own, world.coordinator)[1]}"}
    for route, pattern in patterns():
        if pattern.callback.seen_by != "public" or route.startswith("api/v1/series"):
            continue
        url = sample(route, pattern.name, own.pk)
        seen = Client(raise_request_exception=False).get(url, headers=headers)
        if not seen.streaming:
            assert "FMK ajourført" not in seen.content.decode(), url


def test_it_puts_nothing_into_another_series_nor_reads_it(world):
    own, other = series_of(world), series_of(world, place="Afsnit N")
    elsewhere = Series.objects.earliest("pk")
    bi = Machine(own, token_of(own, world.coordinator)[1])
    everywhere = Machine(own.measure, token_of(own.measure, world.coordinator)[1])
    for machine, thing in (
        (bi, other),
        (bi, elsewhere),
        (bi, own.measure),
        (everywhere, elsewhere),
        (everywhere, elsewhere.measure),
    ):
        assert machine.put(POINTS, thing=thing).status_code == 404
        assert machine.get(thing=thing).status_code == 404
        assert machine.get("", thing=thing).status_code == 404
    assert everywhere.put(POINTS, thing=other).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer kernen_guess", "Basic {secret}", "{secret}", "Bearer {hash}"],
)
def test_without_the_whole_secret_nothing_opens(world, header):
    own = series_of(world)
    token, secret = token_of(own, world.coordinator)
    told = header.format(secret=secret, hash=token.digest)
    answer = Client().get(reverse("api_points", args=[own.pk]), headers={"Authorization": told})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"]


def test_a_session_opens_nothing_of_the_api(world, sign_in):
    own = series_of(world)
    assert sign_in(world.coordinator).get(reverse("api_points", args=[own.pk])).status_code == 401


def test_a_method_that_an_address_does_not_know_is_answered_as_a_problem(world):
    address = reverse("api_points", args=[series_of(world).pk])
    answer = Client().post(address, {}, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "PUT"}
    assert "GET" in answer.json()["detail"]


def test_an_address_that_is_not_there_is_answered_as_a_problem(world):
    answer = Client().get("/api/v1/patients/1")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


# --- as described -------------------------------------------------------------------------------

#: That all that fits is taken in is not among them: a period and a sum are judged by more.
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def rejects(context, answer, case):
    """Also as too large to be looked at."""
    too_large = answer.status_code == 413
    return None if too_large else checks.negative_data_rejection(context, answer, case)


@pytest.mark.parametrize("mode", GenerationMode)
def test_the_api_does_what_its_description_says(world, monkeypatch, mode):
    """What fits the description and what does not is answered as it says, and never by a fault."""
    monkeypatch.setattr(bearer, "RATES", {})
    # A request of its own would end the connection in which the test's transaction is.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    own = series_of(world)
    Machine(own, token_of(own, world.coordinator)[1]).put(POINTS)
    secret = token_of(own.measure, world.coordinator)[1]
    schema = schemathesis.openapi.from_wsgi(reverse("api_description"), get_wsgi_application())
    headers = {"Authorization": f"Bearer {secret}"}
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=5, database=None, suppress_health_check=HealthCheck)
        @given(case=operation.as_strategy(generation_mode=mode))
        def conforms(case):
            case.call_and_validate(headers=headers, checks=[*CHECKS, rejects])
            # Hardly any number is that of the token's own.
            case.path_parameters["pk"] = own.measure_id if "measures" in case.path else own.pk
            case.call_and_validate(headers=headers, checks=CHECKS)

        conforms()
        tried += 1
    assert tried == 8


def test_it_is_openapi_3_1_and_names_its_own_addresses_only(world):
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {
        "/api/v1/series/{pk}",
        "/api/v1/series/{pk}/points",
        "/api/v1/series/{pk}/MeasureReport",
        "/api/v1/measures/{pk}",
        "/api/v1/measures/{pk}/points",
    }
    assert not Token.objects.exists()
