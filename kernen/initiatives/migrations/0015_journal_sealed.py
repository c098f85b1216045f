"""The journal changes for nothing but the name of a person who is erased, and the database sees to
that itself: a function of its owner's puts the person's mark in the name's place and nothing else.
"""

from django.db import migrations

from kernen.lib.append_only import forbid_changes

REDACT = r"""
CREATE OR REPLACE FUNCTION kernen_redact_entry(entry bigint, field text, said text, person bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before text; names text; mark text := '[person ' || person || ']'; pattern text; kind text;
BEGIN
  SELECT format_type(atttypid, NULL) INTO kind FROM pg_attribute
    WHERE attrelid = 'public.initiatives_entry'::regclass AND attname = field AND attnum > 0;
  EXECUTE format('SELECT %I::text FROM public.initiatives_entry WHERE id = $1', field)
    INTO before USING entry;
  SELECT string_agg(regexp_replace(name, '([][\\.*+?^${}()|])', '\\\1', 'g'), '|') INTO names FROM (
    SELECT name FROM public.parties_historicalperson WHERE id = person AND name <> ''
    UNION SELECT email FROM public.parties_historicaluser WHERE id IN
      (SELECT user_id FROM public.parties_historicalperson WHERE id = person)
    UNION SELECT email FROM public.parties_invitation WHERE answered_by_id = person
  ) AS known;
  IF kind = 'jsonb' THEN said := said::jsonb::text; END IF;
  pattern := regexp_replace(said, '([][\\.*+?^${}()|])', '\\\1', 'g');
  pattern := replace(pattern, '\[person ' || person || '\]', '(' || names || ')');
  IF names IS NULL OR position(mark IN said) = 0 OR before !~* ('^' || pattern || '$') THEN
    RAISE EXCEPTION 'the journal changes for the name of an erased person only'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM set_config('kernen.lifted', 'initiatives_entry', true);
  EXECUTE format('UPDATE public.initiatives_entry SET %I = $1::%s WHERE id = $2', field, kind)
    USING said, entry;
  PERFORM set_config('kernen.lifted', '', true);
END $$
"""


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(REDACT, params=None)


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION kernen_redact_entry", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0014_alphabet"),
        ("parties", "0011_fora_that_decide"),
    ]
    operations = [
        forbid_changes("initiatives_entry", sealed=True),
        migrations.RunPython(forwards, backwards),
    ]
