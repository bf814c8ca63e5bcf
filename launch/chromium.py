"""The headless browser of the tests: the system's Chromium, or the distribution's when there is none."""

import os
import shutil
import subprocess
from pathlib import Path

from launch.sentences import Stop, last_words, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_chromium() -> str:
    """The path of a browser that starts."""
    given = os.environ.get("SHOUWANG_CHROMIUM")
    if given:
        if _starts(given):
            return given
        raise Stop(f"SHOUWANG_CHROMIUM names {given}, which does not start.")
    path = _on_this_machine()
    if path:
        return path
    if not shutil.which("apt-get"):
        raise Stop("there is no Chromium on this machine: install it, or name one in SHOUWANG_CHROMIUM.")
    if os.geteuid() != 0:
        raise Stop("there is no Chromium on this machine: ask root for apt-get install chromium.")
    say("Installing Chromium from the distribution (about 100 MB, once).")
    _install("chromium")
    path = _on_this_machine()
    if not path:
        raise Stop("the Chromium of this distribution was installed and does not start.")
    return path


def ensure_characters() -> None:
    """Give this machine Chinese characters, as phones and offices have them, where root may install a font.

    Without one the browser takes the platform's own web font, whose lines are a little lower: pages are looked at as
    most people see them.
    """
    if knows_chinese() or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    say("Installing a font with Chinese characters from the distribution (57 MB, once).")
    try:
        _install("fonts-noto-cjk")
    except Stop as reason:
        say(f"The browser goes on without one: {reason}")


def knows_chinese() -> bool:
    """Whether this machine has a font with Chinese characters. A Mac always has."""
    if MAC.exists():
        return True
    try:
        said = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return bool(said.strip())


def _on_this_machine() -> str | None:
    candidates = [path for name in NAMES if (path := shutil.which(name))] + (
        [str(MAC)] if MAC.exists() else []
    )
    return next((path for path in candidates if _starts(path)), None)


def _starts(path: str) -> bool:
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).returncode == 0
        )
    except (OSError, subprocess.SubprocessError):
        return False


def _install(package: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    text = ""
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", *words], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        text += done.stdout
    if done.returncode:
        raise Stop(f"{package} could not be installed; the last words were:\n{last_words(text)}")
