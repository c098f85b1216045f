"""What a team fills in when it uses a shared measure."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import normalise
from kernen.ui.forms import DecimalField

from ...models import Measure, SharedVersion
from ...rules import has_figures


class UseForm(forms.Form):
    goal = DecimalField(
        label=_("Goal value"),
        help_text=_("Your own: each initiative has its goal."),
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=0,
    )


class TakeOverForm(forms.Form):
    """From which day, and for a team's own measure whether figures can still be compared."""

    since = forms.DateField(
        label=_("From which day do you count like this?"),
        help_text=_("The period of that day is the first. Figures before it stand as they are."),
    )
    comparable = forms.TypedChoiceField(
        label=_("Can your figures before and after be compared?"),
        choices=[
            ("yes", _("Yes: the series go on")),
            ("no", _("No: the series are split there")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, measure: Measure, version: SharedVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.frequency = version.frequency
        self.initial["since"] = version.since or timezone.localdate()
        if measure.version:
            del self.fields["comparable"]
        if not has_figures(measure):
            del self.fields["since"]

    def clean_since(self) -> date:
        return normalise(self.cleaned_data["since"], self.frequency)

    def told(self) -> dict[str, Any]:
        return {"since": None} | self.cleaned_data


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you count in another way?"),
        help_text=_("The owner of the shared measure can read it."),
        max_length=300,
        validators=[refuse_cpr],
    )
