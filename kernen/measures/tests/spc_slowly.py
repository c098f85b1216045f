"""Every chart once more, slow and obvious: one point after the other, straight from the textbook.

Nothing is shared with `measures/spc`; where the two differ, one of them is wrong.
"""

import math
from itertools import pairwise
from statistics import median


def known(values):
    return [value for value in values if value is not None]


def mean(values):
    values = known(values)
    return math.fsum(values) / len(values) if values else None


def over(numerator, denominator):
    """A quotient, or None where it has no meaning."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator


def mean_range(values, screened):
    """Of neighbours among the values given; a gap (None) has no distance to its neighbours."""
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    usual = mean(ranges)
    if screened and usual is not None:
        ranges = [one for one in ranges if one < 3.267 * usual]
    return mean(ranges)


def c4(size):
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def sd_within(sd, sizes, base):
    if len(set(sizes)) == 1:
        return mean([sd[at] for at in base])
    squares = math.fsum((sizes[at] - 1) * sd[at] ** 2 for at in base if sd[at] is not None)
    freedom = sum(sizes[at] - 1 for at in base)
    return math.sqrt(squares / freedom) if freedom > 0 else None


def values_of(chart, y, n):
    if chart == "mr":
        value = values_of("i", y, n)
        return [None] + [None if a is None or b is None else abs(b - a) for a, b in pairwise(value)]
    if chart in ("xbar", "s", "c") or n is None:
        return list(y)
    return [over(a, b) for a, b in zip(y, n, strict=True)]


def centre(chart, y, n, value, base):
    """The line as drawn, and what the limits lie around."""
    points = [value[at] for at in base]
    if chart == "run":
        return (median(known(points)) if known(points) else None,) * 2
    if chart == "g":
        return median(known(points)) if known(points) else None, mean(points)
    if chart == "t":
        normal = mean([None if one is None else one ** (1 / 3.6) for one in points])
        return (None if normal is None else normal**3.6), normal
    if chart in ("p", "pp", "u", "up"):
        whole = [at for at in base if y[at] is not None and n[at] is not None]
        line = over(sum(y[at] for at in whole), sum(n[at] for at in whole))
    elif chart in ("xbar", "ip"):
        whole = [at for at in base if value[at] is not None and n[at] is not None]
        line = over(math.fsum(value[at] * n[at] for at in whole), sum(n[at] for at in whole))
    elif chart == "s":
        line = sd_within(value, n, base)
    else:
        line = mean(points)
    return line, line


def sigma(chart, value, n, sd, base, line, screened):
    """The distance from the line that makes one sigma, for each point; None where unknown."""
    if line is None:
        return [None] * len(value)
    if chart in ("i", "t"):
        to = 1 if chart == "i" else 1 / 3.6
        usual = mean_range(
            [None if value[at] is None else value[at] ** to for at in base], screened
        )
        return [over(usual, 1.128)] * len(value)
    if chart == "xbar":
        within = sd_within(sd, n, base)
        return [
            None if within is None or size < 2 else within / (c4(size) * math.sqrt(size))
            for size in n
        ]
    if chart == "s":
        return [line * math.sqrt(1 - c4(size) ** 2) / c4(size) if size >= 2 else None for size in n]
    if chart == "c":
        return [math.sqrt(line)] * len(value)
    if chart == "g":
        return [math.sqrt(line * (line + 1))] * len(value)
    if chart == "ip":
        steps = [
            math.sqrt(math.pi / 2)
            * abs(value[at] - value[at - 1])
            / math.sqrt(1 / n[at] + 1 / n[at - 1])
            for at in range(1, len(value))
            if value[at] is not None and value[at - 1] is not None
        ]
        usual = mean(steps)
        return [None if usual is None or not size else usual / math.sqrt(size) for size in n]
    variance = line * (1 - line) if chart in ("p", "pp") else line
    plain = [math.sqrt(variance / size) if size else None for size in n]
    if chart in ("p", "u"):
        return plain
    z = [None if value[at] is None else over(value[at] - line, plain[at]) for at in base]
    usual = mean_range(z, screened)
    return [None if usual is None or one is None else one * usual / 1.128 for one in plain]


def limits(chart, middle, sigmas, k):
    """Lower and upper limit of one point, `k` sigma from the middle."""
    if chart == "mr":
        return 0, None if middle is None else 3.267 / 3 * k * middle
    if chart == "run" or sigmas is None or middle is None:
        return (0 if chart == "t" and k == 3 else None), None
    low, high = middle - k * sigmas, middle + k * sigmas
    if chart == "t":
        return (low**3.6 if low >= 0 else 0 if k == 3 else None), high**3.6
    if chart in ("p", "pp"):
        high = min(high, 1)
    return (low if chart in ("i", "xbar", "ip") else max(low, 0)), high


def side(value, line, span):
    if value is None or line is None or math.isclose(value, line, rel_tol=1e-12, abs_tol=span):
        return 0
    return 1 if value > line else -1


def count(sides):
    """(useful, longest run, crossings)."""
    useful = [at for at in sides if at]
    longest = length = crossings = 0
    for before, now in pairwise([0, *useful]):
        crossings += before == -now
        length = length + 1 if before == now else 1
        longest = max(longest, length)
    return len(useful), longest, crossings


def one_phase(chart, y, n, sd, base, included, screened, given=None):
    """Points with their line and limits, and the phase's runs; all from nought."""
    if n is not None and chart not in ("xbar", "s"):
        n = [None if one is None else size for one, size in zip(y, n, strict=True)]
    value = values_of(chart, y, n)
    line, middle = centre(chart, y, n, value, base)
    if given is not None:
        line = 0.693 * given if chart == "g" else given
        middle = given ** (1 / 3.6) if chart == "t" else given
    if chart == "run" or chart == "mr":
        spread = [None] * len(y)
    else:
        spread = sigma(chart, value, n, sd, base, middle, screened)
    span = 1e-15 * max(map(abs, known(value)), default=0)
    points = []
    for at, one in enumerate(value):
        low, high = limits(chart, middle, spread[at], 3)
        near = limits(chart, middle, spread[at], 2)
        outside = 0
        if one is not None:
            outside = (high is not None and side(one, high, span) > 0) - (
                low is not None and side(one, low, span) < 0
            )
        where = side(one, line, span) if at in included else 0
        points.append((one, line, low, high, *near, where, outside))
    return points, count([point[6] for point in points])


