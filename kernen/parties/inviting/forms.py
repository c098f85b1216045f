"""The forms with which somebody is invited, and comes."""

from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import PasswordVerificationMixin
from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import OrganisationRole, User
from ..people.forms import NameForm
from ..upkeep.forms import RoleForm


class InviteForm(RoleForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The address at work: the invitation goes there, and one signs in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "role"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("role", OrganisationRole.Role.CONTRIBUTOR)


class JoinForm(PasswordVerificationMixin, NameForm):
    password1 = SetPasswordField(label=_("Choose a password"))
    password2 = PasswordField(label=_("The password once more"), autocomplete="new-password")

    def __init__(self, *args: Any, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = User(email=email)  # type: ignore[attr-defined]
