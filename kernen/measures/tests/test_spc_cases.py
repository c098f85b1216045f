"""`kernen spc`: every reference case, and files and cases that are not right."""

import io
import json
import math
import operator
import subprocess
import sys
from pathlib import Path

import pytest

from kernen.measures.spc.cases import answer, main

KERNEN = Path(sys.executable).parent / "kernen"
DATA = Path(__file__).parent / "data"
CASES, LIMIT_CASES, NHS_CASES = (
    json.loads((DATA / f"spc_{kind}_cases.json").read_text())["cases"]
    for kind in ("run", "limit", "nhs")
)


def assert_same(found, expected, path):
    """The same shape and values; decimals to the reference's own tolerance, the rest exactly."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert_same(found[name], value, f"{path} {name}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for at, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{path} {at}")
    elif isinstance(expected, float):
        assert math.isclose(found, expected, rel_tol=1e-9), path
    elif isinstance(expected, int) and not isinstance(expected, bool) and isinstance(found, float):
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12), path
    else:
        assert type(found) is type(expected), path
        assert found == expected, path


def run(text, monkeypatch, capsys):
    """Exit code, what was written as JSON (None if nothing), and stderr."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code = main(["-"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.mark.parametrize("case", [*CASES, *LIMIT_CASES, *NHS_CASES], ids=operator.itemgetter("id"))
def test_the_result_equals_the_reference(case):
    if wrong := case["expected"].get("error"):
        assert answer(case)["error"] == wrong
        return
    written = json.loads(json.dumps(answer(case)["result"]))
    assert_same(written, case["expected"], case["id"])


def test_a_result_has_exactly_the_fields_of_the_reference():
    case = next(case for case in CASES if case["id"] == "run_part3_a")
    result = answer(case)["result"]
    assert set(result) == set(case["expected"])
    assert [set(part) for part in result["parts"]] == [
        set(part) for part in case["expected"]["parts"]
    ]


def test_the_file_comes_back_with_a_result_in_each_case_and_all_else_untouched(tmp_path, capsys):
    document = {"schema": "spc-cases/1", "cases": CASES[:3], "more": [1.5, "å"]}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(document))
    assert main([str(file)]) == 0
    written = json.loads(capsys.readouterr().out)
    results = [case.pop("result") for case in written["cases"]]
    assert written == document
    assert [result["n_obs"] for result in results] == [24, 28, 36]


def test_a_bare_list_from_standard_input_comes_back_as_a_list(monkeypatch, capsys):
    code, written, _err = run('\ufeff[{"chart": "run", "y": [1, 3, 2]}]', monkeypatch, capsys)
    assert code == 0
    assert written[0]["result"]["cl"] == [2, 2, 2]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"chart": "z", "y": [1, 2]}, 'Chart "z" is unknown; known: run, i, mr'),
        ({"chart": "p", "y": [1, 2]}, 'Chart "p" needs n'),
        ({"chart": "p", "y": [3, 1], "n": [2, 2]}, "A share cannot be above one"),
        ({"chart": "t", "y": [3, 0]}, "Time between events must be greater than zero"),
        ({"chart": "run", "y": [1, 2], "x": []}, "x has 0 rows and y has 2."),
        ({"y": [1, 2], "options": {"rebase_at": [2], "freeze": 1}}, "Option freeze is unknown."),
        (
            {"y": [1, 2], "options": {"improvement_direction": "up"}},
            "improvement_direction must be one of increase, decrease, neutral.",
        ),
        ({"y": [1, 2]}, "chart must be a name."),
        ({"chart": "run"}, "y must hold at least one value."),
        ({"chart": "run", "y": []}, "y must hold at least one value."),
        ({"chart": "run", "y": [1, "2"]}, "y must be a list of numbers"),
        ({"chart": "run", "y": [1, True]}, "y must be a list of numbers"),
        ({"chart": "run", "y": [1, 2], "n": [3]}, "n has 1 rows and y has 2."),
        ({"chart": "run", "y": [1, 2], "n": [3, -1]}, "n must not be negative."),
        ({"chart": "run", "y": [1, 2], "x": [1]}, "x has 1 rows and y has 2."),
        ({"chart": "run", "y": [1, 2], "x": [None, None]}, "no row has an x."),
        ({"chart": "run", "y": [1, 2], "x": ["a", "b"]}, "x must be a list of numbers"),
        ({"chart": "run", "y": [1, 2], "options": []}, "options must be an object."),
        ({"chart": "run", "y": [1, 2], "options": {"freez": 1}}, "Option freez is unknown."),
        ({"chart": "run", "y": [1, 2], "options": {"freeze": 1.5}}, "freeze must be a whole"),
        ({"chart": "run", "y": [1, 2], "options": {"freeze": 0}}, "freeze must be 1 or more"),
        ({"chart": "run", "y": [1, 2], "options": {"part": ["1"]}}, "part must be a list of whole"),
        ({"chart": "run", "y": [1, 2], "options": {"cl": [1]}}, "cl has 1 rows and y has 2."),
        (
            {"chart": "run", "y": [1, 2], "options": {"multiply": "100"}},
            "multiply must be",
        ),
        (
            {"chart": "run", "y": [1, 2], "options": {"method": "perla"}},
            'Rules "perla"',
        ),
        ({"chart": "run", "y": [1, 2], "options": {"agg_fun": "max"}}, "Aggregate function"),
        ({"chart": "run", "y": [1e308, 1e308], "x": [1, 1]}, "too large to calculate with"),
        (7, "A case must be an object."),
    ],
)
def test_a_case_that_is_not_right_gets_a_sentence_and_the_rest_go_on(
    case, words, monkeypatch, capsys
):
    good = {"chart": "run", "y": [1, 2, 3]}
    code, written, _err = run(json.dumps([case, good]), monkeypatch, capsys)
    assert code == 0
    assert words in written[0]["error"]
    assert "result" not in written[0]
    assert written[1]["result"]["n_obs"] == 3


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 5000])
def test_what_json_can_spell_but_nobody_can_calculate_with_is_an_error_of_its_case(
    number, monkeypatch, capsys
):
    code, written, _err = run(f'[{{"chart": "run", "y": [1, {number}]}}]', monkeypatch, capsys)
    assert code == 0
    assert written[0]["error"] == "y holds a number that is too large or not a number."


