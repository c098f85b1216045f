"""Who may see a page: every view carries one of these marks (a test of the house looks for it).

What a person may *do* is judged by the rules of the room, inside the action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anyone, signed in or not."""
    view = login_not_required(view)
    view.seen_by = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Whoever is signed in: openness is the default. Held by LoginRequiredMiddleware."""
    view.seen_by = "signed in"  # type: ignore[attr-defined]
    return view
