"""Rows as a file: what it is called when it is saved, and in which language."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kernen.lib.sheets import as_csv


def test_a_file_is_saved_by_its_name_also_with_danish_letters():
    said = as_csv([], "sygehus-fælles-å")["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''sygehus-f%C3%A6lles-%C3%A5.csv"
    assert as_csv([], "kernen-7")["Content-Disposition"] == 'attachment; filename="kernen-7.csv"'


def test_rows_that_are_made_while_the_file_is_sent_are_in_the_language_of_whoever_asked():
    with override("en"):
        response = as_csv(([_("Period")] for _row in range(1)), "figures")
    with override("da"):
        assert b"".join(response.streaming_content).decode("utf-8-sig") == "Period\r\n"