@pytest.mark.parametrize("name", ["freeze", "part", "exclude", "cl", "multiply"])
def test_an_option_that_nobody_can_calculate_with_is_an_error_of_its_case(
    name, monkeypatch, capsys
):
    text = f'[{{"chart": "run", "y": [1, 2], "options": {{"{name}": 1e999}}}}]'
    _code, written, _err = run(text, monkeypatch, capsys)
    assert written[0]["error"] == f"{name} holds a number that is too large or not a number."


@pytest.mark.parametrize("name", ["y_neg", "screened_mr"])
def test_options_of_charts_with_limits_are_read_though_a_run_chart_has_none(name):
    case = {"chart": "run", "y": [1, 2]}
    assert "result" in answer({**case, "options": {name: False}})
    assert answer({**case, "options": {name: "no"}})["error"] == f"{name} must be true or false."


def test_a_list_of_freezes_freezes_each_phase_that_it_lies_in():
    case = {"chart": "i", "y": [1, 3, 2, 9, 8, 30, 31], "options": {"part": [3], "freeze": [2, 5]}}
    result = answer(case)["result"]
    assert result["baseline"] == [True, True, False, True, True, False, False]
    assert result["cl"] == [2, 2, 2, 8.5, 8.5, 8.5, 8.5]
    assert result["sigma_signal"] == [False] * 5 + [True] * 2


def test_positions_outside_the_series_are_dropped():
    case = {"chart": "run", "y": [1, 3, 2]}
    outside = {"part": [0, 9], "exclude": [0, 9]}
    assert answer({**case, "options": outside})["result"] == answer(case)["result"]


@pytest.mark.parametrize(
    "text",
    [b"", b"run", b"{}", b'{"cases": {}}', b"3", b'{"cases": [', b"\xff\xfe[", b"[" * 100_000],
    ids=["empty", "word", "no cases", "cases not a list", "number", "cut off", "not UTF-8", "deep"],
)
def test_a_file_that_cannot_be_used_gives_one_sentence_and_code_2(text, monkeypatch, capsys):
    code, written, err = run(text, monkeypatch, capsys)
    assert (code, written) == (2, None)
    assert err.startswith("kernen spc: Standard input ")
    assert err.count("\n") == 1


def test_too_deep_nesting_is_called_so(monkeypatch, capsys):
    _code, _written, err = run("[" * 100_000, monkeypatch, capsys)
    assert err == "kernen spc: Standard input is nested too deeply.\n"


def test_a_result_that_cannot_be_written_gives_one_sentence_and_code_2():
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [KERNEN, "spc", DATA / "spc_run_cases.json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert ran.stderr == ("kernen spc: The result cannot be written: No space left on device.\n")
    assert ran.returncode == 2


def test_a_file_that_does_not_exist_gives_one_sentence_and_code_2(tmp_path, capsys):
    assert main([str(tmp_path / "none.json")]) == 2
    assert main([str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be read: No such file or directory." in err.splitlines()[0]
    assert len(err.splitlines()) == 2


def test_an_earlier_result_or_error_is_not_kept():
    case = {"chart": "run", "y": [1, 2], "result": "old", "error": "old"}
    assert set(answer(case)) == {"chart", "y", "result"}
    assert set(answer({**case, "chart": "z"})) == {"chart", "y", "error"}
