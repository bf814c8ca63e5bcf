"""A copy of a picture with words burnt into its lower edge: number, place, time, who took it (水印)."""

import io
from collections.abc import Sequence
from functools import cache

import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFont

#: Height of a line against the long edge of the picture.
_LINE = 0.028
_PAPER, _INK = (0, 0, 0, 150), (255, 255, 255, 255)


def stamp(picture: bytes, lines: Sequence[str]) -> bytes:
    """Return the JPEG `picture` (one of ours, foundation.files.pictures) with `lines` on a dark band below.

    A line that is too long is broken. The picture itself keeps its size.
    """
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened:
        ground = opened.convert("RGBA")
    size = max(14, round(max(ground.size) * _LINE))
    font, margin = _font(size), size // 2
    shown = [part for line in lines if line for part in _broken(line, font, ground.width - 2 * margin)]
    step = round(size * 1.35)
    shown = shown[: max(1, (ground.height - 2 * margin) // step)]
    top = ground.height - step * len(shown) - 2 * margin
    band = Image.new("RGBA", ground.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(band)
    pen.rectangle((0, top, ground.width, ground.height), fill=_PAPER)
    for number, line in enumerate(shown):
        pen.text((margin, top + margin + number * step), line, font=font, fill=_INK)
    sink = io.BytesIO()
    Image.alpha_composite(ground, band).convert("RGB").save(sink, "JPEG", quality=86)
    return sink.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.sans_path()), size)


def _broken(line: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break a line where it would leave the picture; Chinese breaks anywhere."""
    parts, part = [], ""
    for character in line:
        if part and font.getlength(part + character) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
