"""What people give when they load the figures of many places."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kernen.documents.receiving import refusal_of
from kernen.lib.cpr import contains_cpr, refuse_cpr

from ..reading.cells import EMPTY
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
