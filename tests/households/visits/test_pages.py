"""The form, the page, the lists, the paper of visits, as people come to them."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.files.models import Attachment, StoredCopy
from foundation.ledger.models import Entry
from households.models import Household, Visit
from households.visits.writing import record_visit
from tests.households.families import make_household
from tests.households.visits.made import ANSWERS, CHECKED, head_of, told
from tests.people import NEIGHBOUR_VILLAGE

SignedIn = Callable[[str], Client]


def typed(home: Household, **changes: object) -> dict[str, object]:
    """Return what somebody types into the short form."""
    usual = {
        "way": "home",
        "outcome": "met",
        "met": [head_of(home).pk],
        "happened_on": "2026-11-04",
        "at": "09:30",
        "no_place": "paper",
        "key": "11111111-2222-4333-8444-555555555555",
        **{f"q_{code}": answer for code, answer in ANSWERS.items()},
    }
    return usual | changes


def page(client: Client, name: str, pk: int) -> str:
    answer = client.get(reverse(f"households:{name}", args=[pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visit_is_written_down_and_leads_to_its_page(home: Household, signed_in: SignedIn) -> None:
    cun = signed_in("cun")
    sent = cun.post(reverse("households:visit_write", args=[home.pk]), typed(home, visitors=[]))
    visit = Visit.objects.get()
    assert sent["Location"] == reverse("households:visit", args=[visit.pk])
    shown = page(cun, "visit", visit.pk)
    assert all(word in shown for word in ("沈立夏", "家里一切正常", "09:30", visit.digest, "file-camera"))


def test_an_error_keeps_everything_that_was_typed(home: Household, signed_in: SignedIn) -> None:
    wrong = typed(home, way="phone", q_found="屋顶漏雨", note="再去一次", at="07:05", others="邻居")
    answer = signed_in("cun").post(reverse("households:visit_write", args=[home.pk]), wrong)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in shown
    assert all(word in shown for word in ("屋顶漏雨", "再去一次", "07:05", "邻居"))
    assert "11111111-2222-4333-8444-555555555555" in shown
    assert not Visit.objects.exists()


def test_every_missing_answer_is_named_at_once(home: Household, signed_in: SignedIn) -> None:
    address = reverse("households:visit_write", args=[home.pk]) + "?form=house_check"
    answer = signed_in("cun").post(address, typed(home))
    errors = answer.context["form"].errors
    assert set(errors) == {
        "q_income_trend",
        "q_house_safe",
        "q_all_at_school",
        "q_all_insured",
        "q_water_safe",
    }
    nobody = signed_in("cun").post(address, typed(home, outcome="nobody", met=[], q_found=""))
    assert nobody.status_code == 302


def test_what_the_register_knows_is_filled_in_and_stands_apart(home: Household, signed_in: SignedIn) -> None:
    form = (
        signed_in("cun")
        .get(reverse("households:visit_write", args=[home.pk]), {"form": "house_check"})
        .context["form"]
    )
    known = {field.name: field.value() for section in form.sections() for field in section.known}
    assert known == {
        "q_living_together": 4,
        "q_able_to_work": 2,
        "q_house_safe": "no",
        "q_all_insured": "no",
        "q_water_safe": "yes",
        "q_aid": ["dibao"],
    }


def test_the_household_page_counts_how_often_it_was_asked(
    home: Household, signed_in: SignedIn, people: dict[str, User]
) -> None:
    record_visit(home, told(home), by=people["cun"])
    record_visit(home, told(home, outcome="nobody", met=[], answers={}), by=people["cun"])
    panel = next(
        each.context
        for each in signed_in("cun").get(reverse("households:household", args=[home.pk])).context["panels"]
        if each.template == "households/visits/_panel.html"
    )
    assert (panel["asked"], panel["in_vain"], len(panel["visits"]), panel["may_visit"]) == (1, 1, 2, True)


def test_kin_are_led_back_with_the_sentence(
    home: Household, signed_in: SignedIn, people: dict[str, User]
) -> None:
    kin.declare(home.code, Kin.Relation.KIN, by=people["shuji"])
    answer = signed_in("shuji").get(reverse("households:visit_write", args=[home.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("households:household", args=[home.pk]), 302)]
    assert "message-error" in answer.content.decode()


def test_a_visit_is_corrected_and_annulled_on_its_pages(home: Household, signed_in: SignedIn) -> None:
    cun = signed_in("cun")
    cun.post(reverse("households:visit_write", args=[home.pk]), typed(home))
    visit = Visit.objects.get()
    address = reverse("households:visit_amend", args=[visit.pk])
    begun = cun.get(address).context["form"].initial
    assert (begun["q_found"], begun["version"], begun["met"]) == ("家里一切正常", 1, [str(head_of(home).pk)])
    changed = typed(home, version=1, q_found="屋顶漏雨", key=str(visit.key))
    assert cun.post(address, changed).status_code == 302
    stale = cun.post(address, changed | {"q_found": "另一部手机"})
    assert stale.status_code == 200
    visit.refresh_from_db()
    assert visit.answers["found"] == "屋顶漏雨"
    asked = {"reason": "写错了户", "happened_on": "2026-11-04", "version": visit.version}
    assert cun.post(reverse("households:visit_annul", args=[visit.pk]), asked).status_code == 302
    assert "写错了户" in page(cun, "visit", visit.pk)


def test_visits_of_other_areas_do_not_exist(
    home: Household, signed_in: SignedIn, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    for name in ("visit", "visit_amend", "visit_annul"):
        assert signed_in("lin_cun").get(reverse(f"households:{name}", args=[visit.pk])).status_code == 404
    theirs = make_household("YS000009", "邻县人", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    assert signed_in("cun").get(reverse("households:visit_write", args=[theirs.pk])).status_code == 404
    assert signed_in("lin_cun").get(reverse("households:visits")).context["table"].rows == []


def test_my_own_visits_are_a_filter(home: Household, signed_in: SignedIn, people: dict[str, User]) -> None:
    record_visit(home, told(home), by=people["cun"])
    both = record_visit(home, told(home, visitors=[people["zhen"], people["cun"]]), by=people["zhen"])
    address = reverse("households:visits")
    assert [row.record for row in signed_in("zhen").get(address, {"mine": "yes"}).context["table"].rows] == [
        both
    ]
    assert len(signed_in("cun").get(address, {"mine": "yes"}).context["table"].rows) == 2


@pytest.mark.parametrize("form", ["call", "house_check"])
def test_the_paper_is_a_pdf_and_printing_is_on_record(
    home: Household, signed_in: SignedIn, people: dict[str, User], form: str
) -> None:
    answers = CHECKED if form == "house_check" else ANSWERS
    visit = record_visit(home, told(home, questionnaire=form, answers=answers), by=people["cun"])
    answer = signed_in("cun").post(reverse("households:visit_sheet", args=[visit.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="household.opened", object_id=str(home.pk)).exists()


def test_lists_leave_as_a_workbook(home: Household, signed_in: SignedIn, people: dict[str, User]) -> None:
    record_visit(home, told(home), by=people["cun"])
    for address in (reverse("households:visits"), reverse("households:household_visits", args=[home.pk])):
        answer = signed_in("cun").post(reverse("desk:export"), {"address": address, "form": "xlsx"})
        assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_a_photo_keeps_its_original_and_a_copy_with_words_burnt_in(
    home: Household, signed_in: SignedIn, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    sink = io.BytesIO()
    Image.new("RGB", (800, 600), "ivory").save(sink, "JPEG")
    sink.seek(0)
    sink.name = "院子.jpg"
    sent = signed_in("cun").post(
        reverse("households:visit_files", args=[visit.pk]), {"file": sink, "kind": "photo"}
    )
    assert sent.status_code == 302
    photo = Attachment.objects.get()
    assert {copy.use for copy in photo.copies.all()} == set(StoredCopy.Use.values)
    assert photo.retention_until == datetime.date(2031, 11, 4)
    assert "院子.jpg" in page(signed_in("zhen"), "visit", visit.pk)
    assert (
        signed_in("lin_cun").get(reverse("households:visit_thumbnail", args=[photo.uuid])).status_code == 404
    )
