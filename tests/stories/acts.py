"""What people do in the stories, and what is looked for on each page they meet."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

#: Visible things that the Tab key must reach; of a group of radio buttons one is enough.
REACHABLE = """() => {
  const wanted = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const groups = new Set();
  window.unreached = new Set(wanted.filter(element => {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) return false;
    if (element.type !== 'radio') return true;
    if (groups.has(element.name)) return false;
    return groups.add(element.name);
  }));
  document.activeElement.blur();
  if (!window.stops) addEventListener('keyup', () => window.stops.push(window.reached()), true);
  window.stops = [];
  const inDates = 3 * document.querySelectorAll('input[type=date]').length;
  return window.unreached.size + inDates;
}"""
#: Looked at where the key is let go: to ask from here at each stop takes longer than all else.
REACHED = """() => window.reached = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  for (const other of window.unreached)
    if (other === element || (other.type === 'radio' && other.name === element.name))
      window.unreached.delete(other);
  const box = element.getBoundingClientRect();
  // A link that fills its card marks the card; a date field has further stops inside it, which
  // the browser marks by itself.
  const marked = [null, '::before', '::after'].map(part => getComputedStyle(element, part)).some(
    style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || window.marked === element;
  if (marked) window.marked = element;
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {what: element.outerHTML.slice(0, 120), marked, seen, left: window.unreached.size};
}"""

AT_A_TIME = 10


def sign_in(page: Page, name: str) -> None:
    """One click on the demonstration's list; a part of the name or of the title is enough."""
    page.goto("/account/login/")
    page.locator(".demo-people li", has_text=name).first.get_by_role("button").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def go(asked: Locator) -> None:
    """Clicks, and waits for the page that is asked for: what looks at it must not come first."""
    with asked.page.expect_navigation():
        asked.click()


@cache
def _axe() -> str:
    return AXE.read_text()


def tab(page: Page, name: str) -> None:
    """One of the pages of the initiative that is open."""
    go(page.get_by_role("navigation", name="Initiativets sider").get_by_role("link", name=name))


def check_accessible(page: Page) -> None:
    """WCAG 2.2 AA by axe, and no scrolling sideways."""
    page.evaluate(_axe())  # past the policy, which rightly lets no such script in
    run = "{runOnly: tags, resultTypes: ['violations']}"
    # Only what is wrong is told: what was found right is a hundred times as much.
    found = page.evaluate(f"tags => axe.run({run}).then(found => found.violations)", WCAG)
    assert not found, f"{page.url} is not accessible:\n" + "\n".join(map(_told, found))
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the screen"


#: The page, if one has to scroll sideways, and the tables that leave their card.
TOO_WIDE = """() => [...document.querySelectorAll('html, table')].filter(one => {
  if (one.localName === 'html') return one.scrollWidth > innerWidth;
  if (!one.checkVisibility() || one.closest('.scroll')) return false;
  const card = one.closest('.card') || one.parentElement;
  const room = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingRight);
  return one.getBoundingClientRect().right > room + 1;
}).map(one => one.caption?.innerText || one.localName)"""


def check_tablets(page: Page) -> None:
    """Nothing leaves its place on a tablet, lying or standing."""
    size = page.viewport_size
    assert size
    for width in (1024, 768):
        page.set_viewport_size({"width": width, "height": size["height"]})
        found = page.evaluate(TOO_WIDE)
        assert not found, f"{page.url} is too wide at {width} px: {found}"
    page.set_viewport_size(size)


def _told(violation: dict[str, Any]) -> str:
    places = "".join(
        f"\n    {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1]}"
        for node in violation["nodes"][:5]
    )
    return f"  {violation['id']}: {violation['help']}{places}"


def check_keyboard(page: Page) -> None:
    """Tab reaches everything one can act on, in sight and visibly marked."""
    page.evaluate(REACHED)
    for _ in range(0, page.evaluate(REACHABLE) + 10, AT_A_TIME):
        for _ in range(AT_A_TIME):
            page.keyboard.press("Tab")
        for reached in page.evaluate("window.stops.splice(0)"):
            if reached is None:
                continue
            assert reached["seen"], f"{page.url}: focus is out of sight on {reached['what']}"
            assert reached["marked"], f"{page.url}: focus cannot be seen on {reached['what']}"
            if not reached["left"]:
                return
    left = page.evaluate("[...window.unreached].map(element => element.outerHTML.slice(0, 120))")
    assert not left, f"{page.url}: Tab does not reach\n" + "\n".join(left)
