"""The pages of attachments, by everybody, with and without HTMX."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.desk.models import GrantProposal
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from tests.foundation.files.conftest import PDF_FILE, attached, own_folders, photo, proposal

__all__ = ["attached", "own_folders", "proposal"]
Attached = Callable[..., Attachment]
FRAGMENT = {"HX-Request": "true"}


def sent(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def as_anquan(client: Client, people: dict[str, User]) -> Client:
    """The county's security administrator, signed in."""
    client.force_login(people["anquan"])
    return client


def test_files_are_attached_without_javascript(as_anquan: Client, proposal: GrantProposal) -> None:
    url = reverse("desk:grant_files", args=[proposal.pk])
    answer = as_anquan.post(url, {"file": [sent(photo(), "任职.jpg"), sent(PDF_FILE, "红头.pdf")]})
    assert answer.status_code == 302
    page = as_anquan.get(answer.headers["Location"]).content.decode()
    assert "任职.jpg" in page
    assert "红头.pdf" in page
    assert "34.508500, 113.333333" in page


def test_with_htmx_the_list_alone_comes_back_and_says_what_was_refused(
    as_anquan: Client, proposal: GrantProposal
) -> None:
    url = reverse("desk:grant_files", args=[proposal.pk])
    good = {"file": [sent(PDF_FILE, "好.pdf"), sent(b"<html>", "坏.html")]}
    answer = as_anquan.post(url, good, headers=FRAGMENT)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "<html" not in text
    assert "好.pdf" in text
    assert "坏.html：" in text
    assert Attachment.objects.count() == 1
    assert answer.headers["HX-Trigger"] == "files-changed"  # what else hangs on the files reads itself anew
    read = as_anquan.get(url, headers=FRAGMENT)
    assert (read.status_code, "HX-Trigger" in read.headers) == (200, False)


@pytest.mark.parametrize(("files", "sentence"), [([], "请先选择文件"), ([b"x"] * 11, "最多选择 10 个")])
def test_too_few_and_too_many_are_a_sentence(
    as_anquan: Client, proposal: GrantProposal, files: list[bytes], sentence: str
) -> None:
    url = reverse("desk:grant_files", args=[proposal.pk])
    answer = as_anquan.post(url, {"file": [sent(each, "x.pdf") for each in files]}, headers=FRAGMENT)
    assert sentence in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_file_is_handed_out_so_that_no_browser_runs_it(as_anquan: Client, attached: Attached) -> None:
    made = attached(PDF_FILE, "任命\r\nX-Evil: 1\u202e.html")
    answer = as_anquan.post(reverse("desk:grant_file", args=[made.uuid]))
    assert b"".join(answer.streaming_content) == PDF_FILE  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["Content-Disposition"].endswith(".pdf")
    assert "X-Evil" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == str(len(PDF_FILE))
    assert Entry.objects.filter(verb="attachment.looked.shown").count() == 1


def test_opening_needs_a_press_and_a_thumbnail_is_no_look(as_anquan: Client, attached: Attached) -> None:
    made = attached(photo())
    assert as_anquan.get(reverse("desk:grant_file", args=[made.uuid])).status_code == 405
    answer = as_anquan.get(reverse("desk:grant_thumbnail", args=[made.uuid]))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    assert not Entry.objects.filter(verb__startswith="attachment.looked").exists()


@pytest.mark.parametrize("use", ["stamped", "original", "../../etc/passwd"])
def test_other_copies_are_named_by_their_use(as_anquan: Client, attached: Attached, use: str) -> None:
    answer = as_anquan.post(reverse("desk:grant_file", args=[attached(photo()).uuid]), {"use": use})
    assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("who", ["lin_anquan", "lin_zhen", "shenjiyuan", "wangge"])
def test_outside_nothing_exists(
    client: Client, people: dict[str, User], attached: Attached, proposal: GrantProposal, who: str
) -> None:
    made = attached(photo())
    client.force_login(people[who])
    for name in ("file", "thumbnail", "file_remove"):
        url = reverse(f"desk:grant_{name}", args=[made.uuid])
        assert client.post(url).status_code in (403, 404, 405)
        assert client.get(url).status_code in (403, 404, 405)
    for name in ("files", "files_pdf", "sheet"):
        assert client.post(reverse(f"desk:grant_{name}", args=[proposal.pk])).status_code in (403, 404)
    assert Entry.objects.filter(verb__startswith="attachment.looked").count() == 0


def test_a_reader_sees_the_files_and_no_form(
    client: Client, people: dict[str, User], attached: Attached, proposal: GrantProposal
) -> None:
    attached(PDF_FILE, "红头.pdf")
    client.force_login(people["zhen"])
    page = client.get(reverse("desk:grant", args=[proposal.pk])).content.decode()
    assert "红头.pdf" in page
    assert 'type="file"' not in page
    assert "移除" not in page


def test_a_file_is_taken_away_after_asking_why(
    as_anquan: Client, attached: Attached, proposal: GrantProposal
) -> None:
    made = attached(PDF_FILE)
    url = reverse("desk:grant_file_remove", args=[made.uuid])
    assert "无法恢复" in as_anquan.get(url).content.decode()
    assert as_anquan.post(url, {"reason": ""}).status_code == 200
    assert as_anquan.post(url, {"reason": "传错了"}).status_code == 302
    assert as_anquan.post(reverse("desk:grant_file", args=[made.uuid])).status_code == 302
    assert "没有文件" in as_anquan.get(reverse("desk:grant", args=[proposal.pk])).content.decode()


def test_pictures_leave_as_one_pdf_and_each_look_is_recorded(
    as_anquan: Client, attached: Attached, proposal: GrantProposal
) -> None:
    url = reverse("desk:grant_files_pdf", args=[proposal.pk])
    assert as_anquan.post(url).status_code == 302
    attached(photo())
    attached(photo(turned=6))
    answer = as_anquan.post(url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="attachment.looked.shown").count() == 2


def test_a_proposal_leaves_as_a_sheet(as_anquan: Client, attached: Attached, proposal: GrantProposal) -> None:
    attached(PDF_FILE)
    answer = as_anquan.post(reverse("desk:grant_sheet", args=[proposal.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")  # type: ignore[attr-defined]
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]
    assert Entry.objects.get(verb="grant.printed").object_id == str(proposal.pk)
