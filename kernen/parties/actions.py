"""The verbs of who takes part. `by=None` is the program itself, from its command line."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from . import rules
from .models import (
    Cluster,
    ClusterMembership,
    FormerRule,
    Forum,
    ForumMember,
    Organisation,
    OrganisationRole,
    Person,
    User,
)


@transaction.atomic
def found_organisation(
    *, name: str, sector: str, start: date | None = None, by: Person | None
) -> Organisation:
    rules.keep_register(by)
    organisation = Organisation(name=name, sector=sector, start=start)
    organisation.full_clean()
    organisation.save()
    return organisation


@transaction.atomic
def form_cluster(
    *,
    name: str,
    organisations: list[Organisation],
    kind: str = Cluster.Kind.CLUSTER,
    start: date | None = None,
    by: Person | None,
) -> Cluster:
    """A cluster and its first members, all from the same day."""
    rules.keep_register(by)
    cluster = Cluster(name=name, kind=kind, start=start)
    cluster.full_clean()
    cluster.save()
    for organisation in organisations:
        membership = ClusterMembership(cluster=cluster, organisation=organisation, start=start)
        membership.full_clean()
        membership.save()
    return cluster


@transaction.atomic
def set_up_forum(
    *,
    name: str,
    level: str,
    decision_rule: str,
    members: list[Organisation],
    kind: str = Forum.Kind.STEERING_GROUP,
    quorum: int = 50,
    remit: str = "",
    cluster: Cluster | None = None,
    start: date | None = None,
    by: Person | None,
) -> Forum:
    """Enter an existing forum with the organisations that have a seat in it."""
    rules.keep_register(by)
    forum = Forum(
        name=name,
        kind=kind,
        level=level,
        decision_rule=decision_rule,
        quorum=quorum,
        remit=remit,
        cluster=cluster,
        start=start,
    )
    forum.full_clean()
    forum.save()
    for organisation in members:
        seat(forum=forum, organisation=organisation, start=start, by=by)
    return forum


@transaction.atomic
def change_rule(*, forum: Forum, decision_rule: str, quorum: int, by: Person | None) -> Forum:
    """From today the forum decides by another rule; by which it did before stays readable, and what
    it decided before today is written down by that one."""
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    rules.change_rule(by, forum)
    before = (forum.decision_rule, forum.quorum)
    if before == (decision_rule, quorum):
        return forum
    forum.decision_rule, forum.quorum = decision_rule, quorum
    forum.full_clean()
    forum.save()
    FormerRule(
        forum=forum,
        decision_rule=before[0],
        quorum=before[1],
        until=timezone.localdate(),
        by=by,
    ).save()
    return forum


@transaction.atomic
def seat(
    *,
    forum: Forum,
    organisation: Organisation | None = None,
    person: Person | None = None,
    role: str = ForumMember.Role.MEMBER,
    start: date | None = None,
    by: Person | None,
) -> ForumMember:
    rules.keep_register(by)
    member = ForumMember(
        forum=forum, organisation=organisation, person=person, role=role, start=start
    )
    member.full_clean()
    member.save()
    return member


@transaction.atomic
def enrol(
    *,
    name: str,
    title: str = "",
    email: str = "",
    administrator: bool = False,
    made_up: bool = False,
    by: Person | None,
) -> Person:
    """A person; with an e-mail also someone who can sign in, once a password has been chosen."""
    rules.keep_register(by)
    person = Person(name=name, title=title, made_up=made_up)
    person.full_clean()
    if email:
        person.user = User.objects.create_user(
            email, is_staff=administrator, is_superuser=administrator
        )
    person.save()
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    start: date | None = None,
    by: Person | None,
) -> OrganisationRole:
    rules.keep_register(by)
    held = OrganisationRole(person=person, organisation=organisation, role=role, start=start)
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def put_off(*, key: str, until: date, by: Person) -> None:
    """Let something that waits for the person rest until a day; what rested before is forgotten."""
    today = timezone.localdate()
    rules.put_off(until, today)
    by.put_off.filter(until__lte=today).delete()
    by.put_off.update_or_create(key=key, defaults={"until": until})
