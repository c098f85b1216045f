"""Where initiatives belong on the day shown; the cluster of the registering is never rewritten."""

from collections.abc import Collection

from kernen.parties import lineage

from .models import Initiative


def place(initiatives: Collection[Initiative]) -> None:
    """Give each initiative its `places`: two queries, however many there are."""
    found = lineage.places({one.cluster_id for one in initiatives if one.cluster_id})
    for one in initiatives:
        one.places = found[one.cluster_id] if one.cluster_id else []
