"""What stands on a proposal's page as a picture or a table: the chart of the main outcome and what
all series show, who gains what, who pays and who gains. Plain data like the rest of the page, and
frozen with it."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kernen.measures.charts.verdict import Verdict
from kernen.measures.models import Measure
from kernen.measures.pictures import Charted, most_telling
from kernen.value.known import Known as Gain
from kernen.value.known import improved
from kernen.value.models import Basis, Kind
from kernen.value.sentences import NOTHING
from kernen.value.summary import Standing

from .known import Known

Figure = dict[str, Any]


#: What is no answer yet, neither good nor bad.
TOO_FEW = (Verdict.EMPTY, Verdict.FEW, Verdict.FEW_BEFORE, Verdict.FEW_AFTER)
#: How many series show what, in this order.
SHOWN = {
    "better": ngettext_lazy("%(n)s shows an improvement", "%(n)s show an improvement", "n"),
    "worse": ngettext_lazy("%(n)s became worse", "%(n)s became worse", "n"),
    "same": ngettext_lazy("%(n)s shows no improvement", "%(n)s show no improvement", "n"),
    "few": ngettext_lazy(
        "%(n)s has too few figures for an answer", "%(n)s have too few figures for an answer", "n"
    ),
}


def shown(one: Charted) -> str:
    """What the chart of a series shows, by its own rules: "better", "worse", "same" or "few"."""
    if improved(one):
        return "better"
    if one.chart.verdict in TOO_FEW:
        return "few"
    return "worse" if one.chart.verdict is Verdict.MOVED and one.chart.facts.direction else "same"


def telling(known: Known) -> Charted | None:
    """The series that is drawn: of the main outcome, whether it became better or not. That is the
    one measured first, before what has too few figures to tell and before what else is measured."""
    kinds = Measure.Kind.values

    def rank(one: Charted) -> tuple[int, bool, int]:
        return kinds.index(one.series.measure.kind), shown(one) == "few", one.series.measure_id

    return min(most_telling(known.charts), key=rank, default=None)


def measured(known: Known) -> Figure | None:
    """What all series of the initiative show, and not only the one that is drawn; None where
    nothing is measured."""
    if not known.charts:
        return None
    told, n = Counter(map(shown, known.charts)), len(known.charts)
    page = {"url": reverse("measures", args=[known.initiative.pk]), "made_up": False}
    if n == 1:
        only = _("It is the initiative's only series.")
        few = _("The initiative's only series has no figures yet.")
        return page | {"text": only if telling(known) else few}
    said = [str(words % {"n": told[what]}) for what, words in SHOWN.items() if told[what]]
    if not told["better"]:
        said.insert(0, _("none shows an improvement"))
    words = {"n": n, "shown": ", ".join(said)}
    return page | {"text": _("The initiative's %(n)s series: %(shown)s.") % words}


def chart(one: Charted | None) -> Figure | None:
    """None where there are no figures yet."""
    if one is None:
        return None
    return {
        "heading": one.chart.heading,
        "caption": one.chart.caption,
        "name": f"{one.series.measure}, {one.series}",
        "url": one.series.get_absolute_url(),
        "svg": str(one.chart.half_sheet),
        "made_up": one.series.made_up,
    }


def gains(known: Known) -> Figure:
    """A row for each party, a column for each kind, and in each cell what is gained and how well
    that is known."""
    worth = known.worth
    return {
        "url": f"{reverse('value', args=[known.initiative.pk])}#gains",
        "kinds": [str(kind.label) for kind in Kind],
        "empty": not worth.gains,
        "parties": [
            {
                "party": line.party.value,
                "name": str(line.party.label),
                "empty": line.empty,
                "cells": [
                    {
                        "kind": str(cell.kind.label),
                        "gains": [
                            {
                                "words": one.gain.words,
                                "basis": one.basis.value,
                                "known": _known(one),
                                "chosen": " ".join(one.chosen),
                            }
                            for one in cell.gains
                        ],
                    }
                    for cell in line.cells
                ],
            }
            for line in worth.grid
        ],
        "made_up": any(one.gain.made_up for one in worth.gains),
    }


def _known(gain: Gain) -> str:
    """How well, and by what, why no longer, or who finds out by when."""
    between = " " if gain.basis == Basis.DOCUMENTED else ": "
    return between.join(filter(None, (str(gain.basis.label), gain.why)))


def money(known: Known) -> Figure | None:
    """Each party's kroner a year, and how far its bar goes to either side, 50 the longest; None
    before anything is said in kroner or hours."""
    worth = known.worth
    longest = max((max(one.pays, one.gains) for one in worth.parties), default=0.0)
    if longest < NOTHING:
        return None

    def side(one: Standing) -> Figure:
        return {
            "name": one.label,
            "pays": one.said["pays"],
            "gains": one.said["gains"],
            "net": one.said["net"],
            "back": one.back,
            "bar": [round(50 * one.pays / longest), round(50 * one.gains / longest)],
        }

    return {
        "heading": worth.heading,
        "url": f"{reverse('value', args=[known.initiative.pk])}#money",
        "mean": _("The mean of a year, %(years)s.") % {"years": worth.span},
        "parties": [side(one) for one in worth.parties],
        "further": worth.further,
        "made_up": worth.made_up,
    }
