"""The tables as 0003_evidence_says_how leaves them. A database that stands before it goes on by those
that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_gains_and_costs",
    "0002_results_as_evidence",
    "0003_evidence_says_how",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("value", name) for name in REPLACED]
    dependencies = [("measures", "0014_ways_in")]
    operations = at_once(operations_of(__package__, REPLACED))
