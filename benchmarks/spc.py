"""How fast the charts of a whole region are analysed, against bare NumPy and other packages.

    .venv/bin/python -m benchmarks.spc

10,000 series of 60 points, as a run chart and as a P chart with limits, both with runs analysis.
`sum` only adds up the same arrays; `bare` is the shortest NumPy that gives the same figures where
nothing is missing, frozen, split or left out. Other packages take one series at a time, so 50 are
timed and multiplied. They are needed for nothing else:
`pip install shewhart pyqicharts pycontrolcharts`, best in an environment of its own with Kernen on
its path. "agree": for how many of the 50 a package finds what we find, by its own rules.
"""

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from kernen.measures.spc import analyse, analyse_many
from kernen.measures.spc.lines import Floats
from kernen.measures.spc.runs import longest_run_max, n_crossings_min

SERIES, PERIODS, OTHERS = 10_000, 60, 50


def seconds(work: Callable[[], object], times: int = 15) -> float:
    """The fastest of several: what disturbs a machine only ever adds."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def bare_signals(y: Floats, line: Floats) -> Any:
    """Anhøj's rules by a loop over time on small whole numbers."""
    sides = np.ascontiguousarray((np.sign(y - line)).astype(np.int16).T)
    zero = np.zeros(len(y), dtype=np.int16)
    last, length, longest, crossings, useful = zero, zero, zero, zero, zero
    for side in sides:
        counts = side != 0
        turns = counts & (side != last)
        length = np.where(turns, 1, length + counts)
        longest = np.maximum(longest, length)
        crossings, useful = crossings + turns, useful + counts
        last = np.where(counts, side, last)
    most = np.array([0, *(longest_run_max(n) for n in range(1, PERIODS + 1))])
    fewest = np.array([0, *(n_crossings_min(n) for n in range(1, PERIODS + 1))])
    return (longest > most[useful]) | (crossings - 1 < fewest[useful])


def bare_run(y: Floats) -> Any:
    ordered = np.sort(y, axis=1)
    line = (ordered[:, PERIODS // 2 - 1] + ordered[:, PERIODS // 2]) / 2
    return bare_signals(y, line[:, None])


def bare_p(y: Floats, n: Floats) -> Any:
    share, line = y / n, (y.sum(axis=1) / n.sum(axis=1))[:, None]
    reach = 3 * np.sqrt(line * (1 - line) / n)
    low, high = np.maximum(line - reach, 0), np.minimum(line + reach, 1)
    return bare_signals(share, line), (share > high) | (share < low)


def others() -> dict[str, dict[str, Callable[[Floats, Floats], bool]]]:
    """One series by each package that is installed; whether it finds a signal of any kind."""
    found: dict[str, dict[str, Callable[[Floats, Floats], bool]]] = {"run": {}, "p": {}}
    try:
        import shewhart

        found["run"]["shewhart"] = lambda y, n: bool(shewhart.run_chart(y).signals)
        found["p"]["shewhart"] = lambda y, n: bool(shewhart.p_chart(y, size=n).signals)
    except ImportError:
        print("shewhart is not installed")
    try:
        import pandas as pd
        import pyqicharts
        from pyqicharts.tables import qic_table

        def p(y: Floats, n: Floats) -> bool:
            table = pd.DataFrame({"x": range(len(y)), "y": y, "n": n})
            return bool(qic_table(table, x="x", y="y", denominator="n", chart="p")["signal"].any())

        found["run"]["pyqicharts"] = lambda y, n: pyqicharts.anhoej_rules(y).any_signal
        found["p"]["pyqicharts"] = p
    except ImportError:
        print("pyqicharts is not installed")
    try:
        import pycontrolcharts

        found["p"]["pycontrolcharts"] = lambda y, n: bool(
            len(pycontrolcharts.calc_p(y.tolist(), sample_size=n.tolist()))
        )
    except ImportError:
        print("pycontrolcharts is not installed")
    return found


def show(name: str, taken: float, bare: float, note: str = "") -> None:
    print(f"| {name} | {taken * 1000:,.1f} ms | {taken / bare:,.2f} | {note} |")


def main() -> None:
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(20261124)
    values = rng.normal(50, 5, (SERIES, PERIODS))
    n = rng.integers(50, 200, (SERIES, PERIODS)).astype(float)
    events = rng.binomial(n.astype(int), 0.3).astype(float)
    packages = others()
    works: dict[str, tuple[Any, ...]] = {
        "run": (values, n, lambda: values.sum(), lambda: bare_run(values), {"y": values}),
        "p": (events, n, lambda: events.sum() + n.sum(), lambda: bare_p(events, n),
              {"y": events, "n": n, "chart": "p"}),
    }  # fmt: skip
    for chart, (y, sizes, added, bare, given) in works.items():
        print(f"\n| {chart}, {SERIES:,} × {PERIODS} | time | × bare NumPy | |\n|---|---:|---:|---|")
        yardstick = seconds(bare)
        many = analyse_many(**given)
        show("sum of the input", seconds(added), yardstick)
        show("bare NumPy", yardstick, yardstick)
        show("analyse_many", seconds(lambda given=given: analyse_many(**given)), yardstick)
        series = {name: given[name][0].tolist() for name in given if name != "chart"}
        one = seconds(lambda series=series, chart=chart: analyse(**series, chart=chart), 50)
        show("analyse, one by one", one * SERIES, yardstick)
        ours = many.runs_signal[:, 0] | (many.outside != 0).any(axis=1)
        for name, work in packages[chart].items():
            begun = time.perf_counter()
            theirs = [work(y[row], sizes[row]) for row in range(OTHERS)]
            taken = (time.perf_counter() - begun) / OTHERS * SERIES
            agree = int((np.array(theirs) == ours[:OTHERS]).sum())
            note = f"agree: {agree} of {OTHERS}" if name != "pycontrolcharts" else ""
            show(name, taken, yardstick, note)


if __name__ == "__main__":
    main()
