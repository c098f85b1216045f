"""One more of everything that a page may show more of."""

from datetime import date, timedelta

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
from tests.house.asking import Grow
from tests.house.measuring import FIGURE_OF
from tests.house.world import World


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


def more_together(world: World) -> None:
    """A load of many places that is of one more than the last."""
    places = len(world.load_of_many.whole) + 1
    world.load_of_many = world.load_together(world.measure(world.first), places)


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
        measures.load(series=series, figures=[figure], reason=reason, by=by)
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
    gain.evidence.create(series=series, says="So", by=by)
    gain.evidence.create(result=series.results.latest("pk"), says="So", by=by)
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
    world.another_rule()
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


def more_since_the_decision(world: World) -> None:
    """One more gain, cost and measure of what was decided on."""
    world.value(world.decision.initiative)
    world.measure(world.decision.initiative)


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
    more_since_the_decision,
    more_answers,
    more_notices,
    more_parties,
    more_around_the_first,
    more_alike,
    more_value,
    more_series,
    more_corrections,
    more_together,
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
