"""The pages of moves: proposed from the household's page, listed on both sides, answered."""

from collections.abc import Callable

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from households.followers import person_erased
from households.models import Household, HouseholdMove, Resident
from households.moving import answering, followers
from tests.foundation.files.conftest import picture as a_picture
from tests.households.departing import depart
from tests.households.moving.lone import a_place, on_the_way, who_of
from tests.households.moving.moved import NEXT_VILLAGE, a_home, another_verifier, proposed
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

Door = Callable[[str], Client]


def text(client: Client, url: str) -> str:
    return client.get(url, headers={"Accept-Language": "en"}).content.decode()


def test_proposed_from_the_page_of_the_household(people: dict[str, User], signed_in: Door) -> None:
    home = a_home(people)
    client = signed_in("cun")
    url = reverse("moves:propose", args=[home.pk])
    assert url in text(client, reverse("households:household", args=[home.pk]))
    assert "You answer for the household until" in text(client, url)
    sent = {"to_area": NEIGHBOUR_VILLAGE, "moved_on": "2026-11-02", "why": "随子女迁居", "once": "1"}
    assert "document" in client.post(url, sent).context["form"].errors
    sent["document"] = "准迁证 2026-118"
    seen = client.post(url, sent | {"look": "1"}, headers={"Accept-Language": "en"})
    assert "until the receiving area accepts; then this follows" in seen.content.decode()
    assert not HouseholdMove.objects.exists()
    again = client.post(url, dict(seen.context["sent"]) | {"back": "1"})
    assert again.context["form"].data["why"] == "随子女迁居"
    client.post(url, dict(seen.context["sent"]) | {"once": "2"})
    move = HouseholdMove.objects.get(household=home)
    assert (move.state, str(move.moved_on)) == ("proposed", "2026-11-02")
    assert url not in text(client, reverse("households:household", args=[home.pk]))
    assert "day 1 of 10" in text(client, reverse("moves:moves"))


def test_who_answers_for_both_villages_looks_before_the_household_moves_at_once(
    people: dict[str, User], signed_in: Door
) -> None:
    home = a_home(people)
    client, url = signed_in("zhen"), reverse("moves:propose", args=[home.pk])
    sent = {
        "to_area": NEXT_VILLAGE,
        "moved_on": "2026-11-02",
        "why": "随子女迁居",
        "document": "户口簿",
        "look": "1",
    }
    seen = client.post(url, sent)
    assert seen.context["seen"].direct
    assert seen.context["seen"].told == followers.told(followers.way_there(seen.context["row"]))
    assert "moves at once" in client.post(url, sent, headers={"Accept-Language": "en"}).content.decode()
    home.refresh_from_db()
    assert (home.area_id, HouseholdMove.objects.exists()) == (VILLAGE, False)
    assert "to_area" in client.post(url, sent | {"to_area": VILLAGE}).context["form"].errors
    client.post(url, dict(seen.context["sent"]))
    home.refresh_from_db()
    assert home.area_id == NEXT_VILLAGE
    waits = proposed(people, a_home(people))
    twice = client.post(reverse("moves:propose", args=[waits.household_id]), sent)
    assert "waits already" in str(twice.context["form"].non_field_errors())


def test_the_receiver_sees_what_is_proposed_and_no_more(people: dict[str, User], signed_in: Door) -> None:
    row = proposed(people)
    client = signed_in("lin_zhen")
    page = text(client, reverse("moves:move", args=[row.pk]))
    assert "祝**" in page
    for hidden in ("祝寒露", row.household.code, "138"):
        assert hidden not in page
    assert reverse("moves:act", args=[row.pk, "accept"]) in page
    assert client.get(reverse("households:household", args=[row.household_id])).status_code == 404
    assert "wait" in text(client, "/") or "accept" in text(client, "/")
    client.post(reverse("moves:act", args=[row.pk, "accept"]), {"version": row.version, "reason": ""})
    row.refresh_from_db()
    assert row.state == "accepted"
    assert client.get(reverse("households:household", args=[row.household_id])).status_code == 200


