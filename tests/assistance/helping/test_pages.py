"""Pages of helpers: naming, answering on the phone, my households, hand-overs; and what a helper may open."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.helping import handing_over
from assistance.helping.handing_over import Handed
from assistance.helping.worklists import of_helpers
from assistance.models import HandOver, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.ledger.models import Entry
from tests.assistance.helping.helped import PHONE, a_helper, helped, monitored, named, post_of

SignedIn = Callable[[str], Client]


def test_the_township_names_somebody_from_the_page_of_the_case(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case, client = monitored(people), signed_in("zhen")
    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    url = reverse("cases:helper_name", args=[case.pk])
    assert url in page
    assert "helps 0 households" in client.get(url).content.decode()
    answer = client.post(url, {"posting": post_of(people["bangfu"]).pk, "unit": "县农业农村局"}, follow=True)
    assert "named, not yet accepted" in answer.content.decode()
    assert HelperPlace.objects.get().unit == "县农业农村局"


def test_who_was_named_accepts_on_the_phone_and_sees_this_household_alone(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    beside = monitored(people)
    place = named(monitored(people), people["bangfu"], people["zhen"])
    client = signed_in("bangfu")
    assert reverse("cases:helper_answer", args=[place.pk]) in client.get("/").content.decode()
    url = reverse("cases:helper_answer", args=[place.pk])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"answer": "decline", "reason": ""})
    assert "Say why" in refused.content.decode()
    done = client.post(url, {"answer": "accept"}, follow=True).content.decode()
    assert place.case.household.code in done
    opens = [
        reverse("cases:case", args=[place.case_id]),
        reverse("households:household", args=[place.case.household_id]),
        reverse("households:visit_write", args=[place.case.household_id]),
        reverse("households:phone", args=[place.case.household_id]),
        reverse("cases:cases"),
        reverse("cases:my_households"),
    ]
    pages = [client.get(each) for each in opens]
    assert [page.status_code for page in pages] == [200] * 6
    assert all(place.case.household.code in page.content.decode() for page in pages[:2])
    assert not re.search(r"/cases/(files|papers|decisions|board|reviews)/", pages[0].content.decode())
    assert beside.household.code not in "".join(page.content.decode() for page in pages)
    assert client.get(reverse("cases:case", args=[beside.pk])).status_code == 404
    assert client.get(reverse("households:household", args=[beside.household_id])).status_code == 404


def test_the_helper_dials_in_one_press_and_it_is_on_record(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    url = reverse("cases:helper_call", args=[place.pk])
    assert url in signed_in("bangfu").get(reverse("cases:my_households")).content.decode()
    assert f"tel:{PHONE}" in signed_in("bangfu").post(url).content.decode()
    assert Entry.objects.filter(verb__in=["helper.called", "identity.revealed"]).count() == 2
    assert PHONE not in signed_in("cun").post(url, follow=True).content.decode()
    assert signed_in("lin_cun").post(url).status_code == 404


def test_the_list_says_what_is_missing_who_leaves_and_who_is_not_told(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    without, place = monitored(people), helped(monitored(people), people["bangfu"], people["zhen"])
    client, url = signed_in("zhen"), reverse("cases:helpers")
    missing = client.get(f"{url}?lack=any").content.decode()
    assert without.household.code in missing
    assert place.case.household.code not in missing
    assert without.household.code not in client.get(f"{url}?lack=overdue").content.decode()
    assert place.case.household.code not in client.get(f"{url}?leaving=yes").content.decode()
    Posting.objects.filter(user=people["bangfu"]).update(until_day=clock.today())
    assert place.case.household.code in client.get(f"{url}?leaving=yes").content.decode()
    assert len(of_helpers(people["zhen"])) == 3
    client.post(reverse("cases:helper_told", args=[place.pk]))
    assert len(of_helpers(people["zhen"])) == 2
    assert of_helpers(people["cun"]) == []


def test_households_are_handed_over_by_pages(people: dict[str, User], signed_in: SignedIn) -> None:
    receiver = a_helper("lishi")
    people["lishi"] = receiver
    places = [helped(monitored(people), people["bangfu"], people["zhen"]) for _time in range(3)]
    client = signed_in("zhen")
    url = reverse("cases:hand_over_new")
    assert str(people["bangfu"].pk) in client.get(url).content.decode()
    given = {"posting": post_of(receiver).pk, "day": "2026-11-04", "reason": "调走"}
    some = [place.pk for place in places[:2]]
    answer = client.post(f"{url}?giver={people['bangfu'].pk}", given | {"places": some}, follow=True)
    row = HandOver.objects.get()
    assert "waits for acceptance" in answer.content.decode()
    page = reverse("cases:hand_over", args=[row.pk])
    theirs = signed_in("lishi")
    assert page in theirs.get("/").content.decode()
    assert places[2].case.household.code not in theirs.get(page).content.decode()
    theirs.post(page, {"answer": "accept"})
    assert set(HelperPlace.objects.held().filter(person=receiver).values_list("case", flat=True)) == {
        place.case_id for place in places[:2]
    }
    assert "do not know their new helper yet" in client.get(page).content.decode()
    client.post(reverse("cases:hand_over_told", args=[row.pk]))
    assert "do not know" not in client.get(page).content.decode()
    assert signed_in("lin_zhen").get(page).status_code == 404
    assert theirs.post(reverse("cases:hand_over_letters", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("who", ["zhen", "shending"])
def test_a_hand_over_is_called_off_by_who_names_helpers(
    people: dict[str, User], signed_in: SignedIn, who: str
) -> None:
    helped(monitored(people), people["bangfu"], people["zhen"])
    wanted = Handed(people["bangfu"], post_of(a_helper("lishi")), clock.today(), "调走")
    row = handing_over.begin(wanted, by=people["zhen"]).row
    url = reverse("cases:hand_over_call_off", args=[row.pk])
    assert signed_in("cun").get(url).status_code == 403
    assert signed_in(who).post(url, {"reason": "不调了"}).status_code == 302
    row.refresh_from_db()
    assert row.answer == "taken_back"


def test_the_page_that_ends_a_post_names_what_hangs_on_it(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    helped(monitored(people), people["bangfu"], people["zhen"])
    post = post_of(people["bangfu"])
    url = reverse("desk:posting_end", args=[post.pk])
    page = signed_in("anquan").get(url).content.decode()
    assert "1 household is helped from this post." in page
    refused = signed_in("anquan").post(url, {"reason": "调走", "when": "now"}).content.decode()
    assert "cannot end yet" in refused or "helped from this post" in refused
    post.refresh_from_db()
    assert post.until_day is None
