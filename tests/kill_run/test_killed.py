"""The worker and the server are killed ten times at random while a hundred changes and their
digests go through: nothing is lost, and nothing is done twice."""

import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.kill_run.processes import KERNEN, REGISTER, ROOT, Processes
from tests.stories.conftest import database  # noqa: F401 - a database of its own

CHANGES, KILLS = 100, 10
LIMIT = 240  # seconds, of which a quiet machine needs a quarter
CSRF = "k" * 32

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def env(tmp_path: Path, database: str) -> dict[str, str]:  # noqa: F811
    url = database or f"sqlite:///{tmp_path}/run.sqlite3"
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
    return {
        **os.environ,
        "DATABASE_URL": url,
        "KERNEN_VAR": str(tmp_path),
        "KERNEN_DEBUG": "1",
        "KERNEN_EMAIL_FOLDER": str(tmp_path / "mail"),
        "KERNEN_SITE": "http://kernen.example.org",
    }


@pytest.fixture
def ask(env: dict[str, str]) -> Ask:
    """Asks the database itself."""

    def sql(question: str) -> list[tuple[object, ...]]:
        url = env["DATABASE_URL"]
        if url.startswith("sqlite"):
            opened = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        else:
            opened = psycopg.connect(url)
        try:
            return list(opened.execute(question).fetchall())
        finally:
            opened.close()

    return sql


@pytest.fixture
def register(env: dict[str, str]) -> dict[str, list[str]]:
    for argv in (["migrate", "-v0"], ["shell", "-v0", "-c", REGISTER]):
        ran = subprocess.run(
            [KERNEN, *argv], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture
def processes(tmp_path: Path, env: dict[str, str], register: object) -> Iterator[Processes]:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    started = Processes(tmp_path, port, env)
    try:
        started.until_it_answers(60)
        yield started
    finally:
        started.stop()


class Writer:
    """A person at a browser, who sends a form again until an answer comes."""

    def __init__(self, port: int, session: str, initiative: str):
        self.port, self.url = port, f"/initiatives/{initiative}/journal/"
        self.cookie = f"sessionid={session}; csrftoken={CSRF}"
        self.sent_again = 0
        self.written = 0

    def write(self, words: str, until: float) -> None:
        page = self._try("GET", "", 200, until)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.split("<main")[1])
        assert token
        body = urlencode({"words": words, "csrfmiddlewaretoken": token[1]})
        self.written += 1
        if self.written % 5 == 0:  # a double click, or an answer that was lost on its way
            self._try("POST", body, 302, until)
        self._try("POST", body, 302, until)

    def _try(self, method: str, body: str, wanted: int, until: float) -> str:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        while time.monotonic() < until:
            try:
                asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
                asked.request(method, self.url, body, headers)
                answer = asked.getresponse()
                said = answer.read().decode()
            except (OSError, HTTPException):
                self.sent_again += method == "POST"
                time.sleep(0.1)
                continue
            assert answer.status == wanted, said
            return said
        pytest.fail("no answer came in time")


def test_nothing_is_lost_or_doubled(
    processes: Processes, register: dict[str, list[str]], ask: Ask, tmp_path: Path
) -> None:
    seed = random.randrange(10**6)  # noqa: S311 dice, and no secret
    print(f"seed {seed}")
    killed = run(processes, register, random.Random(seed), time.monotonic() + LIMIT)  # noqa: S311
    assert sum(killed.values()) == KILLS
    wait_until_quiet(ask, time.monotonic() + LIMIT)

    wrote = ask("SELECT words, by_id FROM initiatives_entry WHERE verb = 'note'")
    assert Counter(words for words, _ in wrote) == Counter(
        f"Change {number}" for number in range(CHANGES)
    ), "each change stands in the journal, and once"

    told = Counter(ask("SELECT person_id, entry_id FROM following_notice"))
    assert told == Counter(should_be_told(ask)), "each follower is told of each change, and once"

    mails = mails_in(tmp_path / "mail")
    for address, notices in ask(
        "SELECT email, count(*) FROM following_notice n JOIN parties_person p ON p.id = n.person_id"
        " JOIN parties_user u ON u.id = p.user_id GROUP BY email"
    ):
        theirs = {mid: mail for mid, mail in mails.items() if mail["To"] == address}
        counted = [int(re.search(r"\d+", mail["Subject"])[0]) for mail in theirs.values()]  # type: ignore[index]
        assert sum(counted) == notices, "the digests tell of as much as the inbox"
        listed = sum(body(mail).count("\n– ") for mail in theirs.values())
        assert listed == notices, "and name it, each once"
    digests = ask("SELECT id, sent_at FROM following_digest")
    assert len(digests) == len(mails), "each digest is one message"
    assert all(sent for _, sent in digests)


def run(
    processes: Processes, register: dict[str, list[str]], dice: random.Random, until: float
) -> Counter[str]:
    """Four people write, ten changes after each kill; gives how often which was killed."""
    killed: Counter[str] = Counter()
    numbers, lock = iter(range(CHANGES)), threading.Lock()
    first, *others = register["initiatives"]  # nobody writes on what he leads
    writers = [
        Writer(processes.port, session, initiative)
        for session, initiative in zip(register["sessions"], [*others, first], strict=False)
    ]
    faults: list[BaseException] = []

    def work(writer: Writer) -> None:
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                while number >= (sum(killed.values()) + 1) * CHANGES // KILLS:
                    assert time.monotonic() < until
                    time.sleep(0.02)
                writer.write(f"Change {number}", until)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=[writer], daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        processes.until_it_answers(60)
        time.sleep(dice.uniform(0.05, 1))
        victim = dice.choice(["server", "worker"])
        processes.kill(victim)
        killed[victim] += 1
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    assert not faults, faults
    print(f"killed {dict(killed)}, sent again {sum(writer.sent_again for writer in writers)} times")
    return killed


def wait_until_quiet(ask: Ask, until: float) -> None:
    """Until everybody is told, and everything told has been mailed."""
    left = (
        "SELECT (SELECT count(*) FROM initiatives_untold)"
        " + (SELECT count(*) FROM following_notice WHERE digest_id IS NULL)"
        " + (SELECT count(*) FROM following_digest WHERE sent_at IS NULL)"
    )
    while ask(left) != [(0,)]:
        assert time.monotonic() < until, "something waits for ever"
        time.sleep(0.2)


def should_be_told(ask: Ask) -> list[tuple[object, ...]]:
    """Whoever leads the initiative and the two who follow all of them, but not who wrote it."""
    people = [key for (key,) in ask("SELECT id FROM parties_person ORDER BY id")]
    leads = dict(ask("SELECT initiative_id, person_id FROM initiatives_teammember"))
    entries = ask("SELECT id, initiative_id, by_id FROM initiatives_entry WHERE verb = 'note'")
    return [
        (person, entry)
        for entry, initiative, by in entries
        for person in {leads[initiative], *people[4:]} - {by}
    ]


def mails_in(folder: Path) -> dict[str, EmailMessage]:
    """The mails by their Message-ID; one that was sent again must say the same again."""
    found: dict[str, EmailMessage] = {}
    for path in sorted(folder.iterdir()):
        for text in path.read_bytes().split(b"-" * 79 + b"\n"):
            if not text.rstrip().endswith(b"--"):
                continue  # its worker was killed while it wrote, and it is written again
            mail = message_from_bytes(text, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            before = found.setdefault(mail["Message-ID"], mail)
            assert body(before) == body(mail)
    return found


def body(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain
    return str(plain.get_content())
