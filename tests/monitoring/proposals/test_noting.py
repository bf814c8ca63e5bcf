"""Whom a department registers here while they are a member elsewhere: the pair is noted, the proposal waits."""

from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.models import Duplicate, Household, Resident
from tests.households.families import make_household
from tests.monitoring.feeds import number_of
from tests.monitoring.proposals.conftest import Compare
from tests.monitoring.proposals.test_events import Member, SignedIn, registered
from tests.people import NEIGHBOUR_VILLAGE

HEAD, COUSIN = "01", "28"


def test_who_is_a_member_elsewhere_is_noted_from_the_registered_arrival(
    people: dict[str, User], home: Household, member: Member, compare: Compare, signed_in: SignedIn
) -> None:
    there = make_household("LX000009", "石大暑", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    came = Resident.objects.get(household=there)
    row = registered(people, compare, {
        "身份证号": number_of(came), "姓名": came.name, "变动类型": "迁入", "变动日期": "2026-10-01",
        "户主身份证号": number_of(member(HEAD)),
    })  # fmt: skip
    page: Client = signed_in("cun")
    address = reverse("proposals:enter", args=[row.pk])
    sent = {
        "name": came.name, "relation": COUSIN, "happened_on": "2026-10-01", "paper": "户口簿", "look": "1",
    }  # fmt: skip
    refused = page.post(address, sent).content.decode()
    assert 'name="note_pair"' in refused
    assert "LX000009" not in refused
    assert there.area.name not in refused
    answer = page.post(address, sent | {"note_pair": "1"})
    pair = Duplicate.objects.get()
    assert answer.headers["Location"] == reverse("register:duplicate", args=[pair.pk])
    assert (pair.household, pair.claimed_code, pair.noted_by) == (there, home.code, people["cun"])
    row.refresh_from_db()
    assert row.state == "proposed", "it is taken or refused once the pair is decided"
