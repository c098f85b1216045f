from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import kernen.lib.cpr

#: What was written before it was asked for says so, rather than nothing.
NOT_SAID = "Det blev ikke sagt, hvordan den viser det, da den blev valgt."


def admit(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("value", "Evidence").objects.filter(says="").update(says=NOT_SAID)


class Migration(migrations.Migration):
    dependencies = [("value", "0002_results_as_evidence")]

    operations = [
        migrations.RemoveConstraint("evidence", "evidence_figures_or_study"),
        migrations.RunPython(admit, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name,
                "says",
                models.CharField(
                    max_length=500,
                    validators=[kernen.lib.cpr.refuse_cpr],
                    verbose_name="how it shows it",
                ),
            )
            for model_name in ("evidence", "historicalevidence")
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=models.Q(series__isnull=False, result=None, reference="", address="")
                | models.Q(series=None, result__isnull=False, reference="", address="")
                | (
                    models.Q(series=None, result=None)
                    & ~models.Q(reference="")
                    & ~models.Q(address="")
                ),
                name="evidence_figures_or_study",
                violation_error_message=(
                    "A study needs its reference, where it is found, and what it says."
                ),
            ),
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(name="evidence_says_how", condition=~models.Q(says="")),
        ),
    ]
