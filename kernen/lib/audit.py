"""The audit log: every change of every row, for investigations. No rule and no page depends on it.

What people need to know of a change stands in the journal."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Audited(HistoricalRecords):
    """Given to a model as `history`: each save and removal leaves a row, with when and who.

    `leave_out` names fields that are not kept; saving nothing but those leaves no row. Who is the
    signed-in user of the request; nobody, where the command line wrote."""

    def __init__(self, *, leave_out: tuple[str, ...] = (), **options: Any):
        # With options this is Django's, or the library's, copy of one made before.
        options.setdefault("excluded_fields", list(leave_out))
        options.setdefault("history_id_field", models.BigAutoField(primary_key=True))
        super().__init__(**options)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        options = super().get_meta_options(model)
        return {
            **options,
            "verbose_name": format_lazy(_("change of {name}"), name=model._meta.verbose_name),
            "verbose_name_plural": format_lazy(
                _("changes of {names}"), names=model._meta.verbose_name_plural
            ),
        }

    def get_extra_fields(self, model: type[models.Model], fields: Any) -> dict[str, Any]:
        return {**super().get_extra_fields(model, fields), "__str__": _said}

    def post_save(
        self, instance: Any, created: bool, using: str | None = None, **told: Any
    ) -> None:
        saved = told.get("update_fields")
        if saved is None or set(saved) - set(self.excluded_fields):
            super().post_save(instance, created, using=using, **told)


def _said(row: Any) -> str:
    when = date_format(timezone.localtime(row.history_date), "SHORT_DATETIME_FORMAT")
    return f"{row.instance_type._meta.verbose_name} {row.id}, {when}"
