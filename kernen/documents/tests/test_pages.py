"""Documents as people meet them: sending, reading, replacing, taking away and bringing back."""

import io
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse

from kernen.documents import actions, receiving, storing
from kernen.documents.models import Document, Version
from kernen.lib.refusal import Refused
from kernen.parties.models import OrganisationRole

from . import files


@pytest.fixture
def page(world) -> str:
    return reverse("documents", args=[world.first.pk])


def send(client, page: str, *sent, **more) -> str:
    return client.post(page, {"file": list(sent), **more}, follow=True).content.decode()


def titles(world) -> set[str]:
    return {d.title for d in world.first.documents.standing()} - {"Document 6", "Document 7"}


def verbs(world) -> list[str]:
    return list(world.first.journal.values_list("verb", flat=True))


def test_several_files_are_added_at_once_and_the_journal_says_so(client, world, page):
    said = send(
        client,
        page,
        files.upload(files.PDF, "Referat_fra_mødet.pdf"),
        files.upload(files.office("docx"), "Vejledning.docx"),
    )
    assert "2 dokumenter er lagt ind" in said
    assert {"Referat fra mødet", "Vejledning"} <= titles(world)
    assert verbs(world)[:2] == ["add_document", "add_document"]


def test_a_file_that_lies_about_its_type_is_refused_and_the_others_are_taken(client, world, page):
    said = send(
        client, page, files.upload(files.HTML, "Referat.pdf"), files.upload(files.PNG, "Foto.pdf")
    )
    assert "”Referat.pdf”: Indholdet er af en type" in said
    assert "1 dokument er lagt ind" in said
    assert Version.objects.get(name="Foto.png").content_type == "image/png"


def test_the_same_file_does_not_lie_twice_unless_it_was_replaced_or_taken_away(
    client, world, page, pdf
):
    again = files.upload(files.PDF, "Kopi.pdf")
    assert "”Kopi.pdf”: Den samme fil ligger her allerede, som ”Referat”" in send(
        client, page, again
    )
    actions.take_away(document=pdf, by=world.coordinator)
    assert "1 dokument er lagt ind" in send(client, page, files.upload(files.PDF, "Kopi.pdf"))


def test_a_number_in_a_file_or_its_name_is_refused_and_never_repeated(client, world, page):
    said = send(
        client,
        page,
        files.upload(files.CPR.encode(), "tal.csv"),
        files.upload(files.PDF, f"{files.CPR}.pdf"),
    )
    assert "CPR-nummer" in said
    assert "4285" not in said
    assert not Version.objects.exclude(key="").exists()


def test_a_file_that_was_refused_leaves_nothing_behind(client, page, folder: Path):
    send(client, page, files.upload(files.PDF, f"{files.CPR}.pdf"))
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_no_file_is_told_beside_the_field_and_only_then(client, page, pdf):
    for fetched in (page, pdf.get_absolute_url()):
        assert "Vælg en fil" not in client.get(fetched).content.decode()
    assert "Vælg en fil" in send(client, page)


def test_a_file_beyond_the_limit_is_not_written_further_and_the_others_are_taken(
    client, world, page, settings, monkeypatch
):
    settings.DOCUMENT_MB = 1
    written = []
    monkeypatch.setattr(receiving.Receiving, "_write", counting(written))
    large = files.upload(b"x" * (3 * 2**20), "Stor.txt")
    said = send(client, page, large, files.upload(files.PDF, "Lille.pdf"))
    assert "”Stor.txt”: Den er større end 1 MB" in said
    assert "Lille" in titles(world)
    assert sum(written) <= 2**20 + len(files.PDF)


def counting(written: list[int]):
    original = receiving.Receiving._write

    def write(self, raw_data: bytes, *, flush: bool = False) -> None:
        written.append(len(raw_data))
        original(self, raw_data, flush=flush)

    return write


