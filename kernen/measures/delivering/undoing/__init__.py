"""What a file brought is taken out again: at once, or by the worker if it is much."""
