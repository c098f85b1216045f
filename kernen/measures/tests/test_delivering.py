"""A file with the figures of many places is read row by row, and taken in whole or not at all."""

import random
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from kernen.initiatives.models import Entry
from kernen.measures import actions
from kernen.measures.delivering import actions as delivering
from kernen.measures.delivering import reader, taking
from kernen.measures.models import Delivery, Load, Point, Standing
from kernen.measures.preview import figure_of
from kernen.measures.reading.choosing import read_file
from kernen.measures.reading.figures import understand
from kernen.measures.standing.keep import settle_missing
from kernen.parties.models import OrganisationRole

from .machines import series_of
from .practices import practice

HEAD = "organisation;afsnit;uge;tæller;nævner;bemærkning"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def wards(world):
    return [series_of(world, place=f"Afsnit {letter}") for letter in "ABC"]


@pytest.fixture
def deliver(world, wards, tmp_path):
    """Take in rows, of which each begins with its ward, and give the delivery and what is wrong."""

    def delivered(*rows, head=HEAD, by=None, measure=wards[0].measure, told=None, **fields):
        path = tmp_path / "figures.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        delivery = Delivery(
            initiative=world.first,
            measure=measure,
            by=by or world.coordinator,
            filename=path.name,
            language="en",
            **fields,
        )
        tell = told if told is not None else []
        return delivery, taking.take(delivery, path, lambda *how: tell.append(how))

    return delivered


def row(world, ward, week, part, whole, note=""):
    return f"{world.hospital};Afsnit {ward};uge {week}, 2018;{part};{whole};{note}"


def standing(series):
    return {
        (point.period.isocalendar().week, point.numerator, point.denominator, point.note)
        for point in series.points.all()
    }


def test_the_figures_of_every_place_come_in_as_loads_of_one_delivery(world, wards, deliver):
    told = []
    delivery, problems = deliver(
        row(world, "A", 45, 98, 104),
        row(world, "B", 45, 7, 9, "Ny sygeplejerske"),
        row(world, "A", 46, 110, 118),
        told=told,
    )
    assert problems == []
    assert standing(wards[0]) == {(45, 98, 104, ""), (46, 110, 118, "")}
    assert standing(wards[1]) == {(45, 7, 9, "Ny sygeplejerske")}
    assert not wards[2].points.exists()
    assert (delivery.places, delivery.added, delivery.changed) == (2, 3, 0)
    assert delivery.ended_at
    loads = Load.objects.filter(delivery=delivery)
    assert {load.series_id: load.added for load in loads} == {wards[0].pk: 2, wards[1].pk: 1}
    assert told == [("reading", 3, 3), ("writing", 3, 3)]
    entry = Entry.objects.get(verb="deliver")
    assert str(entry.params["places"]) == "2"
    assert entry.by == world.coordinator


def test_a_delivery_leaves_what_loads_of_each_place_leave(world, wards, deliver):
    """The same figures, given by a load for each place and by one file: points, what the loads keep
    and the audit log are the same."""
    dice = random.Random(6)  # noqa: S311
    said = [
        (dice.choice("AB"), week, dice.choice([0, 3, 8]), dice.choice([8, 10, 11]), note)
        for week in range(10, 40)
        for note in ("", "Ferie")
    ]
    rows = list({(ward, week): (ward, week, *rest) for ward, week, *rest in said}.values())
    deliver(*(row(world, *one) for one in rows[:20]))
    deliver(*(row(world, *one) for one in [*rows[5:], ("A", rows[0][1], 1, 7)]), reason="Mistalt")
    for ward, series in zip("AB", wards, strict=False):
        slowly = series_of(world, place=f"Langsomt {ward}")
        for given in (rows[:20], [*rows[5:], ("A", rows[0][1], 1, 7)]):
            figures = [
                actions.Figure(date.fromisocalendar(2018, week, 1), None, part, whole, *note)
                for of, week, part, whole, *note in {(r[0], r[1]): r for r in given}.values()
                if of == ward
            ]
            figures.sort(key=lambda figure: figure.period)
            actions.load(series=slowly, figures=figures, by=world.coordinator, reason="Mistalt")
        assert standing(series) == standing(slowly)
        kept = [
            [(one.added, one.changed, _sorted(one.taken), _sorted(one.replaced)) for one in loads]
            for loads in (series.loads.order_by("pk"), slowly.loads.order_by("pk"))
        ]
        assert kept[0] == kept[1]
        logged = ("history_type", "period", "numerator", "denominator", "note", "left_out")
        logs = [
            sorted(Point.history.filter(series=one).values_list(*logged))
            for one in (series, slowly)
        ]
        assert logs[0] == logs[1]


