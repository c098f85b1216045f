"""The tables as 0003_erased leaves them. A database that stands before it goes on by those
that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_initial",
    "0002_alphabet",
    "0003_erased",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("documents", name) for name in REPLACED]
    dependencies = [("initiatives", "0015_journal_sealed")]
    operations = at_once(operations_of(__package__, REPLACED))
