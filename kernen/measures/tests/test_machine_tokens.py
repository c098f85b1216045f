"""Who lets another system give figures, on which page, and when that ends."""

import html
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.initiatives import actions as initiatives
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.closing import actions as closing
from kernen.measures.machine import actions as machine
from kernen.measures.machine import waiting
from kernen.measures.models import Point, Token
from kernen.parties.models import OrganisationRole
from kernen.parties.people import actions as people

from .machines import POINTS, UNTIL, Machine, practice_of, series_of, token_of


@pytest.fixture
def series(world):
    return series_of(world)


@pytest.fixture
def bi(world, series):
    return Machine(series, token_of(series, world.coordinator)[1])


# --- who has a token ----------------------------------------------------------------------------


def test_only_the_digest_of_a_secret_is_kept(world, series):
    token, secret = token_of(series, world.coordinator)
    assert secret.startswith("kernen_")
    assert len(secret) > 40
    assert secret not in str(Token.objects.filter(pk=token.pk).values())
    assert secret not in str(Token.history.values())


def test_a_token_is_asked_for_at_every_use(world, series, bi):
    token = series.tokens.get()
    bi.put(POINTS)
    assert timezone.now() - Token.objects.get().used_at < timedelta(minutes=1)
    machine.withdraw_token(token=token, by=world.coordinator)
    answer = bi.put(POINTS, "b")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends_on_its_day(bi):
    Token.objects.update(until=date.today())
    assert bi.get().status_code == 200
    Token.objects.update(until=date.today() - timedelta(days=1))
    assert bi.get().status_code == 401


def test_with_the_right_of_whoever_made_it_ends_the_token(world, series):
    person = world.person(OrganisationRole.Role.CONTRIBUTOR)
    bi = Machine(series, token_of(series, person)[1])
    assert bi.put(POINTS).status_code == 200
    role = person.roles.get()
    role.start = role.end = date.today() - timedelta(days=1)
    role.save()
    for answer in (bi.get(), bi.get(""), bi.put(POINTS, "b")):
        assert answer.status_code == 403
        assert "indlæse tal" in answer.json()["detail"]


@pytest.mark.parametrize("gone", ["erased", "inactive"])
def test_nobody_gives_figures_in_the_name_of_who_is_here_no_more(world, series, gone):
    person = world.person(OrganisationRole.Role.CONTRIBUTOR)
    token, secret = token_of(series, person)
    if gone == "erased":
        people.erase(person=person, by=person)
        assert Token.objects.get(pk=token.pk).revoked_at
    else:
        person.user.is_active = False
        person.user.save()
    answer = Machine(series, secret).put(POINTS)
    assert answer.status_code in (401, 403)
    assert not Point.objects.filter(series=series).exists()


def test_once_a_place_is_closed_the_token_opens_it_no_more(world):
    own = world.person(OrganisationRole.Role.CONTRIBUTOR)
    practice = practice_of(own)
    measure = series_of(world).measure
    made = actions.open_series(measure=measure, organisation=practice, by=world.coordinator)
    theirs, other = (Machine(made, token_of(made, by)[1]) for by in (own, world.coordinator))
    closing.close(series=made, by=own)
    assert other.get().status_code == 403
    assert other.put(POINTS).status_code == 403
    assert theirs.put(POINTS).status_code == 200


def test_who_may_not_load_makes_no_token(world, series, sign_in):
    reader = world.person(OrganisationRole.Role.READER)
    for thing in (series, series.measure):
        with pytest.raises(Refused):
            token_of(thing, reader)
        name = f"{thing._meta.model_name}_tokens"
        assert sign_in(reader).get(reverse(name, args=[thing.pk])).status_code == 403


@pytest.mark.parametrize("days", [0, 400])
def test_a_token_is_good_for_a_year_at_most(world, series, days):
    until = date.today() + timedelta(days=days)
    with pytest.raises(Refused):
        machine.make_token(of=series, name="BI", until=until, by=world.coordinator)


