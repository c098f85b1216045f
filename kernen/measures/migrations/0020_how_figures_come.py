from django.db import migrations, models

from kernen.lib.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("measures", "0019_loads_together")]

    operations = [
        migrations.AddField(
            model_name="load",
            name="confirmed",
            field=models.BooleanField(
                default=False, verbose_name="far from the usual, and confirmed"
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="coming",
            field=models.JSONField(default=dict),
        ),
        forbid_changes("measures_load"),  # SQLite made the table anew
    ]
