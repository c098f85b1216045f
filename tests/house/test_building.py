"""`kernen build` does what has changed, and names what stands in the way."""

import gettext
import os
from pathlib import Path

import pytest

from kernen.journey.management import building

HEAD = 'msgid ""\nmsgstr ""\n"Language: da\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(building, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(building, "ROOT", tmp_path)
    path = tmp_path / "locale" / "da" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + 'msgid "Sector"\nmsgstr "Sektor"\n')
    return path


def compiled(po: Path) -> str:
    with po.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Sector")


def test_translations_are_compiled_once_and_again_when_they_change(po: Path):
    said: list[str] = []
    building.compile_translations(said.append)
    building.compile_translations(said.append)
    assert said == ["Compiling the translations of da …"]
    assert compiled(po) == "Sektor"
    po.write_text(po.read_text().replace("Sektor", "Område"))
    os.utime(po, (po.stat().st_atime, po.with_suffix(".mo").stat().st_mtime + 1))
    building.compile_translations(said.append)
    assert compiled(po) == "Område"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('msgid "Since %(day)s"\nmsgstr "Siden %(dag)s"', "django.po:"),
        ('msgid "Since"\nmsgsrt "Siden"', "django.po cannot be compiled"),
    ],
    ids=["a placeholder that is not there", "a word that is misspelt"],
)
def test_a_fault_in_the_catalogue_is_named(po: Path, entry: str, told: str):
    po.write_text(f"{HEAD}#, python-format\n{entry}\n")
    with pytest.raises(building.CannotBuild, match=told):
        building.compile_translations()
    assert not po.with_suffix(".mo").exists()


def test_what_has_not_changed_is_not_made_again(tmp_path: Path):
    source, stamp = tmp_path / "source", tmp_path / "made" / ".stamp"
    source.write_text("one")
    assert building._changed([source], stamp)
    building._stamp([source], stamp)
    assert not building._changed([source], stamp)
    source.write_text("another")
    assert building._changed([source], stamp)
    building._stamp([source], stamp)
    new = tmp_path / "new"
    new.touch()
    assert building._changed([source, new], stamp)


def test_a_missing_npm_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(building.CannotBuild, match="install Node"):
        building._npm("ci")
