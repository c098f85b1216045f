"""What the journal says of a series knows it by number, older lines too: closed with it."""

from collections import defaultdict
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from kernen.lib.append_only import changes_allowed

TABLE = "initiatives_entry"


def number(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """A line tells the measure and the place as they were called then; where that is no longer one
    series' name, it stays as it is."""
    by_name: dict[tuple[int, str], list[Any]] = defaultdict(list)
    found = apps.get_model("measures", "Series").objects.select_related("measure", "organisation")
    for series in found:
        name = series.organisation.name
        place = f"{series.place}, {name}" if series.place else name
        by_name[series.measure.initiative_id, place].append(series)
    entries = apps.get_model("initiatives", "Entry").objects.filter(params__has_key="place")
    with changes_allowed(TABLE):
        for entry in entries.exclude(params__has_key="series").iterator():
            here = by_name.get((entry.initiative_id, entry.params["place"]), [])
            same = [s for s in here if s.measure.name == entry.params.get("measure")] or here
            if len(same) == 1:
                entry.params["series"] = same[0].pk
                entry.save(update_fields=["params"])


class Migration(migrations.Migration):
    dependencies = [("measures", "0008_closed"), ("initiatives", "0014_alphabet")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
