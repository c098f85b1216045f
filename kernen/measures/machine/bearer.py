"""Who comes: a machine with a token, and nobody by anything else."""

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from kernen.lib.refusal import refusal

from ..models import Token
from . import actions, rules
from .problems import Unfit

#: How often a token is used, and how often one visitor tries what is none.
RATES = {"machine": "120/m/key", "no_machine": "30/m/ip"}
MAX_BYTES = 2 * 1024 * 1024
_TOKENS: Any = Token.objects.select_related(
    "by__user",
    "series__measure__initiative",
    "series__organisation",
    "measure__initiative",
)


class Bearer(HttpBearer):
    """`Authorization: Bearer kernen_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found: Token | None = _TOKENS.filter(digest=Token.digest_of(token)).first()
        if found is None:
            _limit(request, "no_machine")
            return None
        if ended := refusal(rules.opens, found):
            raise Unfit(401, ended)
        _limit(request, "machine", str(found.pk))
        if _size(request) > MAX_BYTES:
            raise Unfit(413, _("This is too much at once: send it in smaller parts."))
        actions.use_token(token=found)
        return found


def _limit(request: HttpRequest, action: str, key: str | None = None) -> None:
    limits: dict[str, Any] = {"app": "kernen", "action": action, "config": RATES, "key": key}
    if not ratelimit.consume(request, limit_get=True, **limits):
        raise Unfit(429, _("This is too often: wait a minute."))


def _size(request: HttpRequest) -> int:
    size = request.headers.get("Content-Length", "")
    return int(size) if size.isdecimal() and len(size) < 12 else 0
