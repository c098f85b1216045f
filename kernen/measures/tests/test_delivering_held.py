"""A large file is held to what a small one is held to."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.measures.models import Delivery

from . import nasty_books
from .machines import series_of
from .test_delivering_excel import sheet_of
from .test_delivering_put_right import PLACE, at, choose, upload
from .test_delivering_sent import browser, confirm, page, ward, work

assert browser and choose and upload and ward  # noqa: PT018 they are found by their names


def test_what_hides_in_a_workbook_is_told(browser, world, ward, upload):
    head = ["serie", "uge", "tæller", "nævner"]
    made = sheet_of(head, [ward.pk, "uge 45, 2018", 98, 104], Gammelt=[["x", 1]], Tomt=[])
    made["Gammelt"].sheet_state = made["Tomt"].sheet_state = "hidden"
    made["Tal"].row_dimensions[2].hidden = True
    found = upload(content=nasty_books.saved(made), name="a.xlsx")
    assert found["remarks"] == [
        "The sheet “Gammelt” is hidden, so it is not read.",
        "Some rows or columns are hidden in the spreadsheet. They are read too.",
    ]
    assert "Gammelt" in page(browser)


def test_headings_on_two_lines_tell_columns_and_files_apart(browser, world, ward, upload, choose):
    low = "Sted;Uge;Besøgt;Henvist;Besøgt;Henvist"
    row = f"{PLACE};uge 45, 2018;4;8;9;10"
    found = upload(";;I alt;;Kvinder;", low, row)
    assert found["columns"][2:] == [
        "C (I alt, Besøgt)", "D (I alt, Henvist)", "E (Kvinder, Besøgt)", "F (Kvinder, Henvist)",
    ]  # fmt: skip
    assert found["problems"]
    found = choose(numerator=2, denominator=3)
    confirm(browser)
    work()
    assert at(ward) == {(45, 4, 8)}
    assert upload(";;Kvinder;;I alt;", low, row, name="turned.csv")["problems"]
    assert upload(";;I alt;;Kvinder;", low, row, name="next.csv")["same"] == 1


def test_a_place_and_a_period_that_stand_once_hold_for_the_rows_below(browser, world, ward, upload):
    other = series_of(world, place="Afsnit B")
    found = upload(
        "Sted;Uge;Tæller;Nævner",
        *("Afsnit A;uge 45, 2018;1;9", ";uge 46, 2018;2;9", "Afsnit B;uge 45, 2018;3;9"),
        *("Afsnit A;uge 47, 2018;4;9", "Afsnit B;;5;9", "Afsnit A;uge 48, 2018;6;9", ";;6;9"),
    )
    assert (found["problems"], found["new"]) == ([], 6)
    assert found["remarks"] == [
        "An empty cell of A (Sted) is read as the one above it.",
        "An empty cell of B (Uge) is read as the one above it.",
    ]
    confirm(browser)
    work()
    assert at(ward) == {(45, 1, 9), (46, 2, 9), (47, 4, 9), (48, 6, 9)}
    assert at(other) == {(45, 3, 9), (47, 5, 9)}


def test_one_place_or_period_that_is_missing_is_not_the_one_above(browser, world, ward, upload):
    rows = [f"{PLACE};uge {week}, 2018;1;9" for week in range(40, 45)]
    found = upload("Sted;Uge;Tæller;Nævner", *rows, ";uge 45, 2018;2;9", f"{PLACE};;3;9")
    assert found["problems"] == [
        "Row 7, column A (Sted): The row says no place. Write the place in every row.",
        "Row 8, column B (Uge): This row has a figure but no period.",
    ]
    assert found["named"] == []


def test_months_have_the_year_of_the_title_at_each_place(browser, world, upload):
    months = [
        series_of(world, place=place, name="Besøg", frequency="month") for place in ("M1", "M2")
    ]
    rows = [f"{place};{name};1;2" for name in ("januar", "februar") for place in ("M1", "M2")]
    file = SimpleUploadedFile(
        "a.csv", "\n".join(["Besøg 2018", "Sted;Måned;Tæller;Nævner", *rows]).encode()
    )
    browser.post(reverse("deliver", args=[months[0].measure.pk]), {"file": file})
    work()
    found = Delivery.objects.latest("pk").found
    assert (found["problems"], found["new"]) == ([], 4)
    assert "It is taken to be 2018" in found["remarks"][0]


def test_sums_of_periods_are_told_as_sums(browser, world, ward, upload):
    rows = [f"{PLACE};uge {week}, 2018;1;9" for week in (45, 46)]
    found = upload("Sted;Uge;Tæller;Nævner", *rows, f"{PLACE};I alt;2;18")
    assert (found["problems"], found["new"], found["sums"]) == ([], 2, 1)
    assert "1 row is a sum of several periods" in page(browser)


def test_tables_beside_each_other_are_asked_about(browser, world, ward, upload):
    row = f"{PLACE};uge 45, 2018;1;9"
    head = "Sted;Uge;Tæller;Nævner"
    found = upload(f"{head};;{head}", f"{row};;{row.replace('45', '46')}")
    assert "The table stands in parts beside each other" in found["problems"][0]


def test_a_line_that_stands_alone_may_begin_something_else(browser, world, ward, upload):
    rows = [f"{PLACE};uge {week}, 2018;1;9" for week in range(40, 45)]
    found = upload("Sted;Uge;Tæller;Nævner", *rows, "Mænd", f"{PLACE};uge 45, 2018;1;9")
    assert "“Mænd” stands alone between rows of figures" in found["problems"][0]
    found = upload("Sted;Uge;Tæller;Nævner", *rows, "Kilde: BI-portalen", name="b.csv")
    assert (found["problems"], found["named"]) == ([], [])


def test_rows_that_another_column_tells_apart_are_not_one_figure(browser, world, ward, upload):
    row = f"{PLACE};uge 45, 2018;4;8"
    found = upload("Sted;Uge;Tæller;Nævner;Køn", f"{row};K", f"{row};M")
    assert "also in row 2, and E (Køn) says another thing there" in found["problems"][0]
    found = upload("Sted;Uge;Tæller;Nævner;Køn", f"{row};K", f"{row};K", name="b.csv")
    assert found["problems"] == []
    said = "E (Køn) is not read, and says: K. See that all rows belong to the measure."
    assert found["remarks"] == [said]


def test_two_wards_that_are_like_one_place_are_not_taken_for_it(browser, world, upload, choose):
    hospital = series_of(world, name="Fald")
    rows = [f"{world.hospital} {ward};uge 45, 2018;1;2" for ward in ("M1", "K2")]
    file = SimpleUploadedFile("a.csv", "\n".join(["Sted;Uge;Tæller;Nævner", *rows]).encode())
    browser.post(reverse("deliver", args=[hospital.measure.pk]), {"file": file})
    work()
    assert [one[3] for one in Delivery.objects.latest("pk").found["named"]] == [False, False]
    found = choose(**{"place-0": hospital.pk, "place-1": hospital.pk})
    assert "A (Sted) says another thing there" in found["problems"][0]


def test_a_decimal_that_falls_into_a_column_without_a_heading_is_refused(browser, world, upload):
    days = series_of(world, place=PLACE, name="Ventetid", figures="values", unit="dage")
    text = f"Sted,Uge,Dage\n{PLACE},uge 45 2018,22,5\n{PLACE},uge 46 2018,7\n"
    file = SimpleUploadedFile("a.csv", text.encode())
    browser.post(reverse("deliver", args=[days.measure.pk]), {"file": file})
    work()
    assert "Row 2 has more cells than there are headings" in Delivery.objects.get().problems[0]


def test_headings_further_down_begin_another_table(browser, world, ward, upload):
    head = "Sted;Uge;Tæller;Nævner"
    found = upload(head, f"{PLACE};uge 45, 2018;4;8", "", head, f"{PLACE};uge 46, 2018;5;9")
    assert "Headings stand here again" in found["problems"][0]
    assert found["named"] == []


def test_units_are_held_to_and_taken_away(browser, client, world, upload):
    days = series_of(world, place=PLACE, name="Ventetid", figures="values", unit="dage")

    def sent(*rows, name):
        text = "\n".join(["Sted;Uge;Ventetid", *(f"{PLACE};uge {row}" for row in rows), ""])
        file = {"file": SimpleUploadedFile(name, text.encode())}
        browser.post(reverse("deliver", args=[days.measure.pk]), file)
        work()
        return Delivery.objects.latest("pk").found

    found = sent("45, 2018;22,5 dage", "46, 2018;7 dage", name="a.csv")
    assert (found["problems"], [row["cells"] for row in found["rows"]]) == ([], [["22.5"], ["7"]])
    found = sent("45, 2018;17 %", "46, 2018;20 %", name="b.csv")
    assert (
        "“17 %” is a percentage, and the figures of the series are in dage" in found["problems"][0]
    )
    found = sent("45, 2018;17 timer", "46, 2018;20 timer", name="c.csv")
    assert "The file has figures in “timer”, and the series is in dage" in found["remarks"][0]
