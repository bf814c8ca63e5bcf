"""Everything an answer says, as one text: a name may hide in a workbook, in escaped JSON or in a header."""

import io
import json
import zipfile
from urllib.parse import unquote

from django.http import HttpResponseBase


def readable(answer: HttpResponseBase) -> str:
    """Return the headers and the body of an answer, unpacked and unescaped."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = "\n".join(unquote(f"{name}: {value}") for name, value in answer.headers.items())
    if zipfile.is_zipfile(io.BytesIO(body)):
        return said + _unpacked(body)
    text = body.decode(errors="replace")
    if "json" in answer.headers.get("Content-Type", ""):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return said + unquote(text)


def _unpacked(body: bytes) -> str:
    """Return the text of every member of a zip: a workbook is one."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
