"""A page asks the database the same number of questions, however much there is to show."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kernen.documents import actions as documents
from kernen.following import duties
from kernen.initiatives import actions as initiatives
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.likeness import actions as likenesses
from kernen.initiatives.models import Answer, IdleQuestion, Initiative, LeadOffer, Likeness
from kernen.measures import actions as measures
from kernen.measures.asking import actions as asking
from kernen.measures.evaluating import actions as evaluating
from kernen.measures.machine import actions as machine
from kernen.measures.models import Series
from kernen.measures.walls import actions as walls
from kernen.parties.models import OrganisationRole, Sector
from kernen.parties.upkeep import actions as upkeep
from kernen.value import actions as worth
from tests.house.asking import Grow, as_often, asked, asks_as_often
from tests.house.conftest import WHOLE, patterns
from tests.house.world import FIGURE_OF, World


def more_initiatives(world: World) -> None:
    world.initiative()


def more_around_the_first(world: World) -> None:
    """One more of everything that hangs off the first initiative."""
    first, by = world.first, world.coordinator
    initiatives.involve(initiative=first, organisation=world.organisation(), by=by)
    initiatives.appoint(initiative=first, person=world.person("contributor"), by=by)
    initiatives.link(initiative=first, other=world.initiative(), kind="related", by=by)
    initiatives.note(initiative=first, words="A word", by=by)
    world.measure(first, list(FIGURE_OF)[world.number() % len(FIGURE_OF)])
    world.document(first)


def more_words(world: World) -> None:
    """One more version of a text of each kind."""
    first, by, words = world.first, world.coordinator, f"Words {world.number()}"
    initiatives.tell(initiative=first, by=by, purpose=words)
    initiatives.set_goals(initiative=first, goals={"cost": words}, by=by)
    measures.redefine(measure=first.measures.earliest("pk"), by=by, source=words)


def more_that_waits(world: World) -> None:
    """One more of everything that can wait for the coordinator."""
    led, unanswered, alone = world.initiative(), world.initiative(), world.initiative()
    other = world.person(OrganisationRole.Role.CONTRIBUTOR)
    IdleQuestion.objects.create(initiative=led, since=led.active_at)
    unanswered.team.update(person=other)
    long_ago = timezone.now() - timedelta(days=60)
    IdleQuestion.objects.create(initiative=unanswered, since=unanswered.active_at, at=long_ago)
    leading.offer_lead(initiative=world.initiative(), to=other, by=world.coordinator)
    LeadOffer.objects.update(to=world.coordinator)
    alone.team.all().delete()


def more_versions(world: World) -> None:
    """One more version of a document, one brought back, and one more document taken away."""
    first, by = world.first.documents.earliest("pk"), world.coordinator
    address = f"https://example.org/{world.number()}"
    documents.add_version(document=first, address=address, by=by)
    documents.bring_back_version(version=first.versions.get(number=1), by=by)
    documents.take_away(document=world.document(world.first), by=by)


def more_alike(world: World) -> None:
    """One more that its lead proposes to be the same as the first, and one that nobody answered."""
    likeness = Likeness.objects.get(one=world.initiative())
    likenesses.answer(
        likeness=likeness, side=likeness.one, answer=Answer.SAME, by=world.coordinator
    )
    world.liken(Initiative.objects.create(title="Another", problem="A problem"), world.first)


def more_series(world: World) -> None:
    world.series(world.first.measures.earliest("pk"))


def more_shared(world: World) -> None:
    """One more shared measure, one more version, one more that uses it and one more proposal."""
    world.shared_measure()
    world.use(world.initiative(), world.shared)
    world.new_version(world.shared)
    world.propose(world.initiative().measures.get())


def more_that_lives(world: World) -> None:
    """One more series with a figure of this year, at an organisation of the cluster."""
    made = measures.open_series(
        measure=world.use(world.first), organisation=world.hospital, by=world.coordinator
    )
    this_month = timezone.localdate().replace(day=1)
    world.load(made, this_month, this_month)


def more_corrections(world: World) -> None:
    """One more load of the first series that is undone."""
    world.correct(world.first.measures.earliest("pk").series.first())


def more_closed(world: World) -> None:
    """One more practice closed to the coordinator, and one that is the coordinator's own."""
    measure = world.first.measures.earliest("pk")
    for person in (world.person(OrganisationRole.Role.READER), world.coordinator):
        world.closed_series(measure, person)


