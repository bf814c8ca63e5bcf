"""Pairings are read strictly; receipts go with their case; an erased person's words are gone, the sums stay."""

import pytest

from assistance.aid.feeds import check, feed_of, feeds, read
from assistance.aid.following import after_register_change, forget
from assistance.models import AidExplanation, AidRecord, Case
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.files.models import Attachment
from foundation.regulations.contents import FileError
from tests.assistance.aid.made import aid, recorded
from tests.assistance.help.helped import member
from tests.house.planted_attachments import attached
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

_FEED = """
[[feed]]
code = "dibao"
name_zh = "低保金"
name_en = "dibao"
measures = ["dibao"]
dataset = "dibao_roll"
amount = "月保障金额"
pays = "month"
surfaces = ["unpaid"]
"""


def test_the_shipped_pairings_are_whole() -> None:
    check(feeds().values())
    assert feed_of("dibao") == feeds()["dibao"]
    assert feed_of("skill_training") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('pays = "month"', 'pays = "week"'),
        ('"unpaid"', '"late"'),
        ('["dibao"]', '["no_such"]'),
        ('"dibao_roll"', '"no_roll"'),
        ('"月保障金额"', '"月金额"'),
        ('dataset = "dibao_roll"', 'standing = "tekun"\ndataset = "dibao_roll"'),
        ('pays = "month"', 'pays = "once"'),
        ('pays = "month"', 'pays = "month"\nquota = 3'),
        ('pays = "month"\n', ""),
    ],
)
def test_a_mistake_in_a_pairing_stops_the_load(old: str, new: str) -> None:
    assert check(read(_FEED).values()) is None  # type: ignore[func-returns-value]
    with pytest.raises(FileError):
        check(read(_FEED.replace(old, new, 1)).values())


def test_help_is_paired_once() -> None:
    with pytest.raises(FileError, match="have a feed already"):
        check(read(_FEED + _FEED.replace('"dibao"', '"again"', 1)).values())
    with pytest.raises(FileError, match="stands twice"):
        read(_FEED + _FEED)


@pytest.mark.django_db
def test_receipts_go_with_their_case(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"])
    list(attached([row], people["cun"], "receipt"))
    Case.objects.filter(pk=case.pk).update(area=NEIGHBOUR_VILLAGE)
    after_register_change([VILLAGE], None, by=people["xian"], on=clock.today())
    assert Attachment.objects.get().area == NEIGHBOUR_VILLAGE


@pytest.mark.django_db
def test_of_an_erased_person_words_go_and_sums_stay(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"], aid(case, note="存折复印件"))
    AidRecord.objects.filter(pk=row.pk).update(
        acknowledged_how="phone", acknowledged_on=clock.today(), acknowledged_by="沈立夏"
    )
    told = AidExplanation.objects.create(
        case=case, resident=member(case, 0), feed="dibao", side="unpaid", first_month="2026-10-01",
        reason="沈立夏住院", said_on=clock.today(), by=people["cun"],
    )  # fmt: skip
    forget([member(case, 0).pk], [])
    row.refresh_from_db()
    told.refresh_from_db()
    assert (row.note, row.acknowledged_by, row.amount) == ("", "—", aid(case).amount)
    assert told.reason == "—"
