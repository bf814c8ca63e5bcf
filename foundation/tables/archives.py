"""Zip archives: the one table inside, and refusal of those that were built to burst.

What an archive says of its own sizes is not believed where it matters: `zipfile` stops reading a part at its stated
size, but the reader of workbooks does not, so their parts are inflated once, piece by piece, before it sees them.
"""

import copy
import io
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.tables.columns import UnreadableTable

#: What one file in an archive may unpack to; a workbook in an archive is held in memory.
LARGEST_UNPACKED = 64 * 1024**3
LARGEST_PACKED_WORKBOOK = 256 * 1024**2
#: A table packs to a tenth, a sheet of forms to a fiftieth; below some size nothing can burst.
MOST_TIMES, ALWAYS_FINE = 150, 128 * 1024**2
#: What the parts of a workbook may unpack to, and how many it may have.
LARGEST_WORKBOOK, MOST_PARTS = 3 * 1024**3, 5_000
#: Deflate packs no better than this: smaller workbooks need no trial.
_BEST_DEFLATE = 1_032
_PIECE = 1 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: What computers put beside a file into an archive.
_BESIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
#: How the marks begin that Excel and WPS put beside a workbook while somebody has it open.
_OPEN_MARKS = ("~$", ".~")
#: What reading a damaged part raises.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def unpacked(file: BinaryIO) -> tuple[BinaryIO, bool]:
    """Return the table itself, and whether it is a workbook; out of an archive where it lies in one."""
    file.seek(0)
    if is_workbook(file):
        return file, True
    if not file.read(4).startswith(_ZIP):
        file.seek(0)
        return file, False
    try:
        member = _only_member(file)
        nested = is_packed(member.read(8))
        member.seek(0)
        if not nested:
            return member, False
        whole = member.read(LARGEST_PACKED_WORKBOOK + 1)
    except BROKEN as broken:
        raise broken_archive() from broken
    if len(whole) > LARGEST_PACKED_WORKBOOK:
        raise _too_large()
    return io.BytesIO(whole), True


def is_packed(head: bytes) -> bool:
    """Say whether a file that begins so is an archive or a workbook, and no text."""
    return head.startswith((_OLE, _ZIP))


def is_workbook(file: BinaryIO) -> bool:
    """Say by its content whether a file is a workbook; leaves it at its beginning."""
    head = file.read(8)
    file.seek(0)
    if head.startswith(_OLE):
        return True
    if not head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except BROKEN:
        return False
    finally:
        file.seek(0)
    return bool(names & {"[Content_Types].xml", "content.xml"})


def bursts(file: BinaryIO) -> bool:
    """Say whether a workbook unpacks to more than any needs, whatever it states; raises one of BROKEN."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        packed = sum(member.compress_size for member in members)
        stated = sum(member.file_size for member in members)
        if len(members) > MOST_PARTS or stated > LARGEST_WORKBOOK or would_burst(stated, packed):
            return True
        if packed * _BEST_DEFLATE <= ALWAYS_FINE:
            return False
        return any(_holds_more(archive, member) for member in members)


def _holds_more(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Say whether a part goes on after its stated size."""
    honest = copy.copy(member)
    honest.file_size += 1
    taken = 0
    with archive.open(honest) as part:
        while piece := part.read(_PIECE):
            taken += len(piece)
    return taken > member.file_size


def broken_archive() -> UnreadableTable:
    """Return the refusal of an archive that cannot be read to its end."""
    return UnreadableTable(_("The zip archive is damaged or locked with a password: send the file itself."))


def would_burst(stated: int, packed: int) -> bool:
    """Say whether parts of `packed` bytes that unpack to `stated` are more than any table needs."""
    return stated > ALWAYS_FINE and stated > MOST_TIMES * packed


def _only_member(file: BinaryIO) -> BinaryIO:
    archive = zipfile.ZipFile(file)
    members = [member for member in archive.infolist() if not is_beside(member)]
    if len(members) != 1:
        raise UnreadableTable(_("The zip archive must hold exactly one file; it holds %d.") % len(members))
    (only,) = members
    if only.file_size > LARGEST_UNPACKED or would_burst(only.file_size, only.compress_size):
        raise _too_large()
    return archive.open(only)  # type: ignore[return-value]


def is_beside(member: zipfile.ZipInfo) -> bool:
    """Say whether an entry of an archive is a folder, or what a computer put beside the file that was packed."""
    path = member.filename
    name = path.rsplit("/", 1)[-1]
    beside = path.startswith(_BESIDE[0]) or name in _BESIDE[1:] or name.startswith(_OPEN_MARKS)
    return member.is_dir() or beside


def _too_large() -> UnreadableTable:
    return UnreadableTable(_("The file in the archive is too large: send it in parts."))