def more_results(world: World) -> None:
    """One more word of when a place started, and results of it and of all places."""
    measure = world.first.measures.earliest("pk")
    for _more in range(measure.series.count(), 3):
        world.series(measure)
    by, reason = world.coordinator, f"Words {world.number()}"
    open_places = Series.objects.seen_by(by).filter(measure=measure)
    for number, series in enumerate(open_places.order_by("pk")):
        start = date(2018, 10 + number % 3, 1)
        evaluating.say_start(series=series, period=start, reason=reason, by=by)
        figure = measures.Figure(date(2018, 5, 1), numerator=40 + number, denominator=100)
        measures.load(series=series, figures=[figure], by=by)
    world.weigh(measure.series.earliest("pk"))
    evaluating.freeze_places(measure=measure, by=by)


def more_value(world: World) -> None:
    """One more of everything that hangs off the first initiative's gains and costs."""
    first, by = world.first, world.coordinator
    world.value(first)
    world.series(first.measures.earliest("pk"))
    gain = first.gains.earliest("pk")
    worth.change(row=gain, words=f"Words {world.number()}", by=by)
    worth.add_evidence(
        gain=gain, reference="Another", address="https://example.org", says="So", by=by
    )
    series = first.measures.earliest("pk").series.latest("pk")
    world.weigh(series)
    gain.evidence.create(series=series, by=by)
    gain.evidence.create(result=series.results.latest("pk"), by=by)
    worth.change(row=first.costs.earliest("pk"), words=f"Words {world.number()}", by=by)


def more_walls(world: World) -> None:
    """One more wall screen, and one more chart on the first."""
    world.new_wall()
    more_series(world)
    walls.show(wall=world.wall, series=Series.objects.latest("pk"), by=world.coordinator)


def more_tokens(world: World) -> None:
    """One more token of the first measure and of its series, and one that is withdrawn."""
    measure = world.first.measures.earliest("pk")
    for of in (measure, measure.series.earliest("pk")):
        world.token(of)
        withdrawn = world.token(of)
        machine.withdraw_token(token=withdrawn, by=world.coordinator)


def more_asked(world: World) -> None:
    """One more who is asked for the figures of the first series, and gives one."""
    link = world.ask_for_figures(world.first.measures.earliest("pk").series.earliest("pk"))
    this_month = timezone.localdate().replace(day=1)
    figure = measures.Figure(period=this_month, numerator=1, denominator=2)
    asking.give_by_link(link=link, figure=figure, key=str(link.pk))


def more_notices(world: World) -> None:
    """One more notice of the first initiative, one of another, and a saved view."""
    world.follow()
    other = world.person("coordinator")
    initiatives.note(initiative=world.initiative(), words="News", by=other)
    duties.tell(timezone.now(), 1000)


def more_parties(world: World) -> None:
    organisation = world.organisation(Sector.MUNICIPALITY)
    world.new_cluster([organisation, world.hospital])
    world.new_forum()
    world.person(OrganisationRole.Role.READER)


def more_upkeep(world: World) -> None:
    """One more of everything that an organisation keeps."""
    world.upkeep()
    ended = world.person(OrganisationRole.Role.READER).roles.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    upkeep.end_role(held=ended, last_day=yesterday, by=world.coordinator)


