"""The series of an organisation as the page's address asks for them: which, in which order."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.rules import where_may
from kernen.lib.alphabet import alphabetical
from kernen.lib.periods import label
from kernen.measures.models import Load, Measure, Standing
from kernen.measures.quality.record import Record
from kernen.measures.quality.saying import Row, links_of, people_of
from kernen.measures.standing import finding
from kernen.parties import rules as parties
from kernen.parties.models import Organisation, Person

from ..overview import Filters

PER_PAGE = 25
#: So many series that owe figures stand at the top; the list below has them all.
OWING_SHOWN = 10
_LAST, _MANY = date.max, 10**6
#: Column → what it sorts by. A leading minus in the address turns it round.
SORTS: dict[str, Callable[[Record], Any]] = {
    "name": lambda one: alphabetical(one.standing.name),
    "place": lambda one: alphabetical(one.standing.place),
    "owes": lambda one: one.owed[0] if one.owed else _LAST,
    "days": lambda one: _MANY if one.median_days is None else one.median_days,
    "share": lambda one: 2 if one.share is None else one.share,
}
ORDERS: dict[str, Promise] = {
    "": _("What is owed first"),
    "name": _("Measure, A to Å"),
    "-name": _("Measure, Å to A"),
    "place": _("Place, A to Å"),
    "-place": _("Place, Å to A"),
    "days": _("Fewest days first"),
    "-days": _("Most days first"),
    "share": _("Least often in time first"),
    "-share": _("Most often in time first"),
}


class GivingForm(forms.Form):
    q = forms.CharField(label=_("Measure, place or initiative"), required=False, max_length=200)
    show = forms.ChoiceField(
        label=pgettext_lazy("choice of series", "Show"),
        required=False,
        choices=[("", _("All series")), ("owing", _("Only those that owe figures"))],
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("All frequencies")), *Measure.Frequency.choices],
    )
    way = forms.ChoiceField(
        label=_("Way in"), required=False, choices=[("", _("All ways")), *Load.Way.choices]
    )


class Giving(Filters):
    """The series of an organisation, and of those that it continues, that the person may see."""

    first = ("q", "show")
    orders = ORDERS

    def __init__(self, organisation: Organisation, query: QueryDict, person: Person | None):
        self.organisation, self.query, self.person = organisation, query, person
        self.form = GivingForm(query)
        self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.sort = query.get("sort", "")

    @cached_property
    def _every(self) -> list[Record]:
        seen: Any = Standing.objects.shown_to(self.person)
        found = seen.filter(finding.at_organisation(self.organisation))
        wanted = finding.saying(self.chosen.get("q", ""))
        if "frequency" in self.chosen:
            wanted &= Q(frequency=self.chosen["frequency"], series__measure__in=_DUE)
        found = found.filter(wanted).select_related(
            "initiative", "series__measure__initiative", "series__organisation"
        )
        today = timezone.localdate()
        records = [Record(one, today) for one in found if one.coming]
        way = self.chosen.get("way")
        return [one for one in records if way is None or way in one.ways]

    @cached_property
    def records(self) -> list[Record]:
        """All that were asked for, in order."""
        owing = "show" in self.chosen
        found = [one for one in self._every if not owing or one.owed or not one.begun]
        by_name = sorted(found, key=lambda one: (SORTS["name"](one), SORTS["place"](one)))
        column = self.sort.removeprefix("-")
        if column not in SORTS:
            return sorted(by_name, key=SORTS["owes"])
        if not self.sort.startswith("-"):
            return sorted(by_name, key=SORTS[column])
        known = [one for one in by_name if SORTS[column](one) not in (_MANY, 2, _LAST)]
        unknown = [one for one in by_name if one not in known]
        return sorted(known, key=SORTS[column], reverse=True) + unknown

    @cached_property
    def owing(self) -> list[Record]:
        """Those that owe figures, the oldest first."""
        return sorted((one for one in self._every if one.owed), key=SORTS["owes"])

    def page(self) -> Any:
        page: Any = Paginator(self.records, PER_PAGE).get_page(self.query.get("page"))
        page.object_list = self.rows(page.object_list)
        return page

    def rows(self, records: Any) -> list[Row]:
        records = list(records)
        people, may = people_of(records), self._may_enter(records)
        asked = links_of(may)
        return [
            Row(one, people, enter=one.series.pk in may, asked=asked.get(one.series.pk, ()))
            for one in records
        ]

    def top(self) -> list[Row]:
        return self.rows(self.owing[:OWING_SHOWN])

    @property
    def more_owing(self) -> int:
        return len(self.owing[OWING_SHOWN:])

    @property
    def late(self) -> int:
        """How many series have figures that are late: of a daily one so many are missing that
        their number says nothing."""
        return sum(bool(one.late) for one in self.owing)

    @property
    def late_since(self) -> str:
        """The oldest period whose figure is late."""
        first, frequency = min((one.late[0], one.frequency) for one in self.owing if one.late)
        return label(first, frequency)

    @cached_property
    def awaited(self) -> int:
        return sum(len(one.awaited) for one in self._every)

    @cached_property
    def in_time(self) -> int:
        return sum(one.in_time for one in self._every)

    def _may_enter(self, records: list[Record]) -> set[int]:
        """The series whose figures the person may enter: the same as the rules say of each."""
        initiatives = {one.standing.initiative_id for one in records}
        may = where_may(self.person, "load").filter(pk__in=initiatives or [0])
        those = set(may.values_list("pk", flat=True))
        held = (parties.CONTRIBUTOR, parties.COORDINATOR)
        own = parties.holding(self.person, *held) if self.person else set()
        return {
            one.series.pk
            for one in records
            if (
                one.series.organisation_id in own
                if one.series.closed_at
                else one.standing.initiative_id in those
            )
        }


_DUE = Measure.objects.exclude(figures=Measure.Figures.EVENTS)
