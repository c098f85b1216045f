"""How the figures of a series come: what is missing, late, changed or far from the usual."""
