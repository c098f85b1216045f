"""The register: initiatives, who is in, what they aim at, and the journal of what happened."""

from .entry import CLOSED, PARAMS, Entry, Untold, open_to
from .goal import Dimension, Goal
from .initiative import Initiative
from .involvement import Involvement, TeamMember
from .leading import IdleQuestion, LeadOffer
from .likeness import Answer, Likeness, LikenessAnswer, Vector
from .link import Link
from .search import Gram, SearchText

__all__ = [
    "CLOSED",
    "PARAMS",
    "Answer",
    "Dimension",
    "Entry",
    "Goal",
    "Gram",
    "IdleQuestion",
    "Initiative",
    "Involvement",
    "LeadOffer",
    "Likeness",
    "LikenessAnswer",
    "Link",
    "SearchText",
    "TeamMember",
    "Untold",
    "Vector",
    "open_to",
]
