"""The pages of applications and asset checks, by who looks: from the yard to the sheet on paper."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assistance.applying.papers import papers
from assistance.checks.running import run
from assistance.models import Application, AssetCheck, AssetHit, Case
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.authorisations.using import USED
from households.models import Household
from tests.assistance.checks.made import businesses, car, cars, open_case
from tests.households.authorisations.made import sign_all, signed
from tests.households.signing.made import photograph

SECRETS = ("示A12345", "SL100", "46000.00", "小卖部")


@pytest.fixture
def check(case: Case, home: Household, people: dict[str, User]) -> AssetCheck:
    cars(home, car(home, by=people["xian"]), by=people["xian"])
    businesses(home, "存续", by=people["xian"])
    return run(case, by=people["cun"])


def text_of(pdf: bytes) -> str:
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return "".join(said.split())  # a narrow column breaks words


def test_from_the_case_to_verified_hits_on_the_phone(
    case: Case, home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
):
    cars(home, car(home, by=people["xian"]), by=people["xian"])
    cun = signed_in("cun")
    assert reverse("cases:check_run", args=[case.pk]) in cun.get(f"/cases/{case.pk}/").content.decode()
    answer = cun.post(reverse("cases:check_run", args=[case.pk]), follow=True)
    assert "Done: 1 hit to verify." in answer.content.decode()
    hit = AssetHit.objects.get(asset_check__case=case)
    said = {"verdict": "explained", "note": "车已报废"}
    cun.post(reverse("cases:hit_verify", args=[hit.pk]), said)
    assert Case.objects.get(pk=case.pk).waits_for == ["evaluate"]


def test_the_village_reads_no_detail_on_page_or_paper_and_the_township_does(
    check: AssetCheck, signed_in: Callable[[str], Client]
):
    page, sheet = reverse("cases:check", args=[check.pk]), reverse("cases:check_pdf", args=[check.pk])
    for reader, reads in (("cun", False), ("zhen", True), ("shending", True)):
        client = signed_in(reader)
        shown = client.get(page).content.decode()
        assert [word in shown for word in SECRETS] == [reads] * len(SECRETS), reader
        assert "小型轿车" in shown
        answer = client.post(sheet)
        printed = text_of(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        assert [word in printed for word in SECRETS] == [reads] * len(SECRETS), reader
    looks = [
        each
        for each in Entry.objects.filter(verb=USED)
        if f'"asset_check:{check.pk}:' in bytes(each.body).decode()
    ]
    assert len(looks) == 4


@pytest.mark.parametrize("outsider", ["lin_zhen", "lin_cun"])
def test_outside_the_area_there_is_no_check(
    check: AssetCheck, signed_in: Callable[[str], Client], outsider: str
):
    client = signed_in(outsider)
    assert client.get(reverse("cases:check", args=[check.pk])).status_code == 404
    assert client.post(reverse("cases:check_run", args=[check.case_id])).status_code == 404
    assert "沈立夏" not in client.get(reverse("cases:checks")).content.decode()


def test_an_application_is_written_on_its_page_and_printed(
    home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
):
    case, cun = open_case(home, people), signed_in("cun")
    write = reverse("cases:application_write", args=[case.pk])
    assert "沈**" in cun.get(write).content.decode()
    head = home.residents.get(relation="01")
    wrong = cun.post(write, {"applicant": head.pk, "text": "住院"})
    assert "住院" in wrong.content.decode()
    cun.post(write, {"applicant": head.pk, "problems": ["01"], "text": "住院自付三万元"})
    row = Application.objects.get(household=home)
    signed(home, by=people["cun"], kinds=["vehicle"])
    sign_all(row, by=people["cun"])
    shown = cun.get(reverse("cases:application", args=[row.pk])).content.decode()
    assert reverse("cases:check_run", args=[case.pk]) in shown
    answer = cun.post(reverse("cases:application_pdf", args=[row.pk]))
    printed = text_of(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert all(word in printed for word in ("沈立夏", "柳霜降", "住院自付三万元", "沈**"))


def test_a_written_application_is_taken_with_its_photo(
    home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
):
    cun, head = signed_in("cun"), home.residents.get(relation="01")
    url = reverse("cases:application_paper", args=[home.pk])
    given = {
        "photo": SimpleUploadedFile("申请.jpg", photograph(), "image/jpeg"), "on": "2026-11-03",
        "applicant": head.pk, "event_kind": "illness", "problems": ["01"], "text": "住院花了三万元",
    }  # fmt: skip
    assert url in cun.get(reverse("households:household", args=[home.pk])).content.decode()
    assert cun.post(url, given).status_code == 302
    assert Application.objects.get(household=home).way == "paper"


def test_anybody_may_read_which_papers_are_asked_for(
    home: Household, people: dict[str, User], django_assert_max_num_queries: Any
):
    cars(home, car(home, by=people["xian"]), by=people["xian"])
    with django_assert_max_num_queries(6):
        page = Client(headers={"Accept-Language": "en"}).get(reverse("cases:papers", args=["999901"]))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "the register of households" in shown
    assert shown.count("The department has delivered nothing here yet.") == sum(
        bool(each.dataset) and each.dataset != "vehicle" for each in papers().values()
    )
    assert "沈" not in shown
    assert Client().get(reverse("cases:papers", args=["123456"])).status_code == 404
