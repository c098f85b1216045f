"""The forms with which an organisation keeps its own people and data."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.ui.together import WrittenTogether

from ..models import Organisation, OrganisationRole

Role = OrganisationRole.Role

#: What each role lets a person do, for whoever gives it.
ALLOWS = {
    Role.READER: _("reads everything"),
    Role.CONTRIBUTOR: _("also registers initiatives and gives figures"),
    Role.COORDINATOR: _("also keeps the organisation’s people, data and initiatives"),
    Role.LEADER: _("reads everything, and answers for the organisation when a proposal asks it"),
}
ROLES = [(role.value, format_lazy("{}: {}", role.label, ALLOWS[role])) for role in Role]


class OrganisationForm(WrittenTogether, forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("Shown everywhere from now on. What it was called before stays readable."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        name = {"name": organisation.name}
        super().__init__(*args, stands=name, initial=name, **kwargs)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class EndForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("The role holds until the end of that day, and stays readable afterwards."),
    )

    def __init__(self, *args: Any, held: OrganisationRole, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["last_day"]
        field.initial = held.end or timezone.localdate()
        if held.end:
            field.required = False
            field.help_text = _("Leave it empty if the role is to go on after all.")
