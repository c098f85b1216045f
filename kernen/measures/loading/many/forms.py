"""Which place each name in a file means."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ...models import Series
from ...reading.columns import ROLES_OF
from ...reading.table import Table
from ..forms import ColumnsForm, LoadForm
from .matching import AT, LEFT_OUT, NOTHING
from .understanding import Place


class Chosen(forms.Select):
    """A choice that stands there once for each of many places: a template for each of its options
    would take seconds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (at, mark_safe(" selected") if str(at) == chosen else "", label)
                for at, label in self.choices
            ),
        )
        about = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, about, options)


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
                label=place.name,
                choices=offered,
                initial=place.match.choice,
                required=False,
                widget=Chosen,
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


class OwnColumnsForm(forms.Form):
    """Which columns are each place's alone, as understood or as the person corrects it; `own` comes
    back with it, as it was when the figures were shown."""

    own = forms.CharField(required=False, widget=forms.HiddenInput)
    #: In a larger table nobody finds a column in a list.
    _WIDTH, _PLACES = 60, 60

    def __init__(
        self,
        own: Mapping[str, Mapping[str, int]],
        series: Iterable[Series],
        *,
        table: Table,
        kind: str,
    ):
        """Places that the file does not name can be found by hand: those of `series`."""
        width = len(table.headings)
        names = [*dict.fromkeys([*own, *(str(one) for one in series)])][: self._PLACES]
        self.shown = {name: dict(own.get(name, {})) for name in names}
        super().__init__(initial={"own": json.dumps(self.shown)})
        self.roles = {} if kind in ("samples", "events") or width > self._WIDTH else _roles(kind)
        choices = [("", _("None")), *((at, table.offered(at)) for at in range(width))]
        for number, name in enumerate(names):
            for role, called in self.roles.items():
                self.fields[f"own-{number}-{role}"] = forms.ChoiceField(
                    label=format_lazy("{place}: {role}", place=name, role=called),
                    choices=choices,
                    widget=Chosen(attrs={"class": "form-select"}),
                    initial=self.shown[name].get(role, ""),
                    required=False,
                )

    def of_each(self) -> list[tuple[str, list[Any]]]:
        return [
            (name, [self[f"own-{number}-{role}"] for role in self.roles])
            for number, name in enumerate(self.shown)
        ]


def _roles(kind: str) -> dict[str, Any]:
    names = LoadForm.ROLES | ColumnsForm.NAMES.get(kind, {})
    return {role: names[role] for role in ROLES_OF[kind]}


def own_was(data: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The columns of each place when they were shown."""
    try:
        found = json.loads(data.get("own", ""))
        return {name: {**dict(columns)} for name, columns in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def own_now(data: Mapping[str, Any], kind: str) -> dict[str, dict[str, int]]:
    """The columns of each place on the page that was sent."""
    found: dict[str, dict[str, int]] = {}
    for number, (name, columns) in enumerate(own_was(data).items()):
        sent = {role: data.get(f"own-{number}-{role}") for role in ROLES_OF[kind]}
        found[name] = {role: at for role, at in columns.items() if sent.get(role) is None}
        found[name] |= {r: int(at) for r, at in sent.items() if at and re.fullmatch(r"\d{1,3}", at)}
    return found
