import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.initiatives.models import Entry
from kernen.lib.refusal import Refused
from kernen.measures import actions
from kernen.measures.fetching import charted_for
from kernen.measures.models import Load, Point, Series
from kernen.parties.models import OrganisationRole

GOOD = "Uge;Tæller;Nævner\nuge 45, 2018;98;104\nuge 46, 2018;110;118\nuge 47, 2018;128;133\n"
BAD = GOOD.replace("110;118", "130;118")


@pytest.fixture
def series(world) -> Series:
    """A weekly share without figures."""
    measure = actions.define(
        initiative=world.first, name="FMK ajourført", frequency="week", by=world.coordinator
    )
    return actions.open_series(
        measure=measure, organisation=world.hospital, place="Afsnit M", by=world.coordinator
    )


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.coordinator)


def upload(client, series, content, name="fmk.csv", **more):
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("load", args=[series.pk]), {"file": file, "text": "", **more})


def confirm(client, series, page, **more):
    """Press the button that loads, with the page as it stands."""
    form = page.context["form"]
    columns = {name: str(value) for name, value in page.context["columns"].initial.items()}
    sent = {"text": form["text"].value(), "filename": form["filename"].value() or "", **columns}
    return client.post(reverse("load", args=[series.pk]), sent | {"confirm": "1"} | more)


def test_what_was_told_of_a_file_is_told_again_when_it_is_checked_again(client, series):
    book = openpyxl.Workbook()
    for row in (["Uge", "Tæller", "Nævner"], ["uge 46, 2018", 1, 2]):
        book.active.append(row)
    book.create_sheet("Gemt").append(["x", 1])
    book["Gemt"].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    page = upload(client, series, file.getvalue(), name="x.xlsx")
    assert "Arket ”Gemt” er skjult" in page.content.decode()
    assert "Eller sæt cellerne ind her" not in page.content.decode()
    remarks = page.context["form"]["remarks"].value()
    mended = {"text": "Uge;T;N\nuge 46, 2018;x;2\n", "remarks": remarks}
    again = confirm(client, series, page, **mended).content.decode()
    assert "Arket ”Gemt” er skjult" in again


def test_an_empty_file_says_what_to_do_and_says_it_in_plain_sight_once(client, series):
    page = upload(client, series, "").content.decode()
    assert page.count("Filen er tom. Vælg den, der har tallene.") == 2
    assert 'class="card said-above"' in page


def test_columns_without_headings_are_offered_by_what_stands_in_them(client, series):
    page = upload(client, series, "uge 45, 2018;uge 46, 2018\n98;110\n104;118\n")
    offered = dict(page.context["columns"].fields["numerator"].choices)
    assert [*offered.values()][1:] == ["række 1 (uge 45, 2018 …)", "række 2 (98 …)",
                                       "række 3 (104 …)"]  # fmt: skip


def test_a_pivot_table_is_loaded_for_the_place_on_its_line(client, series):
    rows = "uge 45, 2018;{};104\nuge 46, 2018;{};118\n"
    pivot = "Rækkenavne;Tæller;Nævner\nAfsnit K;5;222\n{}Afsnit M;9;222\n{}"
    page = upload(client, series, pivot.format(rows.format(2, 3), rows.format(4, 5)))
    assert page.context["reading"].place == "Afsnit M"
    confirm(client, series, page, place="Afsnit M")
    assert [point.numerator for point in series.points.order_by("period")] == [4, 5]


def test_a_danish_file_is_shown_before_it_is_loaded_and_then_comes_in_whole(client, series):
    page = upload(client, series, GOOD)
    assert page.context["reading"].ok
    assert not series.points.exists()
    answer = confirm(client, series, page)
    assert answer.url == series.get_absolute_url()
    last = series.points.order_by("period").last()
    assert (last.period, last.numerator, last.denominator) == (date(2018, 11, 19), 128, 133)
    assert series.loads.get().filename == "fmk.csv"


def test_what_happens_stands_beside_the_period_where_a_phone_shows_it(client, series):
    page = upload(client, series, GOOD).content.decode()
    headings = page.partition("<thead>")[2].partition("</thead>")[0]
    assert headings.index("Hvad sker der") < headings.index("Tæller")


def test_one_bad_row_is_named_and_nothing_is_loaded(client, series):
    page = upload(client, series, BAD)
    (problem,) = page.context["reading"].problems
    assert problem.row == 3
    assert "B (Tæller)" in problem.column
    assert confirm(client, series, page).status_code == 200
    assert not series.points.exists()


def test_the_bad_row_is_mended_on_the_page(client, series):
    page = upload(client, series, BAD)
    mended = page.context["form"]["text"].value().replace("130", "110")
    confirm(client, series, page, text=mended)
    assert series.points.count() == 3


