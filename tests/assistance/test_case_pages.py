"""The page of a case, the list, returns and side doors, as people use them."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alerts.verification.acts import acts_of
from assistance.enrolment.basis import after_comparison
from assistance.models import BasisChange, Case, CaseRisk
from assistance.page import page_of
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from tests.alerts.made import find, follow, run_of, take_back
from tests.assistance.made import opened, walked_to
from tests.assistance.noticed import now, objected, posted

SignedIn = Callable[[str], Client]


def page(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])


def test_the_page_shows_the_chain_and_is_on_record(people: dict[str, User], signed_in: SignedIn) -> None:
    case = walked_to(opened(people), "review", people)
    shown = signed_in("zhen").get(page(case)).content.decode()
    assert "Township review" in shown
    assert case.number in shown
    assert Entry.objects.filter(verb="household.opened").count() == 1
    assert signed_in("lin_zhen").get(page(case)).status_code == 404


def test_the_list_finds_what_waits_for_my_step(people: dict[str, User], signed_in: SignedIn) -> None:
    waiting, other = walked_to(opened(people), "review", people), opened(people)
    shown = signed_in("zhenling").get(reverse("cases:cases"), {"mine": "yes"}).content.decode()
    assert waiting.number in shown
    assert other.number not in shown
    by_step = signed_in("cun").get(reverse("cases:cases"), {"step": "apply"}).content.decode()
    assert other.number in by_step
    assert waiting.number not in by_step
    for query in (
        "due=overdue",
        "due=soon",
        "due=none",
        "new=yes",
        "returned=no",
        "asks=yes",
        "q=沈",
        "fast=no",
    ):
        assert signed_in("xian").get(f"{reverse('cases:cases')}?{query}").status_code == 200


def test_a_case_is_found_by_its_number(people: dict[str, User], signed_in: SignedIn) -> None:
    case = opened(people)
    assert page(case) in signed_in("zhen").post(reverse("desk:search"), {"q": case.number}).content.decode()
    assert (
        page(case)
        not in signed_in("lin_zhen").post(reverse("desk:search"), {"q": case.number}).content.decode()
    )


def test_a_return_is_made_and_ticked_off_on_pages(people: dict[str, User], signed_in: SignedIn) -> None:
    case = walked_to(opened(people), "review", people)
    form = reverse("cases:move", args=[case.pk, "return"])
    asked = {"version": case.version, "items": ["minutes"], "reason": "缺签字页", "step": ""}
    assert "minutes" in signed_in("zhen").get(form).content.decode()
    assert signed_in("zhen").post(form, asked | {"items": []}).status_code == 200
    assert signed_in("zhen").post(form, asked).url == page(case)
    tick = reverse("cases:tick", args=[case.pieces.get().pk])
    assert tick in signed_in("cun").get(page(case)).content.decode()
    case.refresh_from_db()
    assert signed_in("cun").post(tick, {"version": case.version}).url == page(case)
    assert not case.pieces.missing().exists()


def test_who_may_not_make_a_move_reads_why(people: dict[str, User], signed_in: SignedIn) -> None:
    case = walked_to(opened(people), "review", people)
    answer = signed_in("cun").post(reverse("cases:move", args=[case.pk, "return"]), {"version": case.version})
    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.returned == 0


def test_a_comparison_of_civil_affairs_lets_the_township_skip(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = walked_to(opened(people), "compare", people)
    form = reverse("cases:skip", args=[case.pk, "compare"])
    assert form in signed_in("zhen").get(page(case)).content.decode()
    answer = signed_in("zhen").post(form, {"version": case.version, "reason": "compared_by_civil_affairs"})
    assert answer.url == page(case)
    case.refresh_from_db()
    assert case.waits_for == ["evaluate"]


def test_two_people_who_saw_the_same_version_do_not_both_return(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = walked_to(opened(people), "review", people)
    form = reverse("cases:move", args=[case.pk, "return"])
    asked = {"version": case.version, "items": ["signature"], "reason": "缺签字"}
    assert signed_in("zhen").post(form, asked).status_code == 302
    assert signed_in("zhenling").post(form, asked).status_code == 200
    case.refresh_from_db()
    assert case.returned == 1
    assert case.pieces.count() == 1


def test_home_says_what_waits_and_the_household_shows_its_case(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = walked_to(opened(people), "review", people)
    line = f'<a href="{reverse("cases:reviews")}"><span class="work-title">Township review, waiting cases: 1'
    assert line in signed_in("zhen").get("/").content.decode()
    assert line not in signed_in("cun").get("/").content.decode()
    household = reverse("households:household", args=[case.household_id])
    assert case.number in signed_in("zhen").get(household).content.decode()
    asked = {"version": case.version, "items": ["signature"], "reason": "缺签字"}
    signed_in("zhen").post(reverse("cases:move", args=[case.pk, "return"]), asked)
    assert page(case) in signed_in("cun").get("/").content.decode()


def test_changed_facts_and_new_risks_are_answered_on_pages(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = walked_to(opened(people), "review", people)
    assert case.alert
    run = run_of(people["xian"])
    find(run, "medical_single_stay", case.household)
    take_back(run, [case.alert.signals.get().finding])
    after_comparison(run, by=run.by)
    follow(run)
    change, risk = BasisChange.objects.get(case=case), CaseRisk.objects.get(case=case)
    shown = signed_in("cun").get(page(case)).content.decode()
    assert "12,600" not in shown  # the village sees month and band
    assert "12,600" in signed_in("zhen").get(page(case)).content.decode()
    answers = signed_in("shending").post(
        reverse("cases:basis", args=[change.pk]), {"version": 1, "answer": "keep", "note": "仍困难"}
    )
    assert answers.url == page(case)
    judged = {"version": 1, "answer": "new_risk", "note": "住院"}
    assert signed_in("zhen").post(reverse("cases:risk", args=[risk.pk]), judged).url == page(case)
    assert signed_in("lin_zhen").get(reverse("cases:risk", args=[risk.pk])).status_code == 404


def test_a_proposed_warning_leads_on_to_its_case(people: dict[str, User]) -> None:
    case = opened(people)
    assert case.alert is not None
    (first, *others) = acts_of(case.alert, people["zhen"])
    assert (first.url, first.primary) == (page(case), True)
    assert not any(act.primary for act in others)


def test_an_open_objection_and_a_correction_lead_who_decides_on_them(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "post", people)
    notice = posted(people, [now(case)])
    objection = objected(notice.items.get(), people["cun"])
    first = page_of(now(case), people["zhen"]).acts.first
    assert first is not None
    assert first.url == reverse("cases:objection", args=[objection.pk])
    assert page_of(now(case), people["cun"]).acts.first is None


def test_letters_of_visits_and_of_cases_lead_to_each_other(signed_in: SignedIn) -> None:
    lists = (reverse("alerts:letters"), reverse("cases:letters"))
    for here, there in (lists, lists[::-1]):
        assert f'href="{there}"' in signed_in("cun").get(here).content.decode()
    home = signed_in("cun").get("/").content.decode()
    assert lists[0] in home
    assert lists[1] not in home
