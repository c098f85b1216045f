"""Every text that people read is in the Danish catalogue, and no text slips past it."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from kernen.journey.management import catalogue
from tests.house.code import name, templates

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
#: Words that are the same in every language, and names.
BARE = {"Kernen", "CSV", "XLSX", "PNG", "SVG", "Dansk", "English", "PDSA", "Mette", "Holm"}


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def words(message: Message) -> list[str]:
    said = message.string
    return list(said) if isinstance(said, list | tuple) else [said or ""]


@pytest.fixture(scope="module")
def gathered() -> dict[tuple[str | None, str], Message]:
    return {key(message): message for message in catalogue.gathered() if message.id}


@pytest.fixture(scope="module")
def danish() -> dict[tuple[str | None, str], Message]:
    return {key(message): message for message in catalogue.read("da") if message.id}


def test_texts_are_gathered_from_code_and_templates(gathered):
    places = {Path(place).suffix for message in gathered.values() for place, _ in message.locations}
    assert places >= {".py", ".html"}


def test_every_text_is_said_in_danish(gathered, danish):
    missing = [
        f"{text!r} ({message.locations[0][0]})"
        for (context, text), message in gathered.items()
        if (context, text) not in danish or not all(words(danish[context, text]))
    ]
    assert not missing, f"{len(missing)} not in Danish:\n" + "\n".join(missing[:50])


def test_no_danish_text_is_a_guess(danish):
    assert not [text for (_, text), message in danish.items() if message.fuzzy]


def test_the_catalogue_holds_nothing_that_is_gone(gathered, danish):
    assert not set(danish) - set(gathered), "run kernen messages"


def test_every_placeholder_stands_in_the_danish_too(gathered, danish):
    def holders(text: str) -> set[str]:
        return {a or b for a, b in PLACEHOLDER.findall(text)}

    wrong = [
        text
        for (context, text), message in danish.items()
        for said in words(message)
        # The singular may leave the number out: "én kommune".
        if (said and not holders(said) <= _allowed(message, holders))
        or (said and isinstance(message.id, str) and holders(said) != holders(text))
    ]
    assert not wrong


def _allowed(message, holders):
    return set().union(*(holders(text) for text in _ids(message)))


def test_each_language_has_its_own_quotation_marks_and_no_others(gathered, danish):
    english, ours = re.compile(r"“[^“”]*”"), re.compile(r"”[^“”]*”")
    strange = re.compile("[“”„»«]")
    ids = {one for message in gathered.values() for one in _ids(message)}
    assert not {text for text in ids if strange.search(english.sub("", text))}
    said = {text for message in danish.values() for text in words(message)}
    assert not {text for text in said if strange.search(ours.sub("", text))}


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


# --- texts that slip past ---------------------------------------------------------------------

NOT_READ = [
    re.compile(r"{#.*?#}", re.S),
    re.compile(r"{%\s*comment.*?endcomment\s*%}", re.S),
    re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.S),
    re.compile(r"{%.*?%}", re.S),
    re.compile(r"{{.*?}}", re.S),
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"<!DOCTYPE[^>]*>", re.I),
    re.compile(r"<code>.*?</code>", re.S),
    re.compile(r"&\w+;"),
]
READ_IN_TAG = re.compile(r"""\b(?:alt|title|placeholder|aria-label|label)="([^"]*)\"""")
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(template: str) -> set[str]:
    """The words a visitor would read in a template that are not marked for translation."""
    for pattern in NOT_READ:
        template = pattern.sub(" ", template)
    read = " ".join(READ_IN_TAG.findall(template)) + " " + re.sub(r"<[^>]*>", " ", template)
    return set(WORD.findall(read)) - BARE


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_template_says_anything_that_is_not_translated(path: Path):
    assert not bare_words(path.read_text())


def test_a_bare_word_is_found():
    assert bare_words("<p>Gem</p>") == {"Gem"}
    assert bare_words('<button title="Luk">{% translate "Close" %}</button>') == {"Luk"}
    assert not bare_words("{% blocktranslate trimmed %}A word{% endblocktranslate %} {{ x }}")
