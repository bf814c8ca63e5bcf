"""Pages of the way: buttons that lead where they say, reviews side by side, batches, and who sees nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from alerts.models import Alert
from alerts.verification import batches, reviewing
from alerts.verification.pieces import ReturnItem
from alerts.verification.reported import Reported
from alerts.views.way import STEPS
from foundation.accounts.models import User
from tests.alerts.verification.made import another_signal, assigned, raised, reported, visited

SignedIn = Callable[[str], Client]


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client: Client, alert: Alert, verb: str, **given: object) -> str:
    """Send the form of a move; returns the page that comes then."""
    alert.refresh_from_db()
    url = f"/alerts/{alert.pk}/way/{verb}/"
    answer = client.post(url, {"version": alert.version, **given}, follow=True)
    assert answer.status_code == 200
    alert.refresh_from_db()
    return answer.content.decode()


def test_the_township_sends_somebody_from_the_page(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = raised(people)
    client = signed_in("xian")
    client.post(f"/alerts/{alert.pk}/dispatch/", {"version": alert.version, "happened_on": "2026-11-04"})
    form = page(signed_in("zhen"), f"/alerts/{alert.pk}/way/assign/")
    assert "shuji" in form
    assert "lin_cun" not in form
    sent(signed_in("zhen"), alert, "assign", visitor=people["cun"].pk)
    assert (alert.state, alert.visitor) == ("assigned", people["cun"])


def test_a_refusal_stands_in_the_form(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = reported(people)
    said = sent(signed_in("zhen"), alert, "return", reason="缺照片")
    assert alert.state == "reported"
    assert 'role="alert"' in said
    sent(signed_in("cun"), alert, "propose", reason="x")
    assert alert.state == "reported", "who visits has no right to review"


def test_the_review_shows_known_and_found(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = reported(people)
    said = page(signed_in("zhen"), f"/alerts/{alert.pk}/review/")
    assert "一切正常" in said
    assert f"/alerts/{alert.pk}/way/confirm_end/" in said
    assert signed_in("cun").get(f"/alerts/{alert.pk}/review/").status_code == 403
    assert signed_in("lin_zhen").get(f"/alerts/{alert.pk}/review/").status_code == 404
    sent(signed_in("zhen"), alert, "confirm_end", outcome="not_eligible", reason="同意")
    assert alert.state == "closed"


def test_a_drawn_household_is_checked_again_from_its_review(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    alert = reported(people)
    sent(signed_in("zhen"), alert, "draw")
    assert "/way/recheck/" in page(signed_in("zhen"), f"/alerts/{alert.pk}/review/")
    sent(signed_in("zhen"), alert, "recheck", way="phone", holds="yes", reason="属实")
    assert alert.recheck == "held"


def test_a_signal_after_the_visit_is_answered_on_the_page(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    alert = another_signal(people, reported(people))
    signal = alert.signals.get(after_visit=True)
    assert f"/alerts/signals/{signal.pk}/answer/" in page(signed_in("cun"), f"/alerts/{alert.pk}/")
    signed_in("cun").post(f"/alerts/signals/{signal.pk}/answer/", {"answer": "入户时已知"})
    alert.refresh_from_db()
    assert alert.unanswered == 0


def test_the_check_list_stands_on_the_page(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = reported(people)
    sent(signed_in("zhen"), alert, "return", items=["photos", "other"], note="房屋背面", reason="缺照片")
    assert alert.state == "returned"
    assert "房屋背面" in page(signed_in("cun"), f"/alerts/{alert.pk}/")


def test_what_the_desk_proves_shows_its_proof(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = assigned(people)
    sent(
        signed_in("zhen"), alert, "end_by_proof",
        outcome="moved_away", proof="派出所迁移证明 2026-10-30", reason="已迁出",
    )  # fmt: skip
    assert (alert.state, alert.outcome) == ("closed", "moved_away")
    assert "派出所迁移证明" in page(signed_in("zhen"), f"/alerts/{alert.pk}/")
    other = assigned(people)
    sent(signed_in("zhen"), other, "end_by_proof", outcome="not_eligible", proof="x", reason="x")
    assert other.state == "assigned", "that needs a visit"


def test_three_attempts_offer_could_not_be_reached(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = assigned(people)
    link = f"/alerts/{alert.pk}/way/report/"
    for _attempt in range(3):
        assert link not in page(signed_in("cun"), f"/alerts/{alert.pk}/")
        visited(alert, people["cun"], met=False)
    assert link in page(signed_in("cun"), f"/alerts/{alert.pk}/")
    sent(signed_in("cun"), alert, "report", reason="外出务工，电话停机")
    assert (alert.state, alert.reported_outcome) == ("reported", "unreachable")


def test_a_batch_of_twenty_is_confirmed_with_one_press(people: dict[str, User], signed_in: SignedIn) -> None:
    alerts = [reported(people) for _each in range(20)]
    client, url = signed_in("zhen"), "/alerts/batches/999901001-not_eligible/"
    assert url in page(client, "/alerts/batches/")
    assert page(client, url).count('name="alert"') == 20
    ticked = {"alert": [each.pk for each in alerts]}
    client.post(url, ticked | {f"version_{each.pk}": each.version for each in alerts})
    assert Alert.objects.filter(state="closed").count() == 18
    assert Alert.objects.filter(state="reported", recheck="drawn").count() == 2
    assert signed_in("lin_zhen").get(url).status_code == 404


def test_somebody_who_saw_less_confirms_nothing(people: dict[str, User], signed_in: SignedIn) -> None:
    alerts = [reported(people) for _each in range(3)]
    ticked = {"alert": [each.pk for each in alerts]}
    old = {f"version_{each.pk}": each.version - 1 for each in alerts}
    signed_in("zhen").post("/alerts/batches/999901001-not_eligible/", ticked | old)
    assert not Alert.objects.filter(state="closed").exists()


def test_empty_batches_say_so(people: dict[str, User], signed_in: SignedIn) -> None:
    assert "No report waits" in page(signed_in("zhen"), "/alerts/batches/")
    assert "No report waits" in page(signed_in("zhen"), "/alerts/batches/999901001-not_eligible/")


@pytest.mark.parametrize("verb", STEPS)
def test_every_form_opens(verb: str, people: dict[str, User], signed_in: SignedIn) -> None:
    assert "<form" in page(signed_in("zhen"), f"/alerts/{reported(people).pk}/way/{verb}/")


def test_the_leader_finds_what_came_back_three_times(people: dict[str, User], signed_in: SignedIn) -> None:
    alert = reported(people, Reported("decline", "not_eligible"))
    reviewing.give_back(alert, [ReturnItem("photos")], "缺照片", by=people["zhen"])
    Alert.objects.filter(pk=alert.pk).update(returned=3)
    assert "Reports sent back three times or more: 1" in page(signed_in("zhenling"), "/")


def test_the_reviewer_finds_batches_and_second_checks_at_home(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    batches.draw_one(reported(people), by=people["zhen"])
    reported(people)
    home = page(signed_in("zhen"), "/")
    assert "Reports to confirm in batches: 1" in home
    assert "Households drawn to be checked once more: 1" in home
