"""Which initiatives look alike, also in other words: one interface, two providers.

`provider.py` is the interface, `words.py` and `meaning.py` provide, `nearest.py` combines them and
`why.py` says why. What they stand on is kept in the table `Vector` by `duties.py`."""
