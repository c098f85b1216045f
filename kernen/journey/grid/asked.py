"""Which series the grid's address asks for, and in which order."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Dimension, Initiative
from kernen.initiatives.selection import on_the_day
from kernen.lib.alphabet import Alphabetical
from kernen.measures.models import Measure, Standing
from kernen.measures.standing import finding
from kernen.parties.models import Cluster, Organisation, Person
from kernen.ui.forms import offer

from ..overview import Filters
from .rows import Row

PER_PAGE = 25
FIRST = ("q", "show", "cluster")
#: Column → what it sorts by. A leading minus in the address turns it round.
SORTS: dict[str, Any] = {
    "name": Alphabetical("name"),
    "place": Alphabetical("place"),
    "updated": F("loaded_at"),
    "missing": F("missing"),
}
ORDERS: dict[str, Promise] = {
    "": _("What needs attention first"),
    "name": _("Measure, A to Å"),
    "-name": _("Measure, Å to A"),
    "place": _("Place, A to Å"),
    "-place": _("Place, Å to A"),
    "-updated": _("Last updated first"),
    "updated": _("Longest without an update first"),
    "-missing": _("Most missing periods first"),
    "missing": _("Fewest missing periods first"),
}
#: Those that need nothing worked out: an index has them in order.
PLAIN = ("name", "place", "updated")


class GridForm(forms.Form):
    q = forms.CharField(label=_("Measure, place or initiative"), required=False, max_length=200)
    show = forms.ChoiceField(
        label=pgettext_lazy("choice of series", "Show"),
        required=False,
        choices=[("", _("All series")), ("attention", _("Only what needs attention"))],
    )
    cluster = forms.ModelChoiceField(
        label=_("Cluster"), required=False, queryset=Cluster.objects.all()
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organisation.objects.all()
    )
    dimension = forms.ChoiceField(
        label=_("Triple Aim dimension"),
        required=False,
        choices=[("", _("All dimensions")), *Dimension.choices],
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a measure", "Kind"),
        required=False,
        choices=[("", _("All kinds")), *Measure.Kind.choices],
    )
    initiative = forms.ModelChoiceField(
        label=_("Initiative"),
        required=False,
        queryset=Initiative.objects.order_by(),
        widget=forms.HiddenInput,
    )

    def __init__(self, query: QueryDict):
        super().__init__(query)
        offer(self.fields["cluster"], on_the_day(_("All clusters"), Cluster))
        offer(self.fields["organisation"], on_the_day(_("All organisations"), Organisation))


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of keys in order; what their rows show is asked for by those alone."""

    def page(self, number: Any) -> Any:
        page = super().page(number)
        page.object_list = list(rows(page.object_list))
        return page


def rows(keys: Any) -> list[Row]:
    """The rows of these keys, in their order."""
    keys = list(keys)
    found = finding.judged(Standing.objects.filter(pk__in=keys), timezone.localdate())
    by_key = {one.pk: Row(one) for one in with_all(found)}
    return [by_key[key] for key in keys if key in by_key]


def with_all(found: Any) -> Any:
    """With what a row says of the series beside its standing."""
    return found.select_related("series__measure__initiative", "series__organisation")


class Grid(Filters):
    """The series that an address asks for, of those that the person may see."""

    first = FIRST
    orders = ORDERS

    def __init__(self, query: QueryDict, person: Person | None):
        self.query, self.person = query, person
        self.form = GridForm(query)
        self.whole = self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.sort = query.get("sort", "")

    @property
    def initiative(self) -> Initiative | None:
        return self.chosen.get("initiative")

    @property
    def heading(self) -> str:
        """Of what and where, if that was chosen."""
        places = [
            str(self.chosen[name])
            for name in ("initiative", "organisation", "cluster")
            if name in self.chosen
        ]
        words = {"place": ", ".join(places)}
        if "show" in self.chosen:
            needing = _("Measures that need attention: %(place)s")
            return str(needing) % words if places else str(_("Measures that need attention"))
        return str(_("Measures: %(place)s")) % words if places else str(_("All measures"))

    @property
    def judged(self) -> Any:
        """All of them, in order, with what each lacks."""
        judged = finding.judged(self._found, timezone.localdate())
        if "show" in self.chosen:
            judged = judged.filter(attention__lte=finding.NEEDS)
        return self._sorted(judged)

    def page(self) -> Any:
        whole = "show" not in self.chosen
        plain = whole and self.sort.removeprefix("-") in PLAIN
        found = self._sorted(self._found) if plain else self.judged
        pages = Pages(found.values_list("pk", flat=True), PER_PAGE)
        pages.count = (self._found if whole else found).count()  # which needs no order
        return pages.get_page(self.query.get("page"))

    @property
    def _found(self) -> Any:
        return Standing.objects.shown_to(self.person).filter(self._wanted())

    def _sorted(self, found: Any) -> Any:
        column = self.sort.removeprefix("-")
        if column not in SORTS:
            return found.order_by("attention", "pk")
        turn = SORTS[column].desc if self.sort.startswith("-") else SORTS[column].asc
        return found.order_by(turn(nulls_last=column == "updated" or None), "pk")

    def _wanted(self) -> Q:
        chosen = self.chosen
        wanted = finding.saying(chosen.get("q", ""))
        if "cluster" in chosen:
            wanted &= finding.of_cluster(chosen["cluster"])
        if "organisation" in chosen:
            wanted &= finding.at_organisation(chosen["organisation"])
        if "initiative" in chosen:
            wanted &= Q(initiative=chosen["initiative"])
        for name in ("dimension", "kind"):
            if name in chosen:
                wanted &= Q(**{f"series__measure__{name}": chosen[name]})
        return wanted
