"""What the content security policy forbids stands in no template of any room."""

import re
from pathlib import Path

import pytest

KERNEN = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(
    path for path in KERNEN.glob("*/templates/**/*") if path.suffix in {".html", ".svg"}
)
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "a script inside the page": r"<script(?![^>]*\ssrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a script as an address": r"javascript:",
    "an outside address": r"""(?:href|src|action|url\()\s*=?\s*["']?\s*(?:https?:)?//""",
}


def test_the_templates_are_found():
    assert KERNEN / "ui" / "templates" / "ui" / "base.html" in TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(KERNEN)))
def test_a_template_keeps_to_the_policy(path: Path):
    text = path.read_text()
    broken = [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I | re.S)]
    assert broken == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("a style element", "<style>p {}</style>"),
        ("a script inside the page", "<script>go()</script>"),
        ("an event attribute", '<button onclick="go()">'),
        ("a script as an address", '<a href="javascript:go()">'),
        ("an outside address", '<img src="//example.org/a.png">'),
        ("an outside address", "<link href='https://example.org/a.css'>"),
    ],
)
def test_the_test_itself_finds_what_is_forbidden(name: str, line: str):
    assert re.search(FORBIDDEN[name], line)
