"""Who takes part: organisations, clusters, fora and people, each with the dates it holds."""

from .cluster import Cluster, ClusterMembership
from .dated import Dated, DatedQuerySet
from .forum import Forum, ForumMember
from .organisation import THREE_SECTORS, Organisation, Sector
from .person import OrganisationRole, Person, User, UserManager
from .put_off import PutOff

__all__ = [
    "THREE_SECTORS",
    "Cluster",
    "ClusterMembership",
    "Dated",
    "DatedQuerySet",
    "Forum",
    "ForumMember",
    "Organisation",
    "OrganisationRole",
    "Person",
    "PutOff",
    "Sector",
    "User",
    "UserManager",
]
