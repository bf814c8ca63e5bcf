"""Looking at a file: recorded, whole or not at all, and only through two doors."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.models import GrantProposal
from foundation.desk.papers import GRANT_PAPERS
from foundation.files.looking import look
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from tests.foundation.files.conftest import PDF_FILE, photo

Attached = Callable[..., Attachment]


def test_every_look_is_recorded_with_its_viewer(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    made = attached(PDF_FILE)
    look(made, proposal, owner=GRANT_PAPERS, by=people["zhen"])
    entry = Entry.objects.get(verb="attachment.looked.shown")
    assert (entry.actor, entry.object_id) == (f"staff:{people['zhen'].pk}", str(made.uuid))


@pytest.mark.parametrize(
    ("who", "seen"), [("zhen", 1), ("shi", 1), ("lin_xian", 0), ("shenjiyuan", 0), ("wangge", 0)]
)
def test_who_sees_the_row_sees_its_files(
    attached: Attached, people: dict[str, User], who: str, seen: int
) -> None:
    attached(PDF_FILE)
    assert Attachment.objects.visible_to(people[who]).count() == seen


def test_who_may_not_see_the_row_opens_nothing(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    with pytest.raises(Refused):
        look(attached(PDF_FILE), proposal, owner=GRANT_PAPERS, by=people["lin_xian"])
    assert not Entry.objects.filter(verb__startswith="attachment.looked").exists()


def test_an_altered_file_is_not_handed_out(
    attached: Attached, proposal: GrantProposal, people: dict[str, User], own_folders: Path
) -> None:
    made = attached(PDF_FILE)
    (path,) = (own_folders / "kept").rglob("?" * 64)
    sealed = bytearray(path.read_bytes())
    sealed[-1] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(DoesNotOpen):
        look(made, proposal, owner=GRANT_PAPERS, by=people["anquan"])


def test_a_file_put_in_the_place_of_another_does_not_open(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    one, other = attached(PDF_FILE), attached(PDF_FILE + b"%%EOF")
    key = other.copies.get().key
    other.copies.update(key="0" * 64)
    one.copies.update(key=key)
    with pytest.raises(DoesNotOpen):
        look(one, proposal, owner=GRANT_PAPERS, by=people["anquan"])


def test_without_the_key_nothing_opens(
    attached: Attached, proposal: GrantProposal, people: dict[str, User], tmp_path: Path
) -> None:
    made = attached(PDF_FILE)
    with override_settings(KEYS_DIR=tmp_path / "other"), pytest.raises(UnknownKey):
        look(made, proposal, owner=GRANT_PAPERS, by=people["anquan"])


def test_a_copy_that_was_never_made_is_a_sentence(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    with pytest.raises(Refused, match="清除"):
        look(attached(PDF_FILE), proposal, owner=GRANT_PAPERS, by=people["anquan"], use="thumbnail")
    assert b"".join(
        look(attached(photo()), proposal, owner=GRANT_PAPERS, by=people["anquan"], use="thumbnail").pieces
    ).startswith(b"\xff\xd8")
