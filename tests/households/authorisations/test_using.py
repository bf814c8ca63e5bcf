"""Nothing is looked up without an authorisation that covers it today; every use and every denial is on record."""

import datetime

import pytest

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.move import Request
from households.authorisations.ending import end
from households.authorisations.using import DENIED, USED, in_force, use, uses_of
from households.models import Authorisation, AuthorisationMember, Household, Signature
from tests.households.authorisations.made import DAY, LAST_DAY, adults, asked, signed
from tests.households.families import make_household

ASKED = {"purpose": "asset_check", "kinds": ["vehicle"]}


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    return make_household("AU0003", "姜大雪", "柳霜降", "姜小满", "陶立秋", by=people["xian"])


@pytest.fixture
def row(home: Household, people: dict[str, User]) -> Authorisation:
    return signed(home, by=people["cun"])


def denied() -> int:
    return Entry.objects.filter(verb=DENIED).count()


def test_a_use_is_an_entry(row: Authorisation, people: dict[str, User]):
    entry = use(row, **ASKED, what="asset_check:17", by=people["zhen"])
    assert entry.verb == USED
    told = read_body(entry)
    assert told["details"] == {
        "purpose": "asset_check",
        "kinds": ["vehicle"],
        "members": [],
        "what": "asset_check:17",
    }
    assert [each.pk for each, _details in uses_of(row)] == [entry.pk]


def test_what_is_found_covers_purpose_kinds_members_and_day(home: Household, row: Authorisation):
    assert in_force(home, **ASKED) == row
    assert in_force(home, purpose="asset_check", kinds=["vehicle", "tax"]) is None
    assert in_force(home, purpose="removal_check") is None
    assert in_force(home, **ASKED, on=LAST_DAY) == row
    assert in_force(home, **ASKED, on=LAST_DAY + datetime.timedelta(days=1)) is None
    assert in_force(home, **ASKED, on=DAY - datetime.timedelta(days=1)) is None


def test_somebody_who_came_later_is_not_covered(home: Household, people: dict[str, User]):
    row = signed(home, by=people["cun"], members=adults(home))
    child = home.residents.get(relation="03")
    assert in_force(home, **ASKED, members=adults(home)) == row
    assert in_force(home, **ASKED, members=[child]) is None
    with pytest.raises(Refused):
        use(row, **ASKED, what="asset_check:1", members=[child], by=people["zhen"])


@pytest.mark.parametrize(
    "outside", [{"purpose": "removal_check", "kinds": []}, {"purpose": "asset_check", "kinds": ["tax"]}]
)
def test_outside_its_scope_it_is_denied_and_the_denial_kept(
    row: Authorisation, people: dict[str, User], outside: dict[str, object]
):
    with pytest.raises(Refused):
        use(row, **outside, what="asset_check:1", by=people["zhen"])
    assert denied() == 1
    assert not Entry.objects.filter(verb=USED).exists()


def test_a_withdrawal_blocks_the_next_use_at_once_and_leaves_the_earlier_one(
    home: Household, row: Authorisation, people: dict[str, User]
):
    use(row, **ASKED, what="asset_check:1", by=people["zhen"])
    seen = Authorisation.objects.get(pk=row.pk)
    end(row, Request("withdraw", reason="户主当面说明"), by=people["cun"])
    with pytest.raises(Refused):
        use(seen, **ASKED, what="asset_check:2", by=people["zhen"])
    assert in_force(home, **ASKED) is None
    assert [entry.verb for entry, _details in uses_of(row)] == [DENIED, USED]


def test_past_its_last_day_it_is_denied_even_before_the_night(row: Authorisation, people: dict[str, User]):
    with clock.at(LAST_DAY + datetime.timedelta(days=1)), pytest.raises(Refused):
        use(row, **ASKED, what="asset_check:1", by=people["zhen"])
    assert denied() == 1


def test_before_everybody_signed_it_is_denied(home: Household, people: dict[str, User]):
    row = asked(home, by=people["cun"])
    with pytest.raises(Refused):
        use(row, **ASKED, what="asset_check:1", by=people["zhen"])


@pytest.mark.parametrize("changed", ["text", "name", "signature"])
def test_what_was_changed_after_signing_is_denied(row: Authorisation, people: dict[str, User], changed: str):
    match changed:
        case "text":
            Authorisation.objects.filter(pk=row.pk).update(text="改")
        case "name":
            AuthorisationMember.objects.filter(authorisation=row).update(name="冒名")
        case "signature":
            Signature.objects.of(row).update(signed_on=DAY - datetime.timedelta(days=1))
    with pytest.raises(Refused):
        use(row, **ASKED, what="asset_check:1", by=people["zhen"])
    assert denied() == 1


def test_who_works_elsewhere_uses_nothing(row: Authorisation, people: dict[str, User]):
    for outsider in ("lin_zhen", "lingdao", "wangge"):
        with pytest.raises(Refused):
            use(row, **ASKED, what="asset_check:1", by=people[outsider])
    assert not Entry.objects.filter(verb__in=[USED, DENIED]).exists()


def test_a_dissolved_household_authorises_nothing(
    home: Household, row: Authorisation, people: dict[str, User]
):
    Household.objects.filter(pk=home.pk).update(dissolved_on=DAY)
    with pytest.raises(Refused):
        use(row, **ASKED, what="asset_check:1", by=people["zhen"])
    assert in_force(home, **ASKED) is None
