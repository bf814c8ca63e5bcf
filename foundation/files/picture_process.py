"""The process that decodes one picture, away from everything else: no environment, no files, bounded memory and time.

Started by foundation.files.pictures as `python -I picture_process.py LONG_EDGE SMALL_EDGE MOST_PIXELS`. Reads the
picture from standard input. Writes one line of JSON, then the picture as JPEG without any metadata, then its
thumbnail; or `{"refused": "too_large" | "not_read"}`. Imports nothing of ours: it must start fast and alone.

A JPEG is decoded at a fraction of its size, so a camera's largest mode costs no more than an ordinary picture.
"""

import io
import json
import math
import resource
import sys
import warnings
from typing import Any

MEMORY = 1536 * 2**20
SECONDS = 20
#: Pixels that are ever decoded at once: 64 million are 200 MB.
DECODED = 64_000_000


def bound() -> None:
    """Take away what a decoder in the wrong hands could use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


bound()

from PIL import ExifTags, Image, ImageCms  # noqa: E402  (after the bounds)


def main() -> None:
    """Decode standard input and write the answer."""
    long_edge, small_edge, most_pixels = map(int, sys.argv[1:])
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the header is judged below, before a pixel is decoded
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
            picture.draft("RGB", (long_edge, long_edge))
            if width * height > most_pixels or picture.width * picture.height > DECODED:
                answer({"refused": "too_large", "width": width, "height": height})
                return
            facts, turned = told(picture), picture.getexif().get(ExifTags.Base.Orientation, 1)
            shown = upright(smaller(flat(picture), long_edge), turned)
    except Exception:  # whatever a decoder stumbles over, the file is at fault
        answer({"refused": "not_read"})
        return
    whole, thumbnail = jpeg(shown), jpeg(smaller(shown, small_edge))
    facts |= {"width": shown.width, "height": shown.height, "sizes": [len(whole), len(thumbnail)]}
    answer(facts, whole, thumbnail)


def answer(facts: dict[str, Any], *parts: bytes) -> None:
    """Write one line of facts and the parts."""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + b"".join(parts))


def flat(picture: Image.Image) -> Image.Image:
    """Return the picture in plain sRGB, on white where it was transparent."""
    if profile := picture.info.get("icc_profile"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB" if picture.mode in ("RGB", "RGBA", "CMYK") else picture.mode
            picture = (
                ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
                or picture
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile costs the exact colours, not the picture
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
        picture = white
    return picture.convert("RGB")


def upright(picture: Image.Image, turned: int) -> Image.Image:
    """Return the picture as it was seen, from EXIF's orientation (1 to 8)."""
    turns = Image.Transpose
    turn = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_270,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_90,
    }.get(turned)
    return picture if turn is None else picture.transpose(turn)


def smaller(picture: Image.Image, edge: int) -> Image.Image:
    """Return the picture with its long edge at most `edge` pixels."""
    scale = edge / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def jpeg(picture: Image.Image) -> bytes:
    """Return the pixels and nothing else."""
    sink = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(sink, "JPEG", quality=86, optimize=True, progressive=True)
    return sink.getvalue()


def told(picture: Image.Image) -> dict[str, Any]:
    """Return when and where the picture says it was taken; what makes no sense is left out."""
    facts: dict[str, Any] = {}
    try:
        exif = picture.getexif()
        detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # a broken EXIF block does not make the picture unreadable
        return facts
    moment = detail.get(ExifTags.Base.DateTimeOriginal)
    if isinstance(moment, str):
        offset = detail.get(ExifTags.Base.OffsetTimeOriginal)
        facts |= {"taken_at": moment.strip("\x00 "), "offset": offset if isinstance(offset, str) else ""}
    latitude = degrees(place, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    longitude = degrees(place, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    if latitude is not None and longitude is not None and (latitude, longitude) != (0, 0):
        facts |= {"latitude": latitude, "longitude": longitude}
    return facts


def degrees(place: dict[int, Any], value: int, reference: int, negative: str, most: int) -> float | None:
    """Return degrees, minutes and seconds as signed degrees."""
    try:
        hours, minutes, seconds = (float(part) for part in place[value])
        found = hours + minutes / 60 + seconds / 3600
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if str(place.get(reference, "")).strip("\x00 ").upper() == negative:
        found = -found
    return round(found, 6) if math.isfinite(found) and abs(found) <= most else None


if __name__ == "__main__":
    main()
