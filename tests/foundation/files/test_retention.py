"""Files end: by hand with a reason, by time, and strays in the store by the night."""

import datetime
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.desk.models import GrantProposal
from foundation.desk.papers import APPOINTMENT, GRANT_PAPERS
from foundation.files import drafts, stores
from foundation.files.drafts import Draft, draft_of
from foundation.files.looking import look
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import FileKind, owners
from foundation.files.retention import erase_due, remove, remove_strays
from foundation.files.tasks import tidy_files
from foundation.ledger.models import Entry
from foundation.regulations import revision
from foundation.regulations.lookup import value
from foundation.regulations.models import Value
from foundation.workflow.move import Request, move
from tests.foundation.files.conftest import PDF_FILE, photo
from tests.foundation.regulations.made import says
from tests.people import COUNTY, VILLAGE

Attached = Callable[..., Attachment]
DAY = datetime.date(2026, 11, 4)


def in_the_store(folder: Path) -> list[Path]:
    return list((folder / "kept").rglob("?" * 64))


def test_a_file_taken_away_is_destroyed_and_says_so(
    attached: Attached,
    proposal: GrantProposal,
    people: dict[str, User],
    own_folders: Path,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    made = attached(photo())
    with django_capture_on_commit_callbacks(execute=True):
        remove(made, proposal, owner=GRANT_PAPERS, reason="传错了", by=people["anquan"])
    assert in_the_store(own_folders) == []
    made.refresh_from_db()
    assert (made.erased_on, made.name, made.latitude) == (DAY, "", None)
    assert made.sha256
    assert not StoredCopy.objects.exists()
    assert Entry.objects.filter(verb="attachment.removed", object_id=str(made.uuid)).count() == 1
    with pytest.raises(Refused, match="清除"):
        look(made, proposal, owner=GRANT_PAPERS, by=people["anquan"])


def test_taking_away_needs_right_reason_and_an_open_row(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    made = attached(PDF_FILE)
    with pytest.raises(Refused) as refusal:
        remove(made, proposal, owner=GRANT_PAPERS, reason=" ", by=people["anquan"])
    assert refusal.value.field == "reason"
    with pytest.raises(Refused, match="权限"):
        remove(made, proposal, owner=GRANT_PAPERS, reason="x", by=people["zhen"])
    move(proposal, Request("withdraw"), by=people["anquan"])
    with pytest.raises(Refused, match="已有决定"):
        remove(made, proposal, owner=GRANT_PAPERS, reason="x", by=people["anquan"])
    made.refresh_from_db()
    assert made.erased_on is None


def test_after_being_taken_away_the_same_file_may_come_again(
    attached: Attached, proposal: GrantProposal, people: dict[str, User]
) -> None:
    first = attached(PDF_FILE)
    remove(first, proposal, owner=GRANT_PAPERS, reason="传错了", by=people["anquan"])
    assert attached(PDF_FILE) != first


@pytest.mark.parametrize(("day", "erased"), [("2036-11-04", 0), ("2036-11-05", 1)])
def test_a_file_is_erased_the_day_after_its_last(attached: Attached, day: str, erased: int) -> None:
    made = attached(PDF_FILE)
    Attachment.objects.update(retention_until=datetime.date(2036, 11, 4))
    with override_settings(SHOUWANG_TODAY=day):
        assert erase_due(by=User.objects.built_in("system")) == erased
        assert erase_due(by=User.objects.built_in("system")) == 0
    made.refresh_from_db()
    assert (made.erased_on is not None) == bool(erased)
    assert Entry.objects.filter(verb="attachment.erased").count() == erased


def test_what_no_row_names_leaves_the_store_after_a_day(attached: Attached, own_folders: Path) -> None:
    kept = attached(PDF_FILE).copies.get().key
    for _ in range(2):
        stray = draft_of([b"stray"])
        stores.store().put(stray.path, stray.key)
    young = stray.key
    for path in in_the_store(own_folders):
        if path.name != young:
            os.utime(path, (0, time.time() - 2 * 24 * 3600))
    assert remove_strays() == 1
    assert {path.name for path in in_the_store(own_folders)} == {kept, young}


def test_drafts_of_killed_processes_leave_after_a_day(own_folders: Path) -> None:
    old, young = Draft(), Draft()
    os.utime(old.path, (0, time.time() - 2 * 24 * 3600))
    assert drafts.remove_strays() == 1
    assert (old.path.exists(), young.path.exists()) == (False, True)


@pytest.mark.django_db
def test_the_night_does_all_of_it_and_may_run_twice(attached: Attached) -> None:
    attached(PDF_FILE)
    Attachment.objects.update(retention_until=datetime.date(2026, 11, 3))
    tidy_files()
    tidy_files()
    assert Attachment.objects.get().erased_on == DAY
    assert Entry.objects.filter(verb="attachment.erased").count() == 1


def test_how_long_a_letter_is_kept_is_a_value_of_the_area(attached: Attached, areas: dict[str, Area]) -> None:
    assert attached(PDF_FILE).retention_until == datetime.date(2036, 11, 4)
    says("appointment_retention", COUNTY, "2026-11-01", "6")
    assert attached(PDF_FILE + b"\n").retention_until == datetime.date(2027, 5, 4)
    assert APPOINTMENT.kept_until("999902", DAY) == datetime.date(2036, 11, 4)


def test_where_no_value_holds_the_kind_says_how_long(areas: dict[str, Area]) -> None:
    says("appointment_retention", COUNTY, "2026-11-01", "ended")
    Value.objects.filter(subject_id="appointment_retention", area="").delete()
    revision.renew(revision.VALUES)
    assert APPOINTMENT.kept_until(VILLAGE, DAY) == DAY + datetime.timedelta(days=APPOINTMENT.keep_days)


@pytest.mark.parametrize("kind", [kind for owner in owners().values() for kind in owner.kinds])
def test_every_kind_of_file_names_a_value_that_ships(kind: FileKind, areas: dict[str, Area]) -> None:
    assert kind.kept_by
    assert not value(kind.kept_by, area=VILLAGE).silent
