"""What is filled in with a thumb: one period's figure; and whom to ask for it."""

import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kernen.lib.cpr import refuse_cpr
from kernen.parties.mailing.forms import SomebodyForm
from kernen.parties.models import OrganisationRole, Person
from kernen.ui.forms import DecimalField

from ..actions import NUMBERS, Figure
from ..models import Measure, Point, Series
from ..preview import DECIMALS, PARTS_SHOWN
from ..reading.rows import about_counts, about_several
from .rules import stands

WHOLE = ("numerator", "denominator", "size")


def _number(measure: Measure, part: str) -> DecimalField:
    """A field that a thumb hits, for a part of a figure of the measure's kind."""
    label: Any = PARTS_SHOWN[measure.figures][part]
    help_text = ""
    if part in ("numerator", "denominator"):
        help_text = getattr(measure, part)
    if measure.rate and part == "denominator" and not help_text:
        help_text = measure.unit
    return DecimalField(
        label=label,
        help_text=help_text,
        unit=measure.unit if part == "value" else "",
        required=False,
        max_digits=15,
        decimal_places=0 if part in WHOLE else DECIMALS,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric" if part in WHOLE else "decimal",
                "autocomplete": "off",
                "class": "figure",
            }
        ),
    )


class EnterForm(forms.Form):
    """The figure of one period; with why, where one stands there already."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    period = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    stood = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is it changed?"),
        help_text=gettext_lazy("For example: two were counted twice. The reason is kept."),
        max_length=300,
        required=False,
        validators=[refuse_cpr],
    )
    note = forms.CharField(
        label=pgettext_lazy("beside a figure", "Note"),
        help_text=gettext_lazy("For example: the ward was moved. Never who it is about."),
        max_length=300,
        required=False,
        validators=[refuse_cpr],
    )
    none = forms.BooleanField(
        label=gettext_lazy("There is no figure for this period"), required=False
    )

    def __init__(self, data: Any = None, *, series: Series, period: date):
        points = {point.period: point for point in series.points.all()}
        self.standing: Point | None = points.get(period)
        self.measure = series.measure
        initial: dict[str, Any] = {"key": secrets.token_urlsafe(12), "period": period.isoformat()}
        initial["stood"] = stands(self.standing)
        if self.standing:
            initial |= {name: _plain(getattr(self.standing, name)) for name in NUMBERS}
            initial["note"] = self.standing.note
        super().__init__(data, initial=initial)
        self.parts = list(PARTS_SHOWN[self.measure.figures])
        numbers = {part: _number(self.measure, part) for part in self.parts}
        self.fields = numbers | self.fields
        self.fields["reason"].optional_mark = False  # type: ignore[attr-defined]
        for part in self.parts:
            self.fields[part].optional_mark = False  # type: ignore[attr-defined]
        if not self.standing:
            del self.fields["reason"]

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[part] for part in self.parts]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if any(part in self.errors for part in self.parts):
            return typed
        numbers = {part: typed.get(part) for part in self.parts}
        known = [number for number in numbers.values() if number is not None]
        if typed.get("none") and known:
            self.add_error("none", ValidationError(_("Write the figure, or say there is none.")))
        elif not typed.get("none") and not known:
            self.add_error(self.parts[0], ValidationError(_("Write the figure.")))
        elif complaint := self._wrong(numbers):
            part, sentence = complaint
            self.add_error(part, ValidationError(str(sentence)))
        return typed

    def _wrong(self, numbers: dict[str, Any]) -> Any:
        if self.measure.over:
            over, under = numbers["numerator"], numbers["denominator"]
            return about_counts(over, under, exposure=self.measure.rate)
        return about_several(numbers)

    def figure(self) -> Figure:
        typed = self.cleaned_data
        numbers = {part: typed[part] for part in self.parts if typed[part] is not None}
        whole = {part: int(number) for part, number in numbers.items() if part in WHOLE}
        return Figure(period=typed["period"], note=typed["note"], **(numbers | whole))

    def had_seen(self) -> str | None:
        """What stood when the figure was typed in, as its form said."""
        return self.cleaned_data["stood"] if "stood" in self.data else None

    def overtaken(self) -> bool:
        """Whether somebody gave another figure since."""
        return self.had_seen() not in (None, stands(self.standing))

    def said(self) -> str:
        """The figure as it was typed, so that a yes to one is no yes to another."""
        return "/".join(str(self.cleaned_data[part]) for part in self.parts)


def _plain(number: Any) -> Any:
    """Without the noughts that the column pads it with."""
    return number.normalize() if hasattr(number, "normalize") else number


class AskForm(SomebodyForm):
    """Somebody of the place whom the register knows, or somebody else by name."""

    def __init__(self, *args: Any, series: Series, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = OrganisationRole.objects.current().filter(organisation=series.organisation)
        there = Person.objects.filter(pk__in=held.values("person"), user__isnull=False)
        self.offer_people(there.order_by("name"), _("Whom do you ask?"))
