"""A store, keys and a proposal of the test's own."""

import datetime
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation
from PIL import Image

from foundation.accounts.models import Area, User
from foundation.accounts.postings import Grant
from foundation.accounts.roles import Role
from foundation.desk.grants import propose
from foundation.desk.models import GrantProposal
from foundation.desk.papers import GRANT_PAPERS
from foundation.files.attaching import Upload, attach
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment
from tests.people import VILLAGE

PDF_FILE = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[Path]:
    """Keys, drafts and store of the test, in Chinese; returns their folder."""
    places = {
        "KEYS_DIR": tmp_path / "keys",
        "FILES_INCOMING": tmp_path / "incoming",
        "FILES_FOLDER": tmp_path / "kept",
        "FILES_FONTS": tmp_path / "fonts",
    }
    with override_settings(**places, FILES_STORE=""), translation.override("zh-hans"):
        yield tmp_path


@pytest.fixture
def proposal(people: dict[str, User], areas: dict[str, Area]) -> GrantProposal:
    """anquan proposes bangfu as the first secretary of the village."""
    wanted = Grant(people["bangfu"], Role.FIRST_SECRETARY, areas[VILLAGE], datetime.date(2026, 11, 4))
    return propose(wanted, by=people["anquan"], reason="新派驻")


@pytest.fixture
def attached(proposal: GrantProposal, people: dict[str, User]) -> Callable[..., Attachment]:
    """Attach content to the proposal as anquan, or as somebody else."""

    def do(content: bytes, name: str = "任职文件.jpg", who: str = "anquan") -> Attachment:
        upload = Upload(draft_of([content]), name, "appointment")
        return attach(proposal, upload, owner=GRANT_PAPERS, by=people[who])

    return do


def picture(size: tuple[int, int] = (640, 480), form: str = "JPEG", **options: Any) -> bytes:
    """Return a picture: red above, blue below."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    sink = io.BytesIO()
    image.save(sink, form, **options)
    return sink.getvalue()


def photo(*, turned: int = 1, size: tuple[int, int] = (640, 480), **place: Any) -> bytes:
    """Return a phone's picture: taken on 4 November at 10:12:33, at 34.5085 N 113.333333 E, held as `turned`."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = turned, "PhoneMaker", "沈立夏"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:04 10:12:33"
    gps = {1: "N", 2: (34.0, 30.0, 30.6), 3: "E", 4: (113.0, 20.0, 0.0)} | place
    exif.get_ifd(0x8825).update(gps)
    return picture(size, exif=exif)
