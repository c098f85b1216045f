"""What waits for a person in the figures: those that are due, gaps, and goals without a measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.initiatives.models import Dimension, Goal, Initiative, TeamMember
from kernen.initiatives.rules import MAY
from kernen.lib.periods import between, following, label
from kernen.lib.waiting import Waiting
from kernen.parties import rules as parties
from kernen.parties.models import Person

from .models import Load, Measure, Series

#: How long after the end of a period its figure is due: it takes a while to be counted.
GRACE = {"day": 2, "week": 7, "month": 14, "quarter": 30, "year": 60}
#: Gaps are looked for so far back; older ones will not be filled any more.
LOOKED_AT = timedelta(days=365)
#: So many measures and goals are shown; when one is done, the next takes its place.
MOST = 50


@dataclass(frozen=True)
class Lack:
    """What one series lacks: its next period, which ended on `since`, or periods in between."""

    series: Any
    period: date | None
    since: date | None
    gaps: int


def waiting(person: Person) -> Iterator[Waiting]:
    lacks: dict[int, list[Lack]] = {}
    today = timezone.localdate()
    for series in _loaded_by(person, today):
        lack = _lack(series, today)
        if lack:
            lacks.setdefault(series.measure_id, []).append(lack)
    for some in list(lacks.values())[:MOST]:
        yield _figures(some)
    yield from _goals(person)


def _loaded_by(person: Person, today: date) -> Any:
    """The series that the person is to keep, with what is in them: those of a team that he or she
    is on, those for which he or she loads figures for an organisation, beside the team, and the
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
    recent = Q(points__period__gt=today - LOOKED_AT)
    return (
        seen.filter(pk__in=both)
        .filter(Exists(awake.filter(pk=OuterRef("measure__initiative"))))
        .select_related("measure__initiative", "organisation")
        .annotate(
            last=Max("points__period"),
            first=Min("points__period", filter=recent),
            there=Count("points", filter=recent),
        )
    )


def _lack(series: Any, today: date) -> Lack | None:
    if series.measure.events:
        return None  # no event is ever due
    if series.last is None:
        return Lack(series, None, None, 0)
    frequency = series.measure.frequency
    period = following(series.last, frequency)
    over = following(period, frequency)
    gaps = 0
    if series.first:
        gaps = len(between(series.first, series.last, frequency)) - series.there
    if over <= today:
        return Lack(series, period, over, gaps)
    return Lack(series, None, None, gaps) if gaps else None


def _figures(lacks: list[Lack]) -> Waiting:
    """One line a measure; the series that has waited longest says when it is due."""
    worst = min(lacks, key=lambda lack: (lack.since is None, lack.since or date.max))
    measure = worst.series.measure
    alone, begun = len(lacks) == 1, worst.period or worst.gaps
    page = "enter" if begun else "load"
    return Waiting(
        key=f"figures:{measure.pk}:{worst.period or 'gaps'}",
        what=_said(measure, worst, len(lacks)),
        action=_("Enter the figure") if alone and begun else _("Load figures"),
        url=reverse(page, args=[worst.series.pk]) if alone else measure.get_absolute_url(),
        about=measure.initiative.title,
        since=worst.since,
        due=worst.since and worst.since + timedelta(days=GRACE[measure.frequency]),
    )


def _said(measure: Measure, lack: Lack, places: int) -> str:
    words: dict[str, Any] = {"measure": measure, "place": lack.series, "places": places}
    if lack.period:
        words["period"] = label(lack.period, measure.frequency)
        return (
            ngettext(
                "“%(measure)s”, %(place)s: the figure for %(period)s is due.",
                "“%(measure)s”: figures for %(period)s and on are due from %(places)s places.",
                places,
            )
            % words
        )
    if lack.gaps:
        words["gaps"] = lack.gaps
        sentence = ngettext(
            "“%(measure)s”, %(place)s: %(gaps)s period of the last year has no figure.",
            "“%(measure)s”, %(place)s: %(gaps)s periods of the last year have no figure.",
            lack.gaps,
        )
        return sentence % words
    return (
        ngettext(
            "“%(measure)s”, %(place)s: no figures are loaded yet.",
            "“%(measure)s”: no figures are loaded yet from %(places)s places.",
            places,
        )
        % words
    )


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
