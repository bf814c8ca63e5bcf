"""Translations without a system gettext: compile catalogues, compare them with the words in the code."""

import hashlib
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_javascript
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from launch.environment import Installation
from launch.punctuation import in_template, in_translation
from launch.sentences import say

# The language that everybody sees first and that must therefore be whole.
COMPLETE = "zh_Hans"
SOURCES = (
    "config",
    "foundation",
    "households",
    "monitoring",
    "alerts",
    "assistance",
    "oversight",
    "templates",
)
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
KEY = tuple[str, str]  # context and message


class Words(dict[KEY, str]):
    """The messages of the code, each with the first place that uses it, and the plurals of some."""

    def __init__(self) -> None:
        super().__init__()
        self.plurals: dict[KEY, str] = {}


def compile_catalogues(place: Installation) -> None:
    """Write the .mo file of every .po file that changed."""
    said = False
    for source in sorted((place.home / "locale").glob("*/LC_MESSAGES/*.po")):
        target = place.tools / source.relative_to(place.home).with_suffix(".mo")
        stamp = target.with_suffix(".digest")
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        if target.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
            continue
        if not said:
            say("Compiling the translations.")
            said = True
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            write_mo(draft, _read(source))
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(target)
        stamp.write_text(digest, encoding="utf-8")


def problems(home: Path) -> Iterator[str]:
    """Each way in which the complete language falls short of the words in the code, as a line.

    And each half-width sign beside its words, in the catalogue and in the templates.
    """
    for domain, extracted in (("django", _extract_pages(home)), ("djangojs", _extract_scripts(home))):
        path = home / "locale" / COMPLETE / "LC_MESSAGES" / f"{domain}.po"
        catalogue = _read(path) if path.exists() else Catalog()
        known = {_key(message): message for message in catalogue if message.id}
        name = path.relative_to(home)
        for key, place in extracted.items():
            if key not in known:
                yield f"{name}: missing {_shown(key)} (used in {place})"
        for key, message in known.items():
            if key not in extracted:
                yield f"{name}: {_shown(key)} stands nowhere in the code"
            if message.fuzzy:
                yield f"{name}: {_shown(key)} is fuzzy"
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if not all(strings):
                yield f"{name}: {_shown(key)} is not translated"
            yield from (f"{name}: {_shown(key)}: {error}" for error in message.check(catalogue))
            found = in_translation("\n".join(filter(None, strings)))
            yield from (f"{name}: half-width sign in “{words}”" for words in found)
    yield from _half_width(home)


def _half_width(home: Path) -> Iterator[str]:
    for path in sorted((home / "templates").rglob("*.html")):
        for line in in_template(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(home)}:{line}: half-width sign between words: use {{% colon %}} and the like"


def update_catalogue(home: Path) -> None:
    """Bring the catalogue to the words in the code; translations that still fit stay."""
    for domain, extracted in (("django", _extract_pages(home)), ("djangojs", _extract_scripts(home))):
        path = home / "locale" / COMPLETE / "LC_MESSAGES" / f"{domain}.po"
        if not extracted and not path.exists():
            continue
        old = _read(path) if path.exists() else Catalog(locale=COMPLETE, charset="utf-8", fuzzy=False)
        before = {_key(message): message for message in old if message.id}
        new = Catalog(locale=COMPLETE, charset="utf-8", fuzzy=False, creation_date=old.creation_date)
        new.header_comment = "# Simplified Chinese of Shouwang"
        for key in sorted(extracted):
            known = before.get(key)
            new.add(
                (key[1], extracted.plurals[key]) if key in extracted.plurals else key[1],
                known.string if known else None,
                flags=known.flags if known else (),
                context=key[0] or None,
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=110, sort_output=True, no_location=True)
        fresh = sum(1 for key in extracted if key not in before)
        say(f"{path.relative_to(home)}: {len(extracted)} messages, {fresh} new.")


def _extract_pages(home: Path) -> Words:
    """Messages of Python files and templates, with the first place of each."""
    found = Words()
    for top in SOURCES:
        for path in sorted((home / top).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                _collect(found, path, home, "python", path.read_bytes())
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                code = template_to_python(path.read_text(encoding="utf-8"))
                _collect(found, path, home, "python", code.encode())
    return found


def _extract_scripts(home: Path) -> Words:
    """Messages of our own scripts."""
    found = Words()
    for folder in (home / "static", *(path for top in SOURCES for path in (home / top).rglob("static"))):
        for path in sorted(folder.rglob("*.js")):
            _collect(found, path, home, extract_javascript, path.read_bytes())
    return found


def template_to_python(text: str) -> str:
    """A template as Python calls with the same line numbers, as Django's own makemessages sees it."""
    # Indentation means something in Python and nothing in a template.
    return re.sub(r"(?m)^[ \t]+", "", str(templatize(text)))


def _collect(found: Words, path: Path, home: Path, method: Any, content: bytes) -> None:
    messages = extract(method, io.BytesIO(content), KEYWORDS, (), {"encoding": "utf-8"})
    for line, identity, _, context in messages:
        first, plural = (identity[0], identity[1]) if isinstance(identity, tuple) else (identity, None)
        if not first:
            continue
        key = (context or "", first)
        found.setdefault(key, f"{path.relative_to(home)}:{line}")
        if plural:
            found.plurals[key] = plural


def _key(message: Message) -> KEY:
    identity = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return (str(message.context or ""), str(identity))


def _shown(key: KEY) -> str:
    return f"“{key[1]}”" + (f" (context {key[0]})" if key[0] else "")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=path.stem)
