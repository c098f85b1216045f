"""The tables as 0015_journal_sealed leaves them. A database that stands before it goes on by those
that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_initial",
    "0002_journal_stands",
    "0003_search",
    "0004_searchable",
    "0005_on_board",
    "0006_audit_log",
    "0007_leading",
    "0008_untold",
    "0009_priority_area",
    "0010_likeness",
    "0011_by_stage",
    "0012_involved_on_day",
    "0013_search_titles",
    "0014_alphabet",
    "0015_journal_sealed",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("initiatives", name) for name in REPLACED]
    dependencies = [("parties", "0011_fora_that_decide")]
    operations = at_once(operations_of(__package__, REPLACED))
