"""What people fill in about wall screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernen.parties.models import Organisation, Person
from kernen.parties.rules import is_administrator, writes_for
from kernen.ui.forms import choose

from .models import Wall


class WallForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Wall
        fields = ("name", "seconds")
        help_texts = {
            "name": _("Such as where it hangs: “Corridor, 3rd floor”."),
            "seconds": _("20 seconds let a person read a chart in passing."),
        }


class NewWallForm(WallForm):
    class Meta(WallForm.Meta):
        fields = ("organisation", "name", "seconds")  # type: ignore[assignment]

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = [one.pk for one in writes_for(by)]
        every = Organisation.objects.current()
        choose(
            self.fields["organisation"], every if is_administrator(by) else every.filter(pk__in=own)
        )
        if len(own) == 1:
            self.fields["organisation"].initial = own[0]


class OnWallForm(forms.Form):
    wall = forms.ModelChoiceField(
        label=_("Wall screen"), queryset=Wall.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, walls: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choose(self.fields["wall"], walls, None)


def kept_by(person: Person | None) -> Any:
    """The wall screens that the person keeps."""
    walls = Wall.objects.select_related("organisation")
    if not person:
        return walls.none()
    return walls if is_administrator(person) else walls.filter(organisation__in=writes_for(person))
