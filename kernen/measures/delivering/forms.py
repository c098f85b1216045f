"""What people give when they load the figures of many places."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.documents.receiving import refusal_of
from kernen.lib.cpr import contains_cpr, refuse_cpr

from ..loading.forms import ColumnsForm, LoadForm
from ..models import Series
from ..reading.cells import EMPTY
from ..reading.places import folded
from ..reading.table import line_name
from .places import written
from .rules import MAX_BYTES, TOO_LARGE


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=_("An Excel file (XLSX), or a CSV or TSV file, with the figures of many places"),
        help_text=_("At most 20 MB, which is 200,000 rows and more."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"empty": EMPTY},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if refused := refusal_of(file):
            raise refused
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        if contains_cpr(file.name or ""):
            raise ValidationError(_NAMED)
        return file


class UnderstoodForm(ColumnsForm):
    """Which sheet is read, in which row its headings stand, and what each column holds: as
    understood, or as the person corrects it."""

    FIELDS: dict[str, str] = {}
    OF_ALL = ("place", "ward", "series", "period", "year", "note")
    ROLES = {
        "place": _("Place"),
        "ward": _("Ward, where it stands by itself"),
        "series": _("Number of the series"),
        **{role: name for role, name in LoadForm.ROLES.items() if role not in ("place", "last")},
    }

    #: So many places that are called otherwise are chosen at once.
    PLACES = 20

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        found: Mapping[str, Any],
        kind: str,
        series: Sequence[Series],
    ):
        """`found` as a delivery has it; places are chosen among those of the `series`."""
        how = found["how"]
        super().__init__(data, offers=found["columns"], kind=kind, holds=how["columns"])
        if "series" not in how["columns"]:
            del self.fields["series"]
        self.lines, self.headings_in = found["lines"], str(how["header"])
        numbers = [(str(number), number) for number in (0, *(line[0] for line in self.lines))]
        self.fields["header"] = forms.ChoiceField(choices=numbers, initial=self.headings_in)
        self.sheets = len(found["sheets"]) > 1
        if self.sheets:
            sheets = [(name, name) for name in found["sheets"]]
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=sheets, initial=how["sheet"]
            )
        self.how, self.named = how, [name for name, *_rest in found["named"]]
        self.unlike = [name for name, _chosen, near, _alike in found["named"] if near is None]
        self._ask_places(found["named"], {one.pk: written(one) for one in series})

    def _ask_places(self, named: Sequence[Sequence[Any]], places: Mapping[int, str]) -> None:
        offered = [("", _("Choose …")), *places.items(), (0, _("Leave it out"))]
        for number, (name, chosen, near, alike) in enumerate(named[: self.PLACES]):
            told: Any = ""
            if alike and chosen is None:
                told = _("Chosen because the names are alike: see that it is right.")
            elif near in places:
                told = format_lazy(_("Is {near} meant?"), near=places[near])
            self.fields[f"place-{number}"] = forms.TypedChoiceField(
                label=name,
                help_text=told,
                choices=offered,
                coerce=int,
                empty_value=None,
                initial=near if alike and chosen is None else chosen,
                required=False,
            )
            self.fields[f"place-{number}"].optional_mark = False  # type: ignore[attr-defined]
        self.open = any(chosen is None for _name, chosen, *_near in named)
        if self.open:
            self.fields["others"] = forms.BooleanField(
                label=_("Leave out all others"), required=False
            )

    def headers(self) -> list[dict[str, Any]]:
        """The rows to choose among: what each is called, and how it begins."""
        return [
            {"number": str(at), "name": line_name(at, across=False), "cells": cells, "more": more}
            for at, cells, more in self.lines
        ]

    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.ROLES]

    def places(self) -> list[forms.BoundField]:
        return [self[f"place-{number}"] for number in range(len(self.named[: self.PLACES]))]

    def said(self) -> dict[str, Any]:
        """How it is to be read: the columns are those of these headings, and these of this
        sheet."""
        typed, how = self.cleaned_data, self.how
        named = [*map(folded, self.named)]
        chosen = {name: typed.get(f"place-{at}") for at, name in enumerate(named)}
        unlike = map(folded, self.unlike)
        left_out = dict.fromkeys(unlike, 0) if typed.get("others") else {}
        places = left_out | {name: pk for name, pk in chosen.items() if pk is not None}
        said = {"sheet": typed.get("sheet", how["sheet"]), "places": how["places"] | places}
        if "sheet" in self.changed_data:
            return said
        said["header"] = int(typed["header"])
        if "header" in self.changed_data:
            return said
        columns = {role: at for role in self.ROLES if (at := typed.get(role)) is not None}
        if columns.get("note") in {at for role, at in columns.items() if role != "note"}:
            del columns["note"]
        return said | {"columns": columns}


class ConfirmForm(forms.Form):
    """`why`: the file changes figures that stand, and so it is asked why."""

    reason = forms.CharField(
        label=_("Why are figures changed?"),
        help_text=_("For example: three discharges were registered too late."),
        max_length=300,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, why: bool, **told: Any):
        super().__init__(*args, **told)
        if not why:
            del self.fields["reason"]


_NAMED = _(
    "The file's name looks like a civil registration number (CPR). Kernen only holds"
    " aggregated figures: make sure that this file does, and give it another name."
)
