"""Texts that several people may write at once: the second to save sees both and loses nothing."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any, cast

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format, localize_input, number_format
from django.utils.translation import gettext as _

from kernen.lib.differences import Piece, differences

from .forms import refill

#: What was written in the journal when a field was last changed.
Last = Callable[[str], Any]


def _unknown(name: str) -> None:
    """Where no journal tells who changed it."""


@dataclass(frozen=True)
class Theirs:
    """What somebody else made of a text meanwhile, and what one's own words would change in it."""

    words: str
    changed: list[Piece]


class WrittenTogether(forms.BaseForm):
    """A form whose texts others may change while it is open.

    `stands` is what the texts say now, by field; `last` gives, for a field, the journal's entry
    that last changed it (with `by` and `recorded_at`), if that is known. The hidden field `seen`
    holds marks of what the texts said when the page was fetched. A text that only others changed
    stays theirs. One that both changed is refused once, with theirs beside the field; saved again,
    one's own counts, unless "theirs" is ticked."""

    def __init__(self, *args: Any, stands: Mapping[str, Any], last: Last = _unknown, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.stands, self.last = stands, last
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial["seen"] = self._marks()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = dict(pair.split(":") for pair in cleaned.pop("seen", "").split() if ":" in pair)
        ticked = cast(QueryDict, self.data).getlist(self.add_prefix("theirs"))
        for name, theirs in self.stands.items():
            if isinstance(cleaned.get(name), str):  # browsers send every line end as two signs
                cleaned[name] = cleaned[name].replace("\r\n", "\n")
            now = _mark(theirs)
            saw = seen.get(name, now)
            mine = _mark(cleaned[name]) if name in cleaned else ""
            if (saw == now and name in ticked) or mine == saw != now:
                self._take(name)
            elif saw != now != mine:
                self._show_both(name)
        refill(self, seen=self._marks())
        return cleaned

    def _take(self, name: str) -> None:
        """Let theirs stand, also in the field, should the form be shown again."""
        theirs = self.stands[name]
        self.errors.pop(name, None)
        self.cleaned_data[name] = theirs
        raw = self.fields[name].prepare_value(theirs)
        if isinstance(raw, Decimal):
            raw = localize_input(Decimal(_figure(raw)))
        refill(self, **{name: "" if raw is None else str(raw)})

    def _show_both(self, name: str) -> None:
        mine = self._said(name, self.cleaned_data.get(name, self[name].data))
        theirs = self._said(name, self.stands[name])
        shown = Theirs(theirs, differences(theirs, mine))
        self.fields[name].theirs = shown  # type: ignore[attr-defined]
        entry = self.last(name)
        if entry:
            when = date_format(timezone.localtime(entry.recorded_at), "DATETIME_FORMAT")
            said = _("%(person)s changed this while you wrote (%(when)s).") % {
                "person": entry.by,
                "when": when,
            }
        else:
            said = _("Somebody changed this while you wrote.")
        then = _(
            "Both texts stand here: join them in the field, or choose theirs. Then save again."
        )
        self.add_error(name, f"{said} {then}")

    def _said(self, name: str, value: Any) -> str:
        """The value as a page says it."""
        if isinstance(value, Decimal):
            return number_format(Decimal(_figure(value)), force_grouping=True)
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return str(value or field.empty_label)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value or "")

    def _marks(self) -> str:
        return " ".join(f"{name}:{_mark(value)}" for name, value in self.stands.items())


def _mark(value: Any) -> str:
    """The same short mark for values that mean the same: 30 and 30.0000, none and empty."""
    if isinstance(value, Decimal):
        value = _figure(value)
    value = "" if value is None else getattr(value, "pk", value)
    return hashlib.sha256(str(value).encode()).hexdigest()[:8]


def _figure(value: Decimal) -> str:
    """Without needless noughts: 30.0000 is 30."""
    return f"{value.normalize():f}"


def at_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is sent to the view is compared and saved in one transaction: where the view locks the
    row first, nobody comes in between."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return seen
