"""Forms and sheets as PDF/A with embedded Chinese fonts, set by Typst from templates/pdf/NAME.typ.

What a template gets is data, never markup: a name that looks like code is printed as it stands. Pictures come along
as JPEG in memory; nothing is written to the disk. A county may put fonts of its own into VAR/fonts (rare characters
in names): they fill what Noto Sans SC lacks.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst
from django.conf import settings
from django.utils import timezone, translation

_FOLDER: Path = settings.ROOT / "templates" / "pdf"


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of a sheet: its heading, its columns, its rows of words; `empty` stands where there are none.

    `widths` are the shares of the columns; all alike where it is empty.
    """

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str = ""
    widths: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page or a few: title, facts in two columns, grids, lines to sign on; `watermark` stands on every page."""

    title: str
    watermark: str
    facts: Sequence[tuple[str, str]] = ()
    grids: Sequence[Grid] = ()
    signatures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PictureOnPaper:
    """A JPEG with the lines that stand below it."""

    jpeg: bytes
    width: int
    height: int
    lines: Sequence[str]


def sheet(content: Sheet) -> bytes:
    """Return a sheet as PDF."""
    return render("sheet", asdict(content))


def picture_sheet(title: str, watermark: str, pictures: Sequence[PictureOnPaper]) -> bytes:
    """Return pictures, one after the other, as one PDF."""
    shown = [{"svg": _svg(picture), "lines": list(picture.lines)} for picture in pictures]
    return render("pictures", {"title": title, "watermark": watermark, "pictures": shown})


def render(template: str, content: Mapping[str, Any]) -> bytes:
    """Set templates/pdf/`template`.typ with `content` (words, numbers, lists, mappings); returns PDF/A-2b."""
    told = {"language": translation.get_language() or "zh-hans", **content}
    pdf: bytes = typst.compile(
        _FOLDER / f"{template}.typ",
        root=_FOLDER,
        font_paths=[fonts.sans_path().parent, settings.FILES_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(told)},
        pdf_standards=["a-2b"],
        timestamp=int(timezone.now().timestamp()),
    )
    return pdf


def _svg(picture: PictureOnPaper) -> str:
    """Wrap a JPEG so that Typst takes it from memory; in the PDF it stands as the JPEG it was."""
    size = f'width="{picture.width}" height="{picture.height}"'
    encoded = base64.b64encode(picture.jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/jpeg;base64,{encoded}"/></svg>'
    )
