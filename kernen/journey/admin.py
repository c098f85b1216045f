"""The audit log, for administrators to read: who changed which row, when, and from what."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalChanges

HOW = {"+": _("added"), "~": _("changed"), "-": _("removed")}
SHORT = 80  # characters of a text that are shown of it


class AuditLog(admin.ModelAdmin):
    """The changes of one kind of row, newest first; nobody changes or removes them here."""

    list_display = ["when", "who", "how", "number"]
    list_display_links = ["when"]
    list_per_page = 50
    list_select_related = ["history_user"]
    date_hierarchy = "history_date"
    search_fields = ["=id", "=history_user__email"]
    search_help_text = _("The number of a row, or the e-mail of who changed it")
    show_full_result_count = False

    @admin.display(description=_("when"), ordering="history_date")
    def when(self, row: Any) -> datetime:
        return row.history_date

    @admin.display(description=_("who"))
    def who(self, row: Any) -> str:
        return str(row.history_user or "–")

    @admin.display(description=_("how"))
    def how(self, row: Any) -> str:
        return str(HOW[row.history_type])

    @admin.display(description=_("number"), ordering="id")
    def number(self, row: Any) -> int:
        return int(row.id)

    @admin.display(description=_("what changed"))
    def changes(self, row: Any) -> str:
        before = row.prev_record
        if before is None:
            return "–"
        name = {field.name: field.verbose_name for field in self.opts.fields}
        changes = row.diff_against(before).changes
        told = ((name[c.field], _short(c.old), _short(c.new)) for c in changes)
        return format_html_join("; ", "{}: “{}” → “{}”", told)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = (field.name for field in self.model.tracked_fields)  # type: ignore[attr-defined]
        return ["when", "who", "how", "changes", *kept]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"{text[:SHORT]}…" if len(text) > SHORT else text


def histories() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]


admin.site.register(histories(), AuditLog)
