import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE initiatives_searchtext_fts USING fts5(
        heading, body, content='initiatives_searchtext', content_rowid='initiative_id',
        prefix='3 4', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER initiatives_searchtext_insert AFTER INSERT ON initiatives_searchtext BEGIN
        INSERT INTO initiatives_searchtext_fts(rowid, heading, body)
        VALUES (new.initiative_id, new.heading, new.body);
    END""",
    """CREATE TRIGGER initiatives_searchtext_delete AFTER DELETE ON initiatives_searchtext BEGIN
        INSERT INTO initiatives_searchtext_fts(initiatives_searchtext_fts, rowid, heading, body)
        VALUES ('delete', old.initiative_id, old.heading, old.body);
    END""",
    """CREATE TRIGGER initiatives_searchtext_update AFTER UPDATE ON initiatives_searchtext BEGIN
        INSERT INTO initiatives_searchtext_fts(initiatives_searchtext_fts, rowid, heading, body)
        VALUES ('delete', old.initiative_id, old.heading, old.body);
        INSERT INTO initiatives_searchtext_fts(rowid, heading, body)
        VALUES (new.initiative_id, new.heading, new.body);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE initiatives_searchtext ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', heading), 'A') ||
        setweight(to_tsvector('simple', body), 'D')) STORED""",
    """CREATE INDEX searchtext_vector ON initiatives_searchtext USING gin (vector)
        WITH (fastupdate = off)""",
]
# With the table go the triggers, the column and the index.
SQLITE_BACK = ["DROP TABLE initiatives_searchtext_fts"]


def index(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


def no_index(apps, editor):
    for statement in SQLITE_BACK if editor.connection.vendor == "sqlite" else []:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_journal_stands"),
        ("parties", "0002_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gram",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gram", models.CharField(max_length=3)),
                ("stem", models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="found_by",
                        serialize=False,
                        to="initiatives.initiative",
                    ),
                ),
                ("heading", models.TextField()),
                ("body", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["stage", "-active_at", "-id"], name="initiative_at_stage"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                fields=["cluster", "-active_at", "-id"], name="initiative_in_cluster"
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["title"], name="initiative_title"),
        ),
        migrations.AddIndex(
            model_name="gram",
            index=models.Index(fields=["stem"], name="gram_of_stem"),
        ),
        migrations.AddConstraint(
            model_name="gram",
            constraint=models.UniqueConstraint(fields=("gram", "stem"), name="gram_once"),
        ),
        migrations.RunPython(index, no_index),
    ]
