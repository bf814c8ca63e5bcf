"""The exact day of an imported identification: by the county, with the paper, and the guards count by it."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assistance.imported import dating
from assistance.models import Case, ImportedDay
from assistance.removal.evidence import Evidence
from assistance.removal.guards import guards_of
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from households.models import Standing
from tests.assistance.removal.made import TODAY, enrolled
from tests.households.signing.made import photograph

pytestmark = pytest.mark.usefixtures("english")
MONTH, DAY = datetime.date(2026, 5, 1), datetime.date(2026, 5, 20)
In = Callable[[str], Client]


def old(people: dict[str, User]) -> Case:
    """Return a monitored household of the old register, which knows the month alone."""
    return enrolled(people, MONTH, origin="import")


def proof() -> Upload:
    return Upload(draft_of([photograph()]), "认定文件.jpg", "identification")


def months(case: Case) -> tuple[bool, str]:
    """Return whether the six months are over, and the sentence about them."""
    (guard,) = [each for each in guards_of(case, "assisted") if each.code == "identified"]
    return guard.holds, guard.said


def test_with_the_day_the_guard_counts_by_day_and_without_it_by_month_again(people: dict[str, User]) -> None:
    case = old(people)
    assert months(case)[0]
    row = dating.put_in(case, DAY, "县认定〔2026〕5号 第3页", proof(), by=people["shending"])
    holds, sentence = months(case)
    assert not holds
    assert "2026-05-20" in sentence
    assert (Evidence(case, TODAY).identified_on, Evidence(case, TODAY).by_month) == (DAY, False)
    assert Attachment.objects.of(row).get().kind == "identification"
    assert Standing.objects.get().from_day == MONTH  # what was reported counts as before
    with pytest.raises(Refused, match="already"):
        dating.put_in(case, DAY, "又一份", proof(), by=people["shending"])
    dating.take_back(row, "看错了一行", by=people["shending"])
    assert months(case)[0]
    with pytest.raises(Refused, match="already"):
        dating.take_back(row, "看错了一行", by=people["shending"])
    assert set(Entry.objects.filter(verb__startswith="imported_day").values_list("verb", flat=True)) == {
        dating.PUT_IN, dating.TAKEN_BACK,
    }  # fmt: skip


def test_a_first_of_the_month_that_was_put_in_is_a_day(people: dict[str, User]) -> None:
    case = old(people)
    dating.put_in(case, MONTH, "县认定〔2026〕5号", proof(), by=people["shending"])
    assert not Evidence(case, TODAY).by_month


@pytest.mark.parametrize(
    ("day", "paper", "with_proof", "why"),
    [
        (datetime.date(2026, 6, 1), "文件", True, "2026-05"),
        (DAY, " ", True, "which paper"),
        (DAY, "文件", False, "Attach"),
        (DAY, "长" * 201, True, "at most 200"),
    ],
)
def test_another_month_and_a_day_without_its_paper_are_refused(
    people: dict[str, User], day: datetime.date, paper: str, *, with_proof: bool, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        dating.put_in(old(people), day, paper, proof() if with_proof else None, by=people["shending"])


def test_only_the_county_and_only_for_a_household_of_the_old_register(people: dict[str, User]) -> None:
    case = old(people)
    for name in ("zhen", "cun", "xian", "lin_shending" if "lin_shending" in people else "lin_xian"):
        with pytest.raises(Refused):
            dating.put_in(case, DAY, "文件", proof(), by=people[name])
    with pytest.raises(Refused, match="old register"):
        dating.put_in(enrolled(people, DAY), DAY, "文件", proof(), by=people["shending"])
    Case.objects.filter(pk=case.pk).update(state="removed")
    case.refresh_from_db()
    with pytest.raises(Refused, match="not monitored"):
        dating.put_in(case, DAY, "文件", proof(), by=people["shending"])


def test_the_database_keeps_one_day_and_the_reason_of_what_was_taken_back(people: dict[str, User]) -> None:
    row = dating.put_in(old(people), DAY, "文件", proof(), by=people["shending"])
    for wrong in ({"taken_back_on": TODAY}, {"why_back": "没有日子"}):
        with pytest.raises(IntegrityError, match="a_day_taken_back"), transaction.atomic():
            ImportedDay.objects.filter(pk=row.pk).update(**wrong)


def test_the_county_puts_it_in_on_a_page_and_others_read_it(people: dict[str, User], signed_in: In) -> None:
    case = old(people)
    county, page = signed_in("shending"), reverse("cases:case", args=[case.pk])
    form = reverse("cases:put_imported_day", args=[case.pk])
    assert form in county.get(page).content.decode()
    assert "A day of 2026-05" in county.get(form).content.decode()
    assert signed_in("zhen").get(form).status_code == 403
    given = {"day": f"{DAY}", "paper": "县认定〔2026〕5号"}
    assert county.post(form, given).status_code == 200
    assert not ImportedDay.objects.exists()
    photo = SimpleUploadedFile("认定.jpg", photograph(), "image/jpeg")
    assert county.post(form, given | {"proof": photo}).status_code == 302
    row = ImportedDay.objects.get()
    shown = signed_in("cun").get(reverse("cases:imported_day", args=[row.pk])).content.decode()
    assert "县认定〔2026〕5号" in shown
    assert "认定.jpg" in shown
    assert reverse("cases:imported_day_back", args=[row.pk]) not in shown
    assert form not in county.get(page).content.decode()
    back = reverse("cases:imported_day_back", args=[row.pk])
    assert county.post(back, {"reason": "看错了"}).status_code == 302
    assert form in county.get(page).content.decode()
