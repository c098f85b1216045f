"""What people fill in about shared measures."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Dimension
from kernen.lib.cpr import refuse_cpr
from kernen.parties import rules as parties
from kernen.parties.models import THREE_SECTORS, Organisation, Person
from kernen.ui.forms import choose, offer

from ..forms import MeasureForm, settle_kind
from ..models import FOR, TAKEN, Measure, SharedMeasure, SharedVersion
from ..rules import FIXED_BY_FIGURES
from .finding import SORTS


class MeantForm(forms.ModelForm):
    """What it is for, for whom and at what cost: asked of whoever proposes, too."""

    sectors = forms.MultipleChoiceField(
        label=_("Which sectors are to count it?"),
        choices=[(name, sector.label) for name, sector in FOR.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model: Any = SharedVersion
        fields = ["purpose", "sectors", "burden"]
        labels = {"burden": _("How many minutes a week does it take at each place?")}
        help_texts = {
            "purpose": _("Which question does it answer, and who needs the answer?"),
            "burden": _("An estimate; 0 where the figures come by themselves."),
        }
        widgets: dict[str, Any] = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def meant(self) -> dict[str, Any]:
        wanted = self.cleaned_data["sectors"]
        own = {name: self.cleaned_data[name] for name in ("purpose", "burden")}
        return own | {name: name in wanted for name in FOR}


class TextsForm(MeantForm):
    """Everything that a version says."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[refuse_cpr])

    class Meta(MeantForm.Meta):
        fields = ["purpose", *TAKEN, "sectors", "burden"]
        help_texts = {**MeantForm.Meta.help_texts, **MeasureForm.Meta.help_texts}
        widgets = {**MeantForm.Meta.widgets, **MeasureForm.Meta.widgets}

    field_order = ["name", "purpose"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.new = "unit" not in kwargs.get("initial", {})
        if self.new:
            self.initial["unit"] = ""  # it goes with the kind of figures
        offer(self.fields["per"], [("", _("It is not a rate")), *Measure.Per.choices])
        offer(self.fields["dimension"], [("", _("None of them")), *Dimension.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "figures" in self.fields:
            settle_kind(self, cleaned, new=self.new)
        return cleaned

    def texts(self) -> dict[str, Any]:
        taken = {name: self.cleaned_data[name] for name in TAKEN if name in self.fields}
        return taken | self.meant()


class PublishForm(TextsForm):
    owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who owns it?"),
        help_text=_("The organisation's coordinators keep it and publish new versions."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        owners = Organisation.objects.current()
        if not parties.is_administrator(by):
            owners = owners.filter(pk__in=parties.holding(by, parties.COORDINATOR))
        choose(self.fields["owner"], owners)
        if len(owners) == 1:
            self.initial["owner"] = owners[0].pk


class VersionForm(TextsForm):
    """A new version; the kind of figures and the frequency stand."""

    changed = forms.CharField(
        label=_("What is changed, and why?"),
        help_text=_("In a sentence. It stands on the charts where the version is taken over."),
        max_length=300,
        validators=[refuse_cpr],
    )
    comparable = forms.TypedChoiceField(
        label=_("Can figures before and after be compared?"),
        choices=[
            ("yes", _("Yes: the series go on")),
            ("no", _("No: the series are split where the version is taken over")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    since = forms.DateField(
        label=_("From which day is it counted like this?"), initial=timezone.localdate
    )

    field_order = ["changed", "comparable", "since", "purpose"]

    def __init__(self, *args: Any, newest: SharedVersion, **kwargs: Any):
        stands = {name: getattr(newest, name) for name in ("purpose", *TAKEN, "burden")}
        stands["sectors"] = [name for name in FOR if getattr(newest, name)]
        super().__init__(*args, initial=stands, **kwargs)
        rate = newest.figures == Measure.Figures.RATES
        for name in ("name", *FIXED_BY_FIGURES, *(() if rate else ("per",))):
            del self.fields[name]

    def told(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("changed", "comparable", "since")}
        return own | self.texts()


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=300, validators=[refuse_cpr])
    replaced_by = forms.ModelChoiceField(
        SharedMeasure.objects.none(), label=_("What replaces it?"), required=False
    )

    def __init__(self, *args: Any, shared: SharedMeasure, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = SharedMeasure.objects.filter(withdrawn_at=None).exclude(pk=shared.pk)
        choose(self.fields["replaced_by"], others, _("Nothing"))


class FindForm(forms.Form):
    """The catalogue's filters; a value that is not known is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("All sectors")), *((s.value, s.label) for s in THREE_SECTORS)],
        required=False,
    )
    dimension = forms.ChoiceField(
        label=_("Triple Aim dimension"),
        choices=[("", pgettext_lazy("dimensions", "All")), *Dimension.choices],
        required=False,
    )
    standing = forms.ChoiceField(
        label=_("Which ones"),
        choices=[("", _("Those in force")), ("withdrawn", _("Those withdrawn"))],
        required=False,
    )
    sort = forms.ChoiceField(
        choices=[("", ""), *((s, s) for name in SORTS for s in (name, f"-{name}"))],
        required=False,
        widget=forms.HiddenInput,
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
