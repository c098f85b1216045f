"""The journal: what happened to an initiative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly, AppendOnlyQuerySet
from kernen.lib.cpr import refuse_cpr
from kernen.lib.erasing import marked
from kernen.parties.models import Person, former_colleague

from ..journal import VERBS
from ..stages import EVENTS, Stage
from .goal import Dimension
from .initiative import Initiative
from .involvement import TeamMember
from .likeness import SAID
from .link import Link

#: What rooms above keep from a person: given the person and what leads to the entry ("entry__" or
#: nothing), a condition on the entries that are closed to him or her.
CLOSED: list[Callable[[Person | None, str], Any]] = []


class EntryQuerySet(AppendOnlyQuerySet):
    def seen_by(self, person: Person | None) -> Self:
        """Without what is about something that is closed to the person."""
        return open_to(person, self)


def open_to(person: Person | None, rows: Any, prefix: str = "") -> Any:
    """The rows that hang on an entry, or are one, without those closed to the person."""
    for closed in CLOSED:
        rows = rows.exclude(closed(person, prefix))
    return rows


class Entry(AppendOnly):
    """One line of the journal: who did what to the initiative, and when.

    `at` is when it happened and `recorded_at` when it was written down; they differ where history
    from before Kernen is entered afterwards. An entry with a `stage` led the initiative there."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="journal")
    at = models.DateTimeField(_("happened"), default=timezone.now)
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    verb = models.CharField(_("what"), max_length=30)
    params = models.JSONField(default=dict, blank=True)
    words = models.TextField(_("in words"), blank=True, validators=[refuse_cpr])
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    carried_over = models.BooleanField(_("from before Kernen"), default=False)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["initiative", "-at", "-id"], name="entry_newest")]
        constraints = [
            models.CheckConstraint(
                name="entry_stage_known", condition=Q(stage="") | Q(stage__in=Stage)
            ),
            models.CheckConstraint(
                name="entry_of_stopping_says_what_was_learned",
                condition=~Q(verb__in=[e.name for e in EVENTS.values() if e.asks]) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """The sentence the page says of it, in the reader's language."""
        params = {key: PARAMS.get(key, _as_it_is)(value) for key, value in self.params.items()}
        return str(VERBS.get(self.verb, self.verb)) % params


class Untold(models.Model):
    """An entry that nobody has been told of yet: written with it, and gone when it was told.

    Entries are numbered before they are committed, so that a later one may be seen first: a mark of
    how far one has told would pass some over."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="untold")

    def __str__(self) -> str:
        return str(self.entry)


def _as_it_is(value: Any) -> Any:
    number = marked(value)
    return former_colleague(number) if number else value


def _field_names(names: list[str]) -> str:
    labels: dict[str, Any] = {field.name: field.verbose_name for field in Initiative._meta.fields}
    labels |= {dimension.value: dimension.label for dimension in Dimension}
    return ", ".join(str(labels[name]) for name in names)


def _moment(written: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(written)), "DATETIME_FORMAT")


#: How a stored parameter of the journal is said on the page.
PARAMS: dict[str, Callable[[Any], Any]] = {
    "role": lambda value: TeamMember.Role(value).label,
    "kind": lambda value: Link.Kind(value).label,
    "likeness": SAID.__getitem__,
    "fields": _field_names,
    "back_to": _moment,
}
