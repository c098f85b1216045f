"""The money as our own SVG, drawn twice: wide, and narrow for phones."""

from .flows import flows
from .years import years

__all__ = ["flows", "years"]