def _sorted(kept):
    return sorted(kept, key=lambda one: one["period"])


CELLS = [
    "1", "0", "12", "012", "1,5", "1.5", "1.234", "1.234,5", "0,123", "12345,678", "-3", "1e3",
    "12 %", "128/133", "i.a.", "", "x", "999999999", "1234567,1234567", "٣", "1 234",
]  # fmt: skip


@pytest.mark.parametrize("figures", ["counts", "rates", "values", "samples"])
def test_each_row_is_read_as_the_reader_of_small_files_reads_it(world, tmp_path, figures):
    """Row by row: the same figure, or the same sentence."""
    per = {"per": 1000} if figures == "rates" else {}
    series = series_of(world, name=figures, place="M", figures=figures, **per)
    heads = {"values": "værdi", "samples": "gennemsnit;sd;antal"}.get(figures, "tæller;nævner")
    width = heads.count(";") + 1
    dice = random.Random(width)  # noqa: S311
    for _ in range(40):
        cells = [dice.choice(CELLS) for _ in range(width)]
        period = dice.choice(["2018-W07", "uge 8, 2018", "2018-02-20", "jan", "", "uge 99, 2018"])
        path = tmp_path / "one.csv"
        fill = ";".join(["3"] * width)
        said = ";".join(cells)
        path.write_text(
            f"uge;{heads};note\nuge 1, 2018;{fill};\nuge 2, 2018;{fill};\n"
            f"{period or 'uge 2, 2018'};{said};\n",  # written once for all below it
            encoding="utf-8",
        )
        table = read_file(path.read_bytes(), path.name)
        plain = understand(table, frequency="week", kind=figures)
        columns = {role: column.index for role, column in plain.columns.items()}
        if plain.columns.get("last") or "period" not in columns:
            continue
        series.points.all().delete()
        path.write_text(
            f"serie;uge;{heads};note\n{series.pk};uge 1, 2018;{fill};\n"
            f"{series.pk};uge 2, 2018;{fill};\n{series.pk};{period};{said};\n",
            encoding="utf-8",
        )
        delivery = Delivery(
            initiative=world.first, by=world.coordinator, filename="one.csv", language="en"
        )
        problems = taking.take(delivery, path, lambda *told: None)
        sentences = [str(problem.message) for problem in plain.problems]
        assert len(problems) == len(sentences) or not cells, (period, cells, problems, sentences)
        for problem, sentence in zip(problems, sentences, strict=True):
            assert problem.endswith(sentence), (period, cells)
        if not sentences:
            wanted = {figure_of(one).period: figure_of(one) for one in plain.rows}
            for point in series.points.all():
                assert wanted[point.period].same_as(point), (period, cells)


def test_what_is_wrong_is_told_by_row_and_nothing_comes_in(world, wards, deliver):
    delivery, problems = deliver(
        row(world, "A", 45, 98, 104),
        row(world, "B", 46, 11, 9),
        row(world, "Z", 46, 1, 9),
        row(world, "A", 47, "x", 9),
        row(world, "C", 99, 1, 9),
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "Row 3, column D (tæller)",
        "Row 4, column B (afsnit), “Afsnit Z”",
        "Row 5, column D (tæller)",
        "Row 6, column C (uge), “uge 99, 2018”",
    ]
    assert "No place of that name is followed" in problems[1]
    assert not Point.objects.filter(series__in=wards).exists()
    assert not delivery.pk


