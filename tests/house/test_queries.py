"""A page asks the database the same number of questions, however much there is to show."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kernen.documents import actions as documents
from kernen.following import duties
from kernen.initiatives import actions as initiatives
from kernen.initiatives.leading import actions as leading
from kernen.initiatives.likeness import actions as likenesses
from kernen.initiatives.models import Answer, IdleQuestion, Initiative, LeadOffer, Likeness
from kernen.measures import actions as measures
from kernen.parties.models import OrganisationRole, Sector
from kernen.parties.upkeep import actions as upkeep
from tests.house.conftest import patterns
from tests.house.world import World

Grow = Callable[[World], object]


def more_initiatives(world: World) -> None:
    world.initiative()


def more_around_the_first(world: World) -> None:
    """One more of everything that hangs off the first initiative."""
    first, by = world.first, world.coordinator
    initiatives.involve(initiative=first, organisation=world.organisation(), by=by)
    initiatives.appoint(initiative=first, person=world.person("contributor"), by=by)
    initiatives.link(initiative=first, other=world.initiative(), kind="related", by=by)
    initiatives.note(initiative=first, words="A word", by=by)
    world.measure(first)
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


#: Each page, of what there becomes more, and whose number the address takes.
PAGES: dict[str, tuple[list[Grow], str]] = {
    "my_work": ([more_initiatives, more_that_waits, more_decisions, more_answers], ""),
    "inbox": ([more_notices], ""),
    "saved_views": ([more_notices], ""),
    "overview": ([more_initiatives, more_parties], ""),
    "overview_csv": ([more_initiatives, more_parties], ""),
    "overview_xlsx": ([more_initiatives, more_parties], ""),
    "register": ([more_parties], ""),
    "initiative": ([more_around_the_first, more_alike], "first"),
    "initiative_pdf": ([more_around_the_first, more_series], "first"),
    "initiative_docx": ([more_around_the_first, more_series], "first"),
    "story": ([more_parties], "first"),
    "history": ([more_words], "first"),
    "goals": ([more_around_the_first], "first"),
    "involvement": ([more_around_the_first, more_parties], "first"),
    "team": ([more_around_the_first], "first"),
    "offer_lead": ([more_around_the_first, more_parties], "first"),
    "links": ([more_around_the_first], "first"),
    "likenesses_of_initiative": ([more_alike], "first"),
    "likenesses_of_cluster": ([more_alike, more_parties], "cluster"),
    "likenesses": ([more_alike, more_parties], ""),
    "journal": ([more_around_the_first], "first"),
    "documents": ([more_around_the_first, more_versions], "first"),
    "add_link": ([more_versions], "first"),
    "document": ([more_versions], "document"),
    "rename": ([more_versions], "document"),
    "measures": ([more_around_the_first, more_series], "first"),
    "measure": ([more_series], "measure"),
    "definition_history": ([more_words], "measure"),
    "series": ([more_series], "series"),
    "organisations": ([more_parties], ""),
    "organisation": ([more_initiatives, more_parties, more_answers], "hospital"),
    "clusters": ([more_parties], ""),
    "cluster": ([more_initiatives, more_parties], "cluster"),
    "fora": ([more_parties], ""),
    "reorganisations": ([more_reorganisations], ""),
    "reorganisation": ([more_reorganisations, more_parties], "change"),
    "plan_cluster": ([more_parties], "change"),
    "plan_organisation": ([more_parties], "change"),
    "forum": ([more_parties, more_decisions, more_seats], "forum"),
    "call_meeting": ([more_decisions], "forum"),
    "meeting": ([more_decisions, more_seats], "meeting"),
    "arrange": ([more_decisions], "meeting"),
    "agenda_pdf": ([more_decisions, more_seats], "meeting"),
    "agenda_docx": ([more_decisions, more_seats], "meeting"),
    "agenda_csv": ([more_decisions, more_seats], "meeting"),
    "agenda_xlsx": ([more_decisions, more_seats], "meeting"),
    "meeting_minutes": ([more_decisions, more_seats], "meeting"),
    "decide_block": ([more_decisions, more_seats], "meeting"),
    "decide": ([more_decisions, more_seats], "proposal"),
    "recommend": ([more_decisions, more_seats], "proposal"),
    "forward": ([more_parties, more_decisions], "proposal"),
    "look_again": ([more_decisions, more_seats], "decision"),
    "decisions": ([more_decisions, more_seats], ""),
    "decisions_csv": ([more_decisions, more_seats], ""),
    "decisions_xlsx": ([more_decisions, more_seats], ""),
    "decision": ([more_decisions, more_seats], "decision"),
    "decision_minute": ([more_decisions, more_seats], "decision"),
    "published": ([more_decisions, more_seats], ""),
    "published_decision": ([more_decisions, more_seats], "decision"),
    "proposals": ([more_decisions, more_seats], "tried"),
    "propose": ([more_parties], "tried"),
    "proposal": ([more_decisions, more_seats, more_answers], "proposal"),
    "answer_proposal": ([more_decisions, more_seats, more_answers], "asked"),
    "ask_answer": ([more_decisions, more_answers], "asked"),
    "answer_link": ([more_decisions, more_seats, more_answers], "link"),
    "proposal_pdf": ([more_seats], "proposal"),
    "proposal_docx": ([more_seats], "proposal"),
    "ask_proposal": ([more_parties], "proposal"),
    "submit_proposal": ([more_seats], "proposal"),
    "account": ([more_parties], ""),
    "people": ([more_parties, more_upkeep], "hospital"),
    "end_role": ([more_initiatives], "role"),
    "account_export": ([], ""),
}
#: Pages on which nothing is listed.
ALONE = {
    "erase_document",
    "erase_person", "change_role",
    "invite", "invitation", "send_again", "withdraw_invitation",
    "rename_organisation",
    "front", "gallery", "offer", "withdraw_offer", "still_running", "put_off", "set_language",
    "define", "redefine", "open_series", "load", "split", "chart", "draw", "freeze", "thaw",
    "leave_out", "count_again",
    "annotate", "join", "erase", "set_back", "set_definition_back", "move",
    "prepare", "alter", "confirm", "take_back", "take_up", "replan_cluster",
    "replan_organisation", "take_out_cluster", "take_out_organisation",
    "series_csv", "series_xlsx", "series_svg", "series_png",
    "embed", "embedded_svg", "embedded_png",
    "send_answer_link_again", "withdraw_answer_link",
    "publish", "proposal_version", "write_part", "withdraw_proposal",
    "download", "take_away", "bring_back", "bring_back_version",
    "follow_initiative", "follow_cluster", "follow_view",
    "rename_view", "move_view", "delete_view", "read", "unread", "digest", "digest_stop",
    "withdraw", "release", "unlink", "alike", "answer_likeness",
}  # fmt: skip


def test_every_page_is_counted_or_lists_nothing():
    names = {str(pattern.name) for _, pattern in patterns()}
    assert names == set(PAGES) | ALONE


def address(world: World, name: str, whose: str) -> str:
    if not whose:
        return reverse(name)
    measure = world.first.measures.earliest("pk")
    things = {
        "measure": measure,
        "series": measure.series.first(),
        "document": world.first.documents.earliest("pk"),
        "tried": world.proposal.initiative,
    }
    if whose == "asked":
        return reverse(name, args=[world.proposal.pk, world.hospital.pk])
    if whose == "link":
        return f"{world.link.get_absolute_url()}?key={world.link.key}"
    return reverse(name, args=[(things.get(whose) or getattr(world, whose)).pk])


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_more_rows_asks_as_often(name: str):
    grow, whose = PAGES[name]
    world = World()
    client = Client()
    assert world.coordinator.user
    client.force_login(world.coordinator.user)
    url = address(world, name, whose)

    def asked() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
            assert answer.status_code == 200
            b"".join(answer)  # a stream asks while it is read
        return [query["sql"] for query in queries]

    def rows() -> None:
        for one_more in grow * 3:
            one_more(world)

    rows()
    asked()  # the first look may fill a cache
    before = asked()
    rows()
    after = asked()
    extra = [sql for sql in after if after.count(sql) > 1][:5]
    assert len(after) == len(before), f"{len(before)} became {len(after)}, such as:\n" + "\n".join(
        extra or after[-5:]
    )
