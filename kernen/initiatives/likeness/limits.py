"""The few numbers that likeness turns on, chosen by benchmarks/likeness.py."""

#: What shared words add to the likeness by meaning, from where they are more than chance.
WORDS_COUNT, WORDS_FROM = 0.25, 0.1
#: Below this nothing is shown: by meaning and words together, and by words alone.
ALIKE, ALIKE_BY_WORDS = 0.1, 0.15
#: From here on somebody should say what two initiatives have to do with each other.
MUCH_ALIKE = 0.2
MOST = 5
