"""The measures and their figures, written out so that each start is alike."""

from ..told import Counted
from . import asked, elsewhere, practices, region, shared, task_force, weighed

COUNTED: list[Counted] = [
    *task_force.COUNTED,
    *region.COUNTED,
    *practices.COUNTED,
    *elsewhere.COUNTED,
    *shared.COUNTED,
    *weighed.COUNTED,
    *asked.COUNTED,
]
