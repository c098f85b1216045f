"""The drawing: axes that are round and cover the figures, words that never cover each other."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations, pairwise

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from kernen.lib.periods import following, normalise
from kernen.measures.charts import Figure, run_chart
from kernen.measures.charts.axes import time_axis, value_axis
from kernen.measures.charts.labels import Box, Skyline, badges, place, stack
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.picture import NARROW, WALL, WIDE, letter, picture
from kernen.measures.charts.text import width_of

SVG = "{http://www.w3.org/2000/svg}"
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def periods(count, frequency, start=date(2016, 3, 14)):
    starts = [normalise(start, frequency)]
    while len(starts) < count:
        starts.append(following(starts[-1], frequency))
    return starts


def chart(values, frequency="month", *, splits=(), notes=(), **options):
    """A chart of values by position; splits and notes are positions too."""
    starts = periods(len(values), frequency)
    return run_chart(
        **{"name": "Waiting", "unit": "dage", "direction": "down", **options},
        points=[Figure(start, value) for start, value in zip(starts, values, strict=True)],
        frequency=frequency,
        splits=[(starts[at], "a new way") for at in splits],
        notes=[(starts[at], "a test") for at in notes],
    )


def test_on_a_wall_screen_that_lies_the_median_and_the_goal_stand_on_one_line_each():
    labels = [label.lines for label in drawn(chart(range(20, 40), goal=21), WALL).labels]
    assert ("Median 29,5",) in labels
    assert ("Målværdi 21",) in labels


def drawn(made, size):
    return picture(made.drawing(made.result), size)


def boxes(spec):
    badge_boxes = [badge.box for badge in (*spec.split_badges, *spec.note_badges)]
    return [*(label.box for label in spec.labels), *badge_boxes]


@st.composite
def charts(draw):
    values = draw(
        st.one_of(
            st.lists(st.none() | st.integers(-50, 400), min_size=1, max_size=90),
            st.lists(
                st.integers(-(10**12), 10**12).map(lambda n: n / 1e6), min_size=1, max_size=40
            ),
            st.lists(st.floats(88, 98), min_size=10, max_size=40),
            st.lists(st.just(7), min_size=1, max_size=30),
        ).filter(lambda values: any(value is not None for value in values))
    )
    at = st.integers(0, len(values) - 1)
    return chart(
        values,
        draw(st.sampled_from(["day", "week", "month", "quarter", "year"])),
        splits=draw(st.lists(at, max_size=5)),
        notes=draw(st.lists(at, max_size=12)),
        goal=draw(st.none() | st.floats(-500, 500)),
        unit=draw(st.sampled_from(["%", "dage", "", "indlæggelser pr. 1.000 borgere"])),
    )


@SIZES
@settings(max_examples=150)
@given(made=charts())
def test_no_words_cover_each_other_or_leave_the_picture(size, made):
    for language in ("da", "en"):
        with override(language):
            spec = drawn(made, size)
        for one, other in combinations(boxes(spec), 2):
            assert not one.meets(other)
        for box in boxes(spec):
            assert box.left >= 0
            assert box.top >= 0
            assert box.right <= size.width
            assert box.bottom <= size.height


@SIZES
@settings(max_examples=60)
@given(made=charts())
def test_every_picture_is_sound_svg_without_styles(size, made):
    with override("da"):
        drawing = made.wide if size is WIDE else made.narrow
    root = ET.fromstring(drawing)  # noqa: S314
    assert root.get("viewBox") == f"0 0 {size.width} {size.height}"
    for element in root.iter():
        assert not {"style", "class", "onclick"} & set(element.attrib)
        assert element.get("href", "#").startswith("#")
        for name in ("x", "y", "cx", "cy", "r", "width", "height", "d"):
            assert re.fullmatch(r"[-MVHLlmz\d. ]*", element.get(name, ""))
    dots = list(root.iter(f"{SVG}circle"))
    diamonds = [e for e in root.iter(f"{SVG}path") if e.find(f"{SVG}title") is not None]
    assert len(dots) + len(diamonds) == sum(value is not None for value in made.result.y)


def test_the_picture_says_in_words_what_it_shows_and_its_ids_are_its_own():
    made = chart([5, 6, 4, 7], name='"A" <b> & c', notes=[1], uid="s7")
    for drawing, uid in ((made.wide, "s7-wide"), (made.narrow, "s7-narrow")):
        root = ET.fromstring(drawing)  # noqa: S314
        assert root.get("role") == "group"
        assert root.get("aria-labelledby") == f"{uid}-title {uid}-desc"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert (title.get("id"), title.text) == (f"{uid}-title", made.heading)
        assert made.caption in description.text
        assert "1: a test" in description.text


def test_the_line_runs_on_over_a_missing_period_and_breaks_between_phases():
    spec = drawn(chart([5, None, 6, 4, 7, 5], splits=[3]), WIDE)
    assert re.sub(r"[\d. ]", "", spec.path) == "MLMLL"
    gaps = [float(x) for x, _y, _title in spec.dots]
    assert gaps[1] - gaps[0] == pytest.approx(2 * (gaps[2] - gaps[1]), abs=0.3)


def test_a_pointer_on_a_point_shows_its_period_and_figure():
    with override("en"):
        made = run_chart(
            name="Share",
            points=[Figure(date(2018, 11, 19), None, 128, 133)],
            frequency="week",
            unit="%",
        )
        assert [title for _x, _y, title in drawn(made, WIDE).dots] == [
            "week 47, 2018: 96.2\N{NO-BREAK SPACE}% (128/133)\nMedian 96.2\N{NO-BREAK SPACE}%"
        ]


def test_every_run_too_long_for_chance_is_drawn_in_diamonds_over_a_dashed_median():
    spec = drawn(chart([30] * 12 + [20] * 12, goal=5), WIDE)
    assert len(spec.diamonds) == 24
    assert [signal for _x1, _x2, _y, signal, _frozen in spec.medians] == [True]
    assert [label.kind for label in spec.labels] == ["median", "goal", "signal"]
    with override("en"):
        (words,) = [
            label.lines
            for label in drawn(chart([30] * 12 + [20] * 12), WIDE).labels
            if label.kind == "signal"
        ]
    assert words == ("run too long: 12 points", "too few crossings: 1")


def test_too_few_points_show_no_signal():
    spec = drawn(chart([1, 1, 1, 1, 5, 5, 5, 9, 9, 9, 9, 9]), WIDE)
    assert (spec.diamonds, spec.medians[0][3]) == ((), False)


def test_markers_shrink_before_they_touch():
    for count in (5, 34, 100, 260, 1000):
        for size in (WIDE, NARROW):
            spec = drawn(chart([at % 7 for at in range(count)], "day"), size)
            assert float(spec.radius) <= size.font * 0.35
    assert float(spec.radius) < 1.5


def test_the_last_median_and_the_goal_stand_apart_even_where_they_are_equal():
    for size in (WIDE, NARROW):
        median, goal = drawn(chart([4, 5, 6], goal=5), size).labels
        assert median.kind == "median"
        assert not median.box.meets(goal.box)


# --- axes ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(-(10**15), 10**15).map(lambda n: n / 1e6), min_size=1, max_size=20))
def test_the_value_axis_is_round_covers_the_figures_and_has_few_steps(values):
    axis = value_axis(values, within=None)
    ticks = axis.ticks()
    assert axis.low <= min(values)
    assert max(values) <= axis.high
    assert 2 <= len(ticks) <= 9
    assert float(f"{axis.step:.0e}") == pytest.approx(axis.step)
    assert ticks[-1] == pytest.approx(axis.high)
    assert all(0 <= axis.share(value) <= 1 for value in values)


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([23, 51], 0, 60),
        ([89.2, 97.1], 88, 98),
        ([0, 100], 0, 100),
        ([99, 100], 98, 100),
        ([0], 0, 1),
        ([5], 0, 8),
        ([-4, 8], -5, 10),
        ([10607, 15862], 10000, 17000),
    ],
)
def test_the_value_axis_starts_at_nought_unless_the_figures_are_far_from_it(values, low, high):
    axis = value_axis(values, within=(0, 100))
    assert (axis.low, axis.high) == (pytest.approx(low), pytest.approx(high))


@given(st.lists(st.floats(0, 100), min_size=1))
def test_shares_stay_within_nought_and_a_hundred_per_cent(values):
    axis = value_axis(values, within=(0, 100))
    assert axis.low >= 0
    assert axis.high <= 100 + 1e-9


@SIZES
@pytest.mark.parametrize("frequency", ["day", "week", "month", "quarter", "year"])
@pytest.mark.parametrize("count", [1, 2, 7, 13, 34, 60, 104, 260, 600])
def test_the_time_axis_always_has_labels_and_they_stand_clear(size, frequency, count):
    starts = periods(count, frequency)
    spacing = (size.width - 100) / count
    xs = [50 + (at + 0.5) * spacing for at in range(count)]
    with override("da"):
        axis = time_axis(starts, frequency, xs, size=size.font, room=size.width)
    assert axis.minor or axis.major
    for ticks in (axis.minor, axis.major):
        for one, other in pairwise(ticks):
            room = other.x - one.x
            assert room > (width_of(one.label, size.font) + width_of(other.label, size.font)) / 2


def test_weeks_are_numbered_and_stand_over_the_year_of_their_thursday():
    starts = periods(8, "week", date(2018, 12, 3))
    axis = time_axis(starts, "week", [at * 40 for at in range(1, 9)], size=14, room=400)
    assert [tick.label for tick in axis.minor] == ["49", "50", "51", "52", "1", "2", "3", "4"]
    assert [(tick.label, tick.x) for tick in axis.major] == [("2018", 40), ("2019", 200)]


def test_the_months_of_a_long_series_are_thinned_to_quarters_of_the_year():
    starts = periods(30, "month", date(2024, 1, 1))
    with override("da"):
        axis = time_axis(starts, "month", [at * 25 for at in range(1, 31)], size=14, room=800)
    assert [tick.label for tick in axis.minor][:5] == ["jan.", "april", "juli", "okt.", "jan."]
    assert [tick.label for tick in axis.major] == ["2024", "2025", "2026"]


# --- placing words ------------------------------------------------------------------------------


def test_badges_too_close_for_one_each_share_one():
    row = badges([(10, "1"), (18, "2"), (60, "3"), (99, "4")], 10, (0, 100))
    assert [badge.text for badge in row] == ["1–2", "3", "4"]
    assert row[-1].box.right <= 100


@given(st.lists(st.floats(0, 300), max_size=40).map(sorted))
def test_badges_never_touch(xs):
    row = badges([(x, str(number)) for number, x in enumerate(xs, start=1)], 11, (0, 300))
    assert all(one.box.right < other.box.left for one, other in pairwise(row))


def test_letters_go_on_after_z():
    assert [letter(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(5, 20)), max_size=4))
def test_a_stack_keeps_its_order_and_its_bounds(blocks):
    tops = stack(blocks, 0, 100)
    rows = sorted(zip(tops, (height for _middle, height in blocks), strict=True))
    assert all(top >= -1e-9 and top + height <= 100 + 1e-9 for top, height in rows)
    for (top, height), (below, _height) in pairwise(rows):
        assert top + height <= below + 1e-9


def test_words_with_no_room_are_left_out():
    room = Box(0, 0, 50, 30)
    options = {"room": room, "skyline": Skyline([(25, 15)], 50, 3), "uprights": (), "gap": 2}
    assert place((40, 10), (0, 50), 15, taken=[], **options)
    assert place((60, 10), (0, 50), 15, taken=[], **options) is None
    assert place((40, 10), (0, 50), 15, taken=[room], **options) is None


def test_a_number_and_its_unit_are_not_parted():
    assert Numbers("%", 1, ",", ".").quantity(95.4) == "95,4\N{NO-BREAK SPACE}%"
    assert Numbers("", 1, ",", ".").quantity(95.4) == "95,4"