def test_a_civil_registration_number_anywhere_refuses_the_file_and_is_not_repeated(
    world, wards, deliver
):
    _delivery, problems = deliver(
        row(world, "A", 45, 98, 104), row(world, "A", 46, 98, 104, "Ringet til 0101011234")
    )
    assert problems[0].startswith("Row 3, column F looks like a civil registration number")
    assert "0101011234" not in problems[0]
    assert not Load.objects.filter(series__in=wards).exists()


def test_a_day_of_birth_beside_its_four_digits_is_such_a_number(world, wards, deliver):
    head = "organisation;afsnit;uge;tæller;nævner;a;b"
    _delivery, problems = deliver(f"{row(world, 'A', 45, 98, 104, '070761')};4285", head=head)
    assert problems[0].startswith("Row 2, column F looks like a civil registration number")


def test_a_period_that_stands_twice_counts_once_or_is_a_problem(world, wards, deliver):
    twice = [row(world, "A", 45, 98, 104), row(world, "A", 45, 98, 104, "Ferie")]
    delivery, problems = deliver(*twice)
    assert problems == []
    assert delivery.repeated == 1
    assert standing(wards[0]) == {(45, 98, 104, "Ferie")}
    _delivery, problems = deliver(row(world, "B", 45, 1, 2), row(world, "B", 45, 1, 3))
    assert problems == [
        "Row 3, column C (uge), “uge 45, 2018”: The period week 45, 2018 is also in row 2, with"
        " another figure. Keep one of them."
    ]


def test_two_days_in_one_week_are_not_one_figure(world, wards, deliver):
    rows = [f"{world.hospital};Afsnit A;2018-11-{day};1;2;" for day in (5, 6)]
    _delivery, problems = deliver(*rows)
    assert "both fall in week 45, 2018" in problems[0]


def test_the_same_file_again_changes_nothing(world, wards, deliver):
    rows = [row(world, "A", week, 98, 104) for week in range(1, 9)]
    deliver(*rows)
    again, problems = deliver(*rows)
    assert problems == []
    assert (again.places, again.added, again.changed) == (0, 0, 0)
    assert wards[0].points.count() == 8
    assert Point.history.filter(series=wards[0]).count() == 8


def test_the_column_of_measures_says_which_a_row_is_of(world, wards, deliver):
    other = series_of(world, name="Ventetid", place="Afsnit A", figures="values", unit="dage")
    head = "organisation;afsnit;indikator;uge;tæller;nævner;værdi"
    where = f"{world.hospital};Afsnit A"
    _delivery, problems = deliver(
        f"{where};FMK ajourført;uge 45, 2018;98;104;",
        f"{where};Ventetid;uge 45, 2018;;;12,5",
        f"{where};Andet;uge 45, 2018;;;12,5",
        head=head,
        measure=None,
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "Row 4, column C (indikator), “Andet”"
    ]
    _delivery, problems = deliver(
        f"{where};FMK ajourført;uge 45, 2018;98;104;",
        f"{where};Ventetid;uge 45, 2018;;;12,5",
        head=head,
        measure=None,
    )
    assert problems == []
    assert standing(wards[0]) == {(45, 98, 104, "")}
    assert float(other.points.get().value) == 12.5


def test_whoever_may_not_load_brings_nothing(world, wards, deliver):
    stranger = world.person(OrganisationRole.Role.READER)
    _delivery, problems = deliver(row(world, "A", 45, 98, 104), by=stranger)
    assert problems[0].startswith("Only ")
    assert not Load.objects.filter(series__in=wards).exists()


def test_a_closed_place_is_not_found_by_those_to_whom_it_is_closed(world, wards, deliver):
    own, doctor = practice(world, "Practice")
    series = actions.open_series(
        measure=wards[0].measure, organisation=own, closed=True, by=world.coordinator
    )
    given = f"{own};;uge 45, 2018;98;104;"
    _delivery, problems = deliver(given)
    assert "No place of that name" in problems[0]
    _delivery, problems = deliver(given, by=doctor)
    assert problems == []
    assert standing(series) == {(45, 98, 104, "")}
    entry = Entry.objects.get(verb="load", params__series=series.pk)
    assert not Entry.objects.seen_by(world.coordinator).filter(pk=entry.pk).exists()


