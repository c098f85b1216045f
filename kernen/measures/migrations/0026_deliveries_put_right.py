from django.db import migrations, models


def show_anew(apps, schema_editor):
    """What was found in files that wait for an answer is not what their pages show now."""
    waiting = apps.get_model("measures", "Delivery").objects.filter(
        ended_at=None, confirmed_at=None
    )
    waiting.update(looked_at=None, seen_at=None, found={})


class Migration(migrations.Migration):
    dependencies = [("measures", "0025_deliveries_read_through")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="said",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="how it is to be read"
            ),
        ),
        migrations.AddField(
            model_name="historicaldelivery",
            name="said",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="how it is to be read"
            ),
        ),
        migrations.RunPython(show_anew, migrations.RunPython.noop),
    ]
