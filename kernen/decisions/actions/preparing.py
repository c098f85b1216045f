"""The verbs with which a forum prepares: meetings, agendas, recommendations, the next forum."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kernen.parties.models import Forum, Person

from .. import duties, rules
from ..models import Forwarding, Item, Meeting, Proposal, Recommendation
from .chaining import tell


@transaction.atomic
def call_meeting(
    *,
    forum: Forum,
    on: date,
    deadline: date,
    place: str = "",
    by: Person,
    at: datetime | None = None,
) -> Meeting:
    """Set the day of a meeting and the day until which proposals come on its agenda. What the forum
    is to look at again by then stands on it already."""
    rules.call(by, forum, on, timezone.localdate(at))
    meeting = Meeting(forum=forum, on=on, deadline=deadline, place=place.strip())
    meeting.full_clean()
    meeting.save()
    duties.bring_back(timezone.now(), limit=1000, forum=forum)
    return meeting


@transaction.atomic
def put_on_agenda(
    *,
    meeting: Meeting,
    proposal: Proposal,
    in_block: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Item:
    """The proposal comes last on the agenda, and goes from another one of the forum's to come: it
    is decided on once."""
    proposal, today = Proposal.objects.locked(proposal), timezone.localdate(at)
    rules.put_on(by, meeting, proposal, today)
    stands = Item.objects.filter(proposal=proposal, meeting__forum=meeting.forum_id)
    for elsewhere in stands.filter(meeting__on__gte=today).exclude(meeting=meeting):
        take_off_agenda(item=elsewhere, by=by, at=at)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = Item(meeting=meeting, proposal=proposal, position=last + 1, in_block=in_block)
    item.full_clean()
    item.save()
    tell(proposal, "put_on_agenda", by=by, at=at, day=str(meeting.on))
    return item


@transaction.atomic
def take_off_agenda(*, item: Item, by: Person, at: datetime | None = None) -> None:
    rules.take_off(by, item)
    if item.proposal:
        tell(item.proposal, "take_off_agenda", by=by, at=at, day=str(item.meeting.on))
    item.delete()


@transaction.atomic
def arrange(
    *, meeting: Meeting, order: Sequence[int], in_block: Sequence[int], by: Person
) -> Meeting:
    """Put the items, by id, in order, and say which of them are taken in one block."""
    rules.arrange(by, meeting)
    items = {item.pk: item for item in meeting.items.select_for_update()}
    for position, key in enumerate([key for key in order if key in items], start=1):
        items[key].position, items[key].in_block = position, key in in_block
        items[key].save(update_fields=["position", "in_block"])
    return meeting


@transaction.atomic
def recommend(
    *, proposal: Proposal, forum: Forum, words: str, by: Person, at: datetime | None = None
) -> Recommendation:
    """What a preparing group thinks of the latest version."""
    proposal = Proposal.objects.locked(proposal)
    version = rules.recommend(by, proposal, forum)
    made = Recommendation(
        version=version, forum=forum, words=words.strip(), by=by, at=at or timezone.now()
    )
    made.full_clean()
    made.save()
    tell(proposal, "recommend", by=by, at=at, words=made.words, forum=forum.name)
    return made


@transaction.atomic
def forward(
    *, proposal: Proposal, to: Forum, words: str = "", by: Person, at: datetime | None = None
) -> Forwarding:
    """Send the proposal on to the next forum, with all that was said of it."""
    proposal = Proposal.objects.locked(proposal)
    version = rules.forward(by, proposal, to)
    source = proposal.forum
    made = Forwarding(
        proposal=proposal,
        version=version,
        source=source,
        target=to,
        words=words.strip(),
        by=by,
        at=at or timezone.now(),
    )
    made.full_clean()
    made.save()
    proposal.forum = to
    proposal.full_clean()
    proposal.save(update_fields=["forum"])
    tell(proposal, "forward", by=by, at=at, words=made.words, forum=source.name, target=to.name)
    return made
