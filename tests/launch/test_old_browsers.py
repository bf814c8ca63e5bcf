"""Scripts and styles are read for the browser inside WeChat: what it does not know is named with its place."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from launch.environment import Installation
from launch.old_browsers import FALLS_BACK, NO_NODE, old_browsers


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """A folder with one script and one style that an old browser knows, beside the packages of this clone."""
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "css").mkdir()
    shutil.copy(settings.ROOT / "eslint.config.mjs", tmp_path)
    (tmp_path / "static" / "js" / "form.js").write_text('document.title = [1, 2].flat()?.join("") ?? "";\n')
    (tmp_path / "static" / "css" / "form.css").write_text(".a { display: grid; gap: 1rem; }\n")
    packages = Path(os.environ.get("SHOUWANG_NODE_MODULES") or settings.ROOT / "node_modules")
    return Installation(
        home=tmp_path, var=tmp_path, profile="local", host="", port=0, demo=False, own_database=None, own_owner=None,
        own_redis=None, tools_with=packages.parent,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("js/form.js", '"a".replaceAll("a", "b");\n', "String.replaceAll()"),
        ("js/form.js", "let a; a ??= 1;\n", "Parsing error"),
        ("js/form.js", "structuredClone({});\n", "structuredClone"),
        ("css/form.css", ".a:has(.b) { color: red; }\n", "css-has"),
        ("css/form.css", ".a { .b { color: red; } }\n", "cannot be read"),
    ],
)
def test_what_chromium_80_does_not_know_is_named(
    place: Installation, file: str, text: str, named: str
) -> None:
    assert old_browsers(place) == (True, "")
    (place.home / "static" / file).write_text(text)
    passed, said = old_browsers(place)
    assert not passed
    assert named in said


def test_what_cannot_be_read_does_not_pass(place: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launch.old_browsers.find_spec", lambda name: None)
    assert old_browsers(place) == (False, NO_NODE)


def test_every_exception_says_what_an_old_browser_shows() -> None:
    assert all(len(why) > 5 for why in FALLS_BACK.values())
