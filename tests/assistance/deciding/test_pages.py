"""Decisions on their pages: confirmed, decided with one paper, and only where the reader's word is asked for."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assistance.deciding import correcting
from assistance.models import Case, CaseBatch, Conclusion
from foundation.accounts.models import User
from tests.assistance.deciding.made import at_decision, case_at, concluded
from tests.assistance.deciding.test_endings import HEARD, enrolled
from tests.households.signing.made import photograph
from tests.reading import visible

pytestmark = pytest.mark.usefixtures("english", "line")
SignedIn = Callable[[str], Client]


def test_the_township_confirms_and_passes_two_together(people: dict[str, User], signed_in: SignedIn) -> None:
    first, second = case_at("review", people), case_at("review", people)
    zhen = signed_in("zhen")
    page = visible(zhen.get(reverse("cases:conclusion", args=[first.pk])))
    assert "15,120.00" in page
    given = {"category": "sudden", "risk_main": "01", "level": "middle"}
    zhen.post(reverse("cases:conclusion", args=[first.pk]), given)
    assert Conclusion.objects.get().category == "sudden"
    url = reverse("cases:reviews_new")
    asked = zhen.post(url, {"row": [first.pk, second.pk], "address": reverse("cases:reviews")})
    assert "2 cases are chosen" in asked.content.decode()
    seen = ",".join(f"{case.pk}:{case.version}" for case in Case.objects.order_by("pk"))
    answer = zhen.post(url, {"seen": seen, "confirmed": "True", "on": "2026-11-04", "note": "同意"})
    batch = CaseBatch.objects.get()
    assert answer["Location"] == reverse("cases:reviews_paper", args=[batch.pk])
    assert "Nobody has confirmed" in visible(zhen.get(answer["Location"]))
    assert list(batch.items.order_by("case_id").values_list("result", flat=True)) == ["done", "left"]


def test_a_whole_view_is_decided_with_one_number(people: dict[str, User], signed_in: SignedIn) -> None:
    at_decision(people), at_decision(people)
    county, given = signed_in("shending"), {"everything": "on", "address": reverse("cases:approvals")}
    wrong = county.post(reverse("cases:approvals_new"), given | {"confirmed": "True", "on": "2026-11-04"})
    assert "An approval has a number" in wrong.content.decode()
    county.post(
        reverse("cases:approvals_new"), given | {"confirmed": "True", "on": "2026-11-04", "number": "7号"}
    )
    assert set(Case.objects.values_list("state", flat=True)) == {"approved"}


def test_the_village_reads_why_but_no_sums_and_confirms_nothing(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = case_at("review", people)
    concluded(case, people["zhen"])
    url = reverse("cases:conclusion", args=[case.pk])
    page = visible(signed_in("cun").get(url))
    assert "15,120" not in page
    assert "8,800" not in page
    assert "Confirm the conclusion" not in page
    signed_in("cun").post(url, {"category": "marginal", "risk_main": "01", "level": "low", "reason": "改"})
    assert Conclusion.objects.get().category == "sudden"
    assert signed_in("lin_zhen").get(url).status_code == 404


def test_a_county_announces_nothing_and_a_township_approves_nothing(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = at_decision(people)
    given = {"seen": f"{case.pk}:{case.version}", "confirmed": "True", "on": "2026-11-04", "number": "1"}
    signed_in("zhen").post(reverse("cases:approvals_new"), given)
    case.refresh_from_db()
    assert case.state == "open"


def test_the_notice_of_a_correction_is_proved_on_its_page(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = enrolled(people)
    row = correcting.propose(case, HEARD, "有未申报的车辆", by=people["zhen"])
    correcting.confirm(row, "核实属实", by=people["shending"])
    zhen, url = signed_in("zhen"), reverse("cases:correction_notice", args=[row.pk])
    given = {"on": "2026-11-04", "place": "公开栏"}
    assert zhen.post(url, given).status_code == 200
    photo = SimpleUploadedFile("公示.jpg", photograph(), "image/jpeg")
    assert zhen.post(url, given | {"photo": photo}).status_code == 302
    row.refresh_from_db()
    assert row.notice_place == "公开栏"
    shown = zhen.get(reverse("cases:correction", args=[row.pk])).content.decode()
    assert "公示.jpg" in shown


def test_others_read_what_waits_and_tick_nothing(people: dict[str, User], signed_in: SignedIn) -> None:
    case = at_decision(people)
    shown = signed_in("zhen").get(reverse("cases:approvals")).content.decode()
    assert case.number in shown
    assert 'name="row"' not in shown
    assert 'name="row"' in signed_in("shending").get(reverse("cases:approvals")).content.decode()
    assert case.number not in signed_in("lin_zhen").get(reverse("cases:approvals")).content.decode()