def test_more_than_can_be_sent_at_once_is_told_for_the_rest(client, world, page, settings):
    settings.DOCUMENT_MB = 1
    parts = [files.upload(b"%d" % n * (2**20 - 10), f"Del{n}.txt") for n in range(5)]
    said = send(client, page, *parts)
    assert "4 dokumenter er lagt ind" in said
    assert "”Del4.txt”: Der var flere filer" in said


def test_who_sends_far_too_much_is_no_longer_listened_to(client, page, settings):
    settings.DOCUMENT_MB = 1
    sent = io.BytesIO(b"x" * (20 * 2**20))
    sent.name = "Alt.txt"
    client.post(page, {"file": sent})
    assert not Version.objects.exclude(key="").exists()


def test_a_full_disk_while_receiving_is_told_beside_the_name(client, world, page, monkeypatch):
    def full(self, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(TemporaryUploadedFile, "write", full, raising=False)
    assert "”Referat.pdf”: Der er ikke plads" in send(
        client, page, files.upload(files.PDF, "Referat.pdf")
    )


def test_a_file_is_sent_as_an_attachment_that_runs_nothing(reader, pdf):
    answer = reader.get(pdf.latest.get_absolute_url())
    assert b"".join(answer) == files.PDF
    told = answer["Content-Disposition"]
    assert told == f"attachment; filename*=utf-8''{quote('Referat på dansk.pdf')}"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(files.PDF))


def test_a_file_that_is_gone_from_the_storage_is_told_in_a_sentence(client, pdf, folder: Path):
    (folder / pdf.latest.key).unlink()
    answer = client.get(pdf.latest.get_absolute_url())
    assert answer.status_code == 403
    assert "Filen kan ikke hentes lige nu" in answer.content.decode()


def test_a_reader_reads_and_downloads_but_does_not_send(reader, world, page, pdf):
    assert "Referat" in reader.get(page).content.decode()
    assert "Kun teamet og koordinatorerne" in reader.get(page).content.decode()
    assert 'type="file"' not in reader.get(page).content.decode()
    assert reader.get(pdf.get_absolute_url()).status_code == 200
    assert reader.post(page, {"file": files.upload(files.PDF)}).status_code == 403
    assert reader.post(reverse("take_away", args=[pdf.pk])).status_code == 403


def test_a_new_version_takes_the_place_and_the_earlier_one_is_kept(client, world, pdf):
    said = send(
        client,
        pdf.get_absolute_url(),
        files.upload(files.office("docx"), "Referat 2.docx"),
        note="Rettet efter mødet",
    )
    assert "Version 2 er lagt ind" in said
    assert "Rettet efter mødet" in said
    assert [v.name for v in pdf.versions.all()] == ["Referat 2.docx", "Referat på dansk.pdf"]
    assert verbs(world)[0] == "add_version"
    first = pdf.versions.get(number=1)
    assert b"".join(client.get(first.get_absolute_url())) == files.PDF


def test_what_was_typed_stands_when_the_new_version_is_refused(client, pdf):
    said = send(
        client, pdf.get_absolute_url(), files.upload(files.EXE, "a.pdf"), note="Rettet efter mødet"
    )
    assert "af en type, som Kernen ikke tager imod" in said
    assert 'value="Rettet efter mødet"' in said
    assert pdf.versions.count() == 1


def test_the_same_file_again_is_no_new_version(client, pdf, folder: Path):
    said = send(client, pdf.get_absolute_url(), files.upload(files.PDF, "Referat.pdf"))
    assert "præcis samme indhold" in said
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_two_who_add_a_version_to_the_same_page_both_keep_theirs(world, pdf):
    """Both have fetched the document when it held one version."""
    for_one, for_other = Document.objects.get(pk=pdf.pk), Document.objects.get(pk=pdf.pk)
    other = world.person(OrganisationRole.Role.COORDINATOR)
    for document, held, by in ((for_one, b"a", world.coordinator), (for_other, b"b", other)):
        with storing.stored(files.upload(held)) as kept:
            actions.add_version(document=document, file=kept, by=by)
    assert [(v.number, v.by) for v in pdf.versions.all()][:2] == [
        (3, other),
        (2, world.coordinator),
    ]


