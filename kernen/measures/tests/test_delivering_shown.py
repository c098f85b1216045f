"""What is in a large file is shown before any of it is loaded."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kernen.measures import actions as measuring
from kernen.measures.actions import Figure
from kernen.measures.delivering.looking import SHOWN
from kernen.measures.models import Delivery

from .machines import series_of
from .test_delivering_sent import HEAD, browser, confirm, give, page, page_of, send, ward, work

assert browser and give and send and ward  # noqa: PT018 they are found by their names


def test_nothing_is_loaded_before_all_that_is_in_the_file_is_seen(browser, give, ward):
    give("uge 45, 2018;98;104", ";;", "uge 46, 2018;110;118", "uge 46, 2018;110;118")
    assert "The file is being read through" in page(browser)
    assert "The file is being read through" in confirm(browser).content.decode()
    assert work() == 1
    shown = " ".join(page(browser).split())
    assert "Is this understood correctly?" in shown
    for said in ("D (tæller)", "Numerator", "week 45, 2018", str(ward), ">98<", ">new<"):
        assert said in shown
    assert "All rows are read: figures of 1 place. 2 are new. Nothing is loaded yet." in shown
    assert "1 row has no figure, and is passed over." in shown
    assert "1 row repeats the figure of another row" in shown
    assert "Load 2 figures" in shown
    assert work() == 0
    assert not ward.points.exists()
    confirm(browser)
    assert "waits for its turn" in page(browser)
    assert confirm(browser).status_code == 200, "a second click is shown how far it is"
    assert work() == 1
    assert ward.points.count() == 2
    assert Delivery.objects.get().found == {}


def test_all_that_a_file_does_is_counted_beside_what_stands(browser, send, give, world, ward):
    other = series_of(world, place="Afsnit B")
    send(*(f"uge {week}, 2018;{week + 50};100" for week in range(1, 31)))
    work()
    same, changed = "uge 1, 2018;51;100", "uge 2, 2018;99;100"
    new = [f"uge {week}, 2018;{week + 50};100" for week in range(31, 37)]
    text = "".join(f"{world.hospital};Afsnit A;{row}\n" for row in (same, changed, *new))
    text += f"{world.hospital};Afsnit B;uge 1, 2018;5;10\n"
    file = SimpleUploadedFile("later.csv", (HEAD + text).encode())
    browser.post(reverse("deliver", args=[ward.measure.pk]), {"file": file})
    work()
    found = Delivery.objects.latest("pk").found
    counted = {kind: found[kind] for kind in ("places", "new", "changed", "same")}
    assert counted == {"places": 2, "new": 7, "changed": 1, "same": 1}
    assert [row["number"] for row in found["rows"]] == [3, 2, *range(4, 11)]
    shown = " ".join(page_of("later.csv", browser).split())
    assert "figures of 2 places. 7 are new." in shown
    assert "1 replaces another figure." in shown
    assert "1 stands already." in shown
    assert "Load 8 figures" in shown
    assert not other.points.exists()


def test_what_is_worth_a_look_is_shown_wherever_in_the_file_it_stands(browser, give, ward):
    weeks = [f"uge {week}, 2018;{50 + week % 3};100" for week in range(1, 50)]
    weeks[40] = "uge 41, 2018;98;100"
    running = timezone.localdate().isocalendar()
    give(*weeks, f"uge {running.week}, {running.year};51;100")
    work()
    found = Delivery.objects.get().found
    assert (found["far"], found["running"]) == (1, 1)
    assert [row["number"] for row in found["rows"]] == [42, 51, *range(2, SHOWN + 2)]
    far, late = found["rows"][:2]
    assert far["doubts"] == ["far above the usual 50–52\u00a0%"]
    assert late["doubts"] == ["not over yet"]
    shown = " ".join(page(browser).split())
    assert "1 figure lies far from the usual. Look at it before you load." in shown
    assert "22 of 50 figures are shown" in shown


def test_a_row_that_is_a_total_of_several_places_is_left_out_and_counted(
    browser, give, world, ward
):
    text = f"{HEAD}{world.hospital};Afsnit A;uge 45, 2018;9;10\n"
    text += "I alt;;uge 45, 2018;9;10\nI alt;;uge 46, 2018;9;10\n"
    file = SimpleUploadedFile("a.csv", text.encode())
    browser.post(reverse("deliver", args=[ward.measure.pk]), {"file": file})
    work()
    assert "2 rows are totals of several places, and are left out." in page(browser)
    assert "Load 1 figure" in page(browser)


def test_a_file_in_which_nothing_is_new_is_not_loaded(browser, send, give, ward):
    send("uge 45, 2018;98;104")
    work()
    give("uge 45, 2018;98;104", name="again.csv")
    work()
    shown = page_of("again.csv", browser)
    assert "There is nothing to load" in shown
    assert "Choose another file" in shown
    assert 'name="reason"' not in shown


def test_a_column_that_is_not_read_and_a_row_that_is_wrong_are_seen_before(
    browser, give, world, ward
):
    file = f"{HEAD.strip()};farve\n{world.hospital};Afsnit A;uge 45, 2018;98;104;rød\n"
    sent = {"file": SimpleUploadedFile("a.csv", file.encode())}
    browser.post(reverse("deliver", args=[ward.measure.pk]), sent)
    work()
    assert "Not read: F (farve)" in page(browser)
    browser.post(Delivery.objects.get().get_absolute_url(), {"throw_away": "1"})
    give(*(f"uge {week}, 2018;98;104" for week in range(1, 40)), "uge 45, 2018;98;x")
    work()
    shown = page(browser)
    assert "1 thing has to be mended first" in shown
    assert "Row 41, column E (nævner)" in shown
    assert "Is this understood correctly?" not in shown


def test_the_first_rows_are_shown_as_they_are_then_read(browser, give, ward):
    give(*(f"uge {week}, 2018;{week};104" for week in range(1, 40)))
    work()
    shown = Delivery.objects.get().found["rows"]
    confirm(browser)
    work()
    assert len(shown) == SHOWN
    for row in shown:
        point = ward.points.get(period=date.fromisocalendar(2018, row["number"] - 1, 1))
        assert row["cells"] == [str(point.numerator), str(point.denominator)]


def test_figures_that_stand_are_changed_with_a_reason(browser, send, give, ward):
    send("uge 45, 2018;98;104")
    work()
    give("uge 45, 2018;99;104", name="later.csv")
    work()
    assert "replaces 98/104" in page_of("later.csv", browser)
    assert "error-summary" in confirm(browser).content.decode()
    assert work() == 0
    confirm(browser, reason="One was registered late")
    assert work() == 1
    load = ward.loads.get(changed=1)
    assert (load.reason, ward.points.get().numerator) == ("One was registered late", 99)


def test_a_file_is_shown_anew_where_other_figures_stand_than_when_it_was_read(
    browser, send, world, ward
):
    send("uge 45, 2018;98;104")
    figure = Figure(date.fromisocalendar(2018, 45, 1), numerator=1, denominator=2)
    measuring.load(series=ward, figures=[figure], by=world.coordinator)
    assert work() == 1
    assert ward.points.get().numerator == 1
    assert work() == 1
    assert "replaces 1/2" in page(browser)
    confirm(browser, reason="It was a trial")
    work()
    assert ward.points.get().numerator == 98