def nhs_cause(y, line, high, near, at):
    """The cause behind a point by looking at every window of points that it is in."""

    def windows(width):
        for first in range(at - width + 1, at + 1):
            if first >= 0 and first + width <= len(y) and None not in y[first : first + width]:
                yield y[first : first + width]

    def trend(first):
        window = y[first : first + 7]
        if first < 0 or len(window) < 7 or None in window:
            return 0
        steps = {(b > a) - (b < a) for a, b in pairwise(window)}
        return steps.pop() if len(steps) == 1 else 0

    def sign(value):
        return side(value, line, 0)

    if y[at] is None or high is None:
        beyond = close = 0
    else:
        beyond = sign(y[at]) if abs(y[at] - line) > high - line else 0
        close = abs(y[at] - line) > near - line and not beyond
    if beyond:
        return beyond
    trends = [(first, trend(first)) for first in range(at - 6, at + 1) if trend(first)]
    if trends:
        # a point that ends one trend and begins another belongs to what comes
        return 2 * trends[-1][1]
    for window in windows(3):
        alike = {sign(value) for value in window}
        far = [near - line < abs(value - line) <= high - line for value in window] if high else []
        if close and len(alike) == 1 and 0 not in alike and sum(far) >= 2:
            return 3 * sign(y[at])
    for window in windows(7):
        alike = {sign(value) for value in window}
        if len(alike) == 1 and 0 not in alike:
            return 4 * sign(y[at])
    return 0
