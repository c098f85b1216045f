"""The tables as 0003_questions_by_email leaves them. A database that stands before it goes on by
those that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_initial",
    "0002_what_was_decided_stands",
    "0003_questions_by_email",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("decisions", name) for name in REPLACED]
    dependencies = [("initiatives", "0015_journal_sealed")]
    operations = at_once(operations_of(__package__, REPLACED))
