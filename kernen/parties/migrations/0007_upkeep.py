import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from kernen.lib.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0006_erasing"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=20, verbose_name="what")),
                ("params", models.JSONField(blank=True, default=dict)),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="happened"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="parties.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries_about",
                        to="parties.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of an organisation",
                "verbose_name_plural": "entries of organisations",
                "ordering": ["-at", "-pk"],
            },
        ),
        forbid_changes("parties_organisationentry"),
    ]
