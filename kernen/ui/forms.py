"""How forms are drawn, and the fields that Django lacks: every form of every room gets these
templates, so a form class needs only its fields."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused


class Renderer(TemplatesSetting):
    """Draws `{{ form }}` with its list of problems, and each field with label, hint and error."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


CHOOSE = _("Choose …")


def choose(field: forms.Field, queryset: QuerySet[Any], nothing: Any = CHOOSE) -> None:
    """Let a field choose among the queryset's rows; `nothing` is what no choice is called."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 a fault in the form's code
    field.queryset = queryset
    if not isinstance(field, forms.ModelMultipleChoiceField):
        field.empty_label = nothing


def offer(field: forms.Field, choices: Any) -> None:
    """Let a field offer these choices."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 a fault in the form's code
    field.choices = choices


def done(form: forms.BaseForm, action: Any, **arguments: Any) -> Any:
    """What the action made, or None with what it found wrong said on the form; where there is but
    one field, beside it."""
    try:
        return action(**arguments)
    except ValidationError as error:
        only = next(iter(form.fields)) if len(form.fields) == 1 else None
        form.add_error(only, ValidationError(error.messages))
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, [str(reason) for reason in refused.reasons])
    return None


def refill(form: forms.BaseForm, **values: str) -> None:
    """Put values into a form that was sent, as if they had been typed."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[form.add_prefix(name)] = value
    form.data = data


class DecimalField(forms.DecimalField):
    """A figure as people write it: 27,5 and 27.5 are the same, "1.234" is read by the language.

    `unit`, such as "days", stands behind the field."""

    def __init__(self, *, unit: str | Promise = "", **kwargs: Any):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.widget.is_localized = True  # shown with the language's signs, read by our own rule
        self.unit = unit

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = plain_decimal(value.strip().removesuffix("%"), get_format("DECIMAL_SEPARATOR"))
        return super().to_python(value)


def plain_decimal(text: str, decimal_sign: str) -> str:
    """`text` with a dot as decimal sign and no thousands signs.

    Of two different signs the last is the decimal sign; one that stands more than once parts
    thousands. A single sign before exactly three digits could be either: there `decimal_sign`,
    the sign of the language, decides. What is no number comes back as it was."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    signs = re.findall(r"[.,]", bare)
    if not signs:
        return bare
    last = signs[-1]
    if len(set(signs)) == 2:
        decimal = last
    elif len(signs) > 1:
        decimal = ""
    elif re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
        decimal = decimal_sign
    else:
        decimal = last
    groups = ".,".replace(decimal, "") if decimal else ".,"
    whole = re.fullmatch(
        rf"(-?)(\d{{1,3}}(?:[{groups}]\d{{3}})+|\d*)(?:[{decimal or '!'}](\d*))?", bare
    )
    if not whole:
        return text
    sign, digits, rest = whole.groups()
    return sign + re.sub(r"[.,]", "", digits) + (f".{rest}" if rest else "")
