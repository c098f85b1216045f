"""Texts keep the lines and the lists that were typed."""

import pytest

from kernen.lib.written import Block, blocks, shortened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("One.\nTwo.\n\nThree.", [Block(("One.", "Two.")), Block(("Three.",))]),
        ("We need:\n- beds\n • staff\n\nSoon.", [
            Block(("We need:",)), Block(("beds", "staff"), listed=True), Block(("Soon.",)),
        ]),
        ("5. maj begyndte det\n-5 grader", [Block(("5. maj begyndte det", "-5 grader"))]),
        ("- ", [Block(("-",))]),
    ],
)  # fmt: skip
def test_a_text_is_parted_as_it_was_typed(typed, found):
    assert list(blocks(typed)) == found


def test_a_short_text_stays_as_it_is():
    assert shortened("One.\n\n- two\n- three", 100) == "One.\n\n- two\n- three"


def test_what_follows_is_told_by_a_mark():
    assert shortened("- one\n- two\n- three", 10) == "- one\n- two …"
    assert shortened(f"One.\n{'word ' * 40}", 60).endswith("word …")


def test_a_line_takes_its_room_however_short_it_is():
    assert shortened("- a\n" * 9, 80, line=40) == "- a\n- a …"


@pytest.mark.parametrize("most", range(8, 120, 7))
@pytest.mark.parametrize("line", [0, 30])
def test_it_is_never_longer_than_its_room(most, line):
    typed = "A first line.\n\n- an item of a list\n- another\nand what follows it is long. " * 3
    told = shortened(typed, most, line=line)
    assert len(told.replace("\n", "")) <= most + 2
