"""What people fill in about what they follow."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import DigestChoice, SavedView


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name"]
        labels = {"name": _("What do you call this view?")}


class DigestForm(forms.ModelForm):
    class Meta:
        model = DigestChoice
        fields = ["frequency", "language"]
        labels = {"frequency": _("How often?"), "language": _("In which language?")}
        widgets = {"frequency": forms.RadioSelect, "language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:  # no empty choice
            field = self.fields[name]
            field.choices = [one for one in field.choices if one[0]]  # type: ignore[attr-defined]
