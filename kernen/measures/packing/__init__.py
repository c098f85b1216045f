"""What is held of measures, to take along: every table in open formats."""