def test_periods_that_stay_empty_in_between_are_named_before_they_come_in(client, series):
    page = upload(client, series, "Uge;Tæller;Nævner\nuge 44, 2018;1;9\nuge 47, 2018;2;9")
    assert page.context["empty"] == ["uge 45–46, 2018"]
    assert "mangler der tal for disse perioder" in page.content.decode()
    confirm(client, series, page)
    page = upload(client, series, "Uge;Tæller;Nævner\nuge 45, 2018;1;9\nuge 4, 2019;2;9")
    assert page.context["empty"] == ["uge 46, 2018", "uge 48, 2018 – uge 3, 2019"]
    assert page.context["empty_more"] == 0
    weeks = "\n".join(f"uge {week}, 2019;2;9" for week in range(4, 24, 2))
    page = upload(client, series, f"Uge;Tæller;Nævner\n{weeks}\nuge 28, 2019;2;9")
    assert page.context["empty"][-1] == "uge 11, 2019"
    assert page.context["empty_more"] == 5 + 5
    assert "mangler der tal" not in upload(client, series, GOOD).content.decode()


def test_the_same_file_twice_changes_nothing(client, series):
    for _time in range(2):
        confirm(client, series, upload(client, series, GOOD))
    assert series.points.count() == 3
    assert series.loads.count() == 1
    assert series.measure.initiative.journal.filter(verb="load").count() == 1 + 1  # the world's own


def test_a_corrected_figure_replaces_the_old_one_and_the_load_keeps_it(client, series):
    confirm(client, series, upload(client, series, GOOD))
    page = upload(client, series, GOOD.replace("128;133", "129;133"))
    asked = confirm(client, series, page)
    assert "Skriv, hvorfor" in str(asked.context["form"].errors["reason"])
    assert series.points.get(period=date(2018, 11, 19)).numerator == 128
    confirm(client, series, page, reason="En blev registreret sent")
    assert series.points.count() == 3
    assert series.points.get(period=date(2018, 11, 19)).numerator == 129
    last = series.loads.first()
    assert (last.added, last.changed) == (0, 1)
    assert last.reason == "En blev registreret sent"
    assert last.replaced == [{"period": "2018-11-19", "numerator": "128", "denominator": "133"}]


def test_what_is_sent_again_under_its_key_is_taken_in_once(world, series):
    monday = date(2018, 11, 5)
    first, later = (actions.Figure(period=monday, numerator=n, denominator=9) for n in (4, 5))
    sent = {"series": series, "by": world.coordinator, "way": Load.Way.MACHINE}
    loaded = actions.load(figures=[first], key="a", **sent)
    actions.load(figures=[later], key="b", reason="One was counted twice", **sent)
    assert actions.load(figures=[first], key="a", **sent) == loaded
    assert actions.load(figures=[later], key="c", **sent).changed == 0
    assert series.points.get().numerator == 5
    assert [load.key for load in series.loads.order_by("pk")] == ["a", "b", "c"]
    said = Entry.objects.filter(verb="load", params__series=series.pk).order_by("pk")
    assert [entry.words for entry in said] == ["", "One was counted twice"]


def test_pasted_cells_are_read_like_a_file(client, series):
    pasted = GOOD.replace(";", "\t")
    page = client.post(reverse("load", args=[series.pk]), {"text": pasted})
    confirm(client, series, page)
    assert series.points.count() == 3


def test_a_workbook_is_read_and_can_be_mended_as_text(client, world):
    measure = actions.define(
        initiative=world.first,
        name="Ventedage",
        figures="values",
        unit="dage",
        by=world.coordinator,
    )
    series = actions.open_series(measure=measure, organisation=world.hospital, by=world.coordinator)
    book = openpyxl.Workbook()
    book.active.append(["Måned", "Dage"])
    book.active.append([date(2018, 10, 1), 1 / 3])
    book.active.append([date(2018, 11, 1), 1234.5])
    out = io.BytesIO()
    book.save(out)
    page = upload(client, series, out.getvalue(), name="ventedage.xlsx")
    confirm(client, series, page)
    values = list(series.points.order_by("period").values_list("value", flat=True))
    assert values == [Decimal("0.333333"), Decimal("1234.5")]


def test_a_person_corrects_what_a_column_holds(client, series):
    page = upload(client, series, "Uge;A;B\nuge 45, 2018;104;98\nuge 46, 2018;118;110\n")
    confirm(client, series, page, period="0", numerator="2", denominator="1")
    assert series.points.first().numerator == 98


