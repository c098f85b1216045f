"""A name in a file is another spelling of a place, or short for it, and never another's."""

import pytest

from kernen.measures.reading.likeness import like, nearest

PLACES = {
    "randers": ["Regionshospitalet Randers"],
    "horsens": ["Regionshospitalet Horsens"],
    "midt": ["Hospitalsenhed Midt"],
    "aarhus": ["Aarhus Universitetshospital"],
    "vejle": ["Vejle Kommune"],
    "vejen": ["Vejen Kommune"],
    "m1": ["M1", "M1, Sygehus Vest"],
    "m2": ["M2", "M2, Sygehus Vest"],
    "kirurgisk": ["Kirurgisk afsnit K", "Kirurgisk afsnit K, Sygehus Vest"],
}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Regionshospitalet Rander", "randers"),
        ("Regionhospitalet Randers", "randers"),
        ("RH Randers", "randers"),
        ("Reg.hosp. Randers", "randers"),
        ("HE Midt", "midt"),
        ("Hosp.enhed Midt", "midt"),
        ("AUH", "aarhus"),
        ("Århus Universitetshospital", "aarhus"),
        ("Kirurgsk afsnit K", "kirurgisk"),
    ],
)
def test_a_slip_or_a_short_name_is_the_place(name, place):
    assert like(name, PLACES) == place


@pytest.mark.parametrize(
    "name",
    [
        "",
        "–",
        "RH",
        "Region",
        "Hospitalsenhed Vest",
        "Vejln Kommune",
        "M3",
        "M",
        "Kirurgisk afsnit L",
        "Sygehus Vest",
        "Hele regionen",
        "Syd",
    ],
)
def test_another_name_or_one_that_fits_several_is_none(name):
    assert like(name, PLACES) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Vibrog Kommune", "viborg kommune"),
        ("Viborg kommunee", "viborg kommune"),
        ("Regionshospital Horsens", "regionshospitalet horsens"),
        ("Aarhus Kommune", None),
        ("Kommune", None),
    ],
)
def test_what_both_names_have_makes_them_no_more_alike(name, meant):
    known = ["viborg kommune", "favrskov kommune", "regionshospitalet horsens"]
    assert nearest(name, {one: one for one in known}) == meant