def more_reorganisations(world: World) -> None:
    """One more change that waits, and more of what the first one moves."""
    world.reorganisation()
    organisation = world.organisation()
    initiatives.register(
        title=f"Initiative {world.number()}",
        problem="A problem",
        organisations=[organisation],
        cluster=world.cluster,
        by=world.coordinator,
    )
    world.council(world.change)
    world.merger(world.change, organisation)


def more_decisions(world: World) -> None:
    """One more proposal that waits, one that was decided on, and one more meeting."""
    world.new_proposal()
    world.decided()
    world.new_meeting()


def more_seats(world: World) -> None:
    """One more organisation in the forum and its cluster, which answers."""
    world.join(world.organisation())


def more_answers(world: World) -> None:
    """One more organisation that answers, and one more version."""
    world.answers()


#: Everything that a page may show more of.
EVERYTHING: list[Grow] = [
    more_initiatives,
    more_that_waits,
    more_shared,
    more_closed,
    more_decisions,
    more_answers,
    more_notices,
    more_parties,
    more_around_the_first,
    more_alike,
    more_value,
    more_series,
    more_corrections,
    more_words,
    more_versions,
    more_that_lives,
    more_results,
    more_walls,
    more_asked,
    more_tokens,
    more_reorganisations,
    more_seats,
    more_upkeep,
]
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
    "series": "series",
    "figures_history": "series",
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
    "meeting_minutes": "meeting",
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
    "erase_person", "change_role",
    "invite", "invitation", "send_again", "withdraw_invitation",
    "rename_organisation",
    "front", "gallery", "offer", "withdraw_offer", "still_running", "put_off", "set_language",
    "use_shared", "take_over", "leave_catalogue",
    "propose_shared", "shared_proposal", "withdraw_shared_proposal",
    "redefine", "open_series", "load", "undo_load", "split", "chart", "draw", "freeze", "thaw",
    "leave_out", "count_again", "happened", "correct_event",
    "annotate", "join", "erase", "set_back", "set_definition_back", "move",
    "prepare", "alter", "confirm", "take_back", "take_up", "replan_cluster",
    "replan_organisation", "take_out_cluster", "take_out_organisation",
    "freeze_series", "freeze_places", "result_svg", "result_png",
    "withdraw_token",
    # without a token; with one they are counted in measures/tests/test_machine.py
    "api_series", "api_points", "api_reports", "api_measure", "api_measure_points",
    "api_description", "api_nothing",
    "send_figures_link_again", "withdraw_figures_link",
    "series_csv", "series_xlsx", "series_svg", "series_png",
    "close", "embed", "embedded_svg", "embedded_png",
    "value_terms", "report_actual", "add_gain", "add_cost", "gain_on_study", "take_out_evidence",
    "change_cost", "take_out_gain", "take_out_cost", "set_back_of_gain", "set_back_of_cost",
    "alter_wall", "take_down_wall", "wall_address", "add_to_wall", "move_on_wall",
    "take_off_wall", "wall_screen",
    "send_answer_link_again", "withdraw_answer_link",
    "publish", "proposal_version", "write_part", "withdraw_proposal",
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
    if whose == "asked":
        return reverse(name, args=[world.proposal.pk, world.hospital.pk])
    if whose.endswith("link"):
        link = getattr(world, whose)
        return f"{link.get_absolute_url()}?key={link.key}"
    return reverse(name, args=[(things.get(whose) or getattr(world, whose)).pk])


def _asked(rounds: int) -> dict[str, list[str]]:
    """What each page asks the database after so many rounds of one more of everything."""
    with transaction.atomic():
        world = WHOLE.lay_out()
        for one_more in EVERYTHING * rounds:
            one_more(world)
        found = {name: asked(world, address(world, name, whose)) for name, whose in PAGES.items()}
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker) -> list[dict[str, list[str]]]:
    """With little of everything and with more; no list fills its page yet, which would hide it."""
    with django_db_blocker.unblock():
        return [_asked(1), _asked(2)]


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
