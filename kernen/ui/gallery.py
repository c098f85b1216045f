"""What the gallery shows: sample data for each part."""

from typing import Any


def parts() -> dict[str, Any]:
    return {}
