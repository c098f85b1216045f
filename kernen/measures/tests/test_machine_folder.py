"""Files that are laid into a folder are taken in, each exactly once, or refused with the reason."""

import os
import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kernen.measures.loading import actions as loading
from kernen.measures.machine import folder
from kernen.measures.models import Load
from kernen.parties.models import OrganisationRole

from .machines import series_of

GOOD = "Uge;Tæller;Nævner\nuge 45, 2018;98;104\nuge 46, 2018;110;118\nuge 47, 2018;128;133\n"


@pytest.fixture
def series(world):
    return series_of(world)


@pytest.fixture
def there(world, tmp_path):
    """A folder whose files are loaded in the coordinator's name."""
    by = world.coordinator.user.email
    (tmp_path / "kernen.toml").write_text(f'by = "{by}"\nreason = "Registered late"\n')
    return tmp_path


def lay(there, name, text=GOOD):
    (there / name).write_text(text)


def take_in(there):
    call_command("import", str(there), "--once", "--settle=0")


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_file_named_for_its_series_is_taken_in_and_moved(world, series, there):
    lay(there, f"serie-{series.pk}-fmk.csv")
    take_in(there)
    load = series.loads.get()
    assert (load.added, load.way, load.by) == (3, "machine", world.coordinator)
    assert load.filename == f"serie-{series.pk}-fmk.csv"
    assert names(there / "done") == [f"serie-{series.pk}-fmk.csv"]
    assert names(there) == ["done", "kernen.toml"]


def test_of_figures_far_from_the_usual_it_is_told_in_the_line_and_beside_the_file(series, there):
    rows = [f"uge {week}, 2018;{20 + week % 4};100" for week in range(30, 44)]
    path = there / f"serie-{series.pk}.csv"
    lay(there, path.name, "\n".join(["Uge;Tæller;Nævner", *rows]))
    assert folder.take(path).endswith("14 nye, 0 ændrede.")
    lay(there, path.name, "Uge;Tæller;Nævner\nuge 44, 2018;22;100\nuge 45, 2018;97;100\n")
    said = folder.take(path).replace("\xa0", " ")
    doubt = "Uge 45, 2018: Er det rigtigt? 97 % er langt over det sædvanlige 20–23 %."
    assert said.endswith(f"2 nye, 0 ændrede. Se efter: {doubt}")
    beside = there / "done" / f"serie-{series.pk}-2.csv.txt"
    assert beside.read_text().replace("\xa0", " ") == f"{doubt}\n"
    assert series.points.count() == 16, "they are taken in"


def test_a_file_beside_it_says_which_series_and_whose_name(world, series, there):
    other = world.person(OrganisationRole.Role.CONTRIBUTOR)
    lay(there, "fmk.csv")
    lay(there, "fmk.toml", f'series = {series.pk}\nby = "{other.user.email.upper()}"\n')
    take_in(there)
    assert series.loads.get().by == other
    assert names(there / "done") == ["fmk.csv", "fmk.toml"]


def test_the_same_file_again_changes_nothing_whatever_it_is_called(series, there):
    for name in ("", "-again", ""):
        lay(there, f"serie-{series.pk}{name}.csv")
        take_in(there)
    assert series.loads.count() == 1
    assert len(names(there / "done")) == 3, "none was written over"


def test_of_a_file_that_came_before_it_is_said_that_nothing_was_done(series, there):
    path = there / f"serie-{series.pk}.csv"
    lay(there, path.name)
    first = folder.take(path)
    lay(there, path.name)
    again = folder.take(path)
    assert "nye" in first
    assert "intet" in again
    assert "nye" not in again


def test_a_later_file_corrects_and_the_earlier_again_does_not_set_it_back(series, there):
    for number, text in enumerate((GOOD, GOOD.replace("128", "129"), GOOD)):
        lay(there, f"serie-{series.pk}-{number}.csv", text)
        take_in(there)
    assert series.points.latest("period").numerator == 129
    assert [load.reason for load in series.loads.order_by("pk")] == ["", "Registered late"]


def test_a_file_that_corrects_says_why(world, series, there):
    (there / "kernen.toml").write_text(f'by = "{world.coordinator.user.email}"\n')
    for number, text in enumerate((GOOD, GOOD.replace("128", "129"))):
        lay(there, f"serie-{series.pk}-{number}.csv", text)
        take_in(there)
    assert series.points.latest("period").numerator == 128
    why = (there / "refused" / f"serie-{series.pk}-1.csv.txt").read_text()
    assert "et tal for uge 47, 2018" in why
    assert "reason =" in why


