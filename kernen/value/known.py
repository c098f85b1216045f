"""How well each gain is known now: asked of its evidence each time, and never stored."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.measures.charts.verdict import Verdict
from kernen.measures.evaluating.gather import results_for
from kernen.measures.fetching import charted_for
from kernen.measures.models import Result, Series
from kernen.measures.pictures import Charted, chart_of

from .models import Basis, Evidence, Gain, basis_of

#: Gains with all that tells how well they are known, at as many queries for any number of them.
GAINS = Gain.objects.select_related("organisation", "finds_out").prefetch_related(
    Prefetch("evidence", Evidence.objects.select_related("by")),
    Prefetch("evidence__series", charted_for(None)),  # what is closed documents nothing
    Prefetch("evidence__result", Result.objects.select_related("measure")),
    Prefetch("evidence__result__measure__series", Series.objects.closed_to(None), to_attr="closed"),
)


def improved(charted: Charted) -> bool:
    """Whether the chart of a series shows an improvement, by its own rules."""
    facts = charted.chart.facts
    better = {"up": 1, "down": -1}.get(facts.direction, 0)
    return charted.chart.verdict is Verdict.MOVED and facts.judgement.moved == better


def to_stand_on(initiative: Initiative) -> QuerySet[Series]:
    """The series that a gain may stand on: those of the initiative and of the linked ones."""
    return charted_for(None).filter(measure__initiative__in=_around(initiative))


def to_cite(initiative: Initiative) -> list[Result]:
    """The frozen results that a gain may stand on: those that say that it became better."""
    found = results_for(None, measure__initiative__in=_around(initiative))
    return [one for one in found if one.shows_improvement]


def _around(initiative: Initiative) -> list[int]:
    others = [initiative.pk]
    others += initiative.links.values_list("other", flat=True)
    others += initiative.linked_from.values_list("initiative", flat=True)
    return others


@dataclass(frozen=True)
class Ground:
    """One piece of evidence as it is now: whether it shows the gain, what it is, what it says of
    itself; how that shows this gain is told by whoever chose it."""

    evidence: Evidence
    shows: bool
    name: str
    says: str
    url: str

    made_up: bool = False

    @property
    def ours(self) -> bool:
        """Figures of our own, and not a study."""
        return bool(self.evidence.series_id or self.evidence.result_id)

    @property
    def chosen(self) -> str:
        """Who says since when that it shows the gain, and in their words how."""
        one = self.evidence
        said = {"words": one.says, "person": one.by, "day": _day(timezone.localtime(one.at))}
        return _("Chosen by %(person)s on %(day)s: “%(words)s”") % said


def ground(evidence: Evidence) -> Ground:
    series = evidence.series
    if evidence.result:
        return _frozen(evidence, evidence.result)
    if series is None and evidence.series_id:
        return Ground(evidence, False, _("a series that is closed"), "", "")
    if series is None:
        return Ground(evidence, True, evidence.reference, "", evidence.address)
    charted = chart_of(series)
    name = f"{series.measure}, {series}"
    says = charted.chart.heading
    shows, url = improved(charted), series.get_absolute_url()
    return Ground(evidence, shows, name, says, url, series.made_up)


def _frozen(evidence: Evidence, result: Result) -> Ground:
    """What was frozen stands, unless a place of it was closed since."""
    measure: Any = result.measure  # with those of its series that are closed
    if result.places & {one.pk for one in measure.closed}:
        return Ground(evidence, False, _("a result of figures that are closed"), "", "")
    said = {"measure": measure, "number": result.pk, "day": _day(result.at)}
    name = _("%(measure)s, result %(number)s of %(day)s") % said
    shows, url = result.shows_improvement, result.get_absolute_url()
    return Ground(evidence, shows, name, result.sentence, url, result.effect.made_up)


@dataclass(frozen=True)
class Known:
    """A gain with how well it is known."""

    gain: Gain
    grounds: tuple[Ground, ...]

    @property
    def basis(self) -> Basis:
        asked = self.gain.finds_out_id is not None
        return basis_of((one.shows for one in self.grounds), asked=asked)

    @property
    def lapsed(self) -> bool:
        """It stood on a series that no longer shows it, and on nothing else."""
        return bool(self.grounds) and self.basis != Basis.DOCUMENTED

    @property
    def why(self) -> str:
        """What stands beside the basis: by what, why not any more, or who finds out by when."""
        if self.basis == Basis.DOCUMENTED:
            shown = [one.name for one in self.grounds if one.shows]
            return _("by %(evidence)s") % {"evidence": "; ".join(shown)}
        if self.lapsed:
            lost = "; ".join(one.name for one in self.grounds)
            return _("the series no longer shows it: %(series)s") % {"series": lost}
        if self.basis == Basis.UNKNOWN:
            said = {"person": self.gain.finds_out, "day": _day(self.gain.find_by)}
            return _("%(person)s finds out by %(day)s") % said
        return ""

    @property
    def chosen(self) -> list[str]:
        """How that which documents it shows it, and who says so; empty where nothing does."""
        return [one.chosen for one in self.grounds if one.shows]


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")


def known(gain: Gain) -> Known:
    """Of a gain fetched by `GAINS`."""
    return Known(gain, tuple(ground(evidence) for evidence in gain.evidence.all()))
