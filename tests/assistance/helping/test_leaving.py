"""Nobody leaves what they began or promised; help ends with a sheet or a reason; what was said too early goes back."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.helping import assigning, handing_over, left_behind
from assistance.helping.handing_over import Handed
from assistance.models import Case, HandOver, HelperPlace, IncomeSheet, Measure, Plan
from foundation.accounts import clock, postings
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from tests.assistance.help.helped import ticked
from tests.assistance.helping.helped import a_helper, helped, monitored, post_of
from tests.people import FIRST_DAY, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)
SignedIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("english")


def ended(post: Posting, people: dict[str, User]) -> Posting:
    return postings.end(post, by=people["anquan"], reason="调走")


def sheet(case: Case, by: User) -> IncomeSheet:
    return IncomeSheet.objects.create(
        case=case, from_day=D(2025, 10, 1), until_day=D(2026, 9, 30), number=1, begun_on=DAY, begun_by=by,
        state="draft", version=1,
    )  # fmt: skip


def test_an_income_sheet_that_nobody_confirmed_hangs_on_who_began_it(people: dict[str, User]) -> None:
    case, post = monitored(people), post_of(people["cun"])
    begun = sheet(case, people["cun"])
    with pytest.raises(Refused, match=rf"1 income sheet .* not confirmed \({case.area.name}\)"):
        ended(post, people)
    IncomeSheet.objects.filter(pk=begun.pk).update(state="dropped")
    assert ended(post, people).until_day == D(2026, 11, 3)


def test_a_plan_that_came_back_hangs_on_who_made_it_until_it_is_written_anew(people: dict[str, User]) -> None:
    case, post = monitored(people), post_of(people["cun"])
    Plan.objects.create(case=case, number=1, made_on=DAY, made_by=people["cun"], state="returned")
    with pytest.raises(Refused, match="1 plan came back"):
        ended(post, people)
    Plan.objects.create(case=case, number=2, made_on=DAY, made_by=people["shuji"], state="submitted")
    assert ended(post, people).until_day


def test_a_promise_hangs_on_who_asked_until_somebody_else_helps(people: dict[str, User]) -> None:
    case, post = monitored(people), post_of(people["cun"])
    ticked(case, people["cun"], ("job_referral", 1, ""))
    assert Measure.objects.get().state == "asked"
    with pytest.raises(Refused, match="1 measure that this person asked for is not answered"):
        ended(post, people)
    helped(case, people["bangfu"], people["zhen"])
    assert ended(post, people).until_day


def test_who_goes_on_visiting_there_leaves_nothing(people: dict[str, User]) -> None:
    sheet(monitored(people), people["cun"])
    post = post_of(people["cun"])
    assert left_behind.sheets_on(post)
    Posting.objects.create(user=people["cun"], role=Role.FIRST_SECRETARY, area_id=VILLAGE, from_day=FIRST_DAY)
    assert left_behind.sheets_on(post) is None


def test_the_last_officer_of_an_office_does_not_leave_what_it_was_asked(people: dict[str, User]) -> None:
    post = post_of(people["yibao"])
    case = monitored(people)
    Measure.objects.create(
        case=case, code="medical_aid", kind="x", name="医疗救助", department=post.department, state="asked",
        ticked_on=DAY, ticked_by=people["cun"], asked_on=DAY, due_on=DAY,
    )  # fmt: skip
    with pytest.raises(Refused, match="1 measure waits for the answer of this office"):
        ended(post, people)
    other = User.objects.create(username="next", name="next")
    Posting.objects.create(
        user=other, role=post.role, area=post.area, department=post.department, from_day=FIRST_DAY
    )
    assert ended(post, people).until_day


def test_the_pages_name_what_hangs_and_where_it_is_settled(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case, post = monitored(people), post_of(people["cun"])
    begun = sheet(case, people["cun"])
    ends = signed_in("anquan").get(reverse("desk:posting_end", args=[post.pk])).content.decode()
    assert "1 income sheet that this person began is not confirmed" in ends
    assert "Ask the township to settle this first." in ends
    address = f"{reverse('cases:left_behind')}?posting={post.pk}"
    page = signed_in("zhen").get(address).content.decode()
    assert reverse("cases:income_sheet", args=[begun.pk]) in page
    assert case.household.code in page
    assert case.household.code not in signed_in("lin_zhen").get(address).content.decode()
    assert signed_in("zhen").get(reverse("cases:left_behind"), {"posting": "x"}).status_code == 200
    assert signed_in("cun").get(address).status_code == 403


def test_help_ends_with_a_sheet_or_with_why_there_is_none(people: dict[str, User]) -> None:
    places = [helped(monitored(people), people["bangfu"], people["zhen"]) for _time in range(2)]
    with pytest.raises(Refused, match="Print the sheet") as caught:
        assigning.end(places[0], "换人", by=people["zhen"])
    assert caught.value.field == "no_sheet"
    assigning.end(places[0], "换人", no_sheet="refuses", by=people["zhen"])
    places[0].refresh_from_db()
    assert (places[0].state, places[0].no_sheet) == ("ended", "refuses")
    entry = Entry.objects.filter(verb="helper.end").latest("pk")
    assert b'"no_sheet":"refuses"' in bytes(entry.body).replace(b" ", b"")


def test_the_sheet_is_printed_from_the_page_that_ends_the_help(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    place, client = helped(monitored(people), people["bangfu"], people["zhen"]), signed_in("zhen")
    url, sheet_ = (reverse(f"cases:helper_{name}", args=[place.pk]) for name in ("end", "leaving_sheet"))
    assert sheet_ in client.get(url).content.decode()
    assert "Print the sheet" in client.post(url, {"reason": "换人"}).content.decode()
    assert signed_in("cun").post(sheet_).status_code == 403
    assert b"".join(client.post(sheet_)).startswith(b"%PDF")
    assert Entry.objects.filter(verb="helper.leaving_sheet_printed").count() == 1
    assert "was printed on" in client.get(url).content.decode()
    with clock.at(DAY + datetime.timedelta(15)), pytest.raises(Refused, match="Print the sheet"):
        assigning.end(place, "换人", by=people["zhen"])
    assert client.post(url, {"reason": "换人"}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.sheet_on, place.no_sheet) == ("ended", DAY, "")


def test_that_a_household_knows_is_taken_back_with_the_reason(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    place, client = helped(monitored(people), people["bangfu"], people["zhen"]), signed_in("cun")
    url = reverse("cases:helper_not_told", args=[place.pk])
    with pytest.raises(Refused, match="Nobody has written down"):
        assigning.not_told(place, "点错了", by=people["cun"])
    assigning.told(place, by=people["cun"])
    assert url in client.get(reverse("cases:case", args=[place.case_id])).content.decode()
    with pytest.raises(Refused, match="Say why"):
        assigning.not_told(place, " ", by=people["cun"])
    assert signed_in("lin_cun").get(url).status_code == 404
    assert client.post(url, {"reason": "点错了"}).status_code == 302
    place.refresh_from_db()
    assert place.told_on is None
    assert Entry.objects.filter(verb="helper.told_taken_back").count() == 1
    assigning.told(place, by=people["cun"])


def test_what_was_written_down_last_of_a_hand_over_is_taken_back_at_once(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    receiver = a_helper("lishi")
    for _time in range(3):
        helped(monitored(people), people["bangfu"], people["zhen"])
    row: HandOver = handing_over.begin(
        Handed(people["bangfu"], post_of(receiver), DAY, "调走"), by=people["zhen"]
    ).row
    handing_over.accept(row, by=receiver)
    first = HelperPlace.objects.held().filter(hand_over=row).earliest("pk")
    assigning.told(first, by=people["cun"])
    with clock.at(DAY + datetime.timedelta(1)):
        assert handing_over.all_told(row, by=people["cun"]) == 2
        url = reverse("cases:hand_over_not_told", args=[row.pk])
        assert url in signed_in("cun").get(reverse("cases:hand_over", args=[row.pk])).content.decode()
        assert "2 households, told on 2026-11-05" in signed_in("cun").get(url).content.decode()
        assert signed_in("cun").post(url, {"reason": "还没去"}).status_code == 302
    assert list(HelperPlace.objects.held().filter(told_on__isnull=False)) == [first]
