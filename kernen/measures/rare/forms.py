"""What people fill in about rare events."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.cpr import refuse_cpr


class HappenedForm(forms.Form):
    """Short enough for a phone in a corridor."""

    on = forms.DateField(label=_("It happened again on"), widget=forms.DateInput)
    note = forms.CharField(
        label=pgettext_lazy("beside a figure", "Note"),
        help_text=_("Never who it happened to."),
        max_length=300,
        required=False,
        validators=[refuse_cpr],
    )
    cases = forms.IntegerField(
        label=_("Cases since the event before"),
        help_text=_("If you count cases, such as operations, and not days."),
        min_value=0,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class CorrectForm(forms.Form):
    """An event is moved to another day or, where none is given, taken back."""

    on = forms.DateField(
        label=_("It happened on another day"),
        help_text=_("Leave it empty if the event is not to count at all."),
        widget=forms.DateInput,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("For example: the date was that of the report, not of the fall."),
        max_length=300,
        validators=[refuse_cpr],
    )
