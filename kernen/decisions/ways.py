"""The way through the fora that exist: which of them a proposal goes to, and why not to others.

It follows from how binding the work is and from the clusters in scope. Kernen never asks for a new
forum: where one is missing in the register, an existing one is to be entered.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.parties.models import Cluster, Forum

Kind, Level = Forum.Kind, Forum.Level


@dataclass(frozen=True)
class Task:
    """What fora of a kind, at a level, do on a way."""

    kinds: tuple[str, ...]
    level: str
    does: Promise
    decides: bool = False


_PREPARES = gettext_lazy("prepares and recommends")
_DECIDES = gettext_lazy("decides")

#: Whether the work is binding → the tasks in their order.
WAYS: dict[bool, tuple[Task, ...]] = {
    True: (
        Task((Kind.THEME_GROUP,), Level.REGION, _PREPARES),
        Task((Kind.STEERING_GROUP,), Level.REGION, _DECIDES, decides=True),
        Task((Kind.COMMITTEE,), Level.REGION, gettext_lazy("decides politically"), decides=True),
    ),
    False: (
        Task((Kind.THEME_GROUP,), Level.CLUSTER, _PREPARES),
        Task((Kind.STEERING_GROUP, Kind.COMMITTEE), Level.CLUSTER, _DECIDES, decides=True),
    ),
}
WHY: dict[bool, Promise] = {
    True: gettext_lazy(
        "It is under the health agreement: what is decided binds every place in scope, so it goes "
        "through the region's fora."
    ),
    False: gettext_lazy(
        "It is on own initiative and spreads to clusters that say yes, so each cluster's own forum "
        "decides."
    ),
}


@dataclass(frozen=True)
class Step:
    """A forum on the way and its task there, in the reader's language; without a forum, the cluster
    that has none."""

    task: Task
    forum: Forum | None = None
    cluster: Cluster | None = None

    @property
    def does(self) -> str:
        return str(self.task.does)

    @property
    def decides(self) -> bool:
        return self.task.decides

    @property
    def missing(self) -> str:
        return "" if self.cluster is None else _no_forum(self.cluster)


def way(binding: bool, clusters: Collection[Cluster], fora: Iterable[Forum]) -> list[Step]:
    """The steps through `fora`, those that exist today, for a proposal of that scope."""
    known = list(fora)
    steps = []
    for task in WAYS[binding]:
        fitting = [
            forum
            for forum in known
            if forum.kind in task.kinds
            and forum.level == task.level
            and (task.level != Level.CLUSTER or forum.cluster in clusters)
        ]
        steps += [Step(task, forum) for forum in fitting]
        if task.decides and task.level == Level.CLUSTER:
            held = {forum.cluster for forum in fitting}
            steps += [Step(task, cluster=cluster) for cluster in clusters if cluster not in held]
    return steps


def _no_forum(cluster: Cluster) -> str:
    return _(
        "%(cluster)s has no forum in the register: ask an administrator to enter the one there is."
    ) % {"cluster": cluster}


def decides(forum: Forum) -> bool:
    """Whether the forum decides, or only prepares for others."""
    return forum.kind != Kind.THEME_GROUP


def closed(forum: Forum, binding: bool, clusters: Collection[Cluster]) -> str:
    """Why a proposal of that scope does not go to the forum, in one sentence; empty where it may.

    `clusters` are those in scope; none, while the scope is not chosen, closes no cluster's own."""
    if binding and forum.level == Level.CLUSTER:
        return _(
            "%(forum)s decides for one cluster, and this binds under the health agreement: it goes "
            "to a forum of the region."
        ) % {"forum": forum}
    if not binding and forum.level != Level.CLUSTER:
        return _(
            "%(forum)s takes up what binds under the health agreement, and this is on own "
            "initiative: it goes to the fora of each cluster."
        ) % {"forum": forum}
    beyond = [cluster for cluster in clusters if cluster != forum.cluster]
    if forum.level == Level.CLUSTER and beyond:
        return _(
            "%(forum)s decides for %(cluster)s only, and %(other)s is in scope too: make one "
            "proposal for each cluster."
        ) % {"forum": forum, "cluster": forum.cluster, "other": beyond[0]}
    return ""
