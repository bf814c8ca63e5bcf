"""Looking at a page as a careful person would: axe, the console, the policy, the edges, the size of targets."""

import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

#: Environment variable that names the folder for pictures.
PICTURES = "SHOUWANG_SCREENSHOTS"

#: Chromium as root, without graphics, and silent towards the outside.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHINESE, ENGLISH = "zh-hans", "en"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WATCH_POLICY = """
    window.brokenPolicy = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.brokenPolicy.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
_SMALL_TARGETS = """
    () => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
        .map((each) => [each, each.getBoundingClientRect()])
        .filter(([each, box]) => box.width > 0 && box.height > 0 && box.right > 0
            && getComputedStyle(each).visibility !== "hidden" && getComputedStyle(each).opacity !== "0"
            && each.closest("p, td:not(:first-child), .skip-link, label") === null)
        .filter(([each, box]) => box.height < 44)
        .map(([each, box]) => `${each.outerHTML.slice(0, 90)} is ${Math.round(box.height)} px high`)
"""


@dataclass(frozen=True, slots=True)
class Size:
    """A screen."""

    name: str
    width: int
    height: int

    @property
    def viewport(self) -> dict[str, int]:
        """As Playwright wants it."""
        return {"width": self.width, "height": self.height}


PHONE = Size("phone", 390, 844)
DESKTOP = Size("desktop", 1440, 900)
#: A narrow phone, which is also 1280 at 400 %; and a desktop at 200 %.
NARROW = Size("narrow", 320, 640)
ZOOMED = Size("zoomed", 720, 450)


_READ_TO_ITS_END = (
    "document.readyState === 'complete' ? null"
    " : new Promise(done => addEventListener('load', () => done(null), {once: true}))"
)


def speak(window: BrowserContext, language: str) -> None:
    """Let a window speak a language, as the switch does for visitors."""
    (session,) = [each for each in window.cookies() if each["name"] == "django_language"]
    window.add_cookies([{**session, "value": language}])


@dataclass
class Watch:
    """What a page complained about while it was open."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first byte on."""
        self.page.add_init_script(_WATCH_POLICY)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def faults(self) -> list[str]:
        """Return everything that is wrong with the page as it stands now, once it has been read to its end.

        A click that leads elsewhere returns when the new page has begun, not when it is there.
        """
        self.page.evaluate(_READ_TO_ITS_END)  # Playwright's own wait never ends where a link dialled a number
        return [
            *self.complaints,
            *(f"policy: {each}" for each in self.page.evaluate("window.brokenPolicy")),
            *_sideways(self.page),
            *_unreadable(self.page),
        ]


def take_picture(shown: Page | Locator, path: Path, *, whole: bool = True) -> None:
    """Take a picture for people to look at, where the run was asked for them (SHOUWANG_SCREENSHOTS): each costs."""
    if PICTURES not in os.environ:
        return
    if isinstance(shown, Page) and whole:
        shown.screenshot(path=path, full_page=True)
    else:
        shown.screenshot(path=path)


class Looker:
    """Somebody's window: every page that is looked at is pictured and judged, and what is wrong goes to `faults`."""

    def __init__(self, window: BrowserContext, size: Size, folder: Path, faults: list[str]) -> None:
        """Open a page in the window; pictures go into `folder`."""
        self.page: Page = window.new_page()
        self._watch, self._size, self._folder, self._faults = Watch(self.page), size, folder, faults

    def look(self, name: str) -> None:
        """Judge the page as it stands."""
        take_picture(self.page, self._folder / f"{name}-{self._size.name}.png")
        thumbs = small_targets(self.page) if self._size.name == "phone" else []
        self._faults += [f"{name}: {fault}" for fault in (*self._watch.faults(), *thumbs)]

    def look_at_both(self, name: str) -> None:
        """Judge the page as it stands on this screen and on the other size, without asking the server again."""
        self.look(name)
        own, self._size = self._size, DESKTOP if self._size.name == "phone" else PHONE
        self.page.set_viewport_size(self._size.viewport)  # type: ignore[arg-type]
        self.look(name)
        self._size = own
        self.page.set_viewport_size(own.viewport)  # type: ignore[arg-type]


def small_targets(page: Page) -> list[str]:
    """Return what a thumb would miss: pressable things under 44 px, links inside running text apart."""
    found: list[str] = page.evaluate(_SMALL_TARGETS)
    return found


def _sideways(page: Page) -> list[str]:
    width, shown = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"scrolls sideways: {width} px on {shown} px"] if width > shown else []


def _unreadable(page: Page) -> list[str]:
    page.evaluate(
        "scrollTo(0, 0)"
    )  # what happens to lie half behind the bar above can be scrolled from under it
    page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [
        f"axe {rule['id']}: {rule['help']}: " + "; ".join(node["html"][:120] for node in rule["nodes"][:3])
        for rule in result["violations"]
    ]


@cache
def _axe() -> str:
    source = settings.NODE_MODULES / "axe-core" / "axe.min.js"
    return f"{source.read_text()}; undefined"
