"""Tags of the design system; built in, so no template has to load them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyphen
from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kernen.lib.written import Block, blocks
from kernen.ui.drawn import as_address
from kernen.ui.kept import TYPED_BY, mark_of

register = template.Library()
register.filter(as_address)

#: Words that may be wider than a narrow column.
LONG = re.compile(r"\w{12,}")
#: A name, as far as letters tell.
NAME = re.compile(r"\b[A-ZÆØÅÉ]\w+(?:-\w+)*")
ICONS = Path(__file__).resolve().parent.parent / "icons"

#: How a field is drawn, by its widget; the first that fits.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "tick"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.DateInput, "date"),
    (forms.Widget, "input"),
)


@cache
def _svg(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text().strip()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "arrow" %}`: the icon of that name, hidden from screen readers: say it in words."""
    drawn = _svg(name).replace("<svg ", '<svg class="{}" aria-hidden="true" focusable="false" ', 1)
    return format_html(drawn, f"icon {css}".strip())


@register.filter
def hyphenated(text: str) -> str:
    """The text with soft hyphens in its long words, for narrow columns: browsers without a Danish
    dictionary part words anywhere."""
    return LONG.sub(lambda found: _danish().inserted(found[0], "\N{SOFT HYPHEN}"), text)


@cache
def _danish() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="da_DK", left=3, right=3)


@register.filter
def written(text: str) -> SafeString:
    """What a person wrote, with the paragraphs, lines and lists that were typed."""
    return format_html_join("", "{}", ((_block(one),) for one in blocks(text)))


def _block(block: Block) -> SafeString:
    lines = ((one,) for one in block.lines)
    if block.listed:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", lines))


@register.filter
def names_whole(html: SafeString) -> SafeString:
    """What `written` gives, its names marked, so that paper parts none of them at a line's end."""
    return mark_safe(NAME.sub(r'<span class="name">\g<0></span>', html))  # noqa: S308 escaped above


@register.filter
def kind(field: BoundField) -> str:
    return next(name for widget, name in KINDS if isinstance(field.field.widget, widget))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's own input, select or textarea in the design system's clothes."""
    widget, drawn = field.field.widget, kind(field)
    css = (
        "form-select" if drawn == "select" else "form-checkbox" if drawn == "tick" else "form-input"
    )
    # A placeholder vanishes when one types and is hard to read: the label and the hint say it.
    attrs: dict[str, Any] = {
        "placeholder": False,
        "class": f"{css} {widget.attrs.get('class', '')}".strip(),
    }
    if drawn == "textarea" and str(widget.attrs.get("rows", 10)) == "10":
        attrs["rows"] = 4
    if drawn == "date":
        widget = forms.DateInput(attrs={**widget.attrs, "type": "date"}, format="%Y-%m-%d")
    return field.as_widget(widget=widget, attrs=attrs)


@register.filter
def choice_groups(field: BoundField) -> list[dict[str, Any]]:
    """The choices of radios and checkboxes by group: its name or None, the options, how many of
    them are ticked, and whether the group stands open."""
    attrs = field.build_widget_attrs({"id": field.auto_id})
    drawn = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    groups = [
        {"name": name, "options": options, "ticked": sum(o["selected"] for o in options)}
        for name, options, _index in drawn["optgroups"]
    ]
    return [{**g, "open": i == 0 or g["ticked"]} for i, g in enumerate(groups)]


@register.filter
def first_id(field: BoundField) -> str:
    """The id that a link to the field goes to: the first choice of a group, else the input."""
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.id_for_label


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """The page numbers to show, with a gap where many are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> str:
    """Django's own, and a mark of the one to whom the form is shown: see `kept`."""
    user = getattr(context.get("request"), "user", None)
    mark = mark_of(user) if user else ""
    shown = format_html('<input type="hidden" name="{}" value="{}">', TYPED_BY, mark)
    return CsrfTokenNode().render(context) + (shown if mark else SafeString())


@register.inclusion_tag("ui/sortable.html", takes_context=True)
def sortable(context: Context, field: str, label: str, css: str = "") -> dict[str, Any]:
    """`{% sortable "title" label %}`: a column's heading that sorts by `?sort=title`, and the
    other way round by `?sort=-title`. The view puts the sort in force into the context as `sort`;
    the first click sorts upwards and page and filters are kept apart: back to page one."""
    now = str(context.get("sort", context["request"].GET.get("sort", "")))
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{field}" if now == field else field
    order = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    return {"label": label, "css": css, "order": order, "href": f"?{query.urlencode()}"}


@register.simple_tag
def seed() -> SafeString:
    """The mark of Kernen: a kernel in its husk."""
    return mark_safe(_svg("seed"))  # noqa: S308 our own file
