"""How the texts came to say what they say: read out of the journal, which keeps the old words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernen.lib.differences import Piece, differences
from kernen.lib.refusal import Refused

from .models import Dimension, Entry, Initiative

#: The fields of an initiative that `actions.tell` changes.
STORY = (
    "title",
    "problem",
    "purpose",
    "target_group",
    "citizens",
    "orientation",
    "origin",
    "priority_area",
    "cluster",
)

#: Every text of an initiative, with what it is called.
TEXTS: dict[str, str | Promise] = {
    **{field.name: field.verbose_name for field in Initiative._meta.fields if field.name in STORY},
    **{dimension.value: dimension.label for dimension in Dimension},
}

#: The entries before which there was no text at all.
BEGINNINGS = ("register", "define")

WHOLE_REGION = _("In several clusters, or the whole region")

#: A text's name and its stored value → what the page says of it.
Say = Callable[[str, str], str]


@dataclass(frozen=True)
class Change:
    """One text as one entry left it. `after` is its stored value; `stands` if it says so now."""

    text: str
    label: str | Promise
    after: str
    said_before: str
    said_after: str
    stands: bool

    @property
    def pieces(self) -> list[Piece]:
        return differences(self.said_before, self.said_after)


@dataclass(frozen=True)
class Version:
    """An entry of the journal that changed one or more texts."""

    entry: Entry
    changes: list[Change]

    def only(self, text: str) -> "Version":
        return Version(self.entry, [change for change in self.changes if change.text == text])


def versions(initiative: Initiative) -> list[Version]:
    """Every change of the story and the goals, the newest first; the last is the registering."""
    goals = dict(initiative.goals.values_list("dimension", "words"))
    now = {name: str(getattr(initiative, name) or "") for name in STORY}
    now |= {dimension.value: goals.get(dimension, "") for dimension in Dimension}
    entries = initiative.journal.filter(verb__in=("register", "tell", "set_goals", "set_back"))
    told = ((entry, _before(entry)) for entry in entries.select_related("by").order_by("-pk"))
    return read(told, now, TEXTS, _say)


def _before(entry: Entry) -> dict[str, str]:
    """The texts as they stood before the entry, of those that it may have changed."""
    if entry.verb == "register":
        return dict.fromkeys(TEXTS, "")
    before: dict[str, str] = entry.params["before"]
    if entry.verb == "set_goals" and "fields" not in entry.params:
        # The first entries of this kind kept all goals; one that is not named was not stated.
        return dict.fromkeys(Dimension.values, "") | before
    return before


def _say(name: str, value: str) -> str:
    if name == "cluster":
        return value or str(WHOLE_REGION)
    return choice_said(Initiative, name, value) if name in STORY else value


def choice_said(model: Any, name: str, value: str) -> str:
    """What a stored value is called, where the field is a choice; else the value itself."""
    choices = model._meta.get_field(name).flatchoices
    return next((str(words) for stored, words in choices if str(stored) == value), value)


def read(
    told: Iterable[tuple[Entry, Mapping[str, str]]],
    now: Mapping[str, str],
    labels: Mapping[str, str | Promise],
    say: Say,
) -> list[Version]:
    """Walk back from what stands `now` through the entries, newest first, each with the texts as
    they stood before it."""
    after = dict(now)
    met: set[str] = set()
    found = []
    for entry, before in told:
        changes = []
        for name in labels:
            if before.get(name, after[name]) == after[name]:
                continue
            earlier = "" if entry.verb in BEGINNINGS else say(name, before[name])
            said = earlier, say(name, after[name])
            changes.append(Change(name, labels[name], after[name], *said, stands=name not in met))
            met.add(name)
        after |= before
        if changes:
            found.append(Version(entry, changes))
    return found


def last_change(found: Iterable[Version], text: str) -> Entry | None:
    """The entry that last changed a text; None where it says what it always said."""
    changed = (one.entry for one in found if any(change.text == text for change in one.changes))
    return next(changed, None)


def said_after(found: Iterable[Version], entry: Entry, text: str) -> str:
    """The stored value of a text after the entry; refused where the entry did not change it."""
    for version in found:
        for change in version.changes:
            if version.entry.pk == entry.pk and change.text == text:
                return change.after
    raise Refused(_("The journal holds no such version of this text: load the page again."))
