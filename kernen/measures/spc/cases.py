"""`kernen spc FILE`: analyse every case of a JSON file and write the same JSON with its results.

A case has `chart`, one `y` per row (null is missing), and if wanted a denominator `n` and a
subgroup `x` per row and `options` as `analyse` and `subgroups` take them; positions in `part` and
`exclude` that lie outside the series are dropped; `freeze` may be a list, one for each phase. A
case without `chart` but with options of the NHS (`improvement_direction`, `rebase_at` …) is judged
by the rules of the NHS and answered in their names. A case that cannot be analysed gets an `error`
sentence and the rest go on.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeGuard

from kernen.measures.spc import nhs
from kernen.measures.spc.analysis import SUBGROUPS, analyse
from kernen.measures.spc.results import Phase, Result
from kernen.measures.spc.subgroups import Subgroups, subgroups

OPTIONS = {
    "freeze",
    "part",
    "exclude",
    "cl",
    "multiply",
    "agg_fun",
    "method",
    "y_neg",
    "screened_mr",
    "target",
}
NHS_OPTIONS = {
    "improvement_direction",
    "fix_after_n_points",
    "screen_outliers",
    "target",
    "rebase_at",
}
BETTER = {"increase": 1, "decrease": -1, "neutral": 0}
CAUSES: dict[int, tuple[str, ...]] = {
    nhs.Cause.COMMON: ("Common Cause",),
    nhs.Cause.OUTSIDE: ("", "Above UCL", "Below LCL"),
    nhs.Cause.TREND: ("", "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
    nhs.Cause.TWO_OF_THREE: ("", "2 in 3 Above CL", "2 in 3 Below CL"),
    nhs.Cause.SEVEN: ("", "7 Points Above CL", "7 Points Below CL"),
}  # by the way of the cause: 0, 1 and -1

Column = list[float | None] | None


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
    options = _object(case, "options")
    if "chart" not in case and NHS_OPTIONS & set(options):
        return _nhs_result(case, options)
    chart = case.get("chart")
    if not isinstance(chart, str):
        raise ValueError("chart must be a name.")
    if unknown := sorted(set(options) - OPTIONS):
        raise ValueError(f"Option {', '.join(unknown)} is unknown.")
    cl = _floats(options, "cl") if isinstance(options.get("cl"), list) else _one(options, "cl")
    groups, series = _grouped(case, chart, options, cl if isinstance(cl, list) else None)
    multiply = _one(options, "multiply")
    _one(options, "target")  # drawn by others; nothing is calculated from it
    analysed = analyse(
        **series,
        chart=chart,
        freeze=_freeze(options),
        part=_positions(options, "part"),
        exclude=_positions(options, "exclude"),
        cl=groups.cl if isinstance(cl, list) else cl,
        multiply=1 if multiply is None else multiply,
        rules=_name(options, "method", "anhoej"),
        screened_mr=_truth(options, "screened_mr"),
        y_neg=_truth(options, "y_neg"),
    )
    return _as_json(groups, analysed)


def _grouped(
    case: dict[str, Any], chart: str, options: dict[str, Any], cl: Column
) -> tuple[Subgroups, dict[str, Any]]:
    """The case's subgroups, and what `analyse` needs of them to draw the chart."""
    y = _values(case)
    n = None if chart in SUBGROUPS else _floats(case, "n")
    x = _column(case, "x")
    x = list(range(1, len(y) + 1)) if x is None else x
    aggregate = {"c": "sum", "xbar": "mean", "s": "sd"}.get(chart)
    asked = _name(options, "agg_fun", "mean")
    groups = subgroups(x, y, n, cl=cl, agg_fun=aggregate or asked)
    series: dict[str, Any] = {"y": groups.y, "n": groups.n}
    if chart in SUBGROUPS or (chart == "ip" and n is None):
        series["n"] = groups.size
    if chart == "xbar":
        series["sd"] = subgroups(x, y, agg_fun="sd").y
    return groups, series


def _nhs_result(case: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """A case of a chart by the rules of the NHS, with that chart's own names."""
    if unknown := sorted(set(options) - NHS_OPTIONS):
        raise ValueError(f"Option {', '.join(unknown)} is unknown.")
    y = _values(case)
    direction = _name(options, "improvement_direction", "increase")
    if direction not in BETTER:
        raise ValueError(f"improvement_direction must be one of {', '.join(BETTER)}.")
    starts = sorted({at for at in _positions(options, "rebase_at") if 1 < at <= len(y)})
    fixed = _whole(options, "fix_after_n_points")
    bounds = pairwise([1, *starts, len(y) + 1])
    analysed = analyse(
        y,
        chart="i",
        rules="nhs",
        part=[start - 1 for start in starts],
        freeze=fixed and [at for start, end in bounds if (at := start - 1 + fixed) < end],
        screened_mr=_truth(options, "screen_outliers"),
    )
    better = BETTER[direction]
    points = [_nhs_point(cause, better) for cause in analysed.cause]
    return {
        "mean": _numbers(analysed.cl),
        "lpl": _numbers(analysed.lcl),
        "upl": _numbers(analysed.ucl),
        "special_cause_type": [name for name, _variation in points],
        "point_type": [variation for _name, variation in points],
        "variation_icon": analysed.variation(better),
        "assurance_icon": analysed.assurance(_one(options, "target"), better),
    }


def _nhs_point(cause: int, better: int) -> tuple[str, nhs.Variation]:
    way = (cause > 0) - (cause < 0)
    return CAUSES[abs(cause)][way], nhs.variation(way, better)


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


def _column(holder: dict[str, Any], name: str) -> Column:
    column = holder.get(name)
    if column is None:
        return None
    if not isinstance(column, list) or not all(
        value is None or _is_number(value, name) for value in column
    ):
        raise ValueError(f"{name} must be a list of numbers; null is missing.")
    return column


def _floats(holder: dict[str, Any], name: str) -> Column:
    # As decimals all the way, so that two large whole numbers cannot multiply past any size.
    column = _column(holder, name)
    return column and [None if value is None else float(value) for value in column]


def _values(case: dict[str, Any]) -> list[float | None]:
    y = _floats(case, "y")
    if not y:
        raise ValueError("y must hold at least one value.")
    return y


def _freeze(options: dict[str, Any]) -> int | list[int] | None:
    if isinstance(options.get("freeze"), list):
        return _positions(options, "freeze")
    freeze = _whole(options, "freeze")
    if freeze is not None and freeze < 1:
        raise ValueError("freeze must be 1 or more: the last point of the baseline.")
    return freeze


def _truth(options: dict[str, Any], name: str) -> bool:
    value = options.get(name)
    if not isinstance(value, bool | None):
        raise ValueError(f"{name} must be true or false.")
    return value is not False


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
    parts = [
        {"part": number, "first": phase.first, "last": phase.last, **_runs(phase)}
        for number, phase in enumerate(analysed.phases, start=1)
    ]
    return {
        "x": _numbers(groups.x),
        "y": _numbers(analysed.y),
        "cl": _numbers(analysed.cl),
        "lcl": _numbers(analysed.lcl),
        "ucl": _numbers(analysed.ucl),
        "lcl95": _numbers(analysed.lcl95),
        "ucl95": _numbers(analysed.ucl95),
        "subgroup_size": list(groups.size),
        "subgroup_n": [None] * len(groups.x) if groups.n is None else _numbers(groups.n),
        "part_index": list(analysed.phase),
        "baseline": list(analysed.baseline),
        "include": list(analysed.included),
        **_runs(analysed.phases[-1]),
        "sigma_signal": [at != 0 for at in analysed.outside],
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