def test_a_file_with_a_bad_row_is_refused_with_the_row_and_the_reason(series, there):
    lay(there, f"serie-{series.pk}.csv", GOOD.replace("110;118", "130;118"))
    take_in(there)
    assert not series.points.exists()
    assert names(there / "refused") == [f"serie-{series.pk}.csv", f"serie-{series.pk}.csv.txt"]
    why = (there / "refused" / f"serie-{series.pk}.csv.txt").read_text()
    assert "Række 3" in why
    assert "130" in why


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ("Uge;Kvinder;Mænd", "B (Kvinder), C (Mænd)"),
        ("Uge;Heraf akutte;Heraf planlagte", "B (Heraf akutte), C (Heraf planlagte)"),
    ],
)
def test_a_file_of_which_nobody_can_be_asked_what_is_counted_is_refused_with_the_columns(
    series, there, headings, words
):
    lay(there, f"serie-{series.pk}.csv", f"{headings}\nuge 46, 2018;5;9\n")
    take_in(there)
    assert not series.points.exists()
    why = (there / "refused" / f"serie-{series.pk}.csv.txt").read_text()
    assert words in why
    assert "”tæller” og ”nævner” i filen" in why


def test_a_civil_registration_number_is_not_repeated(series, there):
    lay(there, f"serie-{series.pk}.csv", GOOD + "uge 48, 2018;010150-1234;133\n")
    take_in(there)
    assert not series.points.exists()
    why = (there / "refused" / f"serie-{series.pk}.csv.txt").read_text()
    assert "CPR" in why
    assert "010150" not in why


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ("series = {pk}\nby = 'nobody@example.org'", "nobody@example.org"),
        ("series = {pk}\nby = 7", "i hvis navn"),
        ("series = {pk}\nby = '{reader}'", "indlæse tal"),
        ("series = 999999", "ingen serie"),
        ("series = true", "efter dens serie"),
        ("series = ", "TOML"),
        ("", "efter dens serie"),
        ("measure = 24", "én serie"),
    ],
)
def test_who_and_where_must_be_said_and_the_right_be_there(world, series, there, beside, words):
    reader = world.person(OrganisationRole.Role.READER)
    lay(there, "fmk.csv")
    lay(there, "fmk.toml", beside.format(pk=series.pk, reader=reader.user.email))
    take_in(there)
    assert words in (there / "refused" / "fmk.csv.txt").read_text()
    assert not series.points.exists()


def test_what_is_still_being_written_or_is_no_table_is_left_alone(series, there):
    lay(there, f"serie-{series.pk}.csv")
    lay(there, ".serie-1.csv")
    lay(there, "serie-1.csv.part")
    call_command("import", str(there), "--once")
    assert not series.loads.exists()
    before = timezone.now().timestamp() - 10
    os.utime(there / f"serie-{series.pk}.csv", (before, before))
    call_command("import", str(there), "--once")
    assert series.loads.count() == 1
    assert names(there) == [".serie-1.csv", "done", "kernen.toml", "serie-1.csv.part"]


def test_what_was_undone_comes_in_again_when_it_is_laid_there_anew(world, series, there, capsys):
    path = there / f"serie-{series.pk}.csv"
    for time in range(3):
        lay(there, path.name)
        take_in(there)
        assert series.points.count() == 3
        if time < 2:
            told = {"reason": "An old file", "by": world.coordinator}
            loading.undo_load(load=series.loads.filter(undoes=None).first(), **told)
            assert not series.points.exists()
    first, second, third = capsys.readouterr().out.splitlines()
    assert "igen" not in first
    for again in (second, third):
        assert f"er læst ind igen, efter at {world.coordinator} fortrød den" in again
    lay(there, path.name)
    assert "før" in folder.take(path)
    assert series.loads.filter(undoes=None).count() == 3


def test_a_file_that_lay_there_all_the_time_while_it_was_undone_is_not_taken_in_again(
    world, series, there, monkeypatch
):
    """Whoever took it in was killed before it was moved, and meanwhile somebody undid it."""
    path = there / f"serie-{series.pk}.csv"
    lay(there, path.name)
    with monkeypatch.context() as broken:
        broken.setattr(folder, "_move", lambda path, where, why: path)
        folder.take(path)
    load = series.loads.get()
    later = timezone.now() + timedelta(minutes=1)
    loading.undo_load(load=load, reason="An old file", by=world.coordinator, at=later)
    assert "læg den her igen" in folder.take(path)
    assert not series.points.exists()
    assert path.name in names(there / "refused")


