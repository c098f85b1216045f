"""What the kill run starts: a register with people in it, a server, and a worker in a hurry."""

import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEN = Path(sys.executable).parent / "kernen"

#: Four who write, each leading an initiative, and two who only follow; prints their sessions.
REGISTER = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from kernen.following import actions as following
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Untold
from kernen.parties import actions as parties

def session(user):
    made = import_module(settings.SESSION_ENGINE).SessionStore()
    made[SESSION_KEY] = str(user.pk)
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    made[HASH_SESSION_KEY] = user.get_session_auth_hash()
    made.create()
    return made.session_key

hospital = parties.found_organisation(name="Hospitalet", sector="hospital", by=None)
people = []
for number in range(6):
    name, email = f"Person {number}", f"person{number}@example.org"
    people.append(parties.enrol(name=name, email=email, administrator=False, by=None))
    parties.give_role(person=people[-1], organisation=hospital, role="contributor", by=None)
made = [
    initiatives.register(
        title=f"Initiativ {number}", problem="Et problem", organisations=[hospital],
        cluster=None, by=people[number],
    )
    for number in range(4)
]
Untold.objects.all().delete()
view = following.save_view(name="Alt", query="q=initiativ", by=people[4])
following.follow(thing=view, by=people[4])
for one in made:
    following.follow(thing=one, by=people[5])
print(json.dumps({
    "sessions": [session(person.user) for person in people],
    "initiatives": [one.pk for one in made],
}))
"""

#: The worker as it is, but for its clock: a digest every two seconds, and no long rests.
WORKER = """
from datetime import datetime, timedelta
import django
django.setup()
from dataclasses import replace
from django.core.management import call_command
from kernen.following import actions, digests, duties
from kernen.journey.management import working

def every_two_seconds(now):
    return {digests.BY_DEFAULT: now.replace(microsecond=0, second=now.second // 2 * 2)}

digests.slots = every_two_seconds
actions.LEASE = timedelta(seconds=1)
duties.MOST_TRIES = 1000
working.SLEEP = 0.1
for name in ("tell", "gather_digests", "send_digests"):
    working.DUTIES[name] = replace(working.DUTIES[name], every=timedelta(seconds=0.2), limit=7)
call_command("worker")
"""


class Processes:
    """The server and the worker, each of which can be killed and is then started anew."""

    def __init__(self, folder: Path, port: int, env: dict[str, str]):
        self.port, self.env = port, env
        self.log = (folder / "log").open("w")
        self.argv = {
            "server": [str(KERNEN), "serve", f"--bind=127.0.0.1:{port}", "--workers=2"],
            "worker": [sys.executable, "-c", WORKER],
        }
        self.running = {name: self._start(name) for name in self.argv}

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.argv[name],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self, name: str, *, again: bool = True) -> None:
        """Kill it with all its children, without a word of warning."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()
        if again:
            self.running[name] = self._start(name)

    def stop(self) -> None:
        for name in self.running:
            self.kill(name, again=False)
        self.log.close()

    def answers(self) -> bool:
        try:
            asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
            asked.request("GET", "/account/login/")
            return asked.getresponse().status == 200
        except OSError:
            return False

    def until_it_answers(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.answers():
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)
