"""What the search finds an initiative by, kept with every act that changes it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.core.paginator import Paginator

from kernen.parties.models import Organisation
from kernen.parties.upkeep.actions import RENAMED

from .finding import stemmed, vocabulary
from .models import Gram, Initiative, Involvement, SearchText

#: What else initiatives are found by than their own texts: for their keys, keys with texts. The
#: rooms above add theirs.
FOUND_BY: list[Callable[[Sequence[int]], Iterable[tuple[int, str]]]] = []
AT_ONCE = 500


def index(initiatives: Sequence[Initiative]) -> None:
    """Let the search find them by what they say now, by who ever took part, and by what the rooms
    above know of them."""
    keys = [initiative.pk for initiative in initiatives]
    also: dict[int, list[str]] = defaultdict(list)
    for found in FOUND_BY:
        for key, text in found(keys):
            also[key].append(text)
    rows = [
        SearchText(
            initiative=one,
            heading=stemmed(one.title),
            body=stemmed(one.problem, one.purpose, one.target_group, one.citizens, *also[one.pk]),
        )
        for one in initiatives
    ]
    SearchText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["heading", "body"],
    )
    stems = {stem for row in rows for text in (row.heading, row.body) for stem in text.split()}
    known = set(Gram.objects.filter(stem__in=stems).values_list("stem", flat=True).distinct())
    # In one order, so that two who save the same new words at once do not wait for each other.
    new = sorted(vocabulary(*sorted(stems - known)))
    Gram.objects.bulk_create(
        [Gram(gram=gram, stem=stem) for gram, stem in new], ignore_conflicts=True
    )


def _parties(keys: Sequence[int]) -> Iterable[tuple[int, str]]:
    found = Involvement.objects.filter(initiative__in=keys).order_by("pk")
    return found.values_list("initiative_id", "organisation__name")


def _again(organisation: Organisation) -> None:
    """By its new name all that it ever took part in is found."""
    found = Initiative.objects.filter(involvements__organisation=organisation).distinct()
    for some in Paginator(found.order_by("pk"), AT_ONCE):
        index(list(some))


FOUND_BY.append(_parties)
RENAMED.append(_again)
