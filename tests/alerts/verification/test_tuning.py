"""“Needs tuning”: said in one press at a warning, answered by who runs the comparison."""

from collections.abc import Callable

import pytest
from django.test import Client

from alerts.models import Alert
from alerts.reporting import Told, report
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.workflow.move import Request
from households.models import Household
from monitoring.models import TuningRequest
from monitoring.tuning.asking import answer, ask_tuning
from monitoring.tuning.listing import to_answer
from tests.alerts.made import DAY, find, follow, run_of, the_alert

STAY = "medical_single_stay"
SignedIn = Callable[[str], Client]


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household with a stay."""
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"))
    follow(run)
    return the_alert(home)


def test_one_press_tells_the_owner_of_the_standard(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    signal = alert.signals.get()
    page = signed_in("cun").get(f"/alerts/{alert.pk}/").content.decode()
    assert f"/alerts/signals/{signal.pk}/tune/" in page
    done = signed_in("cun").post(f"/alerts/signals/{signal.pk}/tune/", follow=True)
    assert done.redirect_chain == [(f"/alerts/{alert.pk}/", 302)]
    asked = TuningRequest.objects.get()
    assert (asked.standard_id, asked.alert, asked.asked_by) == (STAY, alert.pk, people["cun"])
    assert Notice.objects.get(kind="tuning_asked").recipient == people["xian"]
    assert [item.url for item in to_answer(people["xian"])] == [f"/standards/{STAY}/?area=999901#tuning"]
    assert not to_answer(people["zhen"])


def test_it_is_said_once_until_it_is_answered(alert: Alert, people: dict[str, User]) -> None:
    finding = alert.signals.get().finding
    asked = ask_tuning(finding, alert=alert.pk, area=alert.area_id, by=people["cun"])
    with pytest.raises(Refused):
        ask_tuning(finding, alert=alert.pk, area=alert.area_id, by=people["zhen"])
    answer(asked, Request("keep", reason="线是县里定的"), by=people["xian"])
    assert Notice.objects.get(kind="tuning_answered").recipient == people["cun"]
    ask_tuning(finding, alert=alert.pk, area=alert.area_id, by=people["zhen"])


@pytest.mark.parametrize("name", ["shending", "lingdao", "lin_xian", "lin_cun", "yibao"])
def test_who_reports_nothing_here_says_nothing_of_standards(
    alert: Alert, people: dict[str, User], name: str
) -> None:
    with pytest.raises(Refused):
        ask_tuning(alert.signals.get().finding, alert=alert.pk, area=alert.area_id, by=people[name])


def test_the_answer_stands_on_the_page_of_the_standard(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    asked = ask_tuning(alert.signals.get().finding, alert=alert.pk, area=alert.area_id, by=people["cun"])
    form = {"reason": "线上调到一万二", "happened_on": str(DAY), "version": 1}
    assert signed_in("zhen").post(f"/tuning/{asked.pk}/tune/", form).status_code == 403
    assert signed_in("lin_xian").post(f"/tuning/{asked.pk}/tune/", form).status_code == 404
    done = signed_in("xian").post(f"/tuning/{asked.pk}/tune/", form, follow=True)
    assert "线上调到一万二" in done.content.decode()
    asked.refresh_from_db()
    assert asked.state == "tuned"
    assert "线上调到一万二" in signed_in("cun").get(f"/standards/{STAY}/").content.decode()


def test_a_report_of_people_has_no_standard_to_tune(
    alert: Alert, home: Household, people: dict[str, User], signed_in: SignedIn
) -> None:
    signal = report(home, Told("visit", DAY, "illness", "住院"), by=people["cun"])
    assert signed_in("cun").post(f"/alerts/signals/{signal.pk}/tune/").status_code == 404
