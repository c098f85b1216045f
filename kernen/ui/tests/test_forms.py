"""How a form is drawn: each error at its field, all of them above, and nothing typed is lost."""

from collections.abc import Mapping
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.utils import translation

from kernen.ui.forms import DecimalField, plain_decimal


class Elements(HTMLParser):
    """The elements of a page as (tag, attributes), and the text inside each element with an id."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for name, attrs in self.found
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        (element,) = self.all(tag, **wanted)
        return element

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.found if attrs.get("id")]  # type: ignore[misc]


class Sample(forms.Form):
    title = forms.CharField(help_text="In plain words.")
    story = forms.CharField(widget=forms.Textarea, required=False)
    day = forms.DateField()
    wait = DecimalField(unit="days", min_value=0)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    places = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("North", [("1", "One"), ("2", "Two")]), ("South", [("3", "Three")])],
        required=False,
    )
    sure = forms.BooleanField()
    seen = forms.CharField(widget=forms.HiddenInput)


GOOD = {"title": "T", "day": "2026-11-22", "wait": "27,5", "kind": "a", "sure": "on", "seen": "1"}


def drawn(data: Mapping[str, object] | None = None) -> Elements:
    with translation.override("en"):
        return Elements(Sample(data).render())


def test_every_field_has_its_label_or_legend():
    page = drawn()
    labelled = {label["for"] for label in page.all("label")}
    fields = [a for tag in ("input", "select", "textarea") for a in page.all(tag)]
    assert labelled == {a["id"] for a in fields if a.get("type") != "hidden"}
    assert len(page.all("legend")) == 2
    assert len(page.ids) == len(set(page.ids))


def test_a_hint_is_tied_to_its_field():
    page = drawn()
    assert page.one("input", name="title")["aria-describedby"] == "id_title_helptext"
    assert "id_title_helptext" in page.ids


def test_an_error_is_tied_to_its_field():
    page = drawn(GOOD | {"title": ""})
    field = page.one("input", name="title")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_title_helptext id_title_error"
    assert "id_title_error" in page.ids
    assert "aria-invalid" not in page.one("input", name="day")


def test_an_error_of_a_group_is_tied_to_the_group():
    page = drawn(GOOD | {"kind": ""})
    assert page.all("fieldset", **{"aria-describedby": "id_kind_error"})


def test_the_problems_stand_above_and_lead_to_each_field():
    page = drawn({})
    links = {str(link["href"])[1:] for link in page.all("a")}
    assert links == {"id_title", "id_day", "id_wait", "id_kind_0", "id_sure"}
    assert links <= set(page.ids)
    assert page.one("div", role="alert")["tabindex"] == "-1"


def test_a_problem_with_a_hidden_field_is_told_too():
    with translation.override("en"):
        html = Sample(GOOD | {"seen": ""}).render()
    assert "This field is required." in html


def test_a_form_without_problems_has_no_list_of_them():
    assert not drawn(GOOD).all("div", role="alert")


def test_nothing_typed_is_lost():
    typed = {"title": "<b>Ær", "story": "One\nTwo", "wait": "about 27", "kind": "b", "day": "soon"}
    page = drawn({**typed, "places": ["1", "3"]})
    assert page.one("input", name="title")["value"] == "<b>Ær"
    assert page.one("input", name="wait")["value"] == "about 27"
    assert page.one("input", name="day")["value"] == "soon"
    ticked = {a["value"] for a in page.all("input") if "checked" in a}
    assert ticked == {"b", "1", "3"}


def test_a_group_with_ticked_choices_stands_open_and_the_first_always():
    assert [("open" in group) for group in drawn().all("details")] == [True, False]
    open_groups = drawn({**GOOD, "places": ["3"]}).all("details")
    assert ["open" in group for group in open_groups] == [True, True]


def test_optional_fields_say_so_and_required_ones_do_not():
    with translation.override("en"):
        assert Sample().render().count("(optional)") == 2


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_day_is_given_to_the_browser_as_it_wants_it(language: str):
    with translation.override(language):
        page = Elements(Sample(initial={"day": "2026-11-22"}).render())
    field = page.one("input", name="day")
    assert (field["type"], field["value"]) == ("date", "2026-11-22")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("da", "27,5", "27.5"),
        ("da", "27.5", "27.5"),
        ("en", "27,5", "27.5"),  # never 275
        ("en", "27.5", "27.5"),
        ("da", "1.234", "1234"),
        ("en", "1.234", "1.234"),
        ("da", "1,234", "1.234"),
        ("en", "1,234", "1234"),
        ("da", "0,125", "0.125"),
        ("en", "0,125", "0.125"),
        ("da", "1.234.567", "1234567"),
        ("da", "1.234,5", "1234.5"),
        ("da", "1,234.5", "1234.5"),
        ("da", "1 234,5", "1234.5"),
        ("da", "\u22124,5", "-4.5"),
        ("da", "12", "12"),
        ("da", ",5", "0.5"),
    ],
)
def test_a_figure_is_read_as_it_is_written(language: str, typed: str, meant: str):
    with translation.override(language):
        assert DecimalField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["ca. 27", "1,2,3", "1.23.456", "12a", ".", "1,23.456,7"])
def test_what_is_no_figure_is_refused(typed: str):
    with pytest.raises(forms.ValidationError):
        DecimalField().clean(typed)


def test_a_figure_is_shown_in_the_language_and_read_back_the_same():
    for language, shown in (("da", "1.234,5"), ("en", "1,234.5")):
        with translation.override(language):
            field = Elements(Sample(initial={"wait": Decimal("1234.5")}).render())
            assert field.one("input", name="wait")["value"] == shown
            assert DecimalField().clean(shown) == Decimal("1234.5")


def test_a_text_without_signs_stays_as_it_is():
    assert plain_decimal("abc", ",") == "abc"
