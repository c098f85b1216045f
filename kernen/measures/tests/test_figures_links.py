"""A nurse is asked once, and gives the figures of one series from the link, which opens that form
and nothing else."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kernen.initiatives import actions as initiatives
from kernen.lib.periods import label
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.asking import duties, rules
from kernen.measures.closing import actions as closing
from kernen.measures.models import FiguresLink, Load, Series
from kernen.parties.models import Person
from kernen.parties.people import traces
from kernen.parties.people.actions import erase
from tests.house.conftest import patterns

from .asked import NURSE, ask, key_of, page, path, send, week, weekly, work
from .practices import practice

FORM_HERE = 'name="value"'


@pytest.fixture(autouse=True)
def in_english():
    """The rules' sentences as they stand in the code; a page speaks its own language."""
    with override("en"):
        yield


@pytest.fixture
def series(world) -> Series:
    return weekly(world)


@pytest.fixture
def link(series, world) -> FiguresLink:
    return ask(series, world.coordinator)


def give(link, period: date, value: int = 20, key: str = "k", **more):
    figure = actions.Figure(period, value=Decimal(value))
    return asking.give_by_link(link=link, figure=figure, key=key, **more)


# --- the whole way ------------------------------------------------------------------------------


def test_a_nurse_without_an_account_gives_the_figure_from_the_mailed_link(series, link, world):
    (sent,) = work()
    assert (sent.to, sent.reply_to) == ([NURSE["email"]], [world.coordinator.user.email])
    address = re.search(r"http://[^/]+(/\S+)", sent.body)[1]
    client = Client()
    seen = page(address, client)
    with override("da"):
        assert f"Gem {label(week(1), 'week')}" in seen
    assert "Opkald" in seen
    assert "Afsnit 4" in seen
    assert "Alle tal er inde." in send(client, address, week(1), value="20")
    load = Load.objects.get(way="link")
    assert (load.by.name, load.by.title, load.by.user) == ("Anne Vej", "Sygeplejerske", None)
    assert series.points.get(period=week(1)).value == 20
    told = series.measure.initiative.journal.first()
    assert (told.verb, told.by) == ("load", load.by)
    assert "sessionid" not in client.cookies


def test_an_answer_is_thanked_for_and_no_older_debt_is_asked_for_by_itself(world):
    link = ask(weekly(world, last=6), world.coordinator)
    seen = page(path(link))
    with override("da"):
        newest, running = label(week(1), "week"), label(week(0), "week")
        assert f"Gem {newest}" in seen
    assert "4 ældre perioder mangler" in seen
    after = send(Client(), path(link), week(1), value="20")
    assert f"Tak. {newest.capitalize()} er modtaget: 20\xa0opkald." in after
    assert f"Det næste, {running}, kan gives fra" in after
    assert "4 ældre perioder mangler" in after
    assert FORM_HERE not in after
    assert FORM_HERE in page(f"{path(link)}&thanks=1&period={week(2)}")


def test_whoever_has_no_figure_is_thanked_as_well(world):
    link = ask(weekly(world), world.coordinator)
    after = send(Client(), path(link), week(1), none="on")
    with override("da"):
        assert f"Tak. {label(week(1), 'week').capitalize()} er noteret uden tal." in after


def test_one_person_however_many_figures(link):
    give(link, week(1), key="a")
    give(link, week(0), key="b")
    assert Person.objects.filter(name=NURSE["name"]).count() == 1


def test_whoever_is_in_the_register_gives_in_his_or_her_own_name(series, world):
    known = world.person("reader")
    link = ask(series, world.coordinator, to=known)
    assert give(link, week(1)).by == known


def test_what_is_sent_again_is_taken_in_once(series, link):
    client = Client()
    key = key_of(page(path(link), client))
    for _again in range(3):
        send(client, path(link), week(1), key=key, value="20")
    assert series.loads.filter(way="link").count() == 1