def test_a_token_is_withdrawn_by_whoever_made_it_or_may_load(world, series):
    token, _secret = token_of(series, world.coordinator)
    with pytest.raises(Refused):
        machine.withdraw_token(token=token, by=world.person(OrganisationRole.Role.READER))
    machine.withdraw_token(token=token, by=world.person(OrganisationRole.Role.CONTRIBUTOR))
    with pytest.raises(Refused):
        machine.withdraw_token(token=token, by=world.coordinator)


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["series", "measure"])
def test_a_token_is_made_on_its_page_and_told_once(world, series, sign_in, kind):
    thing = series if kind == "series" else series.measure
    client, url = sign_in(world.coordinator), reverse(f"{kind}_tokens", args=[thing.pk])
    client.post(url, {"name": "BI-udtræk, AUH", "until": UNTIL.isoformat()})
    token = Token.objects.get(**{kind: thing})
    page = client.get(url)
    secret = page.content.decode().partition("kernen_")[2].partition('"')[0]
    assert Token.digest_of(f"kernen_{secret}") == token.digest
    assert "no-store" in page.headers["Cache-Control"]
    again = client.get(url).content.decode()
    assert "BI-udtræk, AUH" in again
    assert secret not in again
    told = world.first.journal.first()
    assert told.verb.startswith("make_token")
    assert "BI-udtræk, AUH" in str(told.params)
    withdraw = reverse("withdraw_token", args=[token.pk])
    assert "Træk tokenet ”BI-udtræk, AUH” tilbage" in client.get(withdraw).content.decode()
    assert not Token.objects.get(pk=token.pk).revoked_at, "looking does nothing"
    client.post(withdraw)
    assert Token.objects.get(pk=token.pk).revoked_by == world.coordinator


def test_the_example_of_the_page_is_taken_in(world, series, sign_in, bi):
    example = _example(sign_in, world, series)
    assert example["address"].endswith(bi.address())
    assert bi.put(example["body"].encode(), example["key"]).status_code == 200


def test_the_example_pasted_as_it_stands_only_tries_and_fits_what_stands(
    world, series, sign_in, bi
):
    (period,) = json.loads(_example(sign_in, world, series)["body"])["points"]
    bi.put([period | {"numerator": 1}], "a")
    again = _example(sign_in, world, series)
    assert bi.put(again["body"].encode(), "b", dry_run=True).status_code == 200
    assert series.points.get().numerator == 1
    page = sign_in(world.coordinator).get(reverse("series_tokens", args=[series.pk]))
    text = html.unescape(page.content.decode())
    assert f"'{again['address']}?dry_run=true'" in text
    assert "i felterne numerator, denominator. Uden dem er" in text


def test_a_figure_of_one_part_is_told_in_the_singular(world, sign_in):
    made = series_of(world, name="Values", figures="values")
    page = sign_in(world.coordinator).get(reverse("series_tokens", args=[made.pk]))
    assert "i feltet value. Uden det er" in page.content.decode()


def _example(sign_in, world, series):
    url = reverse("series_tokens", args=[series.pk])
    return sign_in(world.coordinator).get(url).context["example"]


def test_the_series_says_by_which_system_figures_came(world, series, sign_in, bi):
    bi.put(POINTS)
    page = sign_in(world.coordinator).get(series.get_absolute_url()).content.decode()
    assert "fra et andet system, BI-udtræk, AUH" in page
    assert reverse("series_tokens", args=[series.pk]) in page


# --- my work ------------------------------------------------------------------------------------


def told(person):
    return [line for line in waiting.waiting(person) if line.key.startswith("token:")]


def test_whoever_made_a_token_is_told_a_month_before_it_ends_and_a_month_after(world, series):
    token, _secret = token_of(series, world.coordinator)
    today = timezone.localdate()
    for days, lines in ((31, 0), (30, 1), (0, 1), (-1, 1), (-30, 1), (-31, 0)):
        Token.objects.update(until=today + timedelta(days=days))
        assert len(told(world.coordinator)) == lines, days
        assert not told(world.person(OrganisationRole.Role.COORDINATOR))
    Token.objects.update(until=today + timedelta(days=3))
    (line,) = told(world.coordinator)
    assert (line.due, line.url) == (today + timedelta(days=3), token.get_absolute_url())
    assert (token.name in line.what, series.measure.name in line.what) == (True, True)


def test_a_token_that_is_withdrawn_or_has_a_successor_is_told_no_more(world, series):
    by, soon = world.coordinator, timezone.localdate() + timedelta(days=9)
    machine.make_token(of=series, name="BI", until=soon, by=by)
    whole, _secret = machine.make_token(of=series.measure, name="BI", until=soon, by=by)
    assert len(told(by)) == 2
    later = timezone.localdate() + timedelta(days=90)
    machine.make_token(of=series, name="BI", until=later, by=by)
    assert [line.key for line in told(by)] == [f"token:{whole.pk}"]
    machine.withdraw_token(token=whole, by=by)
    assert not told(by)


def test_of_a_stopped_initiative_no_token_is_told(world, series):
    token_of(series, world.coordinator)
    assert told(world.coordinator)
    initiatives.move(initiative=world.first, event="stop", words="Nok.", by=world.coordinator)
    assert not told(world.coordinator)
