"""The tables as 0009_alphabet leaves them. A database that stands before it goes on by those
that this one replaces."""

from django.db import migrations

from kernen.lib.at_once import at_once, operations_of

REPLACED = [
    "0001_initial",
    "0002_cache_table",
    "0003_audit_log",
    "0004_put_off",
    "0005_reorganisation",
    "0006_erasing",
    "0007_upkeep",
    "0008_inviting",
    "0009_alphabet",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("parties", name) for name in REPLACED]
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = at_once(operations_of(__package__, REPLACED))
