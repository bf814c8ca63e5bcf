"""Attaching: what is kept, what is refused, what the ledger learns, and that nothing rests in the clear."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.models import GrantProposal
from foundation.desk.papers import APPOINTMENT, GRANT_PAPERS
from foundation.files import stores
from foundation.files.attaching import Upload, attach
from foundation.files.drafts import draft_of
from foundation.files.looking import look
from foundation.files.models import Attachment, StoredCopy
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.move import Request, move
from tests.foundation.files.conftest import PDF_FILE, photo, picture

Attached = Callable[..., Attachment]


def content(attachment: Attachment, row: GrantProposal, who: User, use: str = "shown") -> bytes:
    return b"".join(look(attachment, row, owner=GRANT_PAPERS, by=who, use=use).pieces)


def test_a_photo_is_kept_in_four_copies(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    original = photo(size=(3000, 2000))
    made = attached(original)
    assert {copy.use for copy in made.copies.all()} == {"shown", "thumbnail", "stamped", "original"}
    assert content(made, proposal, people["anquan"], "original") == original
    assert b"PhoneMaker" not in content(made, proposal, people["anquan"])
    assert content(made, proposal, people["anquan"], "stamped") != content(made, proposal, people["anquan"])
    assert (made.media_type, made.size, made.name) == ("image/jpeg", len(original), "任职文件.jpg")
    assert (float(made.latitude or 0), made.taken_at is not None) == (34.5085, True)
    assert made.retention_until.year == 2036


def test_a_pdf_is_kept_as_it_came(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    made = attached(PDF_FILE, "红头文件.PDF")
    assert made.name == "红头文件.pdf"
    assert content(made, proposal, people["anquan"]) == PDF_FILE
    assert [copy.use for copy in made.copies.all()] == ["shown"]


def test_nothing_rests_in_the_clear(attached: Attached, own_folders: Path) -> None:
    attached(PDF_FILE + b"\n%% 999901199001011234 %%EOF")
    attached(photo())
    resting = [path.read_bytes() for path in own_folders.rglob("*") if path.is_file()]
    assert len(resting) > 5
    for each in resting:
        assert b"%PDF" not in each
        assert b"999901199001011234" not in each
        assert b"JFIF" not in each
    assert list((own_folders / "incoming").iterdir()) == []


def test_the_ledger_learns_digest_and_size_but_no_name_and_no_place(attached: Attached) -> None:
    made = attached(photo(), "沈立夏的任命.jpg")
    entry = Entry.objects.get(verb="attachment.added")
    body = bytes(entry.body).decode()
    assert made.sha256 in body
    assert "沈立夏" not in body
    assert "34.5" not in body
    assert read_body(entry)["commitment"]


def test_the_same_file_again_is_the_attachment_that_is_there(attached: Attached) -> None:
    first, again = attached(PDF_FILE), attached(PDF_FILE, "另一个名字.pdf")
    assert first == again
    assert Attachment.objects.count() == 1
    assert Entry.objects.filter(verb="attachment.added").count() == 1


@pytest.mark.parametrize("who", ["zhen", "xian", "shenjiyuan", "lin_anquan", "cun"])
def test_who_may_not_propose_attaches_nothing(attached: Attached, who: str) -> None:
    with pytest.raises(Refused, match="权限"):
        attached(PDF_FILE, who=who)
    assert not Attachment.objects.exists()


def test_a_decided_proposal_takes_no_more_papers(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    move(proposal, Request("refuse", reason="不需要"), by=people["xitong"])
    with pytest.raises(Refused, match="已有决定"):
        attached(PDF_FILE)


def test_limits_of_size_and_number(
    proposal: GrantProposal, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def put(content: bytes) -> Attachment:
        upload = Upload(draft_of([content]), "x.pdf", "appointment")
        return attach(proposal, upload, owner=owner, by=people["anquan"])

    owner = replace(GRANT_PAPERS, kinds=(replace(APPOINTMENT, largest=2**20, most=1),))
    with pytest.raises(Refused, match="1 MB"):
        put(PDF_FILE + bytes(2**20))
    with pytest.raises(Refused, match="空"):
        put(b"")
    put(PDF_FILE)
    with pytest.raises(Refused, match="已有 1 个"):
        put(PDF_FILE + b"%%EOF")
    with pytest.raises(Refused, match="类别"):
        attach(proposal, Upload(draft_of([PDF_FILE]), "x", "no-such"), owner=owner, by=people["anquan"])


def test_a_refused_file_leaves_nothing_behind(attached: Attached, own_folders: Path) -> None:
    for bad in (b"<html>", picture()[:-50]):
        with pytest.raises(Refused):
            attached(bad)
    assert not Attachment.objects.exists()
    assert not StoredCopy.objects.exists()
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    assert list(stores.store().older_than(tomorrow)) == []
