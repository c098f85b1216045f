"""What people fill in about tokens."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Token


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Token
        fields = ("name", "until")
        labels = {"name": _("Which system gives the figures")}
        help_texts = {
            "name": _("Such as “BI extract, AUH”: it stands beside the figures."),
            "until": _("A year from today at most; then somebody looks whether it is needed."),
        }
        widgets = {"until": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate() + timedelta(days=365)
