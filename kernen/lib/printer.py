"""WeasyPrint, which lays out PDF files, and whether this machine has what it needs."""

from functools import cache
from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused

#: What Debian calls the libraries that lay out the letters.
PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")
MISSING = _(
    "PDF files cannot be made here: the library Pango is missing on the server. Tell whoever runs "
    "Kernen, or take the Word file instead."
)


@cache
def printer() -> Any:
    """Loaded when the first PDF is asked for, since it takes half a second; None without Pango."""
    try:
        return import_module("weasyprint")
    except OSError:
        return None


def may_print() -> None:
    """The rule: whether PDF files can be made on this machine."""
    if printer() is None:
        raise Refused(MISSING)
