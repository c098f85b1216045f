"""What people give and correct when they load figures."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.cpr import refuse_cpr
from kernen.ui.forms import refill

from ..reading.cells import EMPTY, Book, Row, shown
from ..reading.columns import ROLES_OF
from ..reading.files import open_file, open_text
from ..reading.joining import EVERY, YEARS
from ..reading.table import line_name

#: What is chosen where half of a period stands in its row and half above its column.
CROSSED = "2"
ALL_SHEETS = {
    EVERY: _("Every sheet: each is a place"),
    YEARS: _("All sheets together"),
}


class LoadForm(forms.Form):
    """A file, or text that was pasted or is being mended; the file counts if there are both.

    After a file has been read its table stands in `text`, so that a wrong row can be mended on
    the page. `columns` are the person's own choice of what each column holds."""

    ROLES = {
        "period": _("Period"),
        "year": _("Year, where it stands by itself"),
        "place": _("Place, where there are several"),
        "value": _("Value"),
        "last": _("The last value, where several stand side by side"),
        "spread": _("Standard deviation"),
        "size": _("Number of observations"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "note": pgettext_lazy("beside a figure", "Note"),
    }

    file = forms.FileField(
        label=_("A file from your spreadsheet"),
        help_text=_("CSV, TSV, XLSX or ODS, at most 5 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods"}),
        error_messages={"empty": EMPTY},
    )
    text = forms.CharField(
        label=_("Or paste the cells here"),
        help_text=_("Copy the columns in your spreadsheet, headings included, and paste them."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "figures"}),
    )
    filename = forms.CharField(
        required=False, max_length=255, widget=forms.HiddenInput, validators=[refuse_cpr]
    )
    sheets = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    sheet_shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    remarks = forms.CharField(
        required=False, max_length=5_000, widget=forms.HiddenInput, validators=[refuse_cpr]
    )
    reason = forms.CharField(
        label=_("Why are figures changed?"),
        help_text=_("For example: three discharges were registered too late."),
        required=False,
        max_length=300,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # One of the first two is needed, and the reason where it is asked for.
        for name in ("file", "text", "reason"):
            self.fields[name].optional_mark = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the figures."))
        return cleaned

    def book(self) -> Book:
        """The sheets of the file, or what was pasted as the only one. Raises Unreadable."""
        file = self.cleaned_data.get("file")
        if file:
            return open_file(file.read(), file.name)
        return open_text(self.cleaned_data["text"])

    def shows(
        self,
        *,
        text: str,
        filename: str,
        sheets: str,
        remarks: Sequence[object],
        sheet: str,
        several: bool,
    ) -> None:
        """Put what was read on the page, to be mended there and sent again; of `several` sheets the
        text is that of one."""
        told = json.dumps([*map(str, remarks)])
        refill(self, text=text, filename=filename, sheets=sheets, remarks=told, sheet_shown=sheet)
        named = format_lazy(_("The cells of the sheet “{sheet}” as they were read"), sheet=sheet)
        self["text"].label = str(named if several else _("The cells as they were read"))
        self["text"].help_text = str(_("Mend them here, and check again."))

    def told(self) -> list[str]:
        """What was worth telling of the file, as it was read before."""
        try:
            found = json.loads(self.cleaned_data.get("remarks") or "[]")
        except ValueError:
            return []
        return [*map(str, found)] if isinstance(found, list) else []

    def carried(self) -> dict[str, str]:
        """The text of each sheet of a file with several, as it was read before."""
        try:
            found = json.loads(self.cleaned_data.get("sheets") or "{}")
        except ValueError:
            return {}
        good = isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
        return found if good else {}


class ArrangementForm(forms.Form):
    """Which sheet is read, which way it lies, in which line its headings stand, and which of its
    places belongs here."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    across = forms.ChoiceField(
        label=_("Each period has"),
        choices=[
            ("", _("a row of its own")),
            ("1", _("a column of its own")),
            (CROSSED, _("a cell of its own (month by year)")),
        ],
        required=False,
    )
    place = forms.ChoiceField(label=_("Which place belongs here?"), required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    first = forms.CharField(required=False, widget=forms.HiddenInput)

    NAMES = ("sheet", "across", "header", "place")
    #: So many cells of a line are shown where its headings are chosen.
    _CELLS = 6

    def __init__(
        self,
        chosen: Mapping[str, str],
        *,
        sheets: Sequence[str],
        lines: Sequence[Row] = (),
        places: Sequence[str] = (),
        first: str = "",
    ):
        """`chosen` stands on the page now, and `first` is what was understood before anybody
        corrected it: both come back with the form. The headings stand in one of `lines`."""
        shown = json.dumps([chosen[name] for name in self.NAMES])
        super().__init__(initial={**chosen, "shown": shown, "first": first})
        self.lines, self.headings_in, self.turned = lines, chosen["header"], chosen["across"] == "1"
        for name, offered in (("sheet", sheets), ("place", places)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [(one, ALL_SHEETS.get(one, one)) for one in offered]
            if name == "place" and not chosen["place"]:
                field.choices = [("", _("Choose …")), *field.choices]
            if len(offered) < 2:
                field.widget = forms.HiddenInput()
        for field in self.fields.values():
            field.optional_mark = False  # type: ignore[attr-defined]

    def headers(self) -> list[dict[str, Any]]:
        """The lines to choose among: what each is called, and how it begins."""
        width = max((len(row.cells) for row in self.lines), default=0)
        return [
            {
                "number": str(row.number),
                "name": line_name(row.number, across=self.turned),
                "cells": [shown(row.cell(at)) for at in range(min(width, self._CELLS))],
                "more": any(cell is not None for cell in row.cells[self._CELLS :]),
            }
            for row in self.lines
        ]


class ColumnsForm(forms.Form):
    """Which column holds what, as understood or as the person corrects it."""

    #: What else a column holds where the figures are of this kind.
    NAMES = {
        "samples": {"value": _("Value, or the mean of several")},
        "events": {"period": _("Date"), "value": _("Cases since the event before")},
        "rates": {"numerator": _("Events"), "denominator": _("Exposure")},
    }

    #: The field of the column that holds places: `place` says which of them is meant.
    FIELDS = {"place": "places_in"}
    ROLES: Mapping[str, Any] = LoadForm.ROLES
    #: Those of figures of every kind.
    OF_ALL: tuple[str, ...] = ("period", "year", "place", "note")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offers: Sequence[str],
        kind: str,
        holds: Mapping[str, int] | None = None,
        figures: bool = True,
    ):
        """`offers`: what each column is called. `holds`: role → column's index as it is read now;
        without `figures` those stand in columns of their own for each place."""
        initial = {self.FIELDS.get(role, role): at for role, at in (holds or {}).items()}
        super().__init__(data, initial=initial)
        used = (*self.OF_ALL, *(ROLES_OF[kind] if figures else ()))
        names = {**self.ROLES, **self.NAMES.get(kind, {})}
        columns = [(str(index), name) for index, name in enumerate(offers)]
        for role, name in names.items():
            if role in used:
                self.fields[self.FIELDS.get(role, role)] = forms.TypedChoiceField(
                    label=name,
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[("", _("None")), *columns],
                )

    def chosen(self) -> dict[str, int] | None:
        """Role → column's index; None if nothing usable was chosen."""
        if not self.is_bound or not self.is_valid():
            return None
        roles = {field: role for role, field in self.FIELDS.items()}
        found = self.cleaned_data.items()
        return {roles.get(field, field): at for field, at in found if at is not None} or None


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the load undone?"),
        help_text=_("For example: the file was another ward's."),
        max_length=300,
        validators=[refuse_cpr],
    )
