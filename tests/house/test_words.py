"""What no file of the project holds."""

import re

from tests.house.code import name, templates, tracked

TEXT = [path for path in tracked() if path.suffix not in (".png", ".woff2", ".xlsx", ".mo")]

#: Written with brackets, so that this file does not hold them either.
REGISTRIES = re.compile(r"py[p]i\.org|python[h]osted|npm[j]s\.(org|com)")
UNFINISHED = re.compile(r"\b(T[O]DO|FIX[M]E|X[X]X)\b")
#: Names that an address may have without leading anyone out of the program.
NAMESPACES = ("http://www.w3.org/", "https://127.0.0.1", "http://127.0.0.1", "http://localhost")
OUTSIDE = re.compile(r"""(?:https?:)?//[\w-]+\.[\w./-]+""")


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in TEXT
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_the_host_of_a_registry():
    assert not holding(REGISTRIES)


def test_nothing_is_left_for_later():
    assert not holding(UNFINISHED)


def outside(text: str) -> list[str]:
    """The addresses in a text that lead out of the program."""
    return [found for found in OUTSIDE.findall(text) if not found.startswith(NAMESPACES)]


def test_no_template_and_no_source_of_the_pages_leads_outside():
    screen = [
        path
        for path in tracked()
        if "static" in path.parts or path.suffix in (".scss", ".mjs", ".svg")
    ]
    found = {
        name(path): outside(path.read_text(errors="replace"))
        for path in [*templates(), *screen]
        if path.suffix != ".woff2"
    }
    assert not {file: addresses for file, addresses in found.items() if addresses}


def test_an_address_outside_is_found():
    assert outside('<script src="//cdn.example.com/a.js">') == ["//cdn.example.com/a.js"]
    assert outside("url(https://fonts.example.com/a)") == ["https://fonts.example.com/a"]
    assert outside('<svg xmlns="http://www.w3.org/2000/svg">') == []
