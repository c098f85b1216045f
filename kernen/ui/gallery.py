"""The gallery of parts: each is a small template, drawn with sample data and shown with its own
source, so that what one copies is what one saw."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.differences import differences

from .forms import DecimalField
from .templatetags.ui import ICONS

SNIPPETS = Path(__file__).resolve().parent / "templates" / "ui" / "gallery"


@dataclass(frozen=True)
class Part:
    name: str  # of its template in ui/gallery/
    title: Promise
    use: Promise
    card: bool = True  # stands on a card, as parts mostly do

    @property
    def template(self) -> str:
        return f"ui/gallery/{self.name}.html"

    def source(self) -> str:
        return (SNIPPETS / f"{self.name}.html").read_text().strip()


PARTS = [
    Part("text", _("Headings and text"), _("One h1 on a page, and no level is skipped."), False),
    Part("buttons", _("Buttons"), _("One main button on a page; the others are quieter.")),
    Part(
        "refused_button",
        _("A button with its rule"),
        _("Nobody meets a dead button without a reason: the rule's own sentence stands beside it."),
    ),
    Part("tags", _("Tags"), _("A stage, a subject, and the mark of what is made up.")),
    Part("alerts", _("Messages"), _("Django's messages come out like this by themselves."), False),
    Part("steps", _("Steps"), _("Where something is on its way, with dates. Low on a phone.")),
    Part("who_is_in", _("Who is in"), _("A word and a mark for each sector, not colour alone.")),
    Part("tabs", _("Tabs"), _("Real links; the row slides sideways on a phone."), False),
    Part("cards", _("Cards that lead somewhere"), _("The whole card is the link."), False),
    Part("empty", _("Nothing here yet"), _("Says what the list is for and how to begin.")),
    Part("facts", _("Facts"), _("Names and values; one below the other on a phone.")),
    Part("stats", _("Figures"), _("A few figures that stand for themselves.")),
    Part(
        "table",
        _("Table"),
        _("Quiet and sortable. On a phone each row is a card: give every cell its data-label."),
    ),
    Part("journal", _("Journal"), _("What happened, newest first; filled dots are stages.")),
    Part(
        "differences",
        _("Two versions of a text"),
        _("What was added is underlined, what was removed is struck out: not colour alone."),
    ),
    Part("gates", _("What is missing"), _("A sentence and a link to where it is mended.")),
    Part("more", _("More to read"), _("Behind one line, when few need it.")),
    Part(
        "chart",
        _("Chart"),
        _("The heading says what it means. Drawn wide and narrow; below it notes and findings."),
    ),
    Part(
        "form",
        _("Form"),
        _("Each field with label, hint and error; the list of problems above. Add novalidate."),
    ),
    Part("filters", _("Filters"), _("A form that is sent with get, so that they are kept.")),
    Part("icons", _("Icons"), _("Always beside a word.")),
]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the measure"), help_text=_("Short and in plain words."))
    goal = DecimalField(label=_("Goal"), unit=_("days"), required=False)
    start = forms.DateField(label=_("From"), required=False)
    text = forms.CharField(label=_("Definition"), widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        choices=[("outcome", _("Outcome measure")), ("process", _("Process measure"))],
    )
    places = forms.MultipleChoiceField(
        label=_("Places"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("Municipalities"), [("1", "Horsens"), ("2", "Hedensted"), ("3", "Odder")]),
            (_("Hospitals"), [("4", "Regionshospitalet Horsens")]),
        ],
    )


def sample() -> dict[str, Any]:
    """What the snippets of the gallery draw."""
    form = SampleForm({"goal": gettext("about 27"), "kind": "process", "places": ["1", "3"]})
    ways = [
        (pgettext("stage", "Idea"), "done", date(2026, 1, 12)),
        (pgettext("stage", "Pre-study"), "done", date(2026, 3, 2)),
        (pgettext("stage", "Testing"), "current", date(2026, 8, 17)),
        (pgettext("stage", "Decision"), "todo", None),
        (pgettext("stage", "Spreading"), "todo", None),
        (pgettext("stage", "Operation"), "todo", None),
    ]
    return {
        "form": form,
        "steps": [{"label": label, "state": state, "date": day} for label, state, day in ways],
        "stages": [
            ("idea", pgettext("stage", "Idea")),
            ("pre_study", pgettext("stage", "Pre-study")),
            ("testing", pgettext("stage", "Testing")),
            ("decision", pgettext("stage", "Decision")),
            ("spreading", pgettext("stage", "Spreading")),
            ("operation", pgettext("stage", "Operation")),
            ("stopped", pgettext("stage", "Stopped")),
        ],
        "sectors": [
            {"label": gettext("Hospital"), "present": True, "since": date(2026, 1, 12)},
            {"label": gettext("Municipality"), "present": True},
            {"label": gettext("General practice"), "present": False},
            {"label": gettext("Citizens"), "present": False},
        ],
        "tabs": [
            {"url": "#tabs", "label": gettext("Story"), "current": True},
            {"url": "#tabs", "label": gettext("Measures"), "count": 3},
            {"url": "#tabs", "label": gettext("Involvement")},
            {"url": "#tabs", "label": gettext("Journal"), "count": 12},
        ],
        "entries": _entries(),
        "pieces": differences(
            gettext("Two wards call within a week."), gettext("All wards call within two days.")
        ),
        "rows": _rows(),
        "page_obj": Paginator(range(132), 10).page(5),
        "refusal": gettext("Only the lead can start testing: ask Mette Holm."),
        "icons": sorted(path.stem for path in ICONS.glob("*.svg")),
    }


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "what": gettext("Testing started"),
            "at": date(2026, 8, 17),
            "by": "Mette Holm",
            "words": gettext("Two wards want to begin already, so we do."),
            "stage": True,
        },
        {
            "what": gettext("Horsens Municipality joined"),
            "at": date(2026, 5, 4),
            "by": "Mette Holm",
        },
        {
            "what": gettext("Registered"),
            "at": date(2026, 1, 12),
            "by": "Jens Dam",
            "stage": True,
        },
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "title": gettext("First talk within four weeks"),
            "stage": "testing",
            "label": pgettext("stage", "Testing"),
            "value": 27.5,
        },
        {
            "title": gettext("A shared plan on discharge"),
            "stage": "idea",
            "label": pgettext("stage", "Idea"),
            "value": 1234,
        },
    ]