def test_a_refusal_needs_its_reason_on_the_page_too(people: dict[str, User], signed_in: Door) -> None:
    row = proposed(people)
    client, url = signed_in("lin_xian"), reverse("moves:act", args=[row.pk, "refuse"])
    client.post(url, {"version": row.version, "reason": ""})
    row.refresh_from_db()
    assert row.state == "proposed"
    client.post(url, {"version": row.version, "reason": "查无此户"})
    row.refresh_from_db()
    assert row.state == "refused"
    assert "查无此户" in text(signed_in("cun"), reverse("moves:move", args=[row.pk]))


def test_lists_tell_the_sides_apart(people: dict[str, User], signed_in: Door) -> None:
    row = proposed(people)
    link = reverse("moves:move", args=[row.pk])
    for who, side, there in (("zhen", "from", True), ("zhen", "to", False), ("lin_zhen", "to", True)):
        assert (link in text(signed_in(who), f"{reverse('moves:moves')}?{side}=yes")) is there
    assert link not in text(signed_in("lin_zhen"), f"{reverse('moves:moves')}?state=accepted")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("cun", "Households and people whose move waits for another area: 1"),
        ("lin_zhen", "to accept or refuse: 1"),
    ],
)
def test_home_says_what_waits(people: dict[str, User], signed_in: Door, who: str, words: str) -> None:
    proposed(people)
    assert words in text(signed_in(who), "/")


def test_the_letter_is_for_who_answers_now_and_on_record(people: dict[str, User], signed_in: Door) -> None:
    row = answering.accept(proposed(people), by=people["lin_zhen"])
    url = reverse("moves:letter", args=[row.pk])
    assert signed_in("cun").post(url).status_code == 404
    answer = signed_in("lin_cun").post(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="household_move.printed").count() == 1
    assert Household.objects.visible_to(people["lin_cun"]).filter(pk=row.household_id).exists()


def test_one_person_is_proposed_looked_at_and_taken_in(people: dict[str, User], signed_in: Door) -> None:
    home, place = a_home(people), a_place(people)
    client, url = signed_in("cun"), reverse("moves:propose_person", args=[home.pk])
    assert url in text(client, reverse("households:family", args=[home.pk]))
    sent = {
        "kind": "marriage", "member": who_of(home).pk, "to_area": NEIGHBOUR_VILLAGE, "happened_on": "2026-11-02",
        "why": "结婚", "document": "结婚证", "whither": "东山村 5 号", "once": "1",
    }  # fmt: skip
    assert "document" in client.post(url, sent | {"document": ""}).context["form"].errors
    seen = client.post(url, sent | {"look": "1"}, headers={"Accept-Language": "en"}).content.decode()
    assert "鲁大雪 goes to a household in 邻县东山镇东山村" in seen
    assert not HouseholdMove.objects.exists()
    client.post(url, sent)
    row = HouseholdMove.objects.get(household=home)
    page = reverse("moves:move", args=[row.pk])
    assert "day 1 of 10" in text(client, page)
    assert "one person: marriage" in text(client, reverse("moves:moves"))
    taker, take = signed_in("lin_zhen"), reverse("moves:act", args=[row.pk, "accept"])
    given = {"version": row.version, "into": place.household.code, "relation": "28", "reason": ""}
    looked = taker.post(take, given | {"look": "1"}, headers={"Accept-Language": "en"}).content.decode()
    assert f"鲁** is in household {place.household.code}" in looked
    for shown in (text(taker, page), looked):
        assert "鲁**" in shown
        for hidden in ("鲁大雪", home.code, "祝寒露"):
            assert hidden not in shown
    assert "东山村 5 号" in text(taker, page)
    wrong = taker.post(take, given | {"into": home.code})
    assert "into" in wrong.context["form"].errors
    taker.post(take, given)
    row.refresh_from_db()
    assert (row.state, row.into) == ("accepted", place.household)
    assert "鲁大雪" in text(taker, reverse("households:household", args=[place.household.pk]))
    event = reverse("households:family_event", args=[row.event_id])
    for who in (client, taker):
        assert page in text(who, event)
        assert event in text(who, page)
    assert place.household.code not in text(client, page)


