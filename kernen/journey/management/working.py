"""The worker: does again and again what the data say is to be done. docs/adr tells why so."""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from kernen.decisions import duties as decisions
from kernen.decisions.answering import duties as answering
from kernen.documents import duties as documents
from kernen.following import duties as following
from kernen.initiatives import duties as initiatives
from kernen.initiatives.likeness import duties as likeness
from kernen.lib import heartbeat
from kernen.measures.asking import duties as asking
from kernen.measures.delivering import duties as delivering
from kernen.measures.delivering.undoing import duties as undoing
from kernen.measures.standing import keep as standing
from kernen.parties import duties as parties

log = logging.getLogger(__name__)

#: Seconds of sleep while nothing is due.
SLEEP = 1
#: A duty that fails is tried again after twice as long each time, but never after longer than this.
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Duty:
    """`do(now, limit)` finds in the data what is to be done, does at most `limit` of it and says
    how much that was. It may be killed at any point, and run in several workers at once."""

    do: Callable[[datetime, int], int]
    every: timedelta
    limit: int = 100


#: Everything that is done in the background.
DUTIES: dict[str, Duty] = {
    "tell": Duty(following.tell, every=timedelta(seconds=2)),
    "gather_digests": Duty(following.gather_digests, every=timedelta(minutes=1)),
    "send_digests": Duty(following.send_digests, every=timedelta(seconds=10)),
    "send_invitations": Duty(parties.send_invitations, every=timedelta(seconds=10)),
    "forget_invitations": Duty(parties.forget_invitations, every=timedelta(hours=1)),
    "send_answer_links": Duty(answering.send_answer_links, every=timedelta(seconds=10)),
    "ask_anew": Duty(answering.ask_anew, every=timedelta(seconds=10)),
    "remind_of_answers": Duty(answering.remind, every=timedelta(hours=1)),
    "forget_answer_links": Duty(answering.forget_answer_links, every=timedelta(hours=1)),
    "send_figures_links": Duty(asking.send_figures_links, every=timedelta(seconds=10)),
    "ask_when_due": Duty(asking.ask_when_due, every=timedelta(minutes=1)),
    "forget_figures_links": Duty(asking.forget_figures_links, every=timedelta(hours=1)),
    "take_deliveries": Duty(delivering.take_deliveries, every=timedelta(seconds=2)),
    "undo_deliveries": Duty(undoing.undo_deliveries, every=timedelta(seconds=2)),
    "forget_deliveries": Duty(delivering.forget_deliveries, every=timedelta(hours=1)),
    "compute_vectors": Duty(likeness.compute_vectors, every=timedelta(seconds=2), limit=50),
    "find_likenesses": Duty(likeness.find_likenesses, every=timedelta(seconds=2), limit=50),
    "clear_sessions": Duty(parties.clear_sessions, every=timedelta(hours=1)),
    "remove_orphans": Duty(documents.remove_orphans, every=timedelta(hours=1)),
    "settle_missing": Duty(standing.settle_missing, every=timedelta(minutes=1)),
    "bring_back": Duty(decisions.bring_back, every=timedelta(hours=1)),
    "ask_idle": Duty(initiatives.ask_idle, every=timedelta(hours=1)),
}


class Worker:
    def __init__(self, duties: Mapping[str, Duty] = DUTIES):
        self.duties = {"beat": Duty(self._beat, every=timedelta(seconds=10)), **duties}
        self.due = dict.fromkeys(self.duties, timezone.now())
        self.failures: Counter[str] = Counter()
        self.stopped = False

    def run(self, *, parent: int | None = None) -> None:
        """Work until told to stop, or until the process that started it is gone."""
        while not self.stopped and parent in (None, os.getppid()):
            close_old_connections()  # one that broke is opened anew
            if not self.round():
                time.sleep(SLEEP)

    def round(self) -> bool:
        """Do each duty that is due; whether any of them left something to do at once."""
        more = False
        for name, duty in self.duties.items():
            if self.due[name] <= timezone.now() and not self.stopped:
                pause = self._pause_after(name, duty)
                self.due[name] = timezone.now() + pause
                more = more or not pause
        return more

    def _pause_after(self, name: str, duty: Duty) -> timedelta:
        """Do it, and say how long it then rests. What fails stops nothing else."""
        try:
            done = duty.do(timezone.now(), duty.limit)
        except Exception:
            self.failures[name] += 1
            log.exception("%s failed %s times in a row", name, self.failures[name])
            return min(duty.every * 2 ** min(self.failures[name], 20), LONGEST)
        del self.failures[name]
        return timedelta() if done >= duty.limit else duty.every

    def _beat(self, now: datetime, limit: int) -> int:
        heartbeat.beat(self.failures)
        return 0
