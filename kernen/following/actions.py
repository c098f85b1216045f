"""The verbs of following. What a person does here is his or her own, and in no journal."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from kernen.initiatives.models import Initiative, Untold
from kernen.initiatives.selection import Selection, plain
from kernen.parties.models import Cluster, Person

from . import rules
from .models import Digest, DigestChoice, Follow, Notice, SavedView

#: How long a digest that is being sent is left alone before it is tried again, the first time.
LEASE = timedelta(minutes=5)

Thing = Initiative | Cluster | SavedView


@transaction.atomic
def follow(*, thing: Thing, by: Person) -> Follow:
    """Be told of what happens to it from now on."""
    rules.follows(by)
    return _say(thing, by, wanted=True)


@transaction.atomic
def unfollow(*, thing: Thing, by: Person) -> Follow:
    """Be told no longer; of an initiative also where its team, cluster or a view would tell."""
    rules.follows(by)
    return _say(thing, by, wanted=False)


def _say(thing: Thing, by: Person, *, wanted: bool) -> Follow:
    if isinstance(thing, SavedView):
        rules.own(by, thing.person)
    which = {_field_of(thing): thing, "person": by}
    said, new = Follow.objects.get_or_create(**which, defaults={"wanted": wanted})
    if not new and said.wanted != wanted:
        said.wanted, said.since = wanted, timezone.now()
        said.save()
    return said


def _field_of(thing: Thing) -> str:
    """The field of `Follow` that names such a thing."""
    return {Initiative: "initiative", Cluster: "cluster", SavedView: "view"}[type(thing)]


@transaction.atomic
def save_view(*, name: str, query: str, by: Person) -> SavedView:
    """Keep what an address of the overview asks for under a name, after those there are."""
    rules.save_view(by, filtered=bool(Selection(query).chosen))
    last = by.saved_views.aggregate(last=Max("place"))["last"]
    view = SavedView(person=by, name=name, query=plain(query), place=(last or 0) + 1)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: Person) -> SavedView:
    rules.own(by, view.person)
    view.name = name
    view.full_clean()
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def move_view(*, view: SavedView, up: bool, by: Person) -> None:
    """Let it change places with the one before it, or after it."""
    rules.own(by, view.person)
    views = list(by.saved_views.select_for_update())
    old = views.index(view)
    new = max(old - 1, 0) if up else min(old + 1, len(views) - 1)
    views.insert(new, views.pop(old))
    for place, one in enumerate(views, start=1):
        if one.place != place:
            one.place = place
            one.save(update_fields=["place"])


@transaction.atomic
def delete_view(*, view: SavedView, by: Person) -> None:
    rules.own(by, view.person)
    view.delete()


@transaction.atomic
def read(*, notices: Any, by: Person) -> int:
    """Mark those of one's own among the notices as read. Gives how many were not."""
    rules.follows(by)
    return int(notices.filter(person=by).unread().update(read_at=timezone.now()))


@transaction.atomic
def unread(*, notice: Notice, by: Person) -> None:
    rules.own(by, notice.person)
    notice.read_at = None
    notice.save(update_fields=["read_at"])


@transaction.atomic
def choose_digest(
    *, person: Person, frequency: str, language: str | None = None, by: Person
) -> DigestChoice:
    """Choose how often the digest comes. What waits to be sent to one who stops is not sent."""
    rules.own(by, person)
    choice = DigestChoice.objects.filter(person=person).first() or DigestChoice(person=person)
    if choice.pk is None or choice.frequency != frequency:
        choice.frequency, choice.since = frequency, timezone.now()
    choice.language = language or choice.language
    choice.full_clean()
    choice.save()
    if frequency == DigestChoice.Frequency.NEVER:
        Digest.objects.filter(person=person, sent_at=None).delete()
    return choice


@transaction.atomic
def announce(*, followers: Mapping[int, set[int]], by: None = None) -> int:
    """Tell of entries, by their id, those people, and strike the entries off those untold.

    Another worker that is at the same entries is left to it. Gives how many were told of."""
    rules.by_itself(by)
    waiting = Untold.objects.select_for_update(skip_locked=True).filter(pk__in=followers)
    claimed = list(waiting.values_list("pk", flat=True))
    Notice.objects.bulk_create(
        [Notice(entry_id=entry, person_id=p) for entry in claimed for p in sorted(followers[entry])]
    )
    Untold.objects.filter(pk__in=claimed).delete()
    return len(claimed)


@transaction.atomic
def gather(*, person: Person, slot: datetime, by: None = None) -> Digest | None:
    """Put what the person has not read, from before the slot, into the digest of that slot."""
    rules.by_itself(by)
    digest, new = Digest.objects.get_or_create(person=person, slot=slot)
    if not new:
        return None
    own = Notice.objects.filter(person=person)
    own.exclude(pk__in=own.seen_by(person).values("pk")).delete()  # closed since
    waiting = own.filter(digest=None, entry__recorded_at__lt=slot)
    if not waiting.unread().update(digest=digest):
        digest.delete()  # all was read a moment ago, or closed
        return None
    return digest


@transaction.atomic
def claim(*, digest: Digest, now: datetime, by: None = None) -> bool:
    """Take it upon oneself to send the digest; whether nobody else has.

    Whoever is killed before `sent` leaves it to be sent again, later each time."""
    rules.by_itself(by)
    return bool(
        Digest.objects.filter(pk=digest.pk, sent_at=None, again_at__lte=now).update(
            again_at=now + LEASE * 2**digest.tries, tries=F("tries") + 1
        )
    )


@transaction.atomic
def sent(*, digest: Digest, by: None = None) -> None:
    rules.by_itself(by)
    Digest.objects.filter(pk=digest.pk).update(sent_at=timezone.now())
