"""What `kernen check` asks of the settings beside what Django asks: fit for production?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


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
