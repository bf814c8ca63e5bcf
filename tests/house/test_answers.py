"""A mark is found wherever an answer hides it; otherwise the scope walk would see nothing."""

import io

import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from openpyxl import Workbook

from tests.house.answers import readable

MARK = "雀001雀"


def workbook() -> bytes:
    """Return an XLSX file with the mark in a cell."""
    book, file = Workbook(), io.BytesIO()
    book.active.append(["县", MARK])
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(f"<p>{MARK}</p>"),
        JsonResponse({"name": MARK}),
        StreamingHttpResponse(iter([MARK.encode()])),
        HttpResponse(workbook(), content_type="application/octet-stream"),
        HttpResponse("", headers={"Location": "/areas/?q=%E9%9B%80001%E9%9B%80"}),
    ],
    ids=["page", "json", "stream", "workbook", "header"],
)
def test_a_mark_is_found(answer):
    assert MARK in readable(answer)
