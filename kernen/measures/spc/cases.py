"""`kernen spc FILE`: analyse every case of a JSON file and write the same JSON with its results.

A case has `chart`, one `y` per row (null is missing), and if wanted a denominator `n` and a
subgroup `x` per row and `options` as `analyse` and `subgroups` take them; positions in `part` and
`exclude` that lie outside the series are dropped. A case that cannot be analysed gets an `error`
sentence and the rest go on.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeGuard

from kernen.measures.spc.analysis import Phase, Result, analyse
from kernen.measures.spc.subgroups import Subgroups, subgroups

OPTIONS = {
    "freeze",
    "part",
    "exclude",
    "cl",
    "multiply",
    "agg_fun",
    "method",
    # These two, true or false, concern charts with limits; a run chart has none.
    "y_neg",
    "screened_mr",
}


class _Beyond(str):
    """A number as JSON spelled it that is too large to calculate with, or none, such as NaN."""

    __slots__ = ()


def main(argv: Sequence[str]) -> int:
    """Exit code 0; 2 with one sentence on stderr where the file as a whole cannot be used."""
    parser = argparse.ArgumentParser(
        prog="kernen spc", description="Analyse the series in a JSON file with cases."
    )
    parser.add_argument("file", help='the JSON file, or "-" to read from standard input')
    file = parser.parse_args(argv).file
    path = "Standard input" if file == "-" else file
    try:
        document = _read(file)
        answered = [answer(case) for case in _cases(document)]
        whole = {**document, "cases": answered} if isinstance(document, dict) else answered
        text = json.dumps(whole, allow_nan=False)
    except OSError as problem:
        return _give_up(f"{path} cannot be read: {problem.strerror}.")
    except UnicodeDecodeError:
        return _give_up(f"{path} is not text in UTF-8.")
    except json.JSONDecodeError as problem:
        return _give_up(f"{path} is not JSON: {problem}.")
    except RecursionError:
        return _give_up(f"{path} is nested too deeply.")
    except ValueError as problem:
        return _give_up(f"{path} cannot be used: {problem}.")
    return _write(text)


def answer(case: object) -> dict[str, Any]:
    """The case with its `result`, or with an `error` sentence."""
    if not isinstance(case, dict):
        return {"error": "A case must be an object."}
    asked = {name: value for name, value in case.items() if name not in ("result", "error")}
    try:
        return {**asked, "result": result_of(case)}
    except ValueError as problem:
        return {**asked, "error": str(problem)}
    except OverflowError:
        return {**asked, "error": "The numbers are too large to calculate with."}


def result_of(case: dict[str, Any]) -> dict[str, Any]:
    """The result of one case; raises ValueError with a sentence where the case is not right."""
    chart = case.get("chart")
    if not isinstance(chart, str):
        raise ValueError("chart must be a name.")
    y = _floats(case, "y")
    if not y:
        raise ValueError("y must hold at least one value.")
    n = _floats(case, "n")
    if any(value is not None and value < 0 for value in n or ()):
        raise ValueError("n must not be negative.")
    options = _object(case, "options")
    if unknown := sorted(set(options) - OPTIONS):
        raise ValueError(f"Option {', '.join(unknown)} is unknown.")

    cl = _floats(options, "cl") if isinstance(options.get("cl"), list) else _one(options, "cl")
    per_row = cl if isinstance(cl, list) else None
    x = _column(case, "x")
    groups = subgroups(
        range(1, len(y) + 1) if x is None else x,
        y,
        n,
        cl=per_row,
        agg_fun=_name(options, "agg_fun", "mean"),
    )
    multiply = _one(options, "multiply")
    freeze = _whole(options, "freeze")
    if freeze is not None and freeze < 1:
        raise ValueError("freeze must be 1 or more: the last point of the baseline.")
    for name in ("y_neg", "screened_mr"):
        if not isinstance(options.get(name), bool | None):
            raise ValueError(f"{name} must be true or false.")
    analysed = analyse(
        groups.y,
        groups.n,
        chart=chart,
        freeze=freeze,
        part=_positions(options, "part"),
        exclude=_positions(options, "exclude"),
        cl=cl if per_row is None else groups.cl,
        multiply=1 if multiply is None else multiply,
        method=_name(options, "method", "anhoej"),
    )
    return _as_json(groups, analysed)


# --- reading ------------------------------------------------------------------------------------


def _read(path: str) -> Any:
    text = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    # What nobody can calculate with becomes text: an error of its case only.
    return json.loads(
        text.decode("utf-8-sig"),
        parse_float=lambda digits: (
            number if math.isfinite(number := float(digits)) else _Beyond(digits)
        ),
        parse_int=lambda digits: int(digits) if len(digits) <= 300 else _Beyond(digits),
        parse_constant=_Beyond,
    )


def _cases(document: object) -> list[object]:
    cases = document.get("cases") if isinstance(document, dict) else document
    if not isinstance(cases, list):
        raise ValueError('it must hold a list of cases, or an object with a list "cases"')
    return cases


def _is_number(value: object, name: str) -> TypeGuard[float]:
    if isinstance(value, _Beyond):
        raise ValueError(f"{name} holds a number that is too large or not a number.")
    return isinstance(value, int | float) and not isinstance(value, bool)


def _column(holder: dict[str, Any], name: str) -> list[float | None] | None:
    column = holder.get(name)
    if column is None:
        return None
    if not isinstance(column, list) or not all(
        value is None or _is_number(value, name) for value in column
    ):
        raise ValueError(f"{name} must be a list of numbers; null is missing.")
    return column


def _floats(holder: dict[str, Any], name: str) -> list[float | None] | None:
    # As decimals all the way, so that two large whole numbers cannot multiply past any size.
    column = _column(holder, name)
    return column and [None if value is None else float(value) for value in column]


def _one(options: dict[str, Any], name: str) -> float | None:
    value = options.get(name)
    if value is None:
        return None
    if _is_number(value, name):
        return float(value)
    raise ValueError(f"{name} must be a number.")


def _whole(options: dict[str, Any], name: str) -> int | None:
    value = options.get(name)
    if value is None:
        return None
    return _as_whole(value, name, "a whole number")


def _positions(options: dict[str, Any], name: str) -> list[int]:
    value = options.get(name)
    values = [] if value is None else value if isinstance(value, list) else [value]
    return [_as_whole(one, name, "a list of whole numbers") for one in values]


def _as_whole(value: object, name: str, wanted: str) -> int:
    if not _is_number(value, name) or value != int(value):
        raise ValueError(f"{name} must be {wanted}.")
    return int(value)


def _name(options: dict[str, Any], name: str, default: str) -> str:
    value = options.get(name)
    if value is None:
        return default
    if isinstance(value, str):
        return value
    raise ValueError(f"{name} must be a name.")


def _object(case: dict[str, Any], name: str) -> dict[str, Any]:
    value = case.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise ValueError(f"{name} must be an object.")


# --- writing ------------------------------------------------------------------------------------


def _as_json(groups: Subgroups, analysed: Result) -> dict[str, Any]:
    none = [None] * len(groups.x)
    parts = [
        {"part": number, "first": phase.first, "last": phase.last, **_runs(phase)}
        for number, phase in enumerate(analysed.phases, start=1)
    ]
    return {
        "x": _numbers(groups.x),
        "y": _numbers(analysed.y),
        "cl": _numbers(analysed.cl),
        "lcl": none,
        "ucl": none,
        "lcl95": none,
        "ucl95": none,
        "subgroup_size": list(groups.size),
        "subgroup_n": none if groups.n is None else _numbers(groups.n),
        "part_index": list(analysed.phase),
        "baseline": list(analysed.baseline),
        "include": list(analysed.included),
        **_runs(analysed.phases[-1]),
        "sigma_signal": [False] * len(groups.x),
        "parts": parts,
    }


def _runs(phase: Phase) -> dict[str, int | bool | None]:
    return {
        "n_obs": phase.n_obs,
        "n_useful": phase.n_useful,
        "longest_run": phase.longest_run,
        "longest_run_max": phase.longest_run_max,
        "n_crossings": phase.n_crossings,
        "n_crossings_min": phase.n_crossings_min,
        "runs_signal": phase.runs_signal,
    }


def _numbers(values: Sequence[float | None]) -> list[float | str | None]:
    return [_plain(value) for value in values]


def _plain(value: float | None) -> float | str | None:
    """JSON knows no infinity; a whole number is written as one."""
    if value is None or isinstance(value, int):
        return value
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _write(text: str) -> int:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError as problem:
        # What is left goes nowhere in silence, else Python tries once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader such as `head` that has closed has what it wanted.
        if not isinstance(problem, BrokenPipeError):
            return _give_up(f"The result cannot be written: {problem.strerror}.")
    return 0


def _give_up(sentence: str) -> int:
    sys.stderr.write(f"kernen spc: {sentence}\n")
    return 2