def test_a_text_that_is_refused_has_its_reason_beside_it_and_so_has_each_of_one_name(series, there):
    for name in ("notat.txt", f"serie-{series.pk}.csv", f"serie-{series.pk}.tsv"):
        lay(there, name, "Husk frokost\n")
    take_in(there)
    found = names(there / "refused")
    assert len(found) == 6
    assert all(f"{name}.txt" in found for name in found if name.count(".") == 1)
    lay(there, "notat.txt.txt", "Et andet notat\n")
    lay(there, "notat.txt", "Et tredje notat\n")
    take_in(there)
    assert (there / "refused" / "notat.txt").read_text() == "Husk frokost\n"
    assert len(names(there / "refused")) == 10, "none was written over"


def test_a_file_of_another_kind_is_told_of_the_kinds_and_what_programs_leave_lies(there):
    others = [".skjult.csv", "halv.csv.part", "x.tmp", "y.csv~", "~$z.xlsx", "Thumbs.db"]
    for name in (*others, "rapport.pdf"):
        lay(there, name)
    take_in(there)
    why = (there / "refused" / "rapport.pdf.txt").read_text()
    assert ".csv, .ods, .tsv, .txt, .xlsx" in why
    assert names(there) == sorted([*others, "kernen.toml", "refused"])


@pytest.mark.parametrize(("says", "why"), [(None, "by ="), ("", "by ="), ("by = anna", "TOML")])
def test_before_anybody_has_said_a_name_nothing_is_moved(series, there, says, why):
    lay(there, f"serie-{series.pk}.csv")
    (there / "kernen.toml").unlink()
    if says is not None:
        lay(there, "kernen.toml", says)
    with pytest.raises(SystemExit, match="er ikke rørt") as told:
        take_in(there)
    assert why in str(told.value)
    assert f"serie-{series.pk}.csv" in names(there)
    assert not series.loads.exists()


def test_a_folder_that_is_watched_says_once_that_nobody_has_said_a_name(
    world, series, there, monkeypatch, capsys
):
    says = (there / "kernen.toml").read_text()
    (there / "kernen.toml").unlink()
    lay(there, f"serie-{series.pk}.csv")
    steps = iter([lambda: None, lambda: lay(there, "kernen.toml", says), lambda: None])
    watch(there, monkeypatch, steps)
    out, err = capsys.readouterr()
    assert err.count("er ikke rørt") == 1
    assert "er læst ind" in out


class Killed(BaseException):
    pass


@pytest.mark.parametrize("where", ["before", "after"])
def test_whoever_is_killed_in_between_takes_it_in_once(series, there, monkeypatch, where):
    """Between the figures and the move, or in the midst of the figures."""

    def killed(*args, **kwargs):
        raise Killed

    lay(there, f"serie-{series.pk}.csv")
    with monkeypatch.context() as broken:
        if where == "after":
            broken.setattr(folder, "_move", killed)
        else:
            broken.setattr("kernen.measures.actions.record_of", killed)
        with pytest.raises(Killed):
            take_in(there)
    assert series.loads.count() == (1 if where == "after" else 0)
    assert f"serie-{series.pk}.csv" in names(there)
    take_in(there)
    assert series.loads.count() == 1
    assert series.points.count() == 3
    assert names(there / "done") == [f"serie-{series.pk}.csv"]


def test_a_folder_that_is_not_there_is_said_in_a_sentence(db, tmp_path):
    with pytest.raises(SystemExit, match="no file or folder"):
        call_command("import", str(tmp_path / "none"), "--once")


def watch(there, monkeypatch, steps):
    """While it watches one step happens after the other; then it is told to stop."""

    def wait(self, seconds):
        step = next(steps, None)
        step() if step else os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("threading.Event.wait", wait)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        call_command("import", str(there), "--settle=0")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


def test_it_watches_until_it_is_told_to_stop(series, there, monkeypatch):
    lay(there, f"serie-{series.pk}-a.csv")
    second = lambda: lay(there, f"serie-{series.pk}-b.csv", GOOD.replace("98", "97"))  # noqa: E731
    watch(there, monkeypatch, iter([second]))
    assert Load.objects.filter(series=series).count() == 2
    assert len(names(there / "done")) == 2
