"""A large file that is not understood right is put right on its page, and the next one like it is
read so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.measures.models import Delivery, Shape
from kernen.parties.models import OrganisationRole

from . import nasty_books
from .machines import series_of
from .test_delivering_excel import sheet_of
from .test_delivering_sent import browser, confirm, page, ward, work

assert browser and ward  # noqa: PT018 they are found by their names

PLACE = "Afsnit A"


@pytest.fixture
def upload(browser, world, ward):
    """Send a file, let it be read through, and give what was found."""

    def uploaded(*lines, content=None, name="a.csv"):
        content = content or "".join(f"{line}\n" for line in lines).encode()
        file = SimpleUploadedFile(name, content)
        browser.post(reverse("deliver", args=[ward.measure.pk]), {"file": file})
        assert work() == 1
        return Delivery.objects.latest("pk").found

    return uploaded


@pytest.fixture
def choose(browser):
    """Say what the columns of the latest file hold, let it be read again, and give what is found
    then."""

    def chosen(**other):
        delivery = Delivery.objects.latest("pk")
        how = delivery.found["how"]
        typed = {"header": how["header"], "sheet": how["sheet"], **how["columns"], **other}
        answer = browser.post(delivery.get_absolute_url(), typed | {"again": "1"})
        assert answer.status_code == 302, answer.content.decode()
        assert work() == 1
        return Delivery.objects.latest("pk").found

    return chosen


def at(series):
    return {(p.period.isocalendar().week, p.numerator, p.denominator) for p in series.points.all()}


def wards(world, *weeks):
    return [f"{world.hospital};{PLACE};uge {week}, 2018;{week};100" for week in weeks]


def test_columns_that_are_misunderstood_are_chosen_and_remembered(
    browser, world, ward, upload, choose
):
    head = "organisation;afsnit;uge;kvinder;mænd;nævner;tæller"
    rows = [f"{row};90;80" for row in wards(world, 45, 46)]
    found = upload(head, *rows)
    assert found["how"]["columns"]["numerator"] == 6
    found = choose(numerator=3, denominator=4)
    assert (found["problems"], found["new"]) == ([], 2)
    assert found["rows"][0]["cells"] == ["45", "100"]
    assert not ward.points.exists()
    confirm(browser)
    work()
    assert at(ward) == {(45, 45, 100), (46, 46, 100)}
    assert Shape.objects.get().columns["numerator"] == 3
    found = upload(head, *(f"{row};90;80" for row in wards(world, 45, 46, 47)), name="next.csv")
    assert (found["same"], found["new"]) == (2, 1)
    delivery = Delivery.objects.latest("pk")
    shown = browser.get(delivery.get_absolute_url()).content.decode()
    assert f"put right by {world.coordinator}" in shown
    confirm(browser)
    work()
    assert (47, 47, 100) in at(ward)


def test_a_column_in_doubt_is_asked_about_and_the_file_is_kept(
    browser, world, ward, upload, choose
):
    found = upload("organisation;afsnit;uge;kvinder;mænd", *wards(world, 45))
    assert "may stand in any of these: D (kvinder), E (mænd)" in found["problems"][0]
    shown = page(browser)
    assert "Choose what is to be read" in shown
    assert "Load 1 figure" not in shown
    assert 'name="header" id="id_header_1" value="1" checked' in shown
    found = choose(numerator=3)
    assert "one column for the numerator and one for the denominator" in found["problems"][0]
    found = choose(numerator=3, denominator=4)
    assert (found["problems"], found["new"]) == ([], 1)
    confirm(browser)
    work()
    assert at(ward) == {(45, 45, 100)}


def test_headings_stand_below_titles_whose_year_counts(browser, world, ward, upload):
    head = "organisation;afsnit;uge;tæller;nævner"
    row = f"{world.hospital};{PLACE};45;98;104"
    found = upload("Besvarede kald 2018", "", "Dannet af BI;;;;", head, row)
    assert (found["how"]["header"], found["problems"], found["new"]) == (4, [], 1)
    assert "1 row has no figure" not in page(browser), "an empty line above them is none"
    confirm(browser)
    work()
    assert at(ward) == {(45, 98, 104)}


def test_headings_are_chosen_by_their_row(browser, world, ward, upload, choose):
    head = "hvor;hvornår;kom;kaldt"
    top = ["Et udtræk", "afsnit;uge;valgt;valgt", head]
    row = f"{world.hospital}, {PLACE};uge 45, 2018;98;104"
    found = upload(*top, row)
    assert found["how"]["header"] == 2, "it has words that are known"
    found = choose(header=3)
    assert found["columns"][1] == "B (hvornår)"
    assert found["how"]["columns"]["place"] == 0, "known by what stands below it"
    assert "C (kom), D (kaldt)" in found["problems"][0]
    found = choose(numerator=2, denominator=3)
    assert (found["problems"], found["new"]) == ([], 1)
    confirm(browser)
    work()
    assert at(ward) == {(45, 98, 104)}
    row = row.replace("45", "46")
    found = upload("Et nyt", *top, row, name="next.csv")
    assert found["how"]["header"] == 3, "they stand in another row"
    found = upload("Et andet udtræk", *top[1:], row, name="again.csv")
    assert (found["how"]["header"], found["new"]) == (3, 1)


def test_a_wrong_name_is_asked_about_with_the_nearest_place(browser, world, ward, upload):
    found = upload("afsnit;uge;tæller;nævner", "Afsint A;uge 45, 2018;98;104")
    assert found["named"] == [["Afsint A", None, ward.pk, False]]
    assert f"Is {world.hospital}, {PLACE} meant?" in page(browser)


def test_a_file_without_headings_is_read_by_its_columns(browser, world, ward, upload, choose):
    found = upload(*wards(world, 45, 46))
    columns = {"place": 0, "ward": 1, "period": 2, "numerator": 3, "denominator": 4}
    assert found["how"] == {"sheet": "", "header": 0, "columns": columns, "places": {}}
    assert (found["problems"], found["new"]) == ([], 2)
    confirm(browser)
    work()
    assert at(ward) == {(45, 45, 100), (46, 46, 100)}
    assert not Shape.objects.exists(), "there are no headings to know it by"


def test_rows_that_are_wrong_are_shown_beside_the_columns_they_were_read_by(
    browser, world, ward, upload, choose
):
    head = "organisation;afsnit;indtastet uge;uge;tæller;nævner"
    rows = [
        row.replace(";uge", f";uge {50 + at}, 2018;uge")
        for at, row in enumerate(wards(world, 45, 46))
    ]
    upload(head, *(row.replace(";100", ";10") for row in rows))
    shown = page(browser)
    assert "2 things have to be mended first" in shown
    assert "is larger than the denominator" in shown
    found = choose(denominator=4, numerator=5, period=2)
    assert (found["problems"], found["new"]) == ([], 2)
    assert [row["period"] for row in found["rows"]] == ["week 50, 2018", "week 51, 2018"]


def test_the_sheet_is_chosen_and_the_next_file_is_read_from_it(
    browser, world, ward, upload, choose
):
    head = ["serie", "uge", "tæller", "nævner"]

    def book(week):
        old, new = [ward.pk, f"uge {week}, 2017", 1, 2], [ward.pk, f"uge {week}, 2018", 98, 104]
        return nasty_books.saved(sheet_of(head, old, Nyt=[head, new]))

    found = upload(content=book(45), name="a.xlsx")
    assert "Figures stand in several sheets: Tal, Nyt" in found["problems"][0]
    assert (found["sheets"], found["how"]["sheet"]) == (["Tal", "Nyt"], "Tal")
    found = choose(sheet="Nyt")
    assert (found["problems"], found["new"], found["how"]["sheet"]) == ([], 1, "Nyt")
    confirm(browser)
    work()
    assert at(ward) == {(45, 98, 104)}
    found = upload(content=book(46), name="b.xlsx")
    assert (found["problems"], found["new"], found["how"]["sheet"]) == ([], 1, "Nyt")


def test_all_places_that_are_not_followed_are_left_out_at_once(
    browser, world, ward, upload, choose
):
    others = [f"Kommune {number};uge 45, 2018;1;2" for number in range(50)]
    found = upload(
        "sted;uge;tæller;nævner", f"{PLACE};uge 45, 2018;3;4", *others, "A;uge 46, 2018;1;2"
    )
    assert len(found["named"]) == 51
    assert found["named"][0] == ["A", None, ward.pk, True]
    found = choose(others="on")
    assert found["named"][0] == ["A", None, ward.pk, True], (
        "one that is like a place is asked about"
    )
    found = choose(**{"place-0": ward.pk})
    assert (found["problems"], found["new"], found["left_out"]) == ([], 2, 50)


def test_what_was_put_right_holds_also_where_the_rows_are_to_be_mended(
    browser, world, ward, upload, choose
):
    head = "organisation;afsnit;uge;kvinder;mænd"
    upload(head, *wards(world, 45), *(row.replace(";100", ";1") for row in wards(world, 46)))
    found = choose(numerator=3, denominator=4)
    assert len(found["problems"]) == 1
    browser.post(Delivery.objects.get().get_absolute_url(), {"throw_away": "1"})
    found = upload(head, *wards(world, 45, 46), name="mended.csv")
    assert (found["problems"], found["new"]) == ([], 2)


def test_the_only_sheet_of_a_workbook_is_read_as_is_said(browser, world, ward, upload, choose):
    rows = [["afsnit", "uge", "kvinder", "mænd"], [PLACE, "uge 45, 2018", 9, 10]]
    upload(content=nasty_books.saved(sheet_of(*rows)), name="a.xlsx")
    assert 'name="sheet"' not in page(browser)
    found = choose(numerator=2, denominator=3)
    assert (found["problems"], found["new"]) == ([], 1)


def test_columns_that_are_changed_are_never_loaded_unseen(browser, world, ward, upload):
    upload("organisation;afsnit;uge;tæller;nævner;ikke", *(f"{row};7" for row in wards(world, 45)))
    delivery = Delivery.objects.get()
    how = delivery.found["how"]
    confirm(browser, header=how["header"], **(how["columns"] | {"numerator": 5}))
    assert Delivery.objects.get().confirmed_at is None
    assert work() == 1
    assert Delivery.objects.get().found["rows"][0]["cells"] == ["7", "100"]
    assert not ward.points.exists()


def test_what_places_are_called_is_chosen_and_holds_for_files_of_any_shape(
    browser, world, ward, upload, choose
):
    other = series_of(world, place="Afsnit B")
    head = "afsnit;uge;tæller;nævner"
    rows = [
        f"{name};uge {week}, 2018;{week};100" for week in (45, 46) for name in ("A1", "Hus", "B")
    ]
    found = upload(head, *rows)
    said = "3 places are called otherwise here. Choose below which ones they are."
    assert found["problems"] == [said]
    assert found["named"] == [
        ["B", None, other.pk, True],
        ["A1", None, None, False],
        ["Hus", None, None, False],
    ]
    assert "Chosen because the names are alike" in page(browser)
    assert f'<option value="{other.pk}" selected>' in page(browser)
    found = choose(**{"place-0": "", "place-1": ward.pk, "place-2": 0})
    assert len(found["problems"]) == 1
    assert found["named"] == [
        ["B", None, other.pk, True],
        ["A1", ward.pk, None, False],
        ["Hus", 0, None, False],
    ]
    found = choose(**{"place-0": other.pk, "place-1": ward.pk, "place-2": 0})
    assert (found["problems"], found["new"], found["left_out"]) == ([], 4, 2)
    assert "2 rows are of places that are left out." in page(browser)
    places = {f"place-{number}": pk for number, (_name, pk, *_near) in enumerate(found["named"])}
    confirm(browser, header=1, **found["how"]["columns"], **places)
    work()
    assert at(ward) == at(other) == {(45, 45, 100), (46, 46, 100)}
    found = upload("uge;tæller;nævner;afsnit", "uge 47, 2018;1;2;A1", "uge 47, 2018;1;2;HUS")
    assert (found["problems"], found["new"], found["left_out"]) == ([], 1, 1)


def test_only_whoever_sent_it_says_how_it_is_read(browser, client, world, ward, upload):
    upload("organisation;afsnit;uge;tæller;nævner", *wards(world, 45))
    delivery = Delivery.objects.get()
    client.force_login(world.person(OrganisationRole.Role.COORDINATOR).user)
    assert client.post(delivery.get_absolute_url(), {"header": 0, "again": 1}).status_code == 404
    assert Delivery.objects.get().said == {}
