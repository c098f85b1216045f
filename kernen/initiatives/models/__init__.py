"""The register: initiatives, who is in, what they aim at, and the journal of what happened."""

from .entry import PARAMS, Entry, Untold
from .goal import Dimension, Goal
from .initiative import Initiative
from .involvement import Involvement, TeamMember
from .leading import IdleQuestion, LeadOffer
from .link import Link
from .search import Gram, SearchText

__all__ = [
    "PARAMS",
    "Dimension",
    "Entry",
    "Goal",
    "Gram",
    "IdleQuestion",
    "Initiative",
    "Involvement",
    "LeadOffer",
    "Link",
    "SearchText",
    "TeamMember",
    "Untold",
]
