"""Every change of every row is in the audit log, with when and who; nothing else stands on it."""

import ast
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalChanges

from kernen.initiatives import actions as initiatives
from kernen.initiatives.leading import actions as leading
from kernen.lib.append_only import AppendOnly
from kernen.measures import actions as measures
from kernen.measures.models import Point
from kernen.parties import actions as parties
from kernen.parties.models import User
from tests.house.code import name, sources, tree
from tests.house.snapshot import Snapshot
from tests.house.world import World

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("kernen.")
    for model in config.get_models()
    if not issubclass(model, HistoricalChanges)
]
#: Models whose rows change without a trace, each with its reason.
WITHOUT = {
    "Digest": "what the worker sends, made from the journal",
    "Notice": "what the worker tells, made from the journal, and whether it was read",
    "Untold": "what the worker has yet to tell",
    "Standing": "what the grid shows, made from figures that are in the log",
    "Head": "how long a chain is and how it ends, which follows from its records",
    "Gram": "the search's vocabulary, made from texts that are in the log",
    "Likeness": "found by the worker; what is said of it are answers, which stand",
    "Vector": "what likeness goes by, made from texts that are in the log",
    "SearchText": "what the search goes by, made from texts that are in the log",
}
#: Fields that the log leaves out, each with its reason.
LEFT_OUT = {
    "AnswerLink.again_at": "when its e-mail is tried again",
    "AnswerLink.sent_at": "when the worker sent its e-mail",
    "AnswerLink.tries": "how often the worker has tried",
    "Delivery.content": "a file that is kept until it is read",
    "Delivery.found": "what the worker read in a file that is kept until it is loaded",
    "Delivery.read": "how far the worker is",
    "Delivery.rows": "how far the worker is",
    "Delivery.seen_at": "a sign of the worker",
    "FiguresLink.again_at": "when its e-mail is tried again",
    "FiguresLink.sent_at": "when the worker sent its e-mail",
    "FiguresLink.tries": "how often the worker has tried",
    "Initiative.active_at": "repeats the newest line of the journal",
    "Initiative.stage_number": "follows from the stage",
    "Invitation.again_at": "when its e-mail is tried again",
    "Invitation.sent_at": "when the worker sent its e-mail",
    "Invitation.tries": "how often the worker has tried",
    "Token.used_at": "that it was used changes nothing",
    "User.password": "a secret",
    "User.last_login": "signing in changes nothing",
}
#: Calls that change many rows at once and leave no trace by themselves, each with its reason.
IN_BULK = {
    ("kernen/following/actions.py", "bulk_create"): "notices, which are not logged",
    ("kernen/following/actions.py", "update"): "notices and digests, which are not logged",
    ("kernen/initiatives/indexing.py", "bulk_create"): "the search's vocabulary",
    ("kernen/measures/standing/keep.py", "bulk_create"): "made from figures that are in the log",
    ("kernen/measures/standing/keep.py", "update"): "made from figures that are in the log",
    (
        "kernen/measures/delivering/writing.py",
        "bulk_create",
    ): "what is never changed is its own log",
    ("kernen/initiatives/duties.py", "bulk_create"): "what is never changed is its own log",
    ("kernen/initiatives/likeness/keep.py", "bulk_create"): "made from texts that are in the log",
    ("kernen/initiatives/likeness/keep.py", "update"): "whether they are compared",
    ("kernen/measures/actions.py", "bulk_create"): "its history is written beside it",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", OURS)
def test_a_row_that_can_change_is_in_the_log(model: type[models.Model]):
    logged = hasattr(model, "history")
    if issubclass(model, AppendOnly):
        assert not logged, "what is never changed is its own log"
    else:
        assert logged or model.__name__ in WITHOUT, (
            f"give {model.__name__} history = Audited(), or name it here with the reason"
        )


def test_nothing_is_left_out_but_what_is_named():
    left_out = {
        f"{model.__name__}.{field.name}"
        for model in OURS
        if hasattr(model, "history")
        for field in model._meta.concrete_fields
        if field not in model.history.model.tracked_fields
    }
    assert left_out == set(LEFT_OUT)


def test_many_rows_are_changed_at_once_only_with_their_history():
    silent = {
        (name(path), node.func.attr)
        for path in sources(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in ("bulk_create", "bulk_update", "_raw_delete")
            or (node.func.attr == "update" and ".objects." in ast.unparse(node.func))
        )
    }
    assert silent == set(IN_BULK), "a signal is not sent: see simple_history.utils"


def test_no_rule_and_no_page_reads_the_log():
    readers = {
        name(path)
        for path in sources(".py")
        if any(
            (
                isinstance(node, ast.Attribute)
                and node.attr == "history"
                and ast.unparse(node.value) != "views"
            )  # the page of what a text has said
            or (isinstance(node, ast.ImportFrom) and str(node.module).startswith("simple_history"))
            for node in ast.walk(tree(path))
        )
    }
    assert {path for path in readers if not path.endswith("/admin.py")} <= {
        "kernen/lib/audit.py",
        "kernen/measures/actions.py",  # writes it
        "kernen/measures/delivering/writing.py",  # writes it
        "kernen/parties/mailing/actions.py",  # takes those out who never came
        "kernen/parties/people/actions.py",  # takes names out of it
        "kernen/parties/people/traces.py",  # looks for names in it
        "kernen/journey/demo/enter.py",  # what is told of an initiative's past
    }


# --- what a change leaves behind --------------------------------------------------------------


def test_a_change_through_a_page_leaves_when_who_and_what(world: World):
    client = Client()
    client.force_login(world.coordinator.user)
    goal = world.first.goals.get()
    response = client.post(reverse("goals", args=[world.first.pk]), {"health": "No falls"})
    assert response.status_code == 302
    newest, older = goal.history.all()[:2]
    assert (newest.words, newest.history_type) == ("No falls", "~")
    assert newest.history_user == world.coordinator.user
    assert older.words == "Fewer falls"


def test_a_change_from_the_command_line_is_nobody_s(world: World):
    initiatives.tell(initiative=world.first, by=world.coordinator, title="Another title")
    newest = world.first.history.first()
    assert (newest.title, newest.history_user) == ("Another title", None)


def test_a_removal_leaves_what_was_removed(world: World):
    initiative = world.initiative()
    link = initiative.links.get()
    number = link.pk
    initiatives.unlink(link=link, by=world.coordinator)
    gone = type(link).history.filter(id=number).first()
    assert (gone.history_type, gone.initiative_id) == ("-", initiative.pk)


def test_a_line_of_the_journal_leaves_no_row(world: World):
    before = world.first.history.count()
    initiatives.note(initiative=world.first, words="A word", by=world.coordinator)
    assert world.first.history.count() == before


def test_signing_in_leaves_no_row_and_a_password_no_trace(world: World):
    user = world.coordinator.user
    before = user.history.count()
    Client().force_login(user)
    assert user.history.count() == before
    user.set_password("a-long-password-for-this-test")
    user.save()
    assert user.history.count() == before + 1
    assert not {"password", "last_login"} & {
        field.name for field in User.history.model._meta.fields
    }


def test_loaded_figures_leave_one_row_each_and_changed_ones_another(world: World):
    measure = world.first.measures.get()
    series = measures.open_series(
        measure=measure, organisation=world.hospital, place="New", by=world.coordinator
    )
    first = measures.Figure(period=date(2020, 1, 1), numerator=1, denominator=2)
    other = measures.Figure(period=date(2020, 2, 1), numerator=1, denominator=2)
    again = measures.Figure(period=date(2020, 2, 1), numerator=2, denominator=2)
    new = measures.Figure(period=date(2020, 3, 1), numerator=2, denominator=3)
    measures.load(series=series, figures=[first, other], by=world.coordinator)
    told = {"figures": [first, again, new], "reason": "Late", "by": world.coordinator}
    measures.load(series=series, **told)
    traces = Point.history.filter(series=series).order_by("history_id")
    assert [(row.period.month, row.history_type, row.numerator) for row in traces] == [
        (1, "+", 1),
        (2, "+", 1),
        (3, "+", 2),
        (2, "~", 2),
    ]
    standing = series.points.values_list("pk", "period__month", "numerator")
    assert sorted(row[1:] for row in standing) == [(1, 1), (2, 2), (3, 2)]
    assert set(traces.values_list("id", flat=True)) == {row[0] for row in standing}


def test_a_load_of_many_figures_asks_no_more_than_one_of_few(world: World):
    measure = measures.define(
        initiative=world.first, name="Daily", figures="values", frequency="day",
        by=world.coordinator,
    )  # fmt: skip

    def asked(place: str, many: int) -> int:
        series = measures.open_series(
            measure=measure, organisation=world.hospital, place=place, by=world.coordinator
        )
        figures = [
            measures.Figure(period=date.fromordinal(735000 + i), value=Decimal(i))
            for i in range(many)
        ]
        with CaptureQueriesContext(connection) as queries:
            measures.load(series=series, figures=figures, by=world.coordinator)
        return len(queries)

    assert asked("A", 10) == asked("B", 60)


# --- who may read it --------------------------------------------------------------------------


def test_an_administrator_reads_the_log_and_changes_nothing(world: World):
    administrator = world.person("reader", administrator=True)
    initiatives.tell(initiative=world.first, by=world.coordinator, title="Another title")
    client = Client()
    client.force_login(administrator.user)
    listed = client.get("/admin/initiatives/historicalinitiative/", {"q": str(world.first.pk)})
    assert listed.status_code == 200
    row = world.first.history.first()
    address = f"/admin/initiatives/historicalinitiative/{row.pk}/change/"
    page = client.get(address).content.decode()
    assert f"<title>initiativ {world.first.pk}, " in page
    assert f": “{world.first.title}” → “Another title”" in page
    assert 'name="_save"' not in page
    assert client.post(address, {"title": "Forged"}).status_code == 403
    assert client.get("/admin/initiatives/historicalinitiative/add/").status_code == 403
    assert client.post(f"{address.replace('change', 'delete')}").status_code == 403


def with_every_kind_of_row() -> World:
    world = World.that_decides()
    world.initiative()
    by, to = world.coordinator, world.person("contributor")
    leading.offer_lead(initiative=world.first, to=to, by=by)
    parties.put_off(key="offer:1", until=timezone.localdate() + timedelta(days=1), by=by)
    world.merger(world.change, world.hospital)
    world.propose(world.first.measures.get())
    assert world.wall
    assert world.figures_link
    world.token(world.first.measures.get())
    world.delivery(world.first.measures.get())
    world.administrator = world.person("reader", administrator=True)
    return world


EVERY_KIND = Snapshot(with_every_kind_of_row)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in OURS if hasattr(model, "history")])
def test_every_kind_of_row_can_be_looked_up(model):
    client = Client()
    client.force_login(EVERY_KIND.lay_out().administrator.user)
    log = model.history.model._meta
    assert client.get(f"/admin/{log.app_label}/{log.model_name}/").status_code == 200
    row = model.history.first()
    assert (
        client.get(f"/admin/{log.app_label}/{log.model_name}/{row.pk}/change/").status_code == 200
    )


def test_nobody_else_sees_the_log(world: World):
    client = Client()
    client.force_login(world.coordinator.user)
    assert client.get("/admin/initiatives/historicalinitiative/").status_code == 302