def test_the_mail_and_its_page_speak_the_language_of_whoever_asked(series, world):
    link = ask(series, world.coordinator, language="en")
    (english,) = work()
    assert english.subject.startswith("Will you give the figures")
    assert 'lang="en"' in page(path(link))


# --- mailed when a figure is due, once a period -------------------------------------------------


def test_when_the_next_period_is_over_it_asks_once(link):
    work()
    give(link, week(1))
    sunday = 6 - timezone.localdate().weekday()
    assert len(work(days=sunday)) == 1, "the week still runs"
    (_first, due) = work(days=sunday + 1)
    assert due.subject.startswith("Uge ")
    assert path(link) in due.body
    assert len(work(days=sunday + 2)) == 2, "once a period"
    assert len(work(days=sunday + 8)) == 3


def test_it_rests_where_the_figure_has_come_by_whatever_way(series, link, world):
    work()
    figure = actions.Figure(week(0), value=Decimal(18))
    actions.load(series=series, figures=[figure], by=world.coordinator)
    later = timezone.localtime().replace(hour=12) + timedelta(days=7)
    assert duties.ask_when_due(later, 100) == 1
    assert duties.ask_when_due(later, 100) == 0, "looked at once a period"
    link.refresh_from_db()
    assert (link.period, link.sending) == (week(1), 1)


def test_nobody_is_asked_at_night(link):
    night = timezone.localtime().replace(hour=3) + timedelta(days=8)
    assert duties.ask_when_due(night, 100) == 0
    assert duties.ask_when_due(night.replace(hour=8), 100) == 1


def test_of_a_stopped_initiative_nothing_is_due(series, link, world):
    work()
    initiative = series.measure.initiative
    initiatives.move(initiative=initiative, event="stop", words="Enough", by=world.coordinator)
    assert len(work(days=7)) == 1


def test_whoever_gives_nothing_is_in_time_asked_no_more(link):
    FiguresLink.objects.update(until=date.today() - timedelta(days=1))
    assert not work(days=7)
    FiguresLink.objects.update(until=date.today() - timedelta(days=92))
    assert duties.forget_figures_links(timezone.now(), 100) == 1
    assert not FiguresLink.objects.exists()


def test_each_figure_lets_the_link_hold_for_longer(link):
    FiguresLink.objects.update(until=date.today())
    give(link, week(1))
    link.refresh_from_db()
    assert link.until == timezone.localdate() + timedelta(days=60)


# --- the link opens that form and nothing else --------------------------------------------------


def sample(route, name, link):
    numbers = dict.fromkeys(re.findall(r"<int:(\w+)>", route), link.series_id)
    words = dict.fromkeys(re.findall(r"<slug:(\w+)>", route), "why")
    return reverse(name, kwargs=numbers | words)


def test_it_opens_no_other_address_of_the_program(link):
    client = Client()
    send(client, path(link), week(1), value="20")
    opened = set()
    typed = {"key": "k", "period": week(0).isoformat(), "value": "20"}
    for route, pattern in patterns():
        url = sample(route, pattern.name, link)
        if pattern.callback.seen_by == "public":
            continue
        query = f"{url}?key={link.key}"
        for response in (client.get(query), client.post(query, typed)):
            if response.status_code != 302 or not response.url.startswith("/account/login/"):
                opened.add(url)
    assert not opened
    assert Load.objects.filter(way="link").count() == 1


def test_public_pages_say_no_more_to_who_has_a_key(link):
    for route, pattern in patterns():
        url = sample(route, pattern.name, link)
        if pattern.callback.seen_by == "public" and url != link.get_absolute_url():
            seen = Client().get(url, {"key": link.key})
            if seen.status_code == 200 and not seen.streaming:
                assert "Afsnit 4" not in seen.content.decode(), url


