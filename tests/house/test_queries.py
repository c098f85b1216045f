"""A page asks the database the same number of questions, however much there is to show."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.house.asking import as_often, asked, asks_as_often
from tests.house.conftest import WHOLE, patterns
from tests.house.growing import EVERYTHING, more_around_the_first, more_results
from tests.house.measuring import FIGURE_OF
from tests.house.world import World

#: Each page, and whose number its address takes.
PAGES = {
    "my_work": "",
    "inbox": "",
    "saved_views": "",
    "overview": "",
    "overview_csv": "",
    "overview_xlsx": "",
    "register": "",
    "initiative": "first",
    "initiative_pdf": "first",
    "initiative_docx": "first",
    "story": "first",
    "history": "first",
    "goals": "first",
    "involvement": "first",
    "team": "first",
    "offer_lead": "first",
    "links": "first",
    "likenesses_of_initiative": "first",
    "likenesses_of_cluster": "cluster",
    "likenesses": "",
    "journal": "first",
    "documents": "first",
    "add_link": "first",
    "document": "document",
    "rename": "document",
    "catalogue": "",
    "catalogue_csv": "",
    "catalogue_xlsx": "",
    "shared_measure": "shared",
    "publish_shared": "",
    "withdraw_shared": "shared",
    "publish_version": "shared",
    "coverage": "",
    "define": "first",
    "measures": "first",
    "measure": "measure",
    "definition_history": "measure",
    "load_measure": "measure",
    "deliver": "measure",
    "undo_load": "load_of_many",
    "measure_package": "measure",
    "measures_package": "first",
    "series": "series",
    "figures_history": "series",
    "series_loads": "series",
    "enter": "series",
    "ask_figures": "series",
    "figures_link": "figures_link",
    "series_tokens": "series",
    "measure_tokens": "measure",
    "series_effect": "series",
    "measure_effect": "measure",
    "starts": "measure",
    "result": "series_result",
    "result_csv": "places_result",
    "value": "first",
    "value_csv": "first",
    "value_xlsx": "first",
    "gain": "gain",
    "change_gain": "gain",
    "gain_on_figures": "gain",
    "history_of_gain": "gain",
    "history_of_cost": "cost",
    "grid": "",
    "grid_csv": "",
    "grid_xlsx": "",
    "walls": "",
    "wall": "wall",
    "put_up_wall": "",
    "show_on_wall": "series",
    "organisations": "",
    "organisation": "hospital",
    "giving": "hospital",
    "giving_csv": "hospital",
    "giving_xlsx": "hospital",
    "clusters": "",
    "cluster": "cluster",
    "fora": "",
    "reorganisations": "",
    "reorganisation": "change",
    "plan_cluster": "change",
    "plan_organisation": "change",
    "forum": "forum",
    "call_meeting": "forum",
    "meeting": "meeting",
    "arrange": "meeting",
    "agenda_pdf": "meeting",
    "agenda_docx": "meeting",
    "agenda_csv": "meeting",
    "agenda_xlsx": "meeting",
    "meeting_minutes": "held",
    "decide_block": "meeting",
    "decide": "proposal",
    "recommend": "proposal",
    "forward": "proposal",
    "look_again": "decision",
    "decisions": "",
    "decisions_csv": "",
    "decisions_xlsx": "",
    "decision": "decision",
    "decision_minute": "decision",
    "published": "",
    "published_decision": "decision",
    "proposals": "tried",
    "propose": "tried",
    "proposal": "proposal",
    "proposal_version": "first version",
    "answer_proposal": "asked",
    "ask_answer": "asked",
    "answer_link": "link",
    "proposal_pdf": "proposal",
    "proposal_docx": "proposal",
    "ask_proposal": "proposal",
    "submit_proposal": "proposal",
    "account": "",
    "people": "hospital",
    "end_role": "role",
}
#: Pages on which nothing is listed.
ALONE = {
    "erase_document",
    "erase_person", "change_role", "change_rule",
    "invite", "invitation", "send_again", "withdraw_invitation",
    "rename_organisation",
    "export", "export_package",  # for administrators only
    "front", "gallery", "offer", "withdraw_offer", "still_running", "put_off", "set_language",
    "use_shared", "take_over", "leave_catalogue",
    "propose_shared", "shared_proposal", "withdraw_shared_proposal",
    "redefine", "open_series", "load", "split", "chart", "draw", "freeze", "thaw",
    "leave_out", "count_again", "happened", "correct_event",
    "annotate", "join", "erase", "set_back", "set_definition_back", "move",
    "prepare", "alter", "confirm", "take_back", "take_up", "replan_cluster",
    "replan_organisation", "take_out_cluster", "take_out_organisation",
    "freeze_series", "freeze_places", "result_svg", "result_png",
    "withdraw_token", "deliver_template", "delivery", "undo_delivery",
    # without a token; with one they are counted in measures/tests/test_machine.py
    "api_series", "api_points", "api_reports", "api_measure", "api_measure_points",
    "api_description", "api_nothing",
    "send_figures_link_again", "withdraw_figures_link", "entering_worker",
    "series_csv", "series_xlsx", "series_svg", "series_png",
    "close", "embed", "embedded_svg", "embedded_png",
    "value_terms", "report_actual", "add_gain", "add_cost", "gain_on_study", "take_out_evidence",
    "change_cost", "take_out_gain", "take_out_cost", "set_back_of_gain", "set_back_of_cost",
    "alter_wall", "take_down_wall", "wall_address", "add_to_wall", "move_on_wall",
    "take_off_wall", "wall_screen",
    "send_answer_link_again", "withdraw_answer_link",
    "publish", "write_part", "withdraw_proposal",
    "download", "take_away", "bring_back", "bring_back_version",
    "follow_initiative", "follow_cluster", "follow_view",
    "rename_view", "move_view", "delete_view", "read", "unread", "digest", "digest_stop",
    "withdraw", "release", "unlink", "alike", "answer_likeness",
}  # fmt: skip


def test_every_page_is_counted_or_lists_nothing():
    names = {str(pattern.name) for _, pattern in patterns()}
    assert names == set(PAGES) | ALONE | {"account_export"}  # for its own test, see below


def address(world: World, name: str, whose: str) -> str:
    if not whose:
        return reverse(name)
    measure = world.first.measures.earliest("pk")
    if whose == "places_result":
        more_results(world)
    things = {
        "measure": measure,
        "series": measure.series.first(),
        "series_result": measure.results.exclude(series=None).last(),
        "places_result": measure.results.filter(series=None).last(),
        "gain": world.first.gains.earliest("pk"),
        "cost": world.first.costs.earliest("pk"),
        "document": world.first.documents.earliest("pk"),
        "tried": world.proposal.initiative,
    }
    if whose == "first version":
        return reverse(name, args=[world.proposal.pk, 1])
    if whose == "asked":
        return reverse(name, args=[world.proposal.pk, world.hospital.pk])
    if whose.endswith("link"):
        link = getattr(world, whose)
        return f"{link.get_absolute_url()}?key={link.key}"
    return reverse(name, args=[(things.get(whose) or getattr(world, whose)).pk])


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker) -> list[dict[str, list[str]]]:
    """What each page asks the database with one more of everything and with two; no list fills its
    page yet, which would hide it."""
    found = []
    with django_db_blocker.unblock(), transaction.atomic():
        world = WHOLE.lay_out()
        for _round in range(2):
            for one_more in EVERYTHING:
                one_more(world)
            urls = [address(world, name, whose) for name, whose in PAGES.items()]
            found.append(dict(zip(PAGES, asked(world, *urls), strict=True)))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_more_rows_asks_as_often(name: str, counted: list[dict[str, list[str]]], db):
    as_often(*(each[name] for each in counted))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FIGURE_OF)
def test_figures_of_every_kind_ask_as_often(kind: str, world: World):
    measure = world.measure(world.first, kind)
    for thing in (measure, measure.series.first()):
        asks_as_often(world, thing.get_absolute_url(), lambda world: world.series(measure))


@pytest.mark.django_db
def test_what_is_held_on_a_person_is_gathered_with_as_many_questions(world: World):
    """More rows of a kind ask no more; a kind of which there was none is asked for."""
    asks_as_often(world, reverse("account_export"), more_around_the_first)
