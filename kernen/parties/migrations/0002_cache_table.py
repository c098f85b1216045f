from django.core.management import call_command
from django.db import migrations


def create(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache lives in the database: one step sets up both."""

    dependencies = [("parties", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
