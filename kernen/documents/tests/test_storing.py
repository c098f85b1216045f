"""Where files lie, what they are called, and that none is left behind."""

from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from moto import mock_aws

from kernen.documents import actions, content, storing
from kernen.documents.duties import remove_orphans
from kernen.documents.models import Version

from . import files


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def bucket(settings, monkeypatch: pytest.MonkeyPatch):
    """An S3 storage in the memory of the test."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        made = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="kernen")
        options = {"bucket_name": "kernen", "location": "documents", "file_overwrite": True}
        s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"default": s3}
        yield made


def lying(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def test_nothing_of_the_name_is_in_the_place_where_a_file_lies(folder: Path):
    with storing.stored(files.upload(files.PDF, "../../Mit referat.pdf")) as kept:
        assert lying(folder) == [kept.key]
    assert "referat" not in kept.key
    assert kept.size == len(files.PDF)
    assert (folder / kept.key).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "held", "safe"),
    [
        ("Referat æøå.pdf", files.PDF, "Referat æøå.pdf"),
        ("Uge 47.2018", files.PDF, "Uge 47.2018.pdf"),
        ("billede.pdf", files.PNG, "billede.png"),
        ("virus.exe", files.PDF, "virus.exe.pdf"),
        ("tal.CSV", b"a;b", "tal.CSV"),
        ("gpj.\u202ekode", files.PDF, "gpj.kode.pdf"),
        ("..", files.PDF, "document.pdf"),
        ('a:b"c?.pdf', files.PDF, "a-b-c-.pdf"),
        ("x" * 300 + ".pdf", files.PDF, "x" * 150 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_the_content_says(name: str, held: bytes, safe: str):
    found = content.examine(files.upload(held))
    assert storing.safe_name(name, found) == safe


def test_a_file_whose_row_was_not_written_is_removed_again(folder: Path):
    def store_and_fail() -> None:
        with storing.stored(files.upload(files.PDF)):
            assert lying(folder)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        store_and_fail()
    assert not lying(folder)


def test_a_disk_without_room_is_told_in_a_sentence_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with (
        pytest.raises(ValidationError, match="lageret er fyldt"),
        storing.stored(files.upload(files.PDF)),
    ):
        pass
    assert not lying(folder)


def test_what_a_kill_left_is_removed_after_a_day_and_nothing_else(world, folder: Path):
    with storing.stored(files.upload(files.PDF)) as kept:
        actions.add_document(initiative=world.first, title="A", file=kept, by=world.coordinator)
    for number in range(3):
        with storing.stored(files.upload(b"%d" % number)):
            pass
    (folder / "another" / "folder").mkdir(parents=True)
    (folder / "another" / "file").touch()
    now = timezone.now()
    assert remove_orphans(now, 100) == 0
    later = now + timedelta(days=2)
    assert remove_orphans(later, 2) == 2
    assert remove_orphans(later, 100) == 1
    assert remove_orphans(later, 100) == 0
    assert sorted(lying(folder)) == sorted(["another/file", kept.key])


def test_where_nothing_was_ever_stored_nothing_is_left(folder: Path, db):
    assert remove_orphans(timezone.now(), 10) == 0


def test_the_same_page_serves_a_file_that_lies_in_s3(world, bucket, sign_in):
    with storing.stored(files.upload(files.PDF, "Referat.pdf")) as kept:
        actions.add_document(initiative=world.first, title="A", file=kept, by=world.coordinator)
    assert [item.key for item in bucket.objects.all()] == [f"documents/{kept.key}"]
    version = Version.objects.get(key=kept.key)
    answer = sign_in(world.coordinator).get(version.get_absolute_url())
    assert b"".join(answer) == files.PDF
    assert "amazonaws" not in str(answer.headers)


def test_what_a_kill_left_in_s3_is_removed(bucket, db):
    with storing.stored(files.upload(files.PDF)):
        pass
    assert remove_orphans(timezone.now() + timedelta(days=2), 10) == 1
    assert not list(bucket.objects.all())


def test_an_s3_storage_that_does_not_answer_is_told_in_a_sentence(bucket):
    bucket.objects.all().delete()
    bucket.delete()
    with (
        pytest.raises(ValidationError, match="svarer ikke"),
        storing.stored(files.upload(files.PDF)),
    ):
        pass
