from django.db import migrations

#: An index of vectors keeps no weights: titles alone are found by a vector of their own.
POSTGRESQL = [
    """ALTER TABLE initiatives_searchtext ADD COLUMN title tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', heading)) STORED""",
    """CREATE INDEX searchtext_title ON initiatives_searchtext USING gin (title)
        WITH (fastupdate = off)""",
]
POSTGRESQL_BACK = ["ALTER TABLE initiatives_searchtext DROP COLUMN title"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL_BACK:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0012_involved_on_day")]

    operations = [migrations.RunPython(forwards, backwards)]
