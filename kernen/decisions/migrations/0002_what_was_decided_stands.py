from django.db import migrations

from kernen.lib.append_only import forbid_changes

SEALED = ("decisions_proposalversion", "decisions_endorsement", "decisions_decision")
TABLES = ("decisions_publication", "decisions_recommendation", "decisions_forwarding")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [
        *(forbid_changes(table, sealed=True) for table in SEALED),
        *(forbid_changes(table) for table in TABLES),
    ]
