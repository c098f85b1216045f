"""Which place each name in a file means."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ...models import Series
from .matching import AT, LEFT_OUT, NOTHING
from .understanding import Place


class PlacesForm(forms.Form):
    """A choice for each name, as understood; `names` come back with it, in the order shown, and
    so does what was chosen when the figures were shown."""

    names = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, places: Sequence[Place], series: Iterable[Series], *, adds: bool):
        """`adds`: the person may let a place be followed from now on."""
        choices = {place.name: place.match.choice for place in places}
        super().__init__(initial={"names": json.dumps(choices)})
        known = [(str(one.pk), str(one)) for one in series]
        for number, place in enumerate(places):
            offered = [(NOTHING, _("Choose …")), *known, (LEFT_OUT, _("Leave it out"))]
            if adds and (at := place.match.organisation):
                offered.insert(1, (f"{AT}{at.pk}", format_lazy(_("Follow it at {at}"), at=at)))
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=place.name, choices=offered, initial=place.match.choice, required=False
            )
            self.fields[f"place-{number}"].optional_mark = False  # type: ignore[attr-defined]

    def of_each(self, places: Sequence[Place]) -> list[tuple[Place, Any]]:
        return [(place, self[f"place-{number}"]) for number, place in enumerate(places)]


def was(data: Mapping[str, Any]) -> dict[str, str]:
    """What each name was taken for when it was shown."""
    try:
        found = json.loads(data.get("names", ""))
    except ValueError:
        return {}
    good = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
    return found if good else {}


def now(data: Mapping[str, Any]) -> dict[str, str]:
    """What each name is taken for on the page that was sent."""
    return {
        name: data.get(f"place-{number}", choice)
        for number, (name, choice) in enumerate(was(data).items())
    }
