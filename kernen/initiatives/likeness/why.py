"""Why two texts look alike, as a page says it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from kernen.lib.words import stems
from kernen.parties.models import Cluster, Organisation

from ..models import Entry, Initiative, Likeness
from ..placing import place
from ..stages import Stage
from .nearest import alike, providers, text_of
from .telling import pieces, shared, telling

#: Shared words that are named, and how few of them do not explain a likeness by themselves.
NAMED, FEW = 5, 3

Piece = tuple[str, bool]


@dataclass(frozen=True)
class Place:
    """Where something is, by the numbers of its clusters and of its organisations."""

    clusters: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()


def place_of(initiative: Initiative) -> Place:
    """Where an initiative is, from places and involvements that are already fetched."""
    return Place(
        frozenset(cluster.pk for cluster in initiative.places),
        frozenset(i.organisation_id for i in initiative.involvements.all() if i.holds()),
    )


@dataclass
class Alike:
    """An initiative that looks alike, with what makes it so."""

    initiative: Initiative
    title: list[Piece]
    summary: list[Piece]
    words: list[str] = field(default_factory=list)
    otherwise: bool = False
    clusters: list[Cluster] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    target_group: bool = False
    lesson: str = ""


def why(text: str, here: Place, initiative: Initiative, meaning: float | None) -> Alike:
    """What a text, written at a place, has in common with an initiative."""
    said = frozenset(stems(text))
    words = shared(telling(text), text_of(initiative))[:NAMED]
    return Alike(
        initiative=initiative,
        title=marked(initiative.title, said),
        summary=marked(initiative.summary, said),
        words=words,
        otherwise=meaning is not None and len(words) < FEW,
        clusters=[cluster for cluster in initiative.places if cluster.pk in here.clusters],
        organisations=[
            involvement.organisation
            for involvement in initiative.involvements.all()
            if involvement.holds()
            and involvement.role == "responsible"
            and involvement.organisation_id in here.organisations
        ],
        target_group=bool(shared(telling(text), initiative.target_group)),
    )


def typed_alike(text: str, here: Place) -> list[Alike]:
    """The initiatives that look like what somebody types, the most alike first, each with why.

    One that nothing can be said of is left out: words alone find parts of words by chance."""
    matches = alike(text)
    found = Initiative.objects.prefetch_related("involvements__organisation")
    known = found.in_bulk([match.key for match in matches])
    place(known.values())
    told = [
        why(text, here, known[match.key], match.meaning) for match in matches if match.key in known
    ]
    shown = [one for one in told if one.words or one.otherwise]
    _teach([one for one in shown if one.initiative.stage == Stage.STOPPED])
    return shown


def _teach(ended: list[Alike]) -> None:
    """What was learned when each was stopped."""
    stops = Entry.objects.filter(verb="stop", initiative__in=[one.initiative for one in ended])
    lessons = dict(stops.order_by("at", "pk").values_list("initiative", "words"))
    for one in ended:
        one.lesson = lessons.get(one.initiative.pk, "")


def only_words() -> bool:
    """Whether this machine compares by words alone."""
    return len(providers()) == 1


def marked(text: str, said: frozenset[str]) -> list[Piece]:
    """The text in pieces, each with whether it is a word that was said as well."""
    return [(piece, not said.isdisjoint(stems(piece))) for piece in pieces(text)]


@dataclass
class Pair:
    """A likeness as it is read from one of its sides, with what the reader may say of it."""

    likeness: Likeness
    side: Initiative
    alike: Alike
    may: bool

    @property
    def awaits(self) -> bool:
        """Whether the lead of this side has yet to say if the two are the same."""
        return self.side in self.likeness.waits_for


def pairs(
    likenesses: Collection[Likeness], editable: Collection[int], side: Initiative | None = None
) -> list[Pair]:
    """The likenesses, each read from `side`, or else from where the reader may say what it is."""
    place([one for likeness in likenesses for one in (likeness.one, likeness.other)])
    return [_pair(likeness, editable, side) for likeness in likenesses]


def _pair(likeness: Likeness, editable: Collection[int], side: Initiative | None) -> Pair:
    if side is None:
        younger = likeness.one_id in editable or likeness.other_id not in editable
        side = likeness.one if younger else likeness.other
    here = likeness.one if side == likeness.one else likeness.other
    other = likeness.across(side)
    reasons = why(text_of(here), place_of(here), other, likeness.meaning)
    reasons.target_group = bool(shared(telling(here.target_group), other.target_group))
    return Pair(likeness, here, reasons, here.pk in editable)
