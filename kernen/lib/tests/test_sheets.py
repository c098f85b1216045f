"""Rows as a file: what it is called when it is saved."""

from kernen.lib.sheets import as_csv


def test_a_file_is_saved_by_its_name_also_with_danish_letters():
    said = as_csv([], "sygehus-fælles-å")["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''sygehus-f%C3%A6lles-%C3%A5.csv"
    assert as_csv([], "kernen-7")["Content-Disposition"] == 'attachment; filename="kernen-7.csv"'
