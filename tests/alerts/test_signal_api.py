"""Reports and single signals by the API: the forms and people of their pages, and nobody beside them."""

from collections.abc import Callable
from typing import Any

import pytest

from alerts.models import Signal
from foundation.accounts.models import User
from households.models import Household
from tests.alerts.made import the_alert
from tests.households.families import make_household
from tests.people import NEIGHBOUR_VILLAGE
from tests.programs import Program, programs, smuggled, stands

Programs = Callable[[str], Program]
WHY = {"reason": "不是这一户的事"}


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def body(home: Household, **changes: Any) -> dict[str, Any]:
    """Return what a village heard of a household."""
    usual = {
        "household": home.pk,
        "channel": "visit",
        "day": "2026-11-04",
        "event_kind": "illness",
        "text": "女儿住院",
    }
    return usual | changes


def test_a_report_opens_a_warning_and_the_next_one_joins_it(api: Programs, home: Household) -> None:
    first = api("cun").post(
        "signals-list", body(home, resident=str(home.residents.get(relation="01").pk)), status=201
    )
    alert = the_alert(home)
    assert (first["alert"], alert.state, alert.channels) == (alert.pk, "raised", ["visit"])
    next_one = api("cun").post(
        "signals-list", body(home, channel="self_report", event_kind="disaster"), status=201
    )
    assert (next_one["alert"], alert.signals.count()) == (alert.pk, 2)
    told = api("cun").get("signals-detail", pk=next_one["signal"])
    assert (told["channel"], told["day"]) == ("self_report", "2026-11")
    assert api("xian").get("signals-detail", pk=next_one["signal"])["day"] == "2026-11-04"


def test_who_sees_no_warnings_reports_and_learns_of_none(api: Programs, home: Household) -> None:
    """ASVS 8.2.3: the hotline's report is taken, and what became of it is not told."""
    told = api("rexian").post("signals-list", body(home), status=201)
    assert (told["household"], told["signal"], told["alert"]) == (home.pk, None, None)
    assert Signal.objects.filter(alert=the_alert(home)).count() == 1


def test_reported_twice_with_one_key_is_reported_once(api: Programs, home: Household) -> None:
    program = api("cun")
    program.client.defaults["HTTP_IDEMPOTENCY_KEY"] = "6f1c2a0e-3f0e-4a55-9a52-2f6a3c1b7d11"
    first, again = (program.post("signals-list", body(home), status=201) for _time in range(2))
    assert (first, Signal.objects.count()) == (again, 1)


def test_nobody_reports_of_another_area(api: Programs, people: dict[str, User], home: Household) -> None:
    """ASVS 8.2.2: a household outside cannot be named, and an office that does not report is refused."""
    far = make_household("LX000001", by=people["xian"], area=NEIGHBOUR_VILLAGE)
    told = [
        api("cun").post("signals-list", body(home, household=key), status=None)
        for key in (far.pk, 999_999_999)
    ]
    assert [(status, each["errors"]) for status, each in told] == [(422, told[0][1]["errors"])] * 2
    assert told[0][1]["errors"][0]["field"] == "household"
    assert api("yibao").post("signals-list", body(home), status=None)[0] == 403
    assert not Signal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"channel": "feed"}, "channel"), ({"event_kind": "x"}, "event_kind"), ({"text": " "}, "text"),
     ({"day": "2026-11-05"}, "day"), ({"resident": "1"}, "resident"), ({"text": "x" * 501}, "text")],
)  # fmt: skip
def test_what_the_page_refuses_is_refused_here(
    api: Programs, home: Household, changes: dict[str, Any], field: str
) -> None:
    """ASVS 2.2.2: a shape that cannot be is answered 400, what the form refuses 422; either names its field."""
    status, told = api("cun").post("signals-list", body(home, **changes), status=None)
    assert (status in (400, 422), told["errors"][0]["field"]) == (True, field)
    assert not Signal.objects.exists()


def test_15_3_3_what_else_is_sent_changes_nothing(
    api: Programs, people: dict[str, User], home: Household
) -> None:
    """ASVS 15.3.3: every column of a signal sent along leaves what the report alone would have left."""
    other = make_household("YS000902", "沈立夏", by=people["xian"])
    plain = api("cun").post("signals-list", body(home), status=201)
    more = api("cun").post("signals-list", smuggled(Signal, "ConcernToldRequest", body(other)), status=201)
    rows = [Signal.objects.get(pk=told["signal"]) for told in (plain, more)]
    own = ("id", "alert_id", "attached_at", "cause")
    assert stands(rows[0], but=own) == stands(rows[1], but=own)


def test_a_single_signal_is_sorted_by_the_dispatcher(api: Programs, home: Household) -> None:
    kept, odd = (
        api("cun").post("signals-list", body(home, event_kind=kind), status=201)["signal"]
        for kind in ("illness", "disaster")
    )
    assert api("cun").post("signals-detach", WHY, status=None, pk=odd)[0] == 403
    assert api("lin_zhen").post("signals-detach", WHY, status=None, pk=odd)[0] in (403, 404)
    assert api("xian").post("signals-detach", {"reason": " "}, status=None, pk=odd)[0] in (400, 422)
    assert api("xian").post("signals-detach", WHY, pk=odd)["detached_at"]
    assert api("xian").post("signals-detach", WHY, status=None, pk=kept)[0] == 409  # the last one
    assert api("xian").post("signals-attach", WHY, pk=odd)["detached_at"] is None
    assert api("xian").post("signals-attach", WHY, status=None, pk=odd)[0] == 409
    assert api("xian").post("signals-cause", {"apart": True}, pk=odd)["apart"] is True
    assert api("xian").post("signals-cause", {"apart": True}, status=None, pk=odd)[0] == 409
    assert Signal.objects.get(pk=odd).apart
