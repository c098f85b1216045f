"""No page forgets that a series may be closed: all fetch series and their parts by one door."""

import re

import pytest

from tests.house.code import name, sources

#: What fetches series or what belongs to them, past the door.
PAST = re.compile(
    r"\bSeries\.objects(?!\s*\.(?:seen_by|closed_to|locked)\()"
    r"|\b(?:Point|Split|Freeze|Annotation|Load)\.objects\b"
    r"|\.series\.(?:all|filter|exclude|get|first|last|values|select_related|count|exists)\b"
    r"|\.journal(?:\.(?:select_related|all|first|order_by|values)\b|\))"
)
#: The few places beside the door, each with its reason.
NAMED = {
    "kernen/measures/fetching.py": "the door itself",
    "kernen/measures/actions.py": "writes points",
    "kernen/measures/rules.py": "whether there are figures at all holds a definition",
    "kernen/measures/delivering/actions.py": "writes points that the rules let pass",
    "kernen/measures/delivering/places.py": "asks anew which of those seen are closed by now",
    "kernen/measures/delivering/rules.py": "loads, only to find whether any of a file still stands",
    "kernen/measures/delivering/looking.py": "series that whoever sent the file may see",
    "kernen/measures/delivering/undoing/actions.py": "writes points that the rules let pass",
    "kernen/measures/delivering/undoing/judging.py": "loads and points, only to judge them",
    "kernen/measures/delivering/writing.py": "writes loads of series that the rules let pass",
    "kernen/measures/loading/actions.py": "judges by the rules who loads into each, and shows none",
    "kernen/measures/loading/elsewhere.py": "names of wards whose figures are closed to nobody",
    "kernen/measures/loading/views.py": "loads that came together, undone only by who may load all",
    "kernen/measures/machine/warning.py": "series that the token's rules let pass",
    "kernen/measures/machine/rules.py": "loads, only to find whether a key was used",
    "kernen/measures/models/figures.py": "the loads that came together with one at hand",
    "kernen/measures/packing/tables.py": "points and loads of series that are seen",
    "kernen/measures/preview.py": "none, of a series that is to be opened",
    "kernen/measures/multiples.py": "sums of at least five",
    "kernen/measures/catalogue/coverage.py": "counts who measures, and shows no figure",
    "kernen/measures/waiting.py": "loads, only to find series by the door",
    "kernen/measures/standing/keep.py": "keeps how all of them stand; who sees it is asked there",
    "kernen/journey/demo/asked.py": "the demonstration, which is nobody's page",
    "kernen/journey/demo/delivered.py": "the demonstration, which is nobody's page",
    "kernen/journey/demo/machines.py": "the demonstration, which is nobody's page",
    "kernen/journey/demo/walls.py": "the demonstration, which is nobody's page",
    "kernen/journey/demo/weighed.py": "the demonstration, which is nobody's page",
    "kernen/journey/demo/worth.py": "the demonstration, which is nobody's page",
    "kernen/journey/next_steps.py": "whether there are figures at all",
}


def past_the_door(code: str) -> list[str]:
    return PAST.findall(code)


def test_series_are_fetched_by_what_a_person_may_see():
    found = {
        name(path): past_the_door(path.read_text())
        for path in sources(".py", ".html")
        if name(path) not in NAMED
    }
    assert not {path: calls for path, calls in found.items() if calls}


@pytest.mark.parametrize(
    "code",
    [
        "Series.objects.all()",
        "get_object_or_404(Series, pk=1) or Series.objects.get(pk=1)",
        "Point.objects.filter(series=1)",
        "measure.series.all()",
        "{% for one in measure.series.all %}",
        "initiative.journal.all()",
    ],
)
def test_it_would_be_noticed(code: str):
    assert past_the_door(code)


def test_each_named_place_still_needs_its_name():
    read = {name(path): path.read_text() for path in sources(".py")}
    assert not [path for path in NAMED if not past_the_door(read[path])]
