"""The few numbers that likeness turns on, chosen by benchmarks/likeness.py."""

#: What shared words add to the likeness by meaning.
WORDS_COUNT = 0.25
#: Below this nothing is shown: by meaning and words together, and by words alone.
ALIKE, ALIKE_BY_WORDS = 0.1, 0.05
#: From here on somebody should say what two initiatives have to do with each other.
MUCH_ALIKE = 0.2
MOST = 5
