from django.db import migrations

from kernen.lib.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [forbid_changes("measures_load")]
