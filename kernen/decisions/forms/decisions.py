"""How decisions are looked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.parties.models import Cluster, Forum
from kernen.ui.forms import choose

from ..models import Decision, Outcome

_ALL = pgettext_lazy("no filter", "All")


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, widget=forms.SearchInput)
    forum = forms.ModelChoiceField(label=_("Forum"), queryset=Forum.objects.none(), required=False)
    cluster = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Cluster.objects.none(), required=False
    )
    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a decision", "Outcome"),
        choices=[("", _ALL), *Outcome.choices],
        required=False,
    )
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.optional_mark = False  # type: ignore[attr-defined]
        choose(self.fields["forum"], Forum.objects.filter(decisions__isnull=False).distinct(), _ALL)
        choose(self.fields["cluster"], Cluster.objects.all(), _ALL)
        years = Decision.objects.dates("met_on", "year", order="DESC")
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _ALL), *((str(day.year), str(day.year)) for day in years),
        ]  # fmt: skip
