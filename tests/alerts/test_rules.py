"""Rules of dispatch: they work at night in their keeper's name, tell what they did, and rest where the keeper left."""

import datetime

import pytest

from alerts.models import BulkAct, Rule
from alerts.rules.keeping import end, keep
from alerts.rules.running import night_work
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.alerts.made import DAY
from tests.alerts.test_pages import SignedIn, page
from tests.alerts.warnings import plant, states
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP

STAY = "medical_single_stay"

pytestmark = pytest.mark.usefixtures("english")


def rule(kind: str, area: str, **fields: object) -> Rule:
    return Rule(kind=kind, area_id=area, from_day=DAY, **fields)


def night() -> None:
    night_work(by=User.objects.built_in("system"), on=DAY)


def test_one_night_dispatches_and_assigns_what_fits(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 4)
    keep(rule("assign", TOWNSHIP), by=people["zhen"])
    keep(rule("dispatch", COUNTY, standards=[STAY]), by=people["xian"])
    night()
    assert states(alerts) == ["assigned"] * 4
    assert set(BulkAct.objects.values_list("by__username", "rule__kind")) == {
        ("xian", "dispatch"), ("zhen", "assign"),
    }  # fmt: skip
    assert Notice.objects.get(recipient=people["xian"], kind="alerts_by_rule").count == 4
    assert Notice.objects.get(recipient=people["zhen"], kind="alerts_by_rule").count == 4
    night()
    assert BulkAct.objects.count() == 2, "there is nothing left to do"


@pytest.mark.parametrize("fields", [{"standards": ["house_unsafe"]}, {"bands": ["1"]}])
def test_what_does_not_fit_waits_for_people(people: dict[str, User], fields: dict[str, list[str]]) -> None:
    alerts = plant(people["xian"], 2)
    keep(rule("dispatch", COUNTY, **fields), by=people["xian"])
    night()
    assert states(alerts) == ["raised"] * 2


def test_the_next_county_keeps_its_own_rules(people: dict[str, User]) -> None:
    there = plant(people["lin_xian"], 1, area=NEIGHBOUR_VILLAGE)
    keep(rule("dispatch", COUNTY), by=people["xian"])
    night()
    assert states(there) == ["raised"]
    with pytest.raises(Refused):
        keep(rule("dispatch", NEIGHBOUR_COUNTY), by=people["xian"])
    with pytest.raises(Refused):
        keep(rule("dispatch", COUNTY), by=people["zhen"])


def test_nobody_gets_more_than_the_rule_allows(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 12)
    keep(rule("dispatch", COUNTY), by=people["xian"])
    keep(rule("assign", TOWNSHIP, most_open=1), by=people["zhen"])
    night()
    sent = states(alerts).count("assigned")
    assert 0 < sent < 12, "one each, the others wait"
    night()
    assert states(alerts).count("assigned") == sent


def test_a_rule_rests_where_its_keeper_has_left(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 1)
    kept = keep(rule("dispatch", COUNTY), by=people["xian"])
    Posting.objects.filter(user=people["xian"]).update(until_day=DAY - datetime.timedelta(days=1))
    Posting.objects.filter(user=people["lin_xian"]).update(area=COUNTY)
    night()
    night()
    kept.refresh_from_db()
    assert (states(alerts), kept.rests_since) == (["raised"], DAY)
    assert Notice.objects.get(recipient=people["lin_xian"], kind="rule_rests").count == 1


def test_an_ended_rule_does_nothing(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 1)
    kept = keep(rule("dispatch", COUNTY), by=people["xian"])
    end(kept, by=people["xian"])
    night()
    assert states(alerts) == ["raised"]
    with pytest.raises(Refused, match="already"):
        end(kept, by=people["xian"])
    assert Entry.objects.filter(verb__startswith="alert.rule_").count() == 2


def test_rules_are_kept_on_a_page(people: dict[str, User], signed_in: SignedIn) -> None:
    plant(people["xian"], 2)
    client = signed_in("xian")
    assert "No rules yet" in page(client, "/alerts/rules/")
    address = "/alerts/rules/new/?kind=dispatch"
    assert "with your rights" in page(client, address)
    typed = {"area": COUNTY, "from_day": "2026-11-04", "standards": [STAY]}
    refused = client.post(address, typed | {"until_day": "2026-11-01"})
    assert "The last day lies before the first." in refused.content.decode()
    assert client.post(address, typed)["Location"] == "/alerts/rules/"
    assert "now it would take 2 warnings" in page(client, "/alerts/rules/")
    kept = Rule.objects.get()
    assert client.post(f"/alerts/rules/{kept.pk}/", typed | {"standards": []}).status_code == 302
    kept.refresh_from_db()
    assert kept.standards == []
    assert client.get("/alerts/rules/new/?kind=assign").status_code == 404
    assert signed_in("lin_xian").get(f"/alerts/rules/{kept.pk}/").status_code == 404
    assert client.post(f"/alerts/rules/{kept.pk}/end/").status_code == 302
    assert "ended" in page(client, "/alerts/rules/")
