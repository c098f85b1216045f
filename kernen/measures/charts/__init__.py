"""A series of figures as a run chart: in words, in a table, and drawn wide and narrow."""

from kernen.measures.charts.figures import Figure
from kernen.measures.charts.making import run_chart
from kernen.measures.charts.run import RunChart

__all__ = ["Figure", "RunChart", "run_chart"]
