"""What coordinators fill in about changes of the structure. The actions decide."""

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import alphabetical
from kernen.ui.forms import choose, offer

from ..models import (
    Cluster,
    ClusterChange,
    ClusterMembership,
    Organisation,
    OrganisationChange,
    Reorganisation,
)


class ReorganisationForm(forms.ModelForm):
    class Meta:
        model = Reorganisation
        fields = ["name", "day", "why"]
        widgets = {"day": forms.DateInput, "why": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": _("For example: Health councils replace the clusters."),
            "day": _("The first day of the new structure. The old one ends the day before."),
            "why": _("Everybody can read it: who decided it, and where that can be read."),
        }


class ClusterChangeForm(forms.ModelForm):
    """A cluster or council that begins."""

    class Meta:
        model = ClusterChange
        fields = ["name", "kind", "replaces", "members"]
        widgets = {
            "replaces": forms.CheckboxSelectMultiple,
            "members": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "replaces": _("Their initiatives and fora go on here; one may go on in several."),
            "members": _("Those who belong from that day."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["replaces"], Cluster.objects.current())
        choose(self.fields["members"], Organisation.objects.current())
        offer(self.fields["members"], _by_cluster())


class OrganisationChangeForm(forms.ModelForm):
    """Organisations that merge, or one that is renamed."""

    class Meta:
        model = OrganisationChange
        fields = ["replaces", "name", "sector"]
        widgets = {"replaces": forms.CheckboxSelectMultiple}
        help_texts = {
            "name": _("A new name, or the name of an organisation that takes the others in."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["replaces"], Organisation.objects.current())
        offer(self.fields["replaces"], _by_cluster())


def _by_cluster() -> list[tuple[str, list[Any]]]:
    """The organisations of today as choices by cluster, each once, those of several apart."""
    held = ClusterMembership.objects.current().select_related("cluster")
    groups: dict[str, list[Any]] = {}
    for one in Organisation.objects.current().prefetch_related(Prefetch("memberships", held)):
        names = [membership.cluster.name for membership in one.memberships.all()]
        group = names[0] if len(names) == 1 else _("In several clusters") if names else _("In none")
        groups.setdefault(str(group), []).append((one.pk, one.name))
    return sorted(groups.items(), key=lambda group: alphabetical(group[0]))
