"""When a digest is due and to whom, and what it says.

Quiet by default: who has chosen nothing gets one mail a week, and only if something is unread.
Never would be quieter, and would leave those who seldom open Kernen untold of their own initiative;
each mail stops with one click."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from kernen.parties.models import Person

from .models import Digest, DigestChoice, Notice

Frequency = DigestChoice.Frequency
BY_DEFAULT = Frequency.WEEKLY
HOUR = time(7)
#: A digest names so many notices, and counts the rest.
MOST_NAMED = 60
#: Without a time, so that a digest that is sent again says the very same.
SIGNER = signing.Signer(salt="kernen.following.digest")


def slots(now: datetime) -> dict[str, datetime]:
    """The latest moment, at or before `now`, for which there is a digest of each frequency."""
    day = timezone.localtime(now).date()
    if _at(day) > now:
        day -= timedelta(days=1)
    return {Frequency.DAILY: _at(day), Frequency.WEEKLY: _at(day - timedelta(days=day.weekday()))}


def _at(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))


def waiting(frequency: str, slot: datetime) -> Any:
    """The people who chose this frequency before the slot, have something unread from before it
    that stood in no digest yet, and have no digest of the slot."""
    chose = Q(digest_choice__frequency=frequency, digest_choice__since__lte=slot)
    if frequency == BY_DEFAULT:
        chose |= Q(digest_choice=None)
    news = Notice.objects.unread().filter(digest=None, entry__recorded_at__lt=slot)
    has = Digest.objects.filter(person=OuterRef("pk"), slot=slot)
    people = Person.objects.filter(chose, user__is_active=True).exclude(user__email="")
    return people.filter(Exists(news.filter(person=OuterRef("pk"))), ~Exists(has)).order_by("pk")


def message(digest: Digest) -> EmailMultiAlternatives:
    """The mail, in the person's language. What people wrote stays in Kernen: a mail may lie about
    anywhere, so it says what happened to what, by whom, and where to read it."""
    person: Any = digest.person
    choice = DigestChoice.objects.filter(person=person).first()
    with translation.override(choice.language if choice else settings.LANGUAGE_CODE):
        notices = digest.notices.seen_by(person).select_related("entry__initiative", "entry__by")
        named = list(notices.order_by("entry__initiative_id", "-entry_id")[:MOST_NAMED])
        count = notices.count()
        stop = address("digest_stop", person)
        context = {
            "person": person,
            "groups": _grouped(named),
            "left": count - len(named),
            "count": count,
            "inbox": settings.SITE + reverse("inbox"),
            "choose": settings.SITE + reverse("digest"),
            "stop": stop,
            "site": settings.SITE,
        }
        subject = ngettext(
            "%(count)s thing has happened to what you follow",
            "%(count)s things have happened to what you follow",
            count,
        ) % {"count": count}
        mail = EmailMultiAlternatives(
            subject=f"Kernen: {subject}",
            body=render_to_string("following/mail/digest.txt", context),
            to=[person.user.email],
            headers={
                "Message-ID": digest.message_id,
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        page = render_to_string("following/mail/digest.html", context)
        mail.attach_alternative(page, "text/html")
    return mail


def _grouped(notices: list[Notice]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for notice in notices:
        groups.setdefault(notice.entry.initiative, []).append(notice.entry)
    return groups


def address(name: str, person: Person) -> str:
    """An address that is good for this person without signing in."""
    query = urlencode({"key": SIGNER.sign(str(person.pk))})
    return f"{settings.SITE}{reverse(name)}?{query}"


def person_of(key: str) -> Person | None:
    """Whom such an address was made for; None if it was not made by us."""
    try:
        return Person.objects.filter(pk=SIGNER.unsign(key)).first()
    except signing.BadSignature:
        return None
