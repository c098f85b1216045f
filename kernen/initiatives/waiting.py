"""What waits for a person in the register: offers, questions, and what the next step lacks."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.waiting import Waiting
from kernen.parties.models import Person

from .models import IdleQuestion, Initiative, LeadOffer, TeamMember
from .stages import Event, events_from, failing, unmet

#: So many of each kind are shown; when one is done, the next takes its place.
MOST = 50
_WEEK = timedelta(days=7)
#: How long one has to answer, and after how long a coordinator sees what was not answered.
ANSWER_WITHIN, UNANSWERED_AFTER = 2 * _WEEK, 4 * _WEEK

_LED = Q(team__role=TeamMember.Role.LEAD)


def waiting(person: Person) -> Iterator[Waiting]:
    yield from _offers(person)
    yield from _asked(person)
    yield from _next_pieces(person)
    yield from _without_lead(person)
    yield from _unanswered(person)


def _offers(person: Person) -> Iterator[Waiting]:
    offers = LeadOffer.objects.filter(to=person, answer="").select_related("initiative", "by")
    for offer in offers[:MOST]:
        since = timezone.localdate(offer.at)
        yield Waiting(
            key=f"offer:{offer.pk}",
            what=_("%(person)s offers you the lead of the initiative.") % {"person": offer.by},
            action=_("Answer"),
            url=offer.get_absolute_url(),
            about=offer.initiative.title,
            since=since,
            due=since + _WEEK,
        )


def _asked(person: Person) -> Iterator[Waiting]:
    mine = Initiative.objects.led_by(person)
    questions = IdleQuestion.objects.open().filter(initiative__in=mine)
    for question in questions.select_related("initiative")[:MOST]:
        since = timezone.localdate(question.at)
        yield Waiting(
            key=f"idle:{question.pk}",
            what=_("Is it still running? A click is enough."),
            action=_("Answer"),
            url=f"{question.initiative.get_absolute_url()}#still-running",
            about=question.initiative.title,
            since=since,
            due=since + ANSWER_WITHIN,
        )


def _next_pieces(person: Person) -> Iterator[Waiting]:
    """The first thing that the next event lacks, on each initiative the person leads."""
    led = Initiative.objects.awake(timezone.now()).led_by(person)
    for initiative in led.with_gates()[:MOST]:
        event = _next_event(initiative)
        if event is None:
            continue
        for gate in unmet(event, failing(initiative))[:1]:
            yield Waiting(
                key=f"gate:{initiative.pk}:{gate.name}",
                what=str(gate.missing),
                action=_("Fill it in"),
                url=reverse(gate.mend, args=[initiative.pk]),
                about=initiative.title,
            )


def _next_event(initiative: Initiative) -> Event | None:
    """What leads the initiative on, where that happens on a page of this room."""
    onward = (e for e in events_from(initiative.stage) if e.name != "stop" and not e.room)
    return next(onward, None)


def _without_lead(person: Person) -> Iterator[Waiting]:
    alone = Initiative.objects.awake(timezone.now()).without_lead().coordinated_by(person)
    for initiative in alone.annotate(led_until=Max("team__end", filter=_LED))[:MOST]:
        since = initiative.led_until
        yield Waiting(
            key=f"lead:{initiative.pk}",
            what=_("Nobody leads the initiative: find somebody who will."),
            action=_("Name a lead"),
            url=reverse("team", args=[initiative.pk]),
            about=initiative.title,
            since=since,
            due=since and since + ANSWER_WITHIN,
        )


def _unanswered(person: Person) -> Iterator[Waiting]:
    """For coordinators: where the lead has not said whether it still runs."""
    questions = (
        IdleQuestion.objects.open()
        .filter(at__lt=timezone.now() - UNANSWERED_AFTER)
        .filter(initiative__in=Initiative.objects.coordinated_by(person))
        .exclude(initiative__in=Initiative.objects.led_by(person))
    )
    for question in questions.select_related("initiative")[:MOST]:
        yield Waiting(
            key=f"unanswered:{question.pk}",
            what=_("The lead has not said whether it still runs: ask, or say it yourself."),
            action=_("Have a look"),
            url=f"{question.initiative.get_absolute_url()}#still-running",
            about=question.initiative.title,
            since=timezone.localdate(question.at),
        )
