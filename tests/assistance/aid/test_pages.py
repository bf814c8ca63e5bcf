"""The pages of aid: the form for one thumb, the record, the section of the case, the two lists."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.aid.places import of_aid
from assistance.models import AidExplanation, AidGap, AidRecord, Case, Measure
from foundation.accounts.models import User
from households.models import Signature
from tests.assistance.aid.made import aid, once, recorded
from tests.assistance.help.helped import ENOUGH, member, ticked
from tests.assistance.helping.helped import helped
from tests.house.planted_aid import an_aid

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


def gap_of(case: Case, side: str = "unpaid", feed: str = "dibao") -> AidGap:
    """Return a difference as a row alone."""
    made: AidGap = AidGap.objects.create(
        case=case, resident=member(case, 0), feed=feed, side=side, first_month="2026-10-01", last_month="2026-10-01",
        amount=Decimal(420),
    )  # fmt: skip
    return made


def test_promised_help_is_one_press_and_its_form_asks_for_the_amount_alone(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    (promised,) = ticked(case, people["cun"], ENOUGH[0])
    browser, url = signed_in("cun"), reverse("cases:record_aid", args=[case.pk])
    assert f"?measure={promised.pk}" in browser.get(url).content.decode()
    page = browser.get(f"{url}?measure={promised.pk}").content.decode()
    given = {
        "resident": member(case, 0).pk, "per": "once", "amount": "2000", "payer": "medical_insurance",
        "landed_on": re.search(r'name="landed_on" value="([^"]+)"', page)[1],  # type: ignore[index]
    }  # fmt: skip
    assert f'value="{given["resident"]}" selected' in page
    refused = browser.post(f"{url}?measure={promised.pk}", given | {"amount": ""}).content.decode()
    assert "Enter the amount in yuan" in refused
    answer = browser.post(f"{url}?measure={promised.pk}", given)
    row = AidRecord.objects.get()
    assert answer.headers["Location"] == reverse("cases:aid_record", args=[row.pk])
    assert (row.measure_id, row.amount, row.department_id) == (
        promised.pk,
        Decimal(2000),
        "medical_insurance",
    )
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert "Let the household sign" in shown
    assert "2,000.00" in shown


def test_the_case_shows_sums_records_and_differences(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    recorded(case, people["cun"])
    gap = gap_of(case)
    page = signed_in("cun").get(reverse("cases:case", args=[case.pk])).content.decode()
    section = page.split('id="aid-title"')[1].split("</section>", maxsplit=1)[0]
    assert "1,260.00 yuan" in section
    assert reverse("cases:aid_gap", args=[gap.pk]) in section
    assert "not acknowledged" in section
    reader = signed_in("lingdao").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert reverse("cases:record_aid", args=[case.pk]) not in reader


def test_acts_of_the_page_are_made_and_taken_back(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    row, browser = recorded(case, people["cun"]), signed_in("cun")

    def post(verb: str, **given: str) -> None:
        row.refresh_from_db()
        page = reverse("cases:aid_act", args=[row.pk, verb])
        assert browser.get(page).status_code == 200
        assert browser.post(page, given | {"version": row.version}).status_code == 302
        row.refresh_from_db()

    post("phone", who="柳霜降")
    assert row.acknowledged_how == "phone"
    post("unacknowledge", reason="打错了")
    post("stop", month="2026-10", reason="退出")
    assert row.stopped_month is not None
    post("go_on", reason="没退")
    post("strike", reason="记错了户")
    assert row.state == "struck"
    post("restore", reason="没错")
    assert (row.state, row.stopped_month) == ("recorded", None)
    again = browser.get(reverse("cases:aid_act", args=[row.pk, "restore"]))
    assert again.headers["Location"] == reverse("cases:aid_record", args=[row.pk])
    page = browser.get(reverse("cases:aid_record", args=[row.pk])).content.decode()
    assert "记错了户" in page


def test_the_household_signs_on_the_pad(case: Case, people: dict[str, User], signed_in: Sign) -> None:
    row, browser = recorded(case, people["cun"]), signed_in("cun")
    answer = browser.post(reverse("cases:aid_sign", args=[row.pk]))
    owed = Signature.objects.get(owner_model="assistance.aidrecord")
    assert answer.headers["Location"] == reverse("signatures:signature", args=[owed.pk])
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "最低生活保障" in page
    assert "420.00" in page


def test_an_office_records_on_its_task_and_reads_no_name(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    measure = Measure.objects.select_related("case__household").get(pk=made.pk)
    browser = signed_in("yibao")
    task = browser.get(reverse("cases:measure", args=[measure.pk])).content.decode()
    form = reverse("cases:record_aid_for", args=[measure.pk])
    assert form in task
    assert "沈立夏" not in browser.get(form).content.decode()
    recorded(case, people["yibao"], once(case, measure=measure))
    for page in (
        reverse("cases:aid_records"),
        reverse("cases:aid_record", args=[AidRecord.objects.get().pk]),
    ):
        text = browser.get(page).content.decode()
        assert "medical aid" in text
        assert "沈立夏" not in text
    assert "2026" in browser.get(reverse("cases:measure_tasks")).content.decode()
    assert signed_in("jingban").get(form).status_code == 404


def test_the_list_of_differences_is_narrowed_and_settled(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    gap, paid = gap_of(case), gap_of(case, "unrecorded", "medical_aid")
    browser, url = signed_in("cun"), reverse("cases:aid_gaps")
    page, other = (reverse("cases:aid_gap", args=[each.pk]) for each in (gap, paid))
    for query, shown in (
        ("", (True, True)), ("?side=unpaid", (True, False)), ("?feed=medical_aid", (False, True)),
        ("?month=2026-09", (False, False)), ("?month=2026-10", (True, True)), ("?area=河口村", (False, False)),
    ):  # fmt: skip
        text = browser.get(url + query).content.decode()
        assert (page in text, other in text) == shown
    assert [item.url for item in of_aid(people["cun"])] == [f"{url}?side=unpaid", f"{url}?side=unrecorded"]
    assert "Ask the department" in browser.get(page).content.decode()
    assert "Ask the department" not in signed_in("lingdao").get(page).content.decode()
    explain = reverse("cases:aid_settle", args=[gap.pk, "explain"])
    assert browser.post(explain, {"reason": "十月起改为实物"}).status_code == 302
    told = AidExplanation.objects.get()
    assert "十月起改为实物" in browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert browser.post(reverse("cases:aid_unexplain", args=[told.pk]), {"reason": "错"}).status_code == 302
    told.refresh_from_db()
    assert told.withdrawn_on is not None


def test_asking_the_department_by_the_press(case: Case, people: dict[str, User], signed_in: Sign) -> None:
    gap, browser = gap_of(case), signed_in("cun")
    assert browser.post(reverse("cases:aid_settle", args=[gap.pk, "ask"])).status_code == 302
    assert Measure.objects.get(case=case).code == "dibao"


@pytest.mark.parametrize("name", ["aid_records", "aid_gaps"])
def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    case: Case, people: dict[str, User], signed_in: Sign, name: str
) -> None:
    browser, url, counts = signed_in("cun"), reverse(f"cases:{name}"), []
    for number in range(2):
        for each in range(1 + 8 * number):
            an_aid("recorded", case, people["cun"], code=f"code_{number}_{each}", resident=member(case, 0))
            AidGap.objects.create(
                case=case, resident=member(case, 0), feed=f"f{number}{each}", side="unpaid",
                first_month="2026-10-01", last_month="2026-10-01",
            )  # fmt: skip
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_record_of_the_month_is_found_by_its_months(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    row = recorded(case, people["cun"], aid(case, until_month=None))
    browser, url = signed_in("cun"), reverse("cases:aid_records")
    link = reverse("cases:aid_record", args=[row.pk])
    shown = {
        month: link in browser.get(f"{url}?month={month}").content.decode()
        for month in ("2026-08", "2026-09", "2027-01")
    }
    assert shown == {"2026-08": False, "2026-09": True, "2027-01": True}


def test_a_helper_records_at_the_household_that_is_lent(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    url = reverse("cases:record_aid", args=[case.pk])
    assert signed_in("bangfu").get(url).status_code in (403, 404)
    helped(case, people["bangfu"], people["zhen"])
    browser = signed_in("bangfu")
    assert url in browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    form = f"{url}?code=dibao"
    assert "沈立夏" in browser.get(form).content.decode()
    given = {
        "resident": member(case, 0).pk, "per": "month", "amount": "420", "payer": "civil_affairs",
        "landed_on": "2026-09-01", "until_month": "2026-12",
    }  # fmt: skip
    page = browser.post(form, given).headers["Location"]
    assert "沈立夏" in browser.get(page).content.decode()
    row = AidRecord.objects.get()
    assert (row.recorded_by, f"{row.until_month}") == (people["bangfu"], "2026-12-01")
    assert (
        browser.post(reverse("cases:aid_sign", args=[row.pk])).headers["Location"].startswith("/signatures/")
    )
    assert page in browser.get(reverse("cases:aid_records")).content.decode()
