"""Student's t with any degrees of freedom above nought, so that no library is needed for it.

Source: Press et al., Numerical Recipes, 3rd edition, 6.4 (the incomplete beta function as a
continued fraction, by Lentz's method).
"""

import math
from functools import lru_cache

TINY = 1e-300
STEPS = 10_000


def two_sided(t: float, df: float) -> float:
    """The chance of lying at least as far from nought as `t`, on either side.

    With infinite degrees of freedom it is the normal distribution."""
    if math.isinf(df):
        return math.erfc(abs(t) / math.sqrt(2))
    return _beta(df / (df + t * t), df / 2, 0.5, t * t / (df + t * t))


@lru_cache(maxsize=256)
def quantile(level: float, df: float) -> float:
    """How far from nought the middle `level` (above 0, under 1) of the distribution reaches."""
    low, high = 0.0, 1.0
    while two_sided(high, df) > 1 - level:
        low, high = high, high * 2
    for _step in range(100):
        middle = (low + high) / 2
        if two_sided(middle, df) > 1 - level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float, rest: float) -> float:
    """The regularised incomplete beta function of x; `rest` is 1 - x, given for its digits."""
    if x <= 0 or rest <= 0:
        return float(x > 0)
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log + a * math.log(x) + b * math.log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            result *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return result


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY
