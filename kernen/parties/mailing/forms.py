"""Whom an e-mail goes to: somebody of the register, or somebody else by name and address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.ui.forms import choose

from ..models import Person

#: What no choice is called.
ELSE = _("Somebody else …")


class SomebodyForm(forms.Form):
    to = forms.ModelChoiceField(queryset=Person.objects.none(), required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False, validators=[refuse_cpr])
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, validators=[refuse_cpr]
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in ("to", "name", "email"):
            self.fields[field].optional_mark = False  # type: ignore[attr-defined]

    def offer_people(self, people: QuerySet[Person], label: Any, nothing: Any = ELSE) -> None:
        """Whom of the register one may choose; where there is nobody, nothing is asked."""
        if not people.exists():
            del self.fields["to"]
            return
        self.fields["to"].label = label
        choose(self.fields["to"], people, nothing)
        self.fields["to"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one}, {one.title}" if one.title else str(one)
        )

    def clean(self) -> dict[str, Any]:
        """The one chosen, or the name, title and address."""
        told = super().clean() or {}
        if told.get("to"):
            return {"to": told["to"]}
        for name, missing in (("name", _("Write the name.")), ("email", _("Write the e-mail."))):
            if not told.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(missing))
        return told
