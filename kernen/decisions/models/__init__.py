"""Deciding: proposals, endorsements, decisions, meetings."""

from ..chain import Head
from .decision import DIFFERS, Commitment, Decision, Publication, Stance
from .endorsement import Endorsement
from .link import AnswerLink
from .meeting import Forwarding, Item, Meeting, Recommendation
from .proposal import ESTIMATES, SPREADS, Outcome, Proposal, ProposalVersion

__all__ = [
    "DIFFERS",
    "ESTIMATES",
    "SPREADS",
    "AnswerLink",
    "Commitment",
    "Decision",
    "Endorsement",
    "Forwarding",
    "Head",
    "Item",
    "Meeting",
    "Outcome",
    "Proposal",
    "ProposalVersion",
    "Publication",
    "Recommendation",
    "Stance",
]
