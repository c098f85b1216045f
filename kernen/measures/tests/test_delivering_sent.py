"""A large file that is sent through the browser is taken in by the worker, and its page says how
far that is."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kernen.lib.refusal import Refused
from kernen.measures import actions as measuring
from kernen.measures.actions import Figure
from kernen.measures.delivering import actions as delivering
from kernen.measures.delivering import rules
from kernen.measures.delivering.duties import forget_deliveries, take_deliveries
from kernen.measures.delivering.undoing import actions as undoing
from kernen.measures.delivering.undoing.duties import undo_deliveries
from kernen.measures.models import Delivery, Load
from kernen.parties.models import OrganisationRole

from .machines import series_of

HEAD = "organisation;afsnit;uge;tæller;nævner\n"
FOUND = {
    "how": {"sheet": "", "header": 1, "columns": {}},
    **{"headings": "", "sheets": [], "lines": [], "columns": [], "unread": [], "shape": None},
    **{
        "remarks": [],
        "named": [],
        "asks": False,
        "problems": [],
        "new": 1,
        "changed": 0,
        "same": 0,
        "rows": [],
    },
}


@pytest.fixture
def ward(world):
    return series_of(world, place="Afsnit A")


@pytest.fixture
def browser(client, world):
    client.force_login(world.coordinator.user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def give(browser, world, ward):
    """Send rows of the ward, and give the answer."""

    def sent(*rows, name="figures.csv", **more):
        text = HEAD + "".join(f"{world.hospital};Afsnit A;{row}\n" for row in rows)
        file = SimpleUploadedFile(name, text.encode())
        address = reverse("deliver", args=[ward.measure.pk])
        return browser.post(address, {"file": file, **more})

    return sent


@pytest.fixture
def send(give, browser):
    """Send rows of the ward, let them be read through, and say that they are understood right."""

    def sent(*rows, **more):
        given = give(*rows, **more)
        if given.status_code == 302:
            work()
            confirm(browser)
        return given

    return sent


def confirm(browser, **typed):
    return browser.post(Delivery.objects.latest("pk").get_absolute_url(), typed)


def work():
    return take_deliveries(timezone.now(), 100)


def page(browser):
    return browser.get(Delivery.objects.get().get_absolute_url()).content.decode()


def test_the_page_says_that_it_waits_and_then_what_came_in(browser, send, ward):
    answer = send("uge 45, 2018;98;104", "uge 46, 2018;110;118")
    assert answer.url == Delivery.objects.get().get_absolute_url()
    waiting = page(browser)
    assert "waits for its turn" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert not ward.points.exists()
    assert work() == 1
    assert ward.points.count() == 2
    after = page(browser)
    assert "At 1 place: 2 new figures, and 0 changed." in after
    assert 'http-equiv="refresh"' not in after
    assert "hx-trigger" not in after.split('id="delivery"')[1]
    assert bytes(Delivery.objects.get().content) == b""
    assert work() == 0


def test_the_wrong_file_is_thrown_away_and_one_that_nobody_looks_at_as_well(browser, give):
    give("uge 45, 2018;98;104")
    delivery = Delivery.objects.get()
    assert forget_deliveries(timezone.now() + timedelta(days=6), 100) == 0
    answer = browser.post(delivery.get_absolute_url(), {"throw_away": "1"})
    assert answer.url == reverse("deliver", args=[delivery.measure_id])
    assert not Delivery.objects.exists()
    give("uge 45, 2018;98;104", name="b.csv")
    assert forget_deliveries(timezone.now() + timedelta(days=8), 100) == 1
    assert not Delivery.objects.exists()


def page_of(name, browser):
    return browser.get(Delivery.objects.get(filename=name).get_absolute_url()).content.decode()


def test_the_page_shows_how_much_is_read(browser, give):
    give("uge 45, 2018;98;104")
    delivery = Delivery.objects.get()
    delivering.tell_read(delivery=delivery, rows=200_000, read=50_000)
    assert "50,000 of 200,000 rows are read." in page(browser)
    assert 'max="200000" value="50000"' in page(browser)
    delivering.tell_read(delivery=delivery, rows=200_000, read=200_000)
    assert "and are being compared with the figures that stand." in page(browser)
    delivering.show(delivery=delivery, found=FOUND)
    confirm(browser)
    delivering.tell_read(delivery=delivery, rows=200_000, read=200_000)
    assert "All 200,000 rows are read, and the figures are being written." in page(browser)


def test_the_problems_stand_there_by_row_and_nothing_came_in(browser, give, ward):
    give("uge 45, 2018;98;104", "uge 46, 2018;119;118")
    work()
    shown = page(browser)
    assert "1 thing has to be mended first" in shown
    assert "Row 3, column D (tæller): The numerator 119 is larger than the denominator" in shown
    assert "it cannot be read like this" in confirm(browser).content.decode()
    assert work() == 0
    assert not Load.objects.filter(series=ward).exists()


def test_a_file_that_cannot_be_read_at_all_is_refused_and_not_kept(browser, give, ward):
    give("uge 45, 2018;98;104;0101011234")
    work()
    shown = page(browser)
    assert "Nothing was loaded" in shown
    assert "Row 2, column F looks like a civil registration number" in shown
    assert bytes(Delivery.objects.get().content) == b""
    assert work() == 0


def test_a_file_whose_reader_is_killed_is_read_anew_after_a_while(browser, give):
    give("uge 45, 2018;98;104")
    now = timezone.now()
    delivering.claim(delivery=Delivery.objects.get(), now=now)
    assert take_deliveries(now + timedelta(seconds=5), 100) == 0
    assert take_deliveries(now + delivering.LEASE + timedelta(seconds=5), 100) == 1
    assert "Is this understood correctly?" in page(browser)


def test_what_a_killed_worker_began_is_begun_anew_after_a_while(send, ward):
    send("uge 45, 2018;98;104")
    now = timezone.now()
    assert delivering.claim(delivery=Delivery.objects.get(), now=now)
    with pytest.raises(Refused):
        delivering.claim(delivery=Delivery.objects.get(), now=now)
    assert take_deliveries(now + timedelta(seconds=5), 100) == 0
    assert take_deliveries(now + delivering.LEASE + timedelta(seconds=5), 100) == 1
    assert ward.points.count() == 1


def test_of_two_workers_who_read_the_same_file_one_brings_it(send, ward, monkeypatch):
    send("uge 45, 2018;98;104")
    first = delivering.bring

    def late(**told):
        monkeypatch.setattr("kernen.measures.delivering.taking.actions.bring", first)
        take_deliveries(timezone.now() + 2 * delivering.LEASE, 100)
        return first(**told)

    monkeypatch.setattr("kernen.measures.delivering.taking.actions.bring", late)
    work()
    assert ward.loads.count() == 1
    assert (Delivery.objects.get().added, ward.points.count()) == (1, 1)


def test_the_form_names_the_places_and_gives_a_file_to_fill_in(browser, world, ward):
    series_of(world, place="Afsnit B")
    shown = browser.get(reverse("deliver", args=[ward.measure.pk])).content.decode()
    assert "How the 2 places are written" in shown
    assert "Afsnit B" in shown
    template = browser.get(reverse("deliver_template", args=[ward.measure.pk]))
    lines = b"".join(template.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Organisation;Ward;Period;Numerator;Denominator"
    assert [line.split(";")[:2] for line in lines[1:]] == [
        [str(world.hospital), "Afsnit A"],
        [str(world.hospital), "Afsnit B"],
    ]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("figures", ["counts", "rates", "values", "samples"])
def test_the_file_to_fill_in_is_read_as_it_is_given(browser, world, figures, language):
    per = {"per": 1000} if figures == "rates" else {}
    series = series_of(world, name=figures, place="Afsnit A", figures=figures, **per)
    browser.cookies["django_language"] = language
    template = browser.get(reverse("deliver_template", args=[series.measure.pk]))
    head, line = b"".join(template.streaming_content).decode("utf-8-sig").splitlines()
    filled = line + ";2" * (head.count(";") - line.count(";"))
    file = SimpleUploadedFile("filled.csv", f"{head}\n{filled}\n".encode())
    address = reverse("deliver", args=[series.measure.pk])
    browser.post(address, {"file": file})
    work()
    confirm(browser)
    work()
    assert Delivery.objects.get().problems == []
    assert series.points.count() == 1


def test_rows_that_repeat_a_figure_are_counted_and_told(browser, send, ward):
    send("uge 45, 2018;98;104", "uge 45, 2018;98;104", "uge 46, 2018;1;104", "uge 45, 2018;98;104")
    work()
    assert "2 rows repeat the figures of other rows" in page(browser)
    assert ward.points.count() == 2


def test_whoever_sent_it_undoes_it_in_the_browser(browser, send, ward):
    send("uge 45, 2018;98;104")
    work()
    delivery = Delivery.objects.get()
    address = reverse("undo_delivery", args=[delivery.pk])
    assert address in page(browser)
    assert "1 figure that it added is taken out" in browser.get(address).content.decode()
    assert browser.post(address, {"reason": "An old file"}).url == delivery.get_absolute_url()
    assert not ward.points.exists()
    told = page(browser)
    assert address not in told
    assert "The load is undone" in told
    assert f"undone by {delivery.by}" in told
    assert "The figures are loaded" not in told
    assert "undone already" in browser.get(address).content.decode()


def test_the_load_of_one_place_leads_to_undoing_all_that_the_file_brought(
    world, ward, send, sign_in, monkeypatch
):
    send("uge 45, 2018;98;104")
    work()
    other = sign_in(world.person(OrganisationRole.Role.CONTRIBUTOR))
    address = reverse("undo_delivery", args=[Delivery.objects.get().pk])
    assert other.get(reverse("undo_load", args=[ward.loads.get().pk])).url == address
    with monkeypatch.context() as small:
        small.setattr(rules, "AT_ONCE", 0)
        told = str(other.get(address).context["refused"])
        assert world.coordinator.name in told, "the worker undoes in the sender's name"
    answer = other.post(address, {"reason": "An old file"})
    assert answer.url == ward.measure.get_absolute_url()
    assert not ward.points.exists()


def test_what_is_much_is_undone_by_the_worker_and_its_page_says_how_far(
    browser, send, ward, monkeypatch
):
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    send("uge 45, 2018;98;104", "uge 46, 2018;110;118")
    work()
    delivery = Delivery.objects.get()
    address = reverse("undo_delivery", args=[delivery.pk])
    browser.post(address, {"reason": "An old file"})
    assert ward.points.count() == 2
    assert "The load is being undone" in page(browser)
    assert 'http-equiv="refresh"' in page(browser)
    assert "being undone already" in browser.get(address).content.decode()
    delivery.refresh_from_db()
    delivery.rows, delivery.read = 3, 2
    delivery.save()
    assert "2 of 3 places are checked: their figures can be set back." in page(browser)
    assert undo_deliveries(timezone.now(), 100) == 1
    assert not ward.points.exists()
    assert "The load is undone" in page(browser)
    assert "An old file" in page(browser)
    assert undo_deliveries(timezone.now(), 100) == 0


def test_what_cannot_be_undone_stands_whole_and_its_page_says_why(
    browser, send, world, ward, monkeypatch
):
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    send("uge 45, 2018;98;104", "uge 46, 2018;110;118")
    work()
    delivery = Delivery.objects.get()
    undoing.ask_undo(delivery=delivery, reason="An old file", by=world.coordinator)
    figure = Figure(date.fromisocalendar(2018, 46, 1), numerator=1, denominator=2)
    measuring.load(series=ward, figures=[figure], reason="Late", by=world.coordinator)
    assert undo_deliveries(timezone.now(), 100) == 1
    shown = page(browser)
    assert "It was not undone, and all of it stands" in shown
    assert "undo that load first" in shown
    assert ward.points.count() == 2
    assert undo_deliveries(timezone.now(), 100) == 0


def test_of_two_workers_one_undoes_it(send, world, ward, monkeypatch):
    send("uge 45, 2018;98;104")
    work()
    delivery = Delivery.objects.get()
    undoing.ask_undo(delivery=delivery, reason="An old file", by=world.coordinator)
    now = timezone.now()
    undoing.claim_undo(delivery=delivery, now=now)
    with pytest.raises(Refused):
        undoing.claim_undo(delivery=delivery, now=now)
    assert undo_deliveries(now + timedelta(seconds=5), 100) == 0
    first = undoing.undo_delivery

    def late(**told):
        monkeypatch.setattr(undoing, "undo_delivery", first)
        undo_deliveries(now + 3 * delivering.LEASE, 100)
        return first(**told)

    monkeypatch.setattr(undoing, "undo_delivery", late)
    undo_deliveries(now + delivering.LEASE + timedelta(seconds=5), 100)
    assert Load.objects.filter(undoes__delivery=delivery).count() == 1
    assert Delivery.objects.get().undo_refused == ""


def test_nobody_else_sees_what_was_sent(client, send, world):
    send("uge 45, 2018;98;104")
    client.force_login(world.person(OrganisationRole.Role.COORDINATOR).user)
    assert client.get(Delivery.objects.get().get_absolute_url()).status_code == 404


def test_whoever_may_not_load_may_not_send(client, send, world, ward):
    client.force_login(world.person(OrganisationRole.Role.READER).user)
    assert send("uge 45, 2018;98;104").status_code == 403
    assert not Delivery.objects.exists()


def test_what_cannot_be_sent_is_said_beside_the_file(send, monkeypatch):
    named = send("uge 45, 2018;98;104", name="0101011234.csv").content.decode()
    assert "name looks like a civil registration number" in named
    monkeypatch.setattr("kernen.measures.delivering.forms.MAX_BYTES", 10)
    assert "The file is larger than 20 MB" in send("uge 45, 2018;98;104").content.decode()
    assert not Delivery.objects.exists()
    assert rules.MAX_BYTES == 20 * 2**20