def test_columns_of_which_several_may_be_meant_are_named_and_left_to_be_chosen(client, series):
    page = upload(client, series, "Uge;Kvinder;Mænd\nuge 45, 2018;98;104\nuge 46, 2018;110;118\n")
    assert "kan stå i flere af disse: B (Kvinder), C (Mænd)." in page.content.decode()
    assert not {"numerator", "denominator"} & page.context["columns"].initial.keys()
    confirm(client, series, page, numerator="1", denominator="2")
    assert series.points.first().numerator == 98


def test_a_civil_registration_number_stops_everything_and_is_not_repeated(client, series):
    page = upload(client, series, GOOD + "uge 48, 2018;010150-1234;133\n")
    assert "010150" not in page.content.decode()
    assert "CPR" in str(page.context["form"].errors)
    assert not series.points.exists()


def test_nothing_chosen_is_said_in_a_sentence(client, series):
    page = client.post(reverse("load", args=[series.pk]), {"text": " "})
    assert page.context["form"].errors["file"]


def test_a_reader_does_not_load_and_is_told_whom_to_ask(world, sign_in, series):
    reader = world.person(OrganisationRole.Role.READER)
    page = sign_in(reader).get(reverse("load", args=[series.pk]))
    assert page.status_code == 403
    assert world.coordinator.name in page.content.decode()
    figures = [actions.Figure(period=date(2018, 11, 19), numerator=1, denominator=2)]
    with pytest.raises(Refused):
        actions.load(series=series, figures=figures, by=reader)


def test_a_load_that_fails_midway_leaves_nothing(world, series, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "record", fail)
    figures = [actions.Figure(period=date(2018, 11, 19), numerator=1, denominator=2)]
    with pytest.raises(RuntimeError):
        actions.load(series=series, figures=figures, by=world.coordinator)
    assert not Point.objects.filter(series=series).exists()
    assert not Load.objects.filter(series=series).exists()


def test_of_two_loads_at_once_the_later_keeps_what_the_earlier_brought(world, series):
    first, second = (charted_for(None).get(pk=series.pk) for _each in range(2))
    period = date(2018, 11, 19)
    actions.load(
        series=first,
        figures=[actions.Figure(period=period, numerator=1, denominator=2)],
        by=world.coordinator,
    )
    later = actions.load(
        series=second,
        figures=[actions.Figure(period=period, numerator=2, denominator=2)],
        reason="Late",
        by=world.coordinator,
    )
    assert (later.added, later.changed) == (0, 1)
    assert later.replaced[0]["numerator"] == "1"


def test_a_civil_registration_number_does_not_come_in_by_the_files_name(client, series):
    page = upload(client, series, GOOD)
    answer = confirm(client, series, page, filename="010150-1234.csv")
    assert answer.status_code == 200
    assert not series.loads.exists()


def test_a_note_that_is_too_long_is_named_by_its_row_and_nothing_is_loaded(client, series):
    text = f"Uge;Tæller;Nævner;Bemærkning\nuge 45, 2018;98;104;{'x' * 301}\n"
    page = upload(client, series, text)
    (problem,) = page.context["reading"].problems
    assert problem.row == 2
    assert "D (Bemærkning)" in problem.column


@pytest.mark.parametrize(
    "figure",
    [
        actions.Figure(period=date(2018, 11, 19), value=Decimal(5)),
        actions.Figure(period=date(2018, 11, 21), numerator=1, denominator=2),
    ],
    ids=["a value in a share", "the middle of a week"],
)
def test_figures_of_another_kind_or_frequency_are_refused(world, series, figure):
    with pytest.raises(Refused):
        actions.load(series=series, figures=[figure], by=world.coordinator)


def test_the_preview_says_what_is_new_what_stands_and_what_replaces_what(client, series):
    confirm(client, series, upload(client, series, GOOD))
    page = upload(client, series, GOOD.replace("110;118", "111;118") + "uge 48, 2018;100;110\n")
    assert page.context["count"] == {"same": 2, "changed": 1, "new": 1}
    first = page.context["shown"][1]  # in the order of the file
    assert (first.change, first.was.shown) == ("changed", "110/118")
    assert "110/118" in page.content.decode()


def test_the_preview_shows_values_without_padding_noughts(client, world):
    waits = actions.define(
        initiative=world.first, name="Ventetid", figures="values", unit="dage", by=world.coordinator
    )
    series = actions.open_series(measure=waits, organisation=world.hospital, by=world.coordinator)
    page = upload(client, series, "Måned;Dage\njan 2018;4,9\nfeb 2018;16\nmar 2018;1016,25\n")
    shown = page.content.decode()
    for said in ("4,9", "16", "1.016,25"):
        assert f'<td class="num">{said}</td>' in shown
