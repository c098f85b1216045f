"""What waits for a person of the catalogue: proposals, answers to one's own, and new versions."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.lib.waiting import Waiting
from kernen.parties import rules as parties
from kernen.parties.models import Person

from ..models import Measure, SharedProposal, Takeover

#: So long whoever proposed is told on My work that it was not taken in.
TOLD = timedelta(days=30)


def waiting(person: Person) -> Iterator[Waiting]:
    led = Initiative.objects.awake(timezone.now()).led_by(person)
    yield from _to_answer(person)
    yield from _new_versions(led)
    yield from _answered(led)


def _to_answer(person: Person) -> Iterator[Waiting]:
    """For the coordinators of whoever would own it."""
    to = parties.holding(person, parties.COORDINATOR)
    open_ = SharedProposal.objects.filter(answer="", to__in=to)
    for one in open_.select_related("measure__initiative"):
        yield Waiting(
            key=f"shared_proposal:{one.pk}",
            what=_("“%(measure)s” is proposed to the catalogue.") % {"measure": one.measure},
            action=_("Answer"),
            url=one.get_absolute_url(),
            about=one.measure.initiative.title,
            since=timezone.localdate(one.at),
        )


def _new_versions(led: QuerySet[Initiative]) -> Iterator[Waiting]:
    """For the lead of a measure that goes by an older version, or by what is withdrawn."""
    whole = Measure.objects.filter(initiative__in=led).select_related("initiative")
    newest = whole.annotate(
        newest=Max("version__shared__versions__number"),
        withdrawn=F("version__shared__withdrawn_at"),
    )
    behind = Q(newest__gt=F("version__number")) | Q(withdrawn__isnull=False)
    for one in newest.filter(behind).order_by("pk"):
        gone = one.withdrawn is not None
        said = (
            _("“%(measure)s” is withdrawn from the catalogue.")
            if gone
            else _("“%(measure)s” has a new version in the catalogue.")
        )
        yield Waiting(
            key=f"withdrawn:{one.pk}" if gone else f"shared_version:{one.pk}:{one.newest}",
            what=said % {"measure": one},
            action=_("See what to do") if gone else _("See what is changed"),
            url=one.get_absolute_url() if gone else reverse("take_over", args=[one.pk]),
            about=one.initiative.title,
        )


def _answered(led: QuerySet[Initiative]) -> Iterator[Waiting]:
    """For the lead: what came of a proposal. One that was taken in waits until the team has said
    whether it counts by the owner's words."""
    now = timezone.now()
    said = Takeover.objects.filter(measure=OuterRef("measure"), at__gte=OuterRef("answered_at"))
    mine = SharedProposal.objects.filter(measure__initiative__in=led, measure__version=None)
    mine = mine.select_related("measure__initiative", "to")
    for one in mine.filter(answer="accepted").exclude(Exists(said)):
        yield Waiting(
            key=f"taken_in:{one.pk}",
            what=_("“%(measure)s” stands in the catalogue, with changes: is it counted so?")
            % {"measure": one.measure},
            action=_("See what is changed"),
            url=reverse("take_over", args=[one.measure_id]),
            about=one.measure.initiative.title,
            since=timezone.localdate(one.answered_at),
        )
    for one in mine.filter(answer="declined", answered_at__gt=now - TOLD):
        yield Waiting(
            key=f"not_taken_in:{one.pk}",
            what=_("%(owner)s has not taken “%(measure)s” into the catalogue.")
            % {"owner": one.to, "measure": one.measure},
            action=_("See why"),
            url=one.get_absolute_url(),
            about=one.measure.initiative.title,
            since=timezone.localdate(one.answered_at),
        )
