"""Bind PDFs to one, as a folder of papers is bound: pages in order, each numbered at its foot.

PDFium is not made for threads: one process binds one file at a time. What comes out is plain PDF, no longer PDF/A:
bound pages come from several hands (scans, papers of other offices) that promise nothing.
"""

import ctypes
import io
import threading
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

_ONE_AT_A_TIME = threading.Lock()
_SIZE = 8.0
#: Points from the edge of the paper at which the number stands, below what Typst prints there.
_FOOT = 14.0


class Unbindable(Exception):  # noqa: N818  (says what is wrong)
    """These bytes are no PDF that can be opened: broken, or locked with a password."""


def pages_of(content: bytes) -> int:
    """Return how many pages a PDF has; raises Unbindable."""
    with _ONE_AT_A_TIME:
        document = _opened(content)
        try:
            return len(document)
        finally:
            document.close()


def bound(contents: Sequence[bytes], *, from_page: int = 1) -> bytes:
    """Return PDFs as one, its pages numbered from `from_page`; raises Unbindable."""
    with _ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
        sources: list[pypdfium2.PdfDocument] = []
        try:
            for content in contents:
                sources.append(_opened(content))
                whole.import_pages(sources[-1])
            for number in range(len(whole)):
                _number(whole, number, str(number + from_page))
            out = io.BytesIO()
            whole.save(out)
        finally:
            for document in (whole, *sources):
                document.close()
    return out.getvalue()


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as broken:
        raise Unbindable(str(broken)) from broken


def _number(whole: pypdfium2.PdfDocument, place: int, number: str) -> None:
    """Write a number in the middle of the foot of a page, in a font that every reader has."""
    page = whole[place]
    words = pdfium.FPDFPageObj_NewTextObj(whole.raw, b"Helvetica", _SIZE)
    text = (f"- {number} -\0").encode("utf-16-le")
    pdfium.FPDFText_SetText(words, ctypes.cast(ctypes.c_char_p(text), ctypes.POINTER(ctypes.c_ushort)))
    width, _height = page.get_size()
    pdfium.FPDFPageObj_Transform(words, 1, 0, 0, 1, (width - _SIZE * 0.5 * (len(number) + 4)) / 2, _FOOT)
    pdfium.FPDFPage_InsertObject(page.raw, words)
    pdfium.FPDFPage_GenerateContent(page.raw)
    page.close()
