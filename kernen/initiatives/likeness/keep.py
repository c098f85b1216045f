"""What is kept of likeness: it follows from the texts, and can be made anew at any time."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Initiative, Likeness, Vector
from .limits import MOST, MUCH_ALIKE
from .nearest import WORDS, Match, best, digest, providers, text_of
from .provider import Provider
from .telling import shared, telling


def unread(provider: Provider, limit: int) -> list[Initiative]:
    """The initiatives whose text the provider has not read, or that has changed since."""
    kept = Vector.objects.filter(
        initiative=OuterRef("pk"), provider=provider.name, version=provider.version
    )
    if provider is not WORDS:  # words are kept by the actions, and know what a text says now
        said = Vector.objects.filter(initiative=OuterRef("initiative"), provider=WORDS.name)
        kept = kept.filter(Exists(said.filter(digest=OuterRef("digest"))))
    return list(Initiative.objects.filter(~Exists(kept)).order_by("-pk")[:limit])


def keep(provider: Provider, initiatives: list[Initiative]) -> None:
    """Keep what the provider makes of the texts, in the place of what it made before."""
    texts = [text_of(initiative) for initiative in initiatives]
    values = provider.values(texts)
    vectors = [
        Vector(
            initiative=initiative,
            provider=provider.name,
            version=provider.version,
            digest=digest(text),
            value=value,
        )
        for initiative, text, value in zip(initiatives, texts, values, strict=True)
    ]
    Vector.objects.bulk_create(
        vectors,
        update_conflicts=True,
        unique_fields=["initiative", "provider"],
        update_fields=["version", "digest", "value", "made_at", "compared"],
    )


def uncompared(limit: int) -> list[int]:
    """The numbers of initiatives that were read after they were last compared, the newest first."""
    waiting = Vector.objects.filter(compared=False, provider=providers()[-1].name)
    return list(waiting.order_by("-initiative").values_list("initiative", flat=True)[:limit])


def is_compared(key: int) -> bool:
    """Whether the initiative, as it reads now, has been compared with the others."""
    read = Vector.objects.filter(initiative=key, provider=providers()[-1].name)
    return read.filter(compared=True).exists()


@transaction.atomic
def compare(key: int) -> None:
    """Keep whom the initiative looks much like; what nobody answered goes when it holds no more."""
    names = [provider.name for provider in providers()]
    vectors = list(Vector.objects.filter(initiative=key, provider__in=names))
    mine = Likeness.objects.filter(Q(one=key) | Q(other=key))
    known = {sum(pair) - key for pair in mine.values_list("one", "other")}
    matches = best(
        {vector.provider: bytes(vector.value) for vector in vectors},
        but=[key],
        also=known,
        most=MOST,
        least=MUCH_ALIKE,
    )
    if names == [WORDS.name]:
        matches = _telling(key, matches)
    found = [match.key for match in matches]
    mine.filter(answers=None).exclude(one__in=found).exclude(other__in=found).delete()
    Likeness.objects.bulk_create(
        [_pair(key, match) for match in matches],
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["score", "words", "meaning"],
    )
    for vector in vectors:  # one that was made anew meanwhile is compared anew
        Vector.objects.filter(pk=vector.pk, made_at=vector.made_at).update(compared=True)


def _telling(key: int, matches: list[Match]) -> list[Match]:
    """Those that share a word with the initiative that tells something: others do so by chance."""
    known = Initiative.objects.in_bulk([key, *(match.key for match in matches)])
    said = telling(text_of(known[key]))
    return [match for match in matches if shared(said, text_of(known[match.key]))]


def _pair(key: int, match: Match) -> Likeness:
    return Likeness(
        one_id=max(key, match.key),
        other_id=min(key, match.key),
        score=match.score,
        words=match.words,
        meaning=match.meaning,
        found_at=timezone.now(),
    )
