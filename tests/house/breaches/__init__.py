"""For each constraint, how to write a row that it forbids: one module for some rooms each."""

from . import deciding, measuring, register

#: How to write, past all the forms and rules, a row that each constraint forbids.
BREACHES = [*register.BREACHES, *measuring.BREACHES, *deciding.BREACHES]
