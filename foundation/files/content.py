"""What an upload is, by its content: its name and what the browser says of it count for nothing but display."""

import re
import unicodedata
from collections.abc import Iterator

import filetype
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, ZIP = "text/csv", "application/zip"
PICTURES = frozenset({JPEG, PNG, WEBP})
#: The ending that a file of each type gets when it is handed out.
ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf", XLSX: ".xlsx", CSV: ".csv", ZIP: ".zip"}

_HEAD = 8192
_TAIL = 2048
_LONGEST_NAME = 80
_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
#: Names that Windows keeps for devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')


def type_of(pieces: Iterator[bytes], accepted: frozenset[str]) -> str:
    """Return the media type of a file by its bytes; Refused where it is none of `accepted`.

    A picture is proved by decoding it (foundation.files.pictures), a PDF by its first and its last line.
    """
    head, tail = b"", b""
    for piece in pieces:
        if len(head) < _HEAD:
            head += piece
        tail = (tail + piece)[-_TAIL:]
    found = filetype.guess_mime(head[:_HEAD]) or ""
    if found == PDF and not (_PDF_HEAD.match(head) and b"%%EOF" in tail):
        raise Refused(
            _("This PDF is damaged or incomplete: make it again, or photograph the paper."), field="file"
        )
    if found not in accepted:
        raise Refused(_refusal(accepted), field="file")
    return found


def display_name(name: str, media_type: str) -> str:
    """Return a name that is safe to show and to save under: last part only, no control or turning characters.

    The ending follows the content. The name is for display: nothing is ever stored or found by it.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    stem = _FORBIDDEN.sub("_", _ENDING.sub("", kept.rstrip(" ."))).strip(" .")
    if _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return (stem[:_LONGEST_NAME].strip() or _("file")) + ENDINGS[media_type]


def _refusal(accepted: frozenset[str]) -> str:
    if accepted == frozenset({PDF}):
        return _("This is no PDF. Hand in the paper as a PDF.")
    if accepted <= PICTURES:
        return _("This is no picture that can be read here. Hand in a photo (JPEG, PNG or WebP).")
    return _("This is neither a picture nor a PDF. Hand in a photo (JPEG, PNG or WebP) or a PDF.")
