"""The catalogue of shared measures: kept by owners (here), used by teams (`using`), grown out of
what teams propose (`proposing`)."""
