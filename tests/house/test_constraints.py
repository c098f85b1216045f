"""What must hold is held by the database itself, also where nobody called `full_clean`."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from kernen.documents.models import Document, Version
from kernen.following.models import Digest, Follow, Notice, SavedView
from kernen.initiatives.models import (
    Answer,
    Entry,
    Goal,
    Gram,
    IdleQuestion,
    Initiative,
    Involvement,
    LeadOffer,
    Likeness,
    LikenessAnswer,
    Link,
    TeamMember,
    Vector,
)
from kernen.measures.models import Freeze, Measure, Point, Series, Split
from kernen.parties.models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    Dated,
    Forum,
    ForumMember,
    Invitation,
    Organisation,
    OrganisationChange,
    OrganisationRole,
    Person,
    PutOff,
    Reorganisation,
)
from tests.house import deciding
from tests.house.breach import Breach, again
from tests.house.world import World

HELD = {
    constraint.name: (model, constraint)
    for config in apps.get_app_configs()
    if config.name.startswith("kernen.")
    for model in config.get_models()
    for constraint in model._meta.constraints
}


def ends_before_it_starts(model: type[Dated]) -> Breach:
    def breach(world: World) -> None:
        row = model.objects.order_by("pk").first()
        start = date(2020, 1, 2)
        model.objects.filter(pk=row.pk).update(start=start, end=start - timedelta(days=1))

    return breach


def link(world: World, other: Initiative) -> None:
    Link.objects.create(initiative=world.first, other=other, kind=Link.Kind.RELATED)


def link_twice(world: World) -> None:
    other = Initiative.objects.create(title="Another", problem="A problem")
    link(world, other)
    link(world, other)


def merged_twice(world: World) -> None:
    for _ in range(2):
        OrganisationChange.objects.create(
            reorganisation=world.change, name="Merged", sector="hospital"
        )


def alike(*, turned: bool = False, **fields: Any) -> Breach:
    """The first initiative and a younger one that looks like it."""

    def breach(world: World) -> Likeness:
        older, younger = world.first, Initiative.objects.create(title="Another", problem="A")
        one, other = (older, younger) if turned else (younger, older)
        return Likeness.objects.create(one=one, other=other, score=1, **fields)

    return breach


def twice_alike(world: World) -> None:
    likeness = alike()(world)
    Likeness.objects.create(one=likeness.one, other=likeness.other, score=1)


def answered(answer: str) -> Breach:
    return lambda world: LikenessAnswer.objects.create(
        likeness=alike()(world),
        side=world.first,
        answer=answer,
        as_lead=False,
        by=world.coordinator,
    )


def forum(level: str, *, of_a_cluster: bool) -> Breach:
    return lambda world: Forum.objects.create(
        name="A forum of another kind",
        level=level,
        decision_rule=Forum.DecisionRule.CONSENT,
        cluster=world.cluster if of_a_cluster else None,
    )


def entry(**fields: Any) -> Breach:
    return lambda world: Entry.objects.create(
        initiative=world.first, by=world.coordinator, **fields
    )


def point(**fields: Any) -> Breach:
    """A point of a period that has none yet."""
    return lambda world: Point.objects.create(
        series=Series.objects.get(), period=date(2030, 1, 1), **fields
    )


def offer(world: World, **fields: Any) -> None:
    LeadOffer.objects.create(
        initiative=world.first, to=world.coordinator, by=world.coordinator, **fields
    )


def asked(world: World) -> None:
    IdleQuestion.objects.create(initiative=world.first, since=world.first.active_at)


def put_off(world: World) -> None:
    PutOff.objects.create(person=world.coordinator, key="offer:1", until=date(2030, 1, 1))


def version(**fields: Any) -> Breach:
    return lambda world: Version.objects.create(
        document=Document.objects.get(), number=2, by=world.coordinator, **fields
    )


def follow(*things: str) -> Breach:
    """Follows all of these things at once."""

    def breach(world: World) -> None:
        there = {
            "initiative": world.first,
            "cluster": world.cluster,
            "view": SavedView.objects.first(),
        }
        Follow.objects.create(person=world.coordinator, **{thing: there[thing] for thing in things})

    return breach


def twice(breach: Breach) -> Breach:
    def both(world: World) -> None:
        Follow.objects.all().delete()
        breach(world)
        breach(world)

    return both


#: How to write, past all the forms and rules, a row that each constraint forbids.
BREACHES: list[tuple[str, Breach]] = [
    ("savedview_name_once", again(SavedView)),
    ("follow_one_thing", follow()),
    ("follow_one_thing", follow("initiative", "cluster")),
    ("follow_initiative_once", twice(follow("initiative"))),
    ("follow_cluster_once", twice(follow("cluster"))),
    ("follow_view_once", twice(follow("view"))),
    ("notice_once", again(Notice)),
    ("digest_once_a_slot", again(Digest)),
    ("organisation_ends_after_start", ends_before_it_starts(Organisation)),
    (
        "organisation_sector_known",
        lambda world: Organisation.objects.create(name="The moon", sector="moon"),
    ),
    ("cluster_ends_after_start", ends_before_it_starts(Cluster)),
    ("clustermembership_ends_after_start", ends_before_it_starts(ClusterMembership)),
    ("clustermembership_once_at_a_time", again(ClusterMembership)),
    ("organisationrole_ends_after_start", ends_before_it_starts(OrganisationRole)),
    ("organisationrole_once_at_a_time", again(OrganisationRole)),
    (
        "person_erased_leaves_nothing",
        lambda world: Person.objects.update(erased_at=timezone.now()),
    ),
    ("forum_ends_after_start", ends_before_it_starts(Forum)),
    ("forum_of_a_cluster_names_it", forum("cluster", of_a_cluster=False)),
    ("forum_of_a_cluster_names_it", forum("region", of_a_cluster=True)),
    ("forummember_ends_after_start", ends_before_it_starts(ForumMember)),
    (
        "forummember_is_an_organisation_or_a_person",
        lambda world: ForumMember.objects.create(forum=world.forum),
    ),
    ("reorganisation_state_known", lambda world: Reorganisation.objects.update(state="moon")),
    ("reorganisation_says_why", lambda world: Reorganisation.objects.update(why="")),
    ("clusterchange_name_once", again(ClusterChange)),
    ("clusterchange_kind_known", lambda world: ClusterChange.objects.update(kind="moon")),
    ("organisationchange_name_once", merged_twice),
    (
        "organisationchange_sector_known",
        lambda world: OrganisationChange.objects.create(
            reorganisation=world.change, name="The moon", sector="moon"
        ),
    ),
    ("initiative_stage_known", lambda world: Initiative.objects.update(stage="moon")),
    ("involvement_ends_after_start", ends_before_it_starts(Involvement)),
    ("involvement_once_at_a_time", again(Involvement)),
    ("teammember_ends_after_start", ends_before_it_starts(TeamMember)),
    ("teammember_once_at_a_time", again(TeamMember)),
    ("goal_one_a_dimension", again(Goal)),
    ("gram_once", again(Gram)),
    ("link_once", link_twice),
    ("link_to_another", lambda world: link(world, world.first)),
    ("leadoffer_one_open", lambda world: [offer(world), offer(world)]),
    (
        "leadoffer_answered_by_somebody_at_a_time",
        lambda world: offer(world, answer="accepted", answered_at=timezone.now()),
    ),
    (
        "leadoffer_answered_by_somebody_at_a_time",
        lambda world: offer(world, answered_by=world.coordinator),
    ),
    (
        "leadoffer_answered_by_somebody_at_a_time",
        lambda world: offer(
            world, answer="moon", answered_at=timezone.now(), answered_by=world.coordinator
        ),
    ),
    (
        "leadoffer_a_no_says_why",
        lambda world: offer(
            world, answer="declined", answered_at=timezone.now(), answered_by=world.coordinator
        ),
    ),
    ("idlequestion_once_after_a_trace", lambda world: [asked(world), asked(world)]),
    ("invitation_once_at_a_time", again(Invitation)),
    ("invitation_answered_whole", lambda world: Invitation.objects.update(answer="accepted")),
    ("invitation_answered_whole", lambda world: Invitation.objects.update(answer="moon")),
    (
        "invitation_answered_whole",
        lambda world: Invitation.objects.update(answered_at=timezone.now()),
    ),
    ("putoff_once", lambda world: [put_off(world), put_off(world)]),
    ("vector_once", again(Vector)),
    ("likeness_once", twice_alike),
    ("likeness_younger_first", alike(turned=True)),
    ("likeness_answer_has_a_side", alike(answer=Answer.RELATED)),
    ("likenessanswer_known", answered("moon")),
    ("entry_stage_known", entry(verb="note", stage="moon")),
    ("entry_of_stopping_says_what_was_learned", entry(verb="stop")),
    ("entry_of_stopping_says_what_was_learned", entry(verb="reopen")),
    ("measure_name_once", again(Measure)),
    ("series_once_a_place", again(Series)),
    ("point_once_a_period", again(Point)),
    ("point_counts_come_in_pairs", point(numerator=5)),
    ("point_counts_come_in_pairs", point(denominator=5)),
    ("point_numerator_within_denominator", point(numerator=6, denominator=5)),
    ("point_value_or_counts", point(value=1, numerator=1, denominator=2)),
    ("split_once_a_period", again(Split)),
    ("freeze_once_a_period", again(Freeze)),
    (
        "document_taken_away_by_somebody",
        lambda world: Document.objects.update(taken_away_at=timezone.now()),
    ),
    (
        "document_erased_when_taken_away",
        lambda world: Document.objects.update(erased_at=timezone.now()),
    ),
    ("version_number_once", again(Version)),
    ("version_is_a_file_or_a_link", version()),
    ("version_is_a_file_or_a_link", version(address="https://example.org", key="k", size=1)),
    ("version_is_a_file_or_a_link", version(key="k")),
    *deciding.BREACHES,
    ("split_says_why", lambda world: Split.objects.update(reason="")),
    ("freeze_says_why", lambda world: Freeze.objects.update(reason="")),
]


def test_every_named_constraint_is_tried():
    assert len(HELD) > 25
    tried = {name for name, _ in BREACHES}
    assert tried == set(HELD), f"not as the models have it: {tried ^ set(HELD)}"


@pytest.mark.parametrize(("name", "breach"), BREACHES, ids=[name for name, _ in BREACHES])
def test_the_database_refuses_a_row_that_breaks_it(name: str, breach: Breach, world: World):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        breach(world)
    assert said_of(name) in str(refused.value), "another constraint refused"


def said_of(name: str) -> str:
    """What the database's message holds: the name, or SQLite's columns of a unique constraint."""
    model, constraint = HELD[name]
    if connection.vendor != "sqlite" or not isinstance(constraint, models.UniqueConstraint):
        return name
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
