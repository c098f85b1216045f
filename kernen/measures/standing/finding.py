"""Which series are meant, what each lacks today, and which to look at first."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.functions import Greatest

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.lib.periods import number_of
from kernen.lib.shown_day import shown_day
from kernen.parties import lineage
from kernen.parties.models import Cluster, ClusterMembership, Organisation

from ..charts.signs import Assurance, Variation
from ..owed import GRACE, LOOKED_AT

#: What stands at the top, in this order; below `NEEDS` nobody has to do anything.
WORSE, MISSED, LACKING, RESTLESS, AT_TIMES, QUIET, STOPPED = range(7)
NEEDS = LACKING

_DAY = timedelta(days=1)
_STOPPED = Q(initiative__stage=Stage.STOPPED)


def judged(found: Any, today: date) -> Any:
    """With `overdue`, the periods whose figures are late, `missing`, those and the empty ones, and
    `attention`, which of the reasons above to look at it comes first.

    Of a stopped initiative no figures are due, and nobody has to look at it. Nor are any due of a
    series that has `lapsed`: for a year nobody has kept it."""
    lapsed = ~_STOPPED & Q(came__lt=_last_due(today - LOOKED_AT))
    overdue = Case(
        When(_STOPPED | Q(came=None) | lapsed, then=Value(0)),
        default=Greatest(_last_due(today - _DAY) - F("came"), Value(0)),
        output_field=IntegerField(),
    )
    restless = (Variation.HIGHER, Variation.LOWER, Variation.RESTLESS)
    attention = Case(
        When(_STOPPED, then=Value(STOPPED)),
        When(variation=Variation.WORSE, then=Value(WORSE)),
        When(assurance=Assurance.MISSED, then=Value(MISSED)),
        When(variation__in=restless, then=Value(RESTLESS)),
        When(Q(overdue__gt=0) | Q(variation=Variation.EMPTY), then=Value(LACKING)),
        When(assurance=Assurance.EITHER, then=Value(AT_TIMES)),
        default=Value(QUIET),
        output_field=IntegerField(),
    )
    found = found.annotate(overdue=overdue, lapsed=ExpressionWrapper(lapsed, BooleanField()))
    return found.annotate(missing=F("gaps") + F("overdue"), attention=attention)


def _last_due(today: date) -> Case:
    """The number of the last period whose figure is due by that day."""
    return Case(
        *(
            When(frequency=one, then=Value(number_of(today - timedelta(days=grace), one) - 1))
            for one, grace in GRACE.items()
        ),
        output_field=IntegerField(),
    )


def saying(text: str) -> Q:
    """Each word is said of the measure, the place or the initiative; SQLite knows no small æ for a
    great one."""
    wanted = Q()
    for word in text.split():
        said = Q()
        as_written = {word} if word.isascii() else {word, word.lower(), word.capitalize()}
        for name in ("name", "place", "initiative__title"):
            for written in as_written:
                said |= Q(**{f"{name}__icontains": written})
        wanted &= said
    return wanted


def at_organisation(organisation: Organisation) -> Q:
    """Counted at the organisation, or at one that it continues, on the day shown."""
    day = organisation.nearest(shown_day())
    return Q(series__organisation__in=lineage.organisations().of(organisation.pk, day))


def of_cluster(cluster: Cluster) -> Q:
    """Counted at one of the cluster's own organisations on the day shown; and those of its own
    initiatives that are not counted in another cluster, such as in general practice."""
    day = cluster.nearest(shown_day())
    members = list(ClusterMembership.objects.on(day).values_list("cluster", "organisation"))
    elsewhere = {organisation for other, organisation in members if other != cluster.pk}
    here = {organisation for other, organisation in members if other == cluster.pk}
    continued = lineage.organisations().of_all
    at_home = Initiative.objects.at_home_in(cluster).values("pk")
    return Q(series__organisation__in=continued(here - elsewhere, day)) | (
        Q(initiative__in=at_home) & ~Q(series__organisation__in=continued(elsewhere - here, day))
    )
