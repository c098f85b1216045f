"""What was done to an organisation's people and data, as its own pages tell it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly

from .organisation import Organisation
from .person import OrganisationRole, Person


class OrganisationEntry(AppendOnly):
    """One line of the upkeep of an organisation: who did what, and to whom.

    `params` hold roles, days and numbers, and no names: those stand with the people."""

    SAID = {
        "change_role": _("%(person)s: %(role)s instead of %(before)s"),
        "end_role": _("%(person)s: %(role)s until %(day)s"),
        "keep_role": _("%(person)s: goes on as %(role)s"),
        "rename": _("Now called “%(name)s”, before “%(was)s”"),
        "invite": _("Invited somebody by e-mail as %(role)s"),
        "send_again": _("Sent an invitation as %(role)s again"),
        "withdraw": _("Withdrew an invitation as %(role)s"),
        "accept": _("Accepted an invitation: %(role)s"),
        "decline": _("Declined an invitation as %(role)s"),
        "put_up_wall": _("New wall screen “%(name)s”"),
        "alter_wall": _("Wall screen “%(name)s”: name or pace changed, now %(seconds)s seconds"),
        "order_wall": _("Wall screen “%(name)s”: another order"),
        "open_wall": _("Wall screen “%(name)s” has an address"),
        "close_wall": _("Wall screen “%(name)s”: the address is closed"),
        "take_down_wall": _("Wall screen “%(name)s” is taken down"),
    }

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entries")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="entries_about"
    )
    verb = models.CharField(_("what"), max_length=20)
    params = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("happened"), default=timezone.now)

    class Meta:
        verbose_name = _("entry of an organisation")
        verbose_name_plural = _("entries of organisations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        params: dict[str, Any] = self.params | {"person": self.person}
        for name in {"role", "before"} & set(params):
            params[name] = str(OrganisationRole.Role(params[name]).label).lower()
        if "day" in params:
            params["day"] = date_format(parse_date(params["day"]), "DATE_FORMAT")  # type: ignore[arg-type]
        return str(self.SAID[self.verb]) % params
