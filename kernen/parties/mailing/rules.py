"""What nobody does by hand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused


def by_itself(by: Any) -> None:
    if by is not None:
        raise Refused(_("Kernen does that by itself."))
