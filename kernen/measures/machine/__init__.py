"""Figures from other systems: through the API, or from a folder."""
