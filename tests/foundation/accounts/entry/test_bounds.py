"""Lengths, minutes and days by role: values that an area may make stricter and nobody looser (L02, L04, L08)."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone, translation

from foundation.accounts import clock
from foundation.accounts.entry import bounds, passwords, sessions, unused
from foundation.accounts.models import User
from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, Role
from foundation.regulations.models import Subject
from tests.foundation.regulations.made import says
from tests.people import COUNTY, TOWNSHIP

People = dict[str, User]
ALL = (bounds.IDLE_MINUTES, bounds.HOURS, bounds.LENGTH, bounds.PASSWORD_DAYS, bounds.UNUSED_DAYS)
STRONG = "spring-begins-4-and-rain-5"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("bound", ALL, ids=lambda bound: bound.subject)
def test_what_ships_is_what_the_settings_say(bound: bounds.Bound, people: People) -> None:
    for role in Role:
        subject = bound.subject + (bound.suffix if role in bound.group else "")
        assert (
            ordinances().amount(subject, "", clock.today())
            == bound.setting(role)
            == bound.of(role, COUNTY, clock.today())
        )


@pytest.mark.parametrize("bound", ALL, ids=lambda bound: bound.subject)
def test_an_area_may_be_stricter_and_never_looser(bound: bounds.Bound, people: People) -> None:
    subject = Subject.objects.get(pk=bound.subject)
    assert subject.local
    assert subject.floor_from_above == bound.longer_is_stricter
    assert subject.ceiling_from_above != bound.longer_is_stricter
    own = bound.setting(Role.COUNTY_DISPATCHER)
    looser, stricter = (own - 1, own + 1) if bound.longer_is_stricter else (own + 1, own - 1)
    stricter = max(stricter, bound.sense) if not bound.longer_is_stricter else stricter
    says(bound.subject, COUNTY, "2026-01-01", str(looser))
    assert bound.of(Role.COUNTY_DISPATCHER, TOWNSHIP, clock.today()) == own
    says(bound.subject, COUNTY, "2026-02-01", str(stricter))
    assert bound.of(Role.COUNTY_DISPATCHER, TOWNSHIP, clock.today()) == stricter
    assert bound.of(Role.COUNTY_DISPATCHER, "999902", clock.today()) == own, "the neighbours keep theirs"


@pytest.mark.parametrize("bound", ALL, ids=lambda bound: bound.subject)
def test_no_value_shuts_everybody_out(bound: bounds.Bound, people: People) -> None:
    says(bound.subject, COUNTY, "2026-01-01", "9999" if bound.longer_is_stricter else "0")
    assert bound.of(Role.COUNTY_DISPATCHER, COUNTY, clock.today()) == bound.sense


def test_l04_a_stricter_county_ends_sessions_sooner(people: People) -> None:
    says("session_idle_minutes", COUNTY, "2026-01-01", "10")
    client = Client()
    client.force_login(people["cun"])
    assert client.get("/me/").status_code == 200
    session = client.session
    session[sessions.SEEN] = (timezone.now() - datetime.timedelta(minutes=11)).isoformat()
    session.save()
    assert client.get("/me/").status_code == 302
    idle, _longest = sessions.limits_of(people["lin_cun"])
    assert idle == datetime.timedelta(minutes=30)


def test_l02_a_stricter_county_asks_for_longer_and_newer_passwords(people: People) -> None:
    says("password_length", COUNTY, "2026-01-01", "20")
    with pytest.raises(Refused, match="20 characters"):
        passwords.check_new(people["cun"], "spring-begins-4")
    passwords.check_new(people["cun"], STRONG)
    passwords.check_new(people["lin_cun"], "spring-begins-4")
    says("password_days", COUNTY, "2026-01-01", "30")
    for name in ("cun", "lin_cun"):
        people[name].password_chosen_at = timezone.now() - datetime.timedelta(days=31)
    assert passwords.is_over(people["cun"])
    assert not passwords.is_over(people["lin_cun"])


def test_l08_a_stricter_county_closes_unused_accounts_sooner(people: People) -> None:
    says("account_unused_days", COUNTY, "2026-01-01", "30")
    User.objects.filter(is_built_in=False).update(
        created_on=clock.today() - datetime.timedelta(days=31), enabled_on=None, last_login=None
    )
    unused.close(by=User.objects.built_in("system"))
    closed = set(User.objects.filter(is_active=False, is_built_in=False).values_list("username", flat=True))
    assert "xian" in closed
    assert not {"cun", "lin_xian", "shi"} & closed, (
        "villages have a year, other counties and the city ninety days"
    )


def test_who_holds_no_post_has_what_the_settings_say(people: People) -> None:
    stranger = User(username="stranger", pk=999999)
    assert bounds.IDLE_MINUTES.strictest(stranger) == configured.SESSION_IDLE_MINUTES
    assert bounds.LENGTH.strictest(people["xitong"]) == 16
    assert {bounds.HOURS.of(role, COUNTY, clock.today()) for role in ADMINISTRATORS} == {8}


def test_the_page_of_sessions_tells_the_areas_own_minutes(people: People, settings: Any) -> None:
    says("session_idle_minutes", COUNTY, "2026-01-01", "10")
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["cun"])
    assert "10 minutes" in client.get("/me/sessions/").content.decode()
