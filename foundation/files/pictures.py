"""Pictures as they are kept: upright, at most 2048 pixels long, without metadata; decoded in a process of its own.

A decoder that is led astray by a hostile file ends itself at most: the process has no environment, no right to write a
file, 1.5 GB of memory and 20 seconds. Starting it costs about a fifth of a second.
"""

import datetime
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.clock import SHANGHAI
from foundation.accounts.refusals import Refused

LONG_EDGE, SMALL_EDGE = 2048, 320
#: A phone's largest mode has 108 or 200 million pixels; a flood has 2,500 million.
MOST_PIXELS = 220_000_000
SECONDS = 30
_PROCESS = Path(__file__).with_name("picture_process.py")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made safe: JPEG bytes, their thumbnail, and what the original said of time and place."""

    whole: bytes
    thumbnail: bytes
    taken_at: datetime.datetime | None
    latitude: float | None
    longitude: float | None


def prepare(content: bytes) -> Picture:
    """Decode an uploaded picture; Refused where it is too large or cannot be read."""
    facts, parts = _ask(content)
    if facts.get("refused") == "too_large":
        raise Refused(
            _("The picture has %(width)d × %(height)d pixels, which is more than any camera makes.") % facts,
            field="file",
        )
    if "sizes" not in facts:
        raise Refused(
            _("The picture cannot be read: it is damaged or incomplete. Take it again."), field="file"
        )
    first = facts["sizes"][0]
    return Picture(
        parts[:first],
        parts[first:],
        _moment(facts.get("taken_at", ""), facts.get("offset", "")),
        facts.get("latitude"),
        facts.get("longitude"),
    )


def _ask(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Let the process decode; whatever ends it early is an answer without sizes."""
    command = [sys.executable, "-I", str(_PROCESS), str(LONG_EDGE), str(SMALL_EDGE), str(MOST_PIXELS)]
    try:
        done = subprocess.run(  # noqa: S603  (our own file; the picture comes by standard input)
            command, input=content, capture_output=True, timeout=SECONDS, check=True, env={}, cwd="/"
        )
        line, _newline, parts = done.stdout.partition(b"\n")
        facts: dict[str, Any] = json.loads(line)
    except (subprocess.SubprocessError, ValueError):
        return {}, b""
    return facts, parts


def _moment(text: str, offset: str) -> datetime.datetime | None:
    """Read EXIF's `2026:11:04 10:12:33`; without an offset the camera stood in China."""
    if not re.fullmatch(r"[+-]\d\d:\d\d", offset):
        offset = ""
    try:
        moment = datetime.datetime.strptime(text + offset, "%Y:%m:%d %H:%M:%S" + ("%z" if offset else ""))  # noqa: DTZ007
    except ValueError:
        return None
    return moment if offset else moment.replace(tzinfo=SHANGHAI)
