"""What stands on a proposal's page as a picture or a table: the chart that tells most, who gains
what, who pays and who gains. Plain data like the rest of the page, and frozen with it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernen.measures.pictures import Charted, most_telling
from kernen.value.known import Known as Gain
from kernen.value.models import Basis, Kind
from kernen.value.sentences import NOTHING
from kernen.value.summary import Standing

from .known import Known

Figure = dict[str, Any]


def telling(known: Known) -> Charted | None:
    """The series that is drawn: one that shows an improvement before one that does not."""
    found = most_telling(known.improved) or most_telling(known.charts)
    return found[0] if found else None


def chart(known: Known) -> Figure | None:
    """None where there are no figures yet."""
    one = telling(known)
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
        "parties": [
            {
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
