"""Where initiatives belong, and who takes part, under the structure of the day shown.

What was recorded, the cluster and the organisations, is never rewritten."""

from collections.abc import Collection

from kernen.parties import lineage
from kernen.parties.models import Cluster, Organisation

from .models import Initiative, Involvement


def place(initiatives: Collection[Initiative]) -> None:
    """Give each initiative its `places`, and those in whose name its involvements go on.

    A few queries, however many there are, and wherever they belong."""
    found = lineage.standing(Cluster, {one.cluster_id for one in initiatives if one.cluster_id})
    for one in initiatives:
        one.places = found[one.cluster_id] if one.cluster_id else []
    stand_in([i for one in initiatives for i in one.involvements.all()])


def stand_in(involvements: Collection[Involvement]) -> None:
    """Give each involvement its `places`, the organisations in whose name it goes on: two queries.

    One that has ended keeps the name under which it was recorded."""
    found = lineage.standing(Organisation, {one.organisation_id for one in involvements})
    for one in involvements:
        one.places = found[one.organisation_id] if one.holds() else [one.organisation]
