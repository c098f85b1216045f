"""What has come of an initiative since a decision: its money, its gains, its main outcome."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.measures.fetching import series_for
from kernen.measures.models import Measure
from kernen.measures.pictures import Charted, chart_of, most_telling
from kernen.parties.models import ClusterMembership, Person
from kernen.value.since import Since as Worth
from kernen.value.since import since as worth_since

from .models import Decision


@dataclass(frozen=True)
class Since:
    decision: Decision
    worth: Worth
    charted: Charted | None
    outside: bool = False  # whether the series is of a place that the decision is not for

    @property
    def chart(self) -> dict[str, Any] | None:
        """What `decisions/chart.html` draws: the series with the day of the decision in it."""
        if self.charted is None:
            return None
        series, chart = self.charted.series, self.charted.chart
        marked = replace(chart, notes=((self.decision.met_on, _("The decision")),))
        return {
            "heading": chart.heading,
            "caption": chart.caption,
            "name": f"{series.measure}, {series}. {self._figures_since()}",
            "url": series.get_absolute_url(),
            "svg": str(marked.half_sheet),
            "made_up": series.made_up,
        }

    def _figures_since(self) -> str:
        day, starts = self.decision.met_on, self.charted.chart.starts if self.charted else ()
        number = sum(start > day for start in starts)
        words = {"day": date_format(day, "DATE_FORMAT"), "number": number}
        if not number:
            return _("No figures have come since the decision of %(day)s.") % words
        return ngettext(
            "1 marks the decision of %(day)s; %(number)s figure has come since.",
            "1 marks the decision of %(day)s; %(number)s figures have come since.",
            number,
        ) % words  # fmt: skip


def since(decision: Decision, person: Person | None) -> Since:
    """At the same number of queries however much there is. The main outcome is the series that
    tells most, of places that the decision is for before others, of outcomes before others, of
    those that the person may see."""
    measures = decision.initiative.measures.prefetch_related(series_for(person))
    charts = [chart_of(series) for measure in measures for series in measure.seen]
    places = _places(decision)
    inside = [one for one in charts if not places or one.series.organisation_id in places]
    telling = _telling(inside)
    told = telling or _telling(charts)
    return Since(decision, worth_since(decision.initiative), told, outside=told is not telling)


def _telling(charts: list[Charted]) -> Charted | None:
    outcomes = [one for one in charts if one.series.measure.kind == Measure.Kind.OUTCOME]
    return next(iter(most_telling(outcomes) or most_telling(charts)), None)


def _places(decision: Decision) -> set[int]:
    """The organisations, by id, of the clusters that it is for; none where it names no cluster."""
    rows = ClusterMembership.objects.current().filter(cluster__in=decision.scope)
    return set(rows.values_list("organisation", flat=True))
