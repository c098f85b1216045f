"""What the docs say is what the code does."""

import re
from io import StringIO

from django.core.management import call_command

from kernen.cli import HELP, commands
from tests.house.code import ROOMS, ROOT, sources

README = ROOT / "README.md"


def test_the_printed_docs_match_the_code():
    call_command("print_docs", "--check", stdout=StringIO())


def test_every_make_command_in_the_docs_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))
    for page in (README, ROOT / "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:`|^ {4})make (\w+)", page.read_text(), re.M))
        assert named <= targets, f"{page.name}: {named - targets}"


def test_every_kernen_command_in_the_docs_exists():
    known = commands() | {"spc"}
    for page in (README, ROOT / "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:`|bin/|^)kernen (\w+)", page.read_text(), re.M))
        assert named <= known, f"{page.name}: {named - known}"


def test_the_help_names_every_command_of_ours():
    ours = {path.stem for path in sources(".py") if path.parent.name == "commands"}
    assert {name for name in ours if not name.startswith("_")} <= set(
        re.findall(r"^  (\w+)", HELP, re.M)
    )


def test_the_readme_names_every_room():
    named = set(re.findall(r"^\| `(\w+)/` \|", README.read_text(), re.M))
    assert named == set(ROOMS)


def test_the_readme_names_every_setting():
    settings = (ROOT / "kernen" / "config" / "settings.py").read_text()
    read = set(re.findall(r"\"(KERNEN_\w+|DATABASE_URL)\"", settings)) | {"DATABASE_URL"}
    assert read <= set(re.findall(r"`(KERNEN_\w+|DATABASE_URL)`", README.read_text()))


def test_the_pictures_of_the_readme_are_there():
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text()):
        assert (ROOT / picture).exists(), picture