def test_how_the_series_stand_is_settled_by_the_worker(world, wards, deliver):
    deliver(*(row(world, "A", week, week, 104) for week in range(1, 30)))
    waiting = Standing.objects.get(series=wards[0])
    assert waiting.version == 0
    settle_missing(None, 100)
    waiting.refresh_from_db()
    assert waiting.loaded_at
    assert waiting.came is not None


def test_many_problems_are_not_all_told(world, wards, deliver):
    rows = [row(world, "A", 45, "x", 9) for _ in range(reader.MOST_TOLD + 50)]
    _delivery, problems = deliver(*rows)
    assert len(problems) == reader.MOST_TOLD + 1
    assert problems[-1] == "There are more: mend these first."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
def test_it_is_read_whichever_program_wrote_it(world, wards, tmp_path, encoding):
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEAD}\n{row(world, 'A', 45, 98, 104)}\n", encoding=encoding)
    delivery = Delivery(
        initiative=world.first,
        measure=wards[0].measure,
        by=world.coordinator,
        filename="figures.csv",
        language="en",
    )
    assert taking.take(delivery, path, lambda *told: None) == []
    assert standing(wards[0]) == {(45, 98, 104, "")}


def test_a_workbook_or_no_headings_are_refused_in_a_sentence(world, wards, deliver, tmp_path):
    _delivery, problems = deliver(head=row(world, "D", 45, 98, 104))
    assert problems[0].startswith("No row says what each column holds")
    _delivery, problems = deliver("1;2", head="uge;tæller")
    assert problems[0].startswith("No column says the place")


def command(path, *argv):
    call_command("import", str(path), *argv)


def test_the_command_line_takes_in_a_file_of_many_places(world, wards, tmp_path, capsys):
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEAD}\n{row(world, 'A', 45, 98, 104)}\n{row(world, 'B', 45, 9, 8)}\n")
    of = [f"--measure={wards[0].measure.pk}", f"--by={world.coordinator.user.email}"]
    with pytest.raises(SystemExit, match="nothing of it is taken in"):
        command(path, *of)
    assert "Row 3, column D (tæller)" in capsys.readouterr().err
    with override("da"), pytest.raises(SystemExit, match="intet af den er læst ind"):
        command(path, *of)
    told = capsys.readouterr().err
    assert "2 af 2 rækker er læst" in told
    assert "Række 3, kolonne D" in told
    path.write_text(f"{HEAD}\n{row(world, 'A', 45, 98, 104)}\n")
    command(path, *of)
    assert "1 new, 0 changed" in capsys.readouterr().out
    assert standing(wards[0]) == {(45, 98, 104, "")}


def test_the_command_line_wants_to_know_of_what_and_in_whose_name(world, wards, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(HEAD)
    with pytest.raises(SystemExit, match="--measure 12"):
        command(path, f"--by={world.coordinator.user.email}")
    with pytest.raises(SystemExit, match="--by"):
        command(path, f"--measure={wards[0].measure.pk}")
    with pytest.raises(SystemExit, match="there is no file"):
        command(tmp_path / "none.csv")


def test_nothing_is_left_where_the_writing_fails_half_way(world, wards, deliver, monkeypatch):
    monkeypatch.setattr(delivering, "TOGETHER", 1)
    written = delivering.write
    calls = []

    def failing(*told):
        calls.append(told)
        if len(calls) == 2:
            raise ZeroDivisionError
        written(*told)

    monkeypatch.setattr(delivering, "write", failing)
    with pytest.raises(ZeroDivisionError):
        deliver(row(world, "A", 45, 98, 104), row(world, "B", 45, 7, 9))
    assert not Point.objects.filter(series__in=wards).exists()
    assert not Delivery.objects.exists()
    assert not connection.needs_rollback