def test_who_went_alone_gets_a_letter_too(people: dict[str, User], signed_in: Door) -> None:
    waits = on_the_way(people)
    page, url = (reverse(name, args=[waits.pk]) for name in ("moves:move", "moves:letter"))
    assert url not in text(signed_in("lin_zhen"), page)
    assert signed_in("lin_zhen").post(url).status_code == 404
    row = answering.accept(waits, by=people["lin_zhen"], place=a_place(people))
    for who in ("cun", "shi"):
        assert url not in text(signed_in(who), page)
        assert signed_in(who).post(url).status_code == 404
    assert not Entry.objects.filter(verb="household_move.printed").exists()
    taker = signed_in("lin_cun")
    assert url in text(taker, page)
    answer = taker.post(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    said = "".join(each.get_textpage().get_text_range() for each in document).replace("\r\n", "")
    for told in ("鲁大雪", "鲍立秋", "邻县东山镇东山村", "示例县青石镇石桥村", "2026-11-04", "YL000901"):
        assert told in said
    for hidden in ("祝寒露", row.household.code, "999901"):
        assert hidden not in said
    assert Entry.objects.filter(verb="household_move.printed").count() == 1
    here = Resident.objects.select_related("household").get(lineage_came__act=row.event)
    depart(here, Resident.Departure.DIED, row.effective_on, by=people["lin_cun"], seen=here.revision_id)
    assert url not in text(taker, page)
    assert taker.post(url).status_code == 404


def test_one_person_is_refused_or_goes_back_on_the_page(people: dict[str, User], signed_in: Door) -> None:
    row = on_the_way(people)
    taker = signed_in("lin_zhen")
    taker.post(reverse("moves:act", args=[row.pk, "refuse"]), {"version": row.version, "reason": "查无此户"})
    assert "查无此户" in text(signed_in("cun"), reverse("moves:move", args=[row.pk]))
    row = answering.accept(on_the_way(people, row.household), by=people["lin_zhen"], place=a_place(people))
    url = reverse("moves:act", args=[row.pk, "undo"])
    assert "is a member of household" in text(taker, url)
    assert row.household.code not in text(taker, url)
    taker.post(url, {"version": row.version, "reason": "同名误收"})
    row.refresh_from_db()
    assert row.state == "undone"


def test_a_paper_is_seen_on_both_sides_and_nowhere_else(people: dict[str, User], signed_in: Door) -> None:
    row = on_the_way(people)
    page, files = (reverse(name, args=[row.pk]) for name in ("moves:move", "moves:move_files"))
    giver, taker = signed_in("cun"), signed_in("lin_zhen")
    giver.post(files, {"kind": "move_paper", "file": SimpleUploadedFile("结婚证.jpg", a_picture())})
    paper = Attachment.objects.get(owner_model="households.householdmove")
    assert paper.area == VILLAGE
    for reader in (giver, taker, signed_in("lin_cun")):
        assert "结婚证.jpg" in text(reader, page)
        assert reader.get(reverse("moves:move_thumbnail", args=[paper.uuid])).status_code == 200
        opened = reader.post(reverse("moves:move_file", args=[paper.uuid]))
        assert (opened.status_code, opened["Content-Type"]) == (200, "image/jpeg")
    assert Entry.objects.filter(verb="attachment.looked.shown").count() == 3
    for who in ("bangfu", "wangge"):
        assert signed_in(who).post(reverse("moves:move_file", args=[paper.uuid])).status_code in (403, 404)
    beside = another_verifier("999901002", "zhen3")
    assert not Attachment.objects.visible_to(beside).exists()
    taker.post(files, {"kind": "move_paper", "file": SimpleUploadedFile("b.jpg", a_picture())})
    assert Attachment.objects.count() == 1, "who receives attaches nothing"
    answering.refuse(row, "x", by=people["lin_zhen"])
    giver.post(files, {"kind": "move_paper", "file": SimpleUploadedFile("c.jpg", a_picture())})
    assert Attachment.objects.count() == 1, "a refused move stays as it is"
    made = reverse("moves:move_files", args=[proposed(people, to=NEXT_VILLAGE, by="zhen").pk])
    paper_of_it = SimpleUploadedFile("准迁证.jpg", a_picture((320, 200)))
    signed_in("zhen").post(made, {"kind": "move_paper", "file": paper_of_it})
    assert Attachment.objects.count() == 2, "what was made at once gets its papers afterwards"
    assert "结婚证.jpg" in text(giver, page)
    person_erased([row.household.residents.first().pk], [])  # type: ignore[union-attr]
    assert Attachment.objects.living().get().name == "准迁证.jpg"
