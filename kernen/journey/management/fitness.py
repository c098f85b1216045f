"""What `kernen check` asks of the settings beside what Django asks: fit for production?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from kernen.lib import heartbeat
from kernen.lib.owning import owns_its_tables
from kernen.lib.printer import PACKAGES, printer


@register(Tags.security, deploy=True)
def no_demonstration(**kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    hint = "Unset KERNEN_DEMO."
    return [Error("A demonstration lets everybody in.", hint=hint, id="kernen.E001")]


@register(Tags.security, deploy=True)
def hosts_are_named(**kwargs: Any) -> list[CheckMessage]:
    hosts = set(settings.ALLOWED_HOSTS)
    hint = "Set KERNEN_HOSTS to the names it has on the net, such as kernen.example.org."
    if any(set("*/") & set(host) for host in hosts):
        return [Error("KERNEN_HOSTS must hold names only.", hint=hint, id="kernen.E002")]
    if settings.HTTPS and hosts <= set(settings.THIS_MACHINE):
        return [Error("Kernen answers only to this machine.", hint=hint, id="kernen.E003")]
    return []


@register(Tags.security, deploy=True)
def a_worker_runs(**kwargs: Any) -> list[CheckMessage]:
    try:
        failing = heartbeat.last()
    except DatabaseError:  # nothing is set up yet, so nothing waits for a worker
        return []
    if failing is None:
        hint = "Start kernen worker beside the server, for example by systemd."
        return [Warning("No worker runs: nobody is told anything.", hint=hint, id="kernen.W001")]
    if failing:
        names = ", ".join(failing)
        hint = "Its log says why; it tries again by itself."
        return [Warning(f"The worker fails at: {names}.", hint=hint, id="kernen.W002")]
    return []


@register(Tags.security, deploy=True)
def what_was_decided_stands(**kwargs: Any) -> list[CheckMessage]:
    try:
        owner = owns_its_tables()
    except DatabaseError:  # nothing is set up yet
        return []
    if not owner:
        return []
    hint = "Let another user own the tables: KERNEN_OWNER_URL, as the README says."
    return [
        Warning(
            "Kernen's database user owns its tables, so it could change what was decided.",
            hint=hint,
            id="kernen.W004",
        )
    ]


@register(Tags.security, deploy=True)
def pdf_files_can_be_made(**kwargs: Any) -> list[CheckMessage]:
    if printer():
        return []
    hint = f"Install it, on Debian by: apt install {' '.join(PACKAGES)}."
    return [Warning("The library Pango is missing: no PDF files.", hint=hint, id="kernen.W003")]
