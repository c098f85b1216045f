"""The tables as 0024_deliveries_shown_first leaves them. A database that stands before it goes on by
those that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_initial",
    "0002_loads_stand",
    "0003_audit_log",
    "0004_embedded",
    "0005_charts_chosen",
    "0006_shared_measures",
    "0007_kinds_of_figures",
    "0008_closed",
    "0009_journal_knows_series",
    "0010_shared_kinds_of_figures",
    "0011_starts_and_results",
    "0012_standing",
    "0013_wall_screens",
    "0014_ways_in",
    "0015_figures_links",
    "0016_machines",
    "0017_longer_between_events_is_better",
    "0018_undone_and_shapes",
    "0019_loads_together",
    "0020_how_figures_come",
    "0021_deliveries",
    "0022_what_a_delivery_repeats",
    "0023_shapes_crossed",
    "0024_deliveries_shown_first",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("measures", name) for name in REPLACED]
    dependencies = [
        ("initiatives", "0015_journal_sealed"),
        ("parties", "0012_agreement_in_words"),
    ]
    operations = at_once(operations_of(__package__, REPLACED))
