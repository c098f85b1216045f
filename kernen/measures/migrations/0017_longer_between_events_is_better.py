"""Of rare events the days between them are judged: where lower was said to be better, the events were
meant. The worker settles how every series stands anew, by the number of the calculation."""

from typing import Any

from django.db import migrations, models


def turn(apps: Any, schema_editor: Any) -> None:
    apps.get_model("measures", "Measure").objects.filter(figures="events", direction="down").update(
        direction="up"
    )


class Migration(migrations.Migration):
    dependencies = [("measures", "0016_machines")]

    operations = [
        migrations.RunPython(turn, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("figures", "events"), _negated=True),
                    models.Q(("direction", "down"), _negated=True),
                    _connector="OR",
                ),
                name="measure_events_longer_between_is_better",
            ),
        ),
    ]
