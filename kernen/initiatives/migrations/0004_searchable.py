from django.db import migrations

from kernen.initiatives.finding import stemmed, vocabulary

BATCH = 500


def fill(apps, editor):
    """Let the search find what was registered before there was a search."""
    Initiative, SearchText, Gram = (
        apps.get_model("initiatives", name) for name in ("Initiative", "SearchText", "Gram")
    )
    known = set()
    missing = list(
        Initiative.objects.filter(found_by=None).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(missing), BATCH):
        texts = [
            _text(SearchText, one) for one in _some(Initiative, missing[start : start + BATCH])
        ]
        SearchText.objects.bulk_create(texts)
        new = vocabulary(*(words for text in texts for words in (text.heading, text.body))) - known
        known |= new
        Gram.objects.bulk_create(
            [Gram(gram=gram, stem=stem) for gram, stem in sorted(new)], ignore_conflicts=True
        )


def _some(Initiative, keys):
    return Initiative.objects.filter(pk__in=keys).prefetch_related("involvements__organisation")


def _text(SearchText, one):
    parties = [i.organisation.name for i in sorted(one.involvements.all(), key=lambda i: i.pk)]
    return SearchText(
        initiative=one,
        heading=stemmed(one.title),
        body=stemmed(one.problem, one.purpose, one.target_group, one.citizens, *parties),
    )


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
