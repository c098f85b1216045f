"""What waits for a person in the figures: those that are due, gaps, and goals without a measure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives.models import Dimension, Goal, Initiative, TeamMember
from kernen.initiatives.rules import MAY
from kernen.lib.periods import following
from kernen.lib.waiting import Waiting
from kernen.parties import rules as parties
from kernen.parties.models import Person

from .models import Load, Measure, Series
from .quality.record import Record
from .quality.saying import missing

#: So many measures and goals are shown; when one is done, the next takes its place.
MOST = 50


def waiting(person: Person) -> Iterator[Waiting]:
    lacking: dict[int, list[Record]] = {}
    today = timezone.localdate()
    for series in _loaded_by(person):
        record = Record(series.standing, today)
        if record.owed or not (record.begun or record.events):
            lacking.setdefault(series.measure_id, []).append(record)
    for some in list(lacking.values())[:MOST]:
        yield _figures(some)
    yield from _goals(person)


def _loaded_by(person: Person) -> Any:
    """The series that the person is to keep, with how they stand: those of a team that he or she is
    on, those for which he or she loads figures for an organisation, beside the team, and the
    closed ones of that organisation."""
    loads = [role for role, verbs in MAY.items() if "load" in verbs]
    team = TeamMember.objects.current().filter(person=person, role__in=loads)
    writes_for = parties.writes_for(person)
    beside = Load.objects.filter(by=person, series__organisation__in=writes_for).exclude(
        series__measure__initiative__team__person=person
    )
    of_team = Q(closed_at=None, measure__initiative__in=team.values("initiative"))
    closed = Q(closed_at__isnull=False, organisation__in=writes_for)
    seen = Series.objects.seen_by(person)
    own = seen.filter(of_team | closed)
    both = own.order_by().values("pk").union(beside.order_by().values("series"))
    awake = Initiative.objects.awake(timezone.now())
    return (
        seen.filter(pk__in=both)
        .filter(Exists(awake.filter(pk=OuterRef("measure__initiative"))))
        .exclude(standing=None)
        .exclude(standing__coming={})
        .select_related("measure__initiative", "organisation", "standing__initiative")
    )


def _figures(some: list[Record]) -> Waiting:
    """One line a measure; the series whose figure was to come first says by when."""
    worst = min(some, key=lambda one: one.owed[0] if one.owed else date.max)
    measure, oldest = worst.series.measure, next(iter(worst.owed), None)
    alone = len(some) == 1
    page = "enter" if oldest else "load"
    return Waiting(
        key=f"figures:{measure.pk}:{oldest or 'none'}",
        what=_said(measure, some, worst),
        action=_("Enter the figure") if alone and oldest else _("Load figures"),
        url=reverse(page, args=[worst.series.pk]) if alone else measure.get_absolute_url(),
        about=measure.initiative.title,
        since=oldest and following(oldest, measure.frequency),
        due=oldest and worst.due_on(oldest),
    )


def _said(measure: Measure, some: list[Record], worst: Record) -> str:
    places, number = len(some), len(worst.owed)
    words: dict[str, Any] = {"measure": measure, "place": worst.series, "places": places}
    if not number:
        return (
            ngettext(
                "“%(measure)s”, %(place)s: no figures are loaded yet.",
                "“%(measure)s”: no figures are loaded yet from %(places)s places.",
                places,
            )
            % words
        )
    words |= {"count": number, "periods": missing(worst)}
    if places > 1:
        owing = sum(bool(one.owed) for one in some)
        sentence = ngettext(
            "“%(measure)s”: figures are missing from %(count)s place.",
            "“%(measure)s”: figures are missing from %(count)s places.",
            owing,
        )
        return sentence % (words | {"count": owing})
    sentence = ngettext(
        "“%(measure)s”, %(place)s: the figure for %(periods)s is missing.",
        "“%(measure)s”, %(place)s: %(count)s figures are missing, %(periods)s.",
        number,
    )
    return sentence % words


def _goals(person: Person) -> Iterator[Waiting]:
    """Goals on initiatives the person leads that have measures, but none for this goal."""
    led = Initiative.objects.awake(timezone.now()).led_by(person)
    measures = Measure.objects.filter(initiative=OuterRef("initiative"))
    goals = (
        Goal.objects.filter(Exists(measures), initiative__in=led)
        .exclude(words="")
        .exclude(Exists(measures.filter(dimension=OuterRef("dimension"))))
    )
    for goal in goals.select_related("initiative").order_by("pk")[:MOST]:
        yield Waiting(
            key=f"goal:{goal.pk}",
            what=_("No measure shows whether the goal “%(goal)s” is reached.")
            % {"goal": Dimension(goal.dimension).label},
            action=_("Define a measure"),
            url=reverse("define", args=[goal.initiative_id]),
            about=goal.initiative.title,
        )