def test_without_its_key_or_with_another_s_it_says_and_does_nothing(link, series, world):
    other = ask(series, world.coordinator, name="B", email="b@example.org")
    elsewhere = FiguresLink(pk=link.pk, email=link.email, series_id=series.pk + 1)
    said = set()
    for wrong in (
        link.get_absolute_url(),
        path(link)[:-1],
        path(other).replace(str(other.pk), str(link.pk), 1),
        path(elsewhere),
        path(link).replace(str(link.pk), "999", 1),
    ):
        answer = Client().get(wrong)
        assert answer.status_code == 404, "nobody learns whether there is such a link"
        assert "Afsnit 4" not in answer.content.decode()
        said.add(answer.content.decode().partition("data-refused")[2].partition("</section>")[0])
        Client().post(wrong, {"key": "k", "period": week(1).isoformat(), "value": "20"})
    assert len(said) == 1
    assert not Load.objects.filter(way="link").exists()


def test_it_shows_the_last_figure_and_what_is_missing_and_leads_nowhere(link, world):
    response = Client().get(path(link))
    seen = response.content.decode().partition("<main")[2].partition("</main")[0]
    assert not re.findall(r'href="/(?!figures-links)', seen), "no page leads into the program"
    assert world.first.title not in seen
    assert "18\xa0opkald" in seen
    assert "21\xa0opkald" not in seen, "earlier figures are not shown"
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_by_a_link_come_no_periods_that_are_not_asked_for(series, link):
    with pytest.raises(Refused, match="not asked for"):
        give(link, week(9), reason="So")
    assert 'name="reason"' not in page(f"{path(link)}&period={week(9)}")
    give(link, week(2), value=19, reason="Counted again")
    assert series.points.get(period=week(2)).value == 19


def test_what_comes_for_a_period_that_others_gave_meanwhile_is_told_so(series, link, world):
    client = Client()
    key = key_of(page(path(link), client))
    figures = [actions.Figure(week(ago), value=Decimal(20)) for ago in (1, 0)]
    actions.load(series=series, figures=figures, by=world.coordinator)
    after = send(client, path(link), week(1), key=key, value="21")
    assert "<p data-refused><strong>Der er ikke spurgt" in after
    assert FORM_HERE not in after
    assert "data-refused" not in page(path(link), client)


def test_a_form_from_elsewhere_is_refused(link):
    client = Client(enforce_csrf_checks=True)
    typed = {"key": "k", "period": week(1).isoformat(), "value": "20"}
    assert client.post(path(link), typed).status_code == 403


