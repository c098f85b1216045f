"""The forms of a person's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Person


class NameForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "title"]
        labels = {"name": _("Your name"), "title": _("Title or profession")}


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Tick that you understand it, if you want to go on.")},
    )
