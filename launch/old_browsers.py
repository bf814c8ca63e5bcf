"""Own scripts and styles keep to what Chromium 80 knows: the browser inside WeChat on an old phone of a village.

eslint with eslint-plugin-compat reads the scripts, doiuse the styles; both are development packages of package.json.
They run in the node that the browser tests bring with them, so a machine without one reads no less.
"""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

from launch.environment import Installation

BROWSER = "Chrome 80"
#: What may be used all the same, and what an old browser shows instead; by name of caniuse.com.
FALLS_BACK = {
    "flexbox-gap": "things in a row stand without the gap between them, and wrap as they do",
    "css-focus-visible": "the browser's own ring shows the focus",
    "css-logical-props": "the properties used here are known; others of the group are not",
    "css-overflow": "likewise",
    "css-sticky": "likewise, outside tables",
    "css-masks": "likewise",
    "css-clip-path": "likewise",
    "multicolumn": "one column, or a break inside a block",
    "extended-system-fonts": "the next font of the list",
}
NO_NODE = "The packages of the tests bring no node: scripts and styles cannot be read for old browsers."


def old_browsers(place: Installation) -> tuple[bool, str]:
    """Say whether scripts and styles pass, and what was found; what cannot be read does not pass."""
    node = _node()
    if node is None:
        return False, NO_NODE
    found = [*_scripts(node, place), *_styles(node, place)]
    return not found, "\n".join(found)


def _node() -> str | None:
    """Return the node inside the package of the browser's driver (requirements-dev.txt); None where it is missing."""
    package = find_spec("playwright")
    if package is None or package.origin is None:
        return None
    node = Path(package.origin).parent / "driver" / "node"
    return str(node) if node.exists() else None


def _scripts(node: str, place: Installation) -> list[str]:
    config = place.home / "eslint.config.mjs"
    words = ["-c", str(config), "--no-color", str(place.home / "static" / "js")]
    done = _run([node, str(_package(place, "eslint/bin/eslint.js")), *words], place.home)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def _styles(node: str, place: Installation) -> list[str]:
    styles = sorted(str(path) for path in (place.home / "static" / "css").glob("*.css"))
    words = ["-b", BROWSER, "-i", ",".join(FALLS_BACK), *styles]
    done = _run([node, str(_package(place, "doiuse/bin/cli.js")), *words], place.home)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return lines if done.returncode == 0 else [*lines, "A style cannot be read:", done.stderr]


def _package(place: Installation, path: str) -> Path:
    return place.tools / "node_modules" / path


def _run(words: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NO_COLOR": "1", "BROWSERSLIST_IGNORE_OLD_DATA": "1"}
    return subprocess.run(words, cwd=home, env=environment, capture_output=True, text=True, check=False)