def test_nobody_guesses_keys_for_long(link, monkeypatch):
    monkeypatch.setattr("kernen.measures.asking.views.RATES", {"figures_link": "3/m/ip"})
    codes = [Client().get(link.get_absolute_url()).status_code for _ in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    with override("da"):
        seen = page(path(link))
    assert "Vent et øjeblik" in seen
    assert "ikke gemt" not in seen, "nothing was sent"
    assert "429" not in seen


def test_a_link_does_not_fill_the_record(link, monkeypatch):
    monkeypatch.setattr(rules, "MOST_GIVEN", 2)
    for value in (18, 19):
        give(link, week(1), value=value, reason="So")
    with pytest.raises(Refused, match="tomorrow"):
        give(link, week(1), value=20, reason="So")


@pytest.mark.parametrize("ended", ["withdrawn", "too old", "closed"])
def test_a_link_that_has_ended_shows_nothing_and_takes_nothing_in(link, world, ended):
    if ended == "withdrawn":
        asking.withdraw_link(link=link, by=world.coordinator)
    elif ended == "too old":
        FiguresLink.objects.update(until=date.today() - timedelta(days=1))
    else:  # the practice has closed its figures to whoever asked
        before = len(work())
        organisation, doctor = practice(world, "Huset")
        Series.objects.filter(pk=link.series_id).update(organisation=organisation)
        closing.close(series=Series.objects.get(pk=link.series_id), by=doctor)
        assert len(work(days=8)) == before, "nobody is asked any more"
    answer = Client().get(path(link))
    assert answer.status_code == 410
    seen = answer.content.decode()
    assert "data-refused" in seen
    assert "Afsnit 4" not in seen
    assert FORM_HERE not in seen
    with pytest.raises(Refused):
        give(link, week(1))


def test_of_a_closed_series_its_own_people_ask_and_it_shows_that_one_alone(world):
    series = weekly(world)
    organisation, doctor = practice(world, "Huset")
    Series.objects.filter(pk=series.pk).update(organisation=organisation)
    series = closing.close(series=Series.objects.get(pk=series.pk), by=doctor) or series
    series.refresh_from_db()
    with pytest.raises(Refused):
        ask(series, world.coordinator)
    link = ask(series, doctor)
    assert FORM_HERE in page(path(link))
    give(link, week(1))
    shown = series.measure.initiative.journal.seen_by(world.coordinator)
    assert not shown.filter(verb="ask_figures").exists()


# --- who asks, sends again and withdraws --------------------------------------------------------


def test_who_may_not_load_asks_nobody(series, world, sign_in):
    reader = world.person("reader")
    with pytest.raises(Refused):
        ask(series, reader)
    seen = page(series.get_absolute_url(), sign_in(reader))
    assert "Spørg nogen pr. mail" not in seen


def test_the_series_page_says_who_is_asked_and_when_they_last_gave(series, link, world, sign_in):
    client = sign_in(world.coordinator)
    assert "Har ikke givet noget tal endnu." in page(series.get_absolute_url(), client)
    give(link, week(1))
    seen = page(series.get_absolute_url(), client)
    assert "Gav senest et tal" in seen
    assert NURSE["email"] in seen


def test_somebody_is_asked_sent_again_and_withdrawn_from_the_page(series, world, sign_in):
    client = sign_in(world.coordinator)
    address = reverse("ask_figures", args=[series.pk])
    wrong = client.post(address, {"name": "Anne"}).content.decode()
    assert 'value="Anne"' in wrong
    client.post(address, NURSE)
    link = FiguresLink.objects.get()
    again = reverse("send_figures_link_again", args=[link.pk])
    assert client.post(again).status_code == 403, "it is on its way"
    FiguresLink.objects.update(tries=1, sent_at=timezone.now() - timedelta(days=2))
    assert client.post(again).status_code == 302
    link.refresh_from_db()
    assert (link.sending, link.sent_at) == (2, None)
    withdraw = reverse("withdraw_figures_link", args=[link.pk])
    assert withdraw in page(series.get_absolute_url(), client)
    asks = client.get(withdraw).content.decode()
    assert f"{NURSE['name']} kan ikke give flere tal" in asks
    link.refresh_from_db()
    assert not link.withdrawn_at, "looking does nothing"
    client.post(withdraw)
    assert client.get(withdraw).status_code == 403, "it is withdrawn"
    assert NURSE["email"] not in page(series.get_absolute_url(), client)


def test_the_same_address_is_asked_once_at_a_time(series, link, world):
    with pytest.raises(Refused, match="asked already"):
        ask(series, world.coordinator, "en")


def test_no_more_are_asked_in_a_day_than_a_person_would(series, world, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    ask(series, world.coordinator)
    with pytest.raises(Refused, match="since yesterday"):
        ask(series, world.coordinator, "en", name="B", email="b@example.org")


def test_of_rare_events_nobody_is_asked(world):
    measure = actions.define(
        initiative=world.first, name="Fald", figures="events", frequency="day", by=world.coordinator
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    with pytest.raises(Refused, match="never due"):
        ask(series, world.coordinator)


def test_who_is_erased_is_asked_no_more_and_leaves_no_address(link):
    give(link, week(1))
    person = FiguresLink.objects.get().person
    erase(person=person, by=None)
    link.refresh_from_db()
    assert link.withdrawn_at
    assert NURSE["email"] not in link.email
    assert not list(traces.holding({NURSE["name"]}, [FiguresLink, FiguresLink.history.model]))
