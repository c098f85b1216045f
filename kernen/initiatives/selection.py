"""Which initiatives an address asks for: the filters of the overview, and of whoever follows it."""

from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kernen.lib.words import stems
from kernen.parties.models import THREE_SECTORS, Cluster, Organisation, Sector
from kernen.ui.forms import offer

from .areas import PriorityArea
from .finding import Wanted, wanted
from .history import WHOLE_REGION
from .models import Gram, Initiative
from .stages import Stage

#: Months without a trace that one can ask for.
IDLE = (3, 6, 12, 24)
#: In the address, for those that no cluster claims.
NO_CLUSTER = "none"


class HomeField(forms.ModelChoiceField):
    """A cluster, or none of them."""

    def clean(self, value: Any) -> Any:
        return WHOLE_REGION if value == NO_CLUSTER else super().clean(value)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Text"), required=False, max_length=200)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("All stages")), *Stage.choices]
    )
    cluster = forms.ModelChoiceField(
        label=_("Cluster"),
        required=False,
        queryset=Cluster.objects.all(),
        empty_label=_("All clusters"),
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices]
    )
    home = HomeField(
        label=_("At home in"),
        required=False,
        queryset=Cluster.objects.all(),
        help_text=_("“Cluster” also finds those in which one of its organisations takes part."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        required=False,
        queryset=Organisation.objects.all(),
        empty_label=_("All organisations"),
    )
    orientation = forms.ChoiceField(
        label=_("Orientation"),
        required=False,
        choices=[("", _("All orientations")), *Initiative.Orientation.choices],
    )
    origin = forms.ChoiceField(
        label=_("Origin"),
        required=False,
        choices=[("", _("All origins")), *Initiative.Origin.choices],
    )
    priority_area = forms.ChoiceField(
        label=_("Priority area"),
        required=False,
        choices=[("", _("All priority areas")), *PriorityArea.choices],
    )
    target_group = forms.CharField(label=_("Target group"), required=False, max_length=100)
    idle = forms.TypedChoiceField(
        label=_("Without a trace for"),
        required=False,
        coerce=int,
        choices=[
            ("", _("Any time")),
            *((n, ngettext_lazy("%d month", "%d months", n) % n) for n in IDLE),
        ],
    )
    missing = forms.MultipleChoiceField(
        label=_("Sectors missing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(sector.value, sector.label) for sector in THREE_SECTORS],
    )

    def __init__(self, query: QueryDict):
        super().__init__(query)
        every, *clusters = on_the_day(_("All clusters"), Cluster)
        offer(self.fields["cluster"], [every, *clusters])
        offer(self.fields["home"], [every, (NO_CLUSTER, WHOLE_REGION), *clusters])
        offer(self.fields["organisation"], on_the_day(_("All organisations"), Organisation))


def on_the_day(every: str | Promise, model: Any) -> list[Any]:
    """Choices: those of the day shown, then those that have ended by then or not begun yet."""
    now: list[Any] = []
    others: list[Any] = []
    for one in model.objects.all():
        (now if one.holds() else others).append((one.pk, str(one)))
    apart = [(_("Ended, or not begun, on the day shown"), others)] if others else []
    return [("", every), *now, *apart]


class Selection:
    """What an address asks for. A value it does not know is left out, and `whole` says so."""

    def __init__(self, query: QueryDict | str):
        self.query = query if isinstance(query, QueryDict) else QueryDict(query)
        self.form = FilterForm(self.query)
        self.whole = self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.text = self.chosen.get("q", "")

    @cached_property
    def _wanted(self) -> Wanted | None:
        return wanted(self.text, Gram.objects.near)

    @property
    def guessed(self) -> tuple[str, ...]:
        """Words of the text that nobody wrote: what is found is like them."""
        return self._wanted.guessed if self._wanted else ()

    @property
    def found(self) -> QuerySet[Initiative]:
        """All of them: the most relevant to the text first, else the last active."""
        return self._filtered.search(self.text, self._wanted)

    def best(self, most: int) -> list[int]:
        """The keys of the first so many, in the same order."""
        return self._filtered.best(self.text, most, self._wanted)

    @property
    def _filtered(self) -> Any:
        return _filtered(**{name: value for name, value in self.chosen.items() if name != "q"})


def filled(query: QueryDict) -> str:
    """An address without what was left empty: mailed on, it says what is chosen."""
    return urlencode([(name, one) for name, some in query.lists() for one in some if one.strip()])


def plain(query: str) -> str:
    """An address without the page one was on and without what was left empty."""
    asked = QueryDict(query, mutable=True)
    asked.pop("page", None)
    return filled(asked)


def _filtered(
    stage: str = "",
    cluster: Cluster | None = None,
    sector: str = "",
    home: Cluster | Promise | None = None,
    organisation: Organisation | None = None,
    orientation: str = "",
    origin: str = "",
    priority_area: str = "",
    target_group: str = "",
    idle: int = 0,
    missing: list[str] | None = None,
) -> Any:
    same = {
        "stage": stage,
        "orientation": orientation,
        "origin": origin,
        "priority_area": priority_area,
    }
    found = Initiative.objects.filter(**{name: value for name, value in same.items() if value})
    if cluster:
        found = found.of_cluster(cluster)
    if home:
        found = found.at_home_in(home if isinstance(home, Cluster) else None)
    if sector:
        found = found.of_organisations(Organisation.objects.filter(sector=sector).values("pk"))
    if organisation:
        found = found.of_organisation(organisation)
    for stem in stems(target_group):
        # SQLite knows no small æ for a great one.
        said = Q(target_group__icontains=stem) | Q(target_group__contains=stem.capitalize())
        found = found.filter(said)
    if idle:
        found = found.filter(active_at__lt=timezone.now() - timedelta(days=idle * 365.25 / 12))
    for one in missing or []:
        found = found.without_sector(one)
    return found
