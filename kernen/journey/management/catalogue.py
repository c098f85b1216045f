"""The texts that people read, gathered from code and templates into the catalogues."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Path = settings.ROOT
LOCALE = ROOT / "kernen" / "locale"

#: The functions that mark a text, and which of their arguments are texts and context ("c").
KEYWORDS = parse_keywords(
    [
        *("_", "gettext", "gettext_lazy", "gettext_noop"),
        *("ngettext:1,2", "ngettext_lazy:1,2"),
        *("pgettext:1c,2", "pgettext_lazy:1c,2"),
        *("npgettext:1c,2,3", "npgettext_lazy:1c,2,3"),
    ]
)


def gathered() -> Catalog:
    """Every text that is marked for translation in the program, with the places it stands."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for path, source in _sources():
        found = extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=["Translators"]
        )
        for line, texts, comments, context in found:
            place = (str(path.relative_to(ROOT)), line)
            catalogue.add(texts, locations=[place], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(
            locale=language,
            project="Kernen",
            version="1",
            msgid_bugs_address="-",
            last_translator="-",
            language_team="Danish",
            header_comment="# What people read on Kernen's pages.",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> int:
    """Add new texts to the language's catalogue, drop those gone. Gives how many lack words."""
    catalogue = read(language)
    catalogue.update(gathered(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    with _path(language).open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False, sort_by_file=True)
    return sum(not said(message.string) for message in catalogue if message.id)


def said(words: str | list[str] | tuple[str, ...] | None) -> bool:
    return all(words) if isinstance(words, list | tuple) else bool(words)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _sources() -> Iterator[tuple[Path, str]]:
    """Each file with a text in it, as Python that calls gettext."""
    for path in sorted((ROOT / "kernen").rglob("*")):
        if "tests" in path.parts or "static" in path.parts:
            continue
        if path.suffix == ".py":
            yield path, path.read_text()
        elif "templates" in path.parts and path.is_file():
            python = templatize(path.read_text(), origin=str(path))
            # Where a template stood indented means nothing to it, and an error to Python.
            yield path, "\n".join(line.lstrip() for line in python.split("\n"))
