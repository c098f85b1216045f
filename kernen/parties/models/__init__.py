"""Who takes part: organisations, clusters, fora and people, each with the dates it holds."""

from .cluster import Cluster, ClusterMembership
from .dated import Dated, DatedQuerySet
from .entry import OrganisationEntry
from .forum import FormerRule, Forum, ForumMember, Ruled
from .invitation import Invitation
from .mailed import Asked, Mailed, MailedQuerySet
from .organisation import THREE_SECTORS, Organisation, Sector
from .person import OrganisationRole, Person, User, UserManager, former_colleague
from .put_off import PutOff
from .reorganisation import (
    ClusterChange,
    OrganisationChange,
    Reorganisation,
    ReorganisationEntry,
)

__all__ = [
    "THREE_SECTORS",
    "Asked",
    "Cluster",
    "ClusterChange",
    "ClusterMembership",
    "Dated",
    "DatedQuerySet",
    "FormerRule",
    "Forum",
    "ForumMember",
    "Invitation",
    "Mailed",
    "MailedQuerySet",
    "Organisation",
    "OrganisationChange",
    "OrganisationEntry",
    "OrganisationRole",
    "Person",
    "PutOff",
    "Reorganisation",
    "ReorganisationEntry",
    "Ruled",
    "Sector",
    "User",
    "UserManager",
    "former_colleague",
]
