"""What is told of a wrong row among many: what stands there, and what may be meant."""

from kernen.measures.tests.test_delivering import deliver, in_english, row, wards

assert deliver and in_english and wards  # noqa: PT018 they are found by their names


def test_a_place_that_is_spelt_wrongly_and_a_negative_count_are_named(world, wards, deliver):
    wrong = row(world, "A", 45, 9, 10).replace("Afsnit A", "Afsint A")
    _delivery, problems = deliver(wrong, row(world, "B", 45, -3, 10), "Et andet sted;;uge 45;1;2;")
    assert [problem.split(": ")[0] for problem in problems] == [
        "Row 2, column B (afsnit), “Afsint A”",
        "Row 3, column D (tæller)",
        "Row 4, column A (organisation), “Et andet sted”",
    ]
    assert f"Is “{world.hospital}, Afsnit A” meant?" in problems[0]
    assert "-3" in problems[1]
    assert "meant" not in problems[2]
