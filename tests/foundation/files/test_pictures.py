"""Pictures are made upright, small and silent; hostile ones end a process of their own at most."""

import io
import struct
import zlib
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image, ImageStat

from foundation.accounts.refusals import Refused
from foundation.files import pictures
from foundation.files.pictures import prepare
from foundation.files.stamping import stamp
from tests.foundation.files.conftest import photo, picture


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def huge(width: int, height: int) -> bytes:
    """Return a PNG of a few hundred bytes that says it is so large."""

    def block(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = block(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + block(b"IDAT", zlib.compress(bytes(100_000))) + block(b"IEND", b"")


def test_time_and_place_are_read_and_stripped() -> None:
    made = prepare(photo())
    assert made.taken_at is not None
    assert made.taken_at.isoformat() == "2026-11-04T10:12:33+08:00"
    assert (made.latitude, made.longitude) == (34.5085, 113.333333)
    for content in (made.whole, made.thumbnail):
        assert not opened(content).getexif()
        assert opened(content).info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"PhoneMaker" not in content
        assert "沈立夏".encode() not in content


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_is_kept_as_it_was_seen(turned: int) -> None:
    upright = Image.open(io.BytesIO(picture((600, 400))))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(turned)
    stored = upright if back is None else upright.transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[0x0112] = turned
    sink = io.BytesIO()
    stored.save(sink, "JPEG", exif=exif)
    shown = opened(prepare(sink.getvalue()).whole)
    assert shown.size == (600, 400)
    assert shown.getpixel((300, 50))[0] > 200  # type: ignore[index]
    assert shown.getpixel((300, 350))[2] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "shown"), [((4000, 3000), (2048, 1536)), ((900, 3000), (614, 2048)), ((30, 20), (30, 20))]
)
def test_the_long_edge_is_at_most_2048(size: tuple[int, int], shown: tuple[int, int]) -> None:
    made = prepare(picture(size))
    assert opened(made.whole).size == shown
    assert max(opened(made.thumbnail).size) <= 320


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (95.0, 0.0, 0.0)},
        {2: (1e9, 0.0, 0.0)},
        {2: ()},
        {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_makes_no_sense_is_left_out(place: dict[int, object]) -> None:
    made = prepare(photo() if not place else _with_place(place))
    assert made.latitude is None
    assert made.longitude is None


def _with_place(place: dict[int, object]) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 0.0, 0.0), 3: "E", 4: (113.0, 0.0, 0.0)} | place)
    return picture(exif=exif)


def test_south_and_west_are_negative() -> None:
    made = prepare(_with_place({1: "S", 3: "W"}))
    assert (made.latitude, made.longitude) == (-34.0, -113.0)


def test_what_was_transparent_becomes_white() -> None:
    sink = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(sink, "PNG")
    assert opened(prepare(sink.getvalue()).whole).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_picture_is_refused(form: str) -> None:
    with pytest.raises(Refused, match="无法读取"):
        prepare(picture((640, 480), form)[:-40])


def test_a_flood_of_pixels_is_refused_by_its_header_at_once() -> None:
    with pytest.raises(Refused, match="50000 × 50000"):
        prepare(huge(50_000, 50_000))


def test_a_picture_larger_than_the_process_decodes_is_refused() -> None:
    with pytest.raises(Refused, match="10000 × 10000"):
        prepare(huge(10_000, 10_000))


def test_a_polyglot_loses_what_it_carried() -> None:
    made = prepare(picture() + b"PK\x03\x04<script>alert(1)</script>")
    assert b"<script>" not in made.whole
    assert b"PK\x03\x04" not in made.whole


def test_a_comment_is_stripped() -> None:
    assert b"home of Shen" not in prepare(picture(comment=b"home of Shen")).whole


def test_a_decoder_that_never_ends_is_ended() -> None:
    with mock.patch.object(pictures, "SECONDS", 0.01), pytest.raises(Refused, match="无法读取"):
        prepare(picture())


def test_the_process_has_no_environment_and_no_memory_beyond_its_bounds(tmp_path: Path) -> None:
    spy = tmp_path / "spy.py"
    spy.write_text(
        f"import json, os, resource, runpy\nrunpy.run_path({str(pictures._PROCESS)!r})\n"
        "limits = [resource.getrlimit(each)[0] for each in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE)]\n"
        "print(json.dumps({'environ': sorted(os.environ), 'limits': limits}))"
    )
    with mock.patch.object(pictures, "_PROCESS", spy):
        facts, _parts = pictures._ask(b"")
    assert set(facts["environ"]) <= {"LC_CTYPE"}
    assert facts["limits"] == [1536 * 2**20, 0]


def test_a_stamp_is_burnt_into_a_copy_of_the_same_size() -> None:
    whole = prepare(picture((1600, 1200))).whole
    stamped = stamp(whole, ["YS000014 · 石桥村", "2026-11-04 10:12", "沈立夏" * 80])
    assert opened(stamped).size == (1600, 1200)
    dark = opened(stamped).convert("L").crop((0, 1195, 1600, 1200))
    light = opened(whole).convert("L").crop((0, 1195, 1600, 1200))
    assert ImageStat.Stat(dark).sum[0] < ImageStat.Stat(light).sum[0]
