from django.db import migrations

from kernen.lib.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]
    operations = [forbid_changes("initiatives_entry")]
