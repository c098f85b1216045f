"""A real server with the demonstration data, and a real browser that complains aloud."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
KERNEN = Path(sys.executable).parent / "kernen"
PICTURES = ROOT / "var" / "stories"
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
WIDTHS = {1280: 900, 390: 844}
#: `make test` tells a story that is the same at both widths at one on each database.
CHOSEN = [int(os.environ["KERNEN_WIDTH"])] if "KERNEN_WIDTH" in os.environ else list(WIDTHS)
#: Milliseconds in which a page must do as it is told, or show what is looked for: where the machine
#: is busy, an answer takes longer than the five seconds that expectations wait by themselves.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
SHOWN = pytest.StashKey[list[Page]]()

PageAt = Callable[..., Page]


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The server's own database: "" for SQLite in its folder, else one beside DATABASE_URL's."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"stories_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(url)._replace(path=f"/{quote(name)}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's own folder."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def mailed(var: Path) -> Callable[[str, str], str]:
    """`mailed(address, holds)` waits for a mail to the address that holds these words."""

    def wait(address: str, holds: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for file in sorted((var / "mail").glob("*"), reverse=True):
                for raw in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                    mail = message_from_bytes(raw, policy=policy.default)
                    said = mail.get_body(("plain",))
                    if mail["To"] == address and said and holds in said.get_content():
                        return str(said.get_content())
            time.sleep(0.5)
        pytest.fail(f"no mail to {address} said “{holds}”", pytrace=False)

    return wait


@pytest.fixture(scope="session")
def server(database: str, var: Path) -> Iterator[str]:
    """The address of `kernen demo`: static files are hashed and the policy is production's."""
    port = _free_port()
    env = {
        **os.environ,
        "KERNEN_VAR": str(var),
        "KERNEN_DEBUG": "0",
        "DATABASE_URL": database,
        "PYTHONUNBUFFERED": "1",
    }
    if not database:
        del env["DATABASE_URL"]
    log = var / "log"
    with log.open("w") as said:
        process = subprocess.Popen(
            [KERNEN, "demo", "--port", str(port)], env=env, stdout=said, stderr=said
        )
    try:
        _wait(f"http://127.0.0.1:{port}/", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 180
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=10):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"kernen demo did not start:\n{log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django's own tests run beside it, not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]
        yield started
        started.close()


@pytest.fixture
def page_at(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[PageAt]:
    """`page_at(1280)` opens a browser of that width, each with cookies of its own.

    Whatever the pages complained of fails the test at its end: the policy, scripts, requests to
    other hosts, files that are not found, server errors."""
    complaints: list[str] = []
    shown = request.node.stash.setdefault(SHOWN, [])

    def open_page(width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        _listen(page, server, complaints)
        shown.append(page)
        return page

    yield open_page
    for page in shown:
        page.context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture(params=CHOSEN, ids=lambda width: f"{width}px")
def page(page_at: PageAt, request: pytest.FixtureRequest) -> Page:
    """A page at each of the two widths in turn."""
    return page_at(request.param)


def _listen(page: Page, server: str, complaints: list[str]) -> None:
    def answered(response: Response) -> None:
        is_page = response.request.is_navigation_request()
        told = is_page or response.status == 410  # a script may hear that something has ended
        if response.status >= 500 or (response.status >= 400 and not told):
            complaints.append(f"{response.status} {response.url}")

    def asked(url: str) -> None:
        if not url.startswith((server, "data:", "blob:")):
            complaints.append(f"asked another host: {url}")

    def said(kind: str, text: str) -> None:
        # What is not found is told apart above: a page may rightly answer 403.
        if kind in ("error", "warning") and not text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {text}")

    page.on("response", answered)
    page.on("request", lambda request: asked(request.url))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """A story that fails leaves a picture of each page it had open, and says where."""
    report = yield
    if report.when == "call" and report.failed:
        PICTURES.mkdir(parents=True, exist_ok=True)
        shown: list[Page] = item.stash.get(SHOWN, [])
        for number, page in enumerate(shown, start=1):
            path = PICTURES / re.sub(r"[^\w-]+", "-", f"{item.name}-{number}")
            path = path.with_suffix(".png")
            page.screenshot(path=path, full_page=True)
            report.sections.append((f"What {page.url} looked like", str(path)))
    return report