def test_an_earlier_version_is_brought_back_as_a_version_of_its_own(client, world, pdf):
    send(client, pdf.get_absolute_url(), files.upload(b"Ny tekst", "Ny.txt"))
    first = pdf.versions.get(number=1)
    said = client.post(reverse("bring_back_version", args=[first.pk]), follow=True)
    assert "som version 3" in said.content.decode()
    latest = pdf.versions.latest("number")
    assert (latest.number, latest.key, latest.brought_back) == (3, first.key, first)
    assert "Version 1 af dokumentet ”Referat”" in str(world.first.journal.first())
    assert client.post(reverse("bring_back_version", args=[latest.pk])).status_code == 403


def test_what_is_taken_away_is_kept_for_those_who_may_bring_it_back(
    client, reader, world, page, pdf
):
    client.post(reverse("take_away", args=[pdf.pk]))
    assert "Referat" not in titles(world)
    assert "Taget væk" in client.get(page).content.decode()
    assert b"".join(client.get(pdf.latest.get_absolute_url())) == files.PDF
    for closed in (pdf.get_absolute_url(), pdf.latest.get_absolute_url()):
        answer = reader.get(closed)
        assert answer.status_code == 403
        assert "Dokumentet er taget væk" in answer.content.decode()
    assert "Taget væk" not in reader.get(page).content.decode()
    client.post(reverse("bring_back", args=[pdf.pk]))
    assert "Referat" in titles(world)
    assert reader.get(pdf.get_absolute_url()).status_code == 200
    assert verbs(world)[:2] == ["bring_back", "take_away"]


def test_what_is_taken_away_is_not_changed(client, world, pdf):
    actions.take_away(document=pdf, by=world.coordinator)
    with pytest.raises(Refused):
        actions.rename(document=pdf, title="Andet", by=world.coordinator)
    assert "Dokumentet er taget væk" in send(
        client, pdf.get_absolute_url(), files.upload(b"Nyt", "Nyt.txt")
    )


def test_a_title_is_changed_and_the_journal_keeps_the_old_one(client, world, pdf):
    client.post(reverse("rename", args=[pdf.pk]), {"title": "Referat af det første møde"})
    pdf.refresh_from_db()
    assert pdf.title == "Referat af det første møde"
    assert str(world.first.journal.first()) == (
        "Dokumentet ”Referat” hedder nu ”Referat af det første møde”"
    )


def test_a_link_opens_in_a_tab_of_its_own_and_shows_where_it_leads(client, reader, world, page):
    address = "https://www.sundhed.dk/borger/?a=1"
    client.post(reverse("add_link", args=[world.first.pk]), {"title": "Se", "address": address})
    shown = reader.get(page).content.decode()
    assert f'href="{address}" target="_blank" rel="noopener noreferrer"' in shown
    assert "www.sundhed.dk<" in shown
    version = Version.objects.get(address=address)
    assert reader.get(version.get_absolute_url()).url == version.document.get_absolute_url()


@pytest.mark.parametrize(
    "address",
    ["http://www.sundhed.dk", "javascript:alert(1)", "www.sundhed.dk", "ftp://sundhed.dk/a", "hej"],
)
def test_an_address_that_is_not_https_is_refused_and_stands_in_the_form(client, world, address):
    there = reverse("add_link", args=[world.first.pk])
    said = client.post(there, {"title": "Se", "address": address}).content.decode()
    assert "Skriv en hel adresse" in said
    assert address in said


def test_the_tab_counts_the_documents_that_stand(client, world, page, pdf):
    standing = world.first.documents.standing().count()
    assert f'<span class="count">{standing}</span>' in client.get(page).content.decode()
    actions.take_away(document=pdf, by=world.coordinator)
    assert f'<span class="count">{standing - 1}</span>' in client.get(page).content.decode()
