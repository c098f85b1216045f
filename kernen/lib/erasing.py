"""Taking a person's name out of texts that others, or the program, have written."""

import json
import re
from collections.abc import Iterable
from typing import Any


def mark(number: int) -> str:
    """What stands in the name's place: the same word in Danish and in English."""
    return f"[person {number}]"


def marked(text: Any) -> str | None:
    """The number of the person whose mark is the whole text; None for any other text."""
    found = re.fullmatch(r"\[person (\d+)\]", text) if isinstance(text, str) else None
    return found[1] if found else None


def wanted(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names or addresses as whole words, large or small letters alike.

    A name of one word, such as Bo, is an ordinary word as well: it counts only where nothing else
    is said."""
    found = [
        rf"(?<!\w){re.escape(name)}(?!\w)" if re.search(r"[\s@]", name) else rf"\A{name}\Z"
        for name in sorted(names, key=len, reverse=True)
    ]
    return re.compile("|".join(found), re.IGNORECASE)


def without(value: Any, names: re.Pattern[str], instead: str) -> Any:
    """The value, a text or a tree of lists and tables, with `instead` for each of the names."""
    match value:
        case str():
            return names.sub(lambda _: instead, value)
        case list():
            return [without(one, names, instead) for one in value]
        case dict():
            return {key: without(one, names, instead) for key, one in value.items()}
    return value


def spellings(name: str) -> set[str]:
    """How a text may stand in the database: as it is, and as JSON spells it."""
    return {name, json.dumps(name)[1:-1]}
