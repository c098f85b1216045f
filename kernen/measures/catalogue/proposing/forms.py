"""What a lead fills in to propose a measure, and an owner to answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Organisation, OrganisationRole, Sector
from kernen.ui.forms import choose

from ...models import FOR, TAKEN, SharedProposal
from ...rules import FIXED_BY_FIGURES
from ..forms import MeantForm, TextsForm


class ProposeForm(MeantForm):
    class Meta(MeantForm.Meta):
        model = SharedProposal
        fields = ["purpose", "sectors", "burden", "to"]
        help_texts = {
            **MeantForm.Meta.help_texts,
            "to": _("Its coordinators answer, and keep the definition if they take it in."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = OrganisationRole.objects.current().filter(role=OrganisationRole.Role.COORDINATOR)
        owners = Organisation.objects.current().filter(pk__in=held.values("organisation"))
        choose(self.fields["to"], owners)
        region = owners.filter(sector=Sector.REGION).first()
        self.initial["to"] = region.pk if region else None

    def told(self) -> dict[str, Any]:
        return self.meant() | {"to": self.cleaned_data["to"]}


class TakeInForm(TextsForm):
    """The proposed measure as a shared one; the owner may write it more clearly."""

    def __init__(self, *args: Any, proposal: SharedProposal, **kwargs: Any):
        stands = {name: getattr(proposal.measure, name) for name in ("name", *TAKEN)}
        stands |= {"purpose": proposal.purpose, "burden": proposal.burden}
        stands["sectors"] = [name for name in FOR if getattr(proposal, name)]
        super().__init__(*args, initial=stands, **kwargs)
        for name in FIXED_BY_FIGURES:
            self.fields[name].disabled = True


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not taken in?"),
        help_text=_("The lead is told, and it stands in the initiative's journal."),
        max_length=300,
        validators=[refuse_cpr],
    )
