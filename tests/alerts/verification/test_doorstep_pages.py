"""The pages of who is sent: the own list, the form of the check, the call in one press, the four tiles."""

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alerts.models import Alert
from alerts.verification.own_list import own_list
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.home import tiles
from foundation.ledger.models import Entry
from households.income.stating import Stated, state
from households.models import Household, Visit, VisitDraft
from households.visits.purposes import steps_after
from tests.alerts.verification.doorstep import NO_RISK, checked, purpose_of
from tests.alerts.verification.made import assigned
from tests.households.families import make_household

SignedIn = Callable[[str], Client]
#: The most that somebody types at one door in the common case.
MOST_TYPED = 12
_TYPED = frozenset({"text", "number", "date", "time", "tel", "search", "email"})
_HIDING = ("data-unless-home", "data-late")


class Fields(HTMLParser):
    """Counts the fields of a form that have to be typed: shown at the beginning, and empty."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []
        self._hidden: list[str] = []
        self._form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._form = self._form or (tag == "form" and "data-visit" in given)
        hides = tag == "details" or (tag == "div" and any(name in given for name in _HIDING))
        if hides or (tag == "div" and self._hidden):
            self._hidden.append(tag)
        elif self._form and not self._hidden:
            empty = tag == "textarea" or (
                tag == "input" and given.get("type") in _TYPED and not given.get("value")
            )
            self.typed += [str(given["name"])] if empty else []

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in ("details", "div") and self._hidden[-1] == tag:
            self._hidden.pop()
        self._form = self._form and tag != "form"


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """A household as registers have them: an income of the last year, and a telephone."""
    made = make_household(
        "YS000001", "沈立夏", "柳霜降", "沈秋分", "贺春分", by=people["xian"], phone="13800000000"
    )
    parts = {"A": "24000", "B": "6000", "C": "0", "D": "3200", "E": "1500", "F": "0"}
    stated = Stated({code: Decimal(amount) for code, amount in parts.items()}, 4, clock.today())
    state(made, stated, by=people["xian"])
    return made


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """An alert that the assistant was sent for."""
    return assigned(people, home, "cun")


def form_of(alert: Alert) -> str:
    return reverse("households:visit_write", args=[alert.household_id]) + "?form=doorstep"


def sent(alert: Alert, **changes: object) -> dict[str, object]:
    """Return what a phone sends of a whole check."""
    head = alert.household.residents.get(relation="01")
    usual: dict[str, object] = {
        "way": "home", "outcome": "met", "met": [head.pk], "happened_on": "2026-11-04", "at": "09:30",
        "no_place": "no_signal", "purposes": [purpose_of(alert).key], "key": "11111111-2222-4333-8444-555555555555",
        **{f"q_{code}": answer for code, answer in NO_RISK.items()},
    }  # fmt: skip
    return usual | changes


def test_the_common_check_has_at_most_twelve_fields_to_type(alert: Alert, signed_in: SignedIn) -> None:
    fields = Fields()
    fields.feed(signed_in("cun").get(form_of(alert)).content.decode())
    assert "q_found" in fields.typed
    assert "q_medical_paid" in fields.typed
    assert "q_wages" not in fields.typed
    assert len(fields.typed) <= MOST_TYPED, fields.typed


def test_what_is_known_says_from_where_and_of_when(alert: Alert, signed_in: SignedIn) -> None:
    form = signed_in("cun").get(form_of(alert)).context["form"]
    known = {field.name: field for section in form.sections() for field in section.known}
    assert known["q_wages"].value() == "24000"
    assert clock.today().isoformat() in known["q_wages"].help_text


def test_the_warning_opens_the_doorstep_check_and_settles_with_one_press(
    alert: Alert, signed_in: SignedIn
) -> None:
    cun = signed_in("cun")
    shown = cun.get(reverse("households:visit_write", args=[alert.household_id]))
    assert shown.context["declared"].code == "doorstep"
    answer = cun.post(form_of(alert), sent(alert))
    visit = Visit.objects.get()
    assert answer["Location"] == reverse("households:visit", args=[visit.pk])
    alert.refresh_from_db()
    assert (alert.state, alert.visit) == ("reported", visit)
    again = cun.post(form_of(alert), sent(alert))
    assert again.status_code == 200
    assert Visit.objects.count() == 1


def test_an_opinion_from_income_alone_stands_refused_at_its_field(alert: Alert, signed_in: SignedIn) -> None:
    alone = sent(alert, q_expense_part="", q_hardship_part="", q_coping_part="", q_found="只看收入")
    answer = signed_in("cun").post(form_of(alert), alone)
    assert set(answer.context["form"].errors) == {"q_expense_part"}
    assert "只看收入" in answer.content.decode()
    assert not Visit.objects.exists()
    assert not VisitDraft.objects.exists()


def test_opening_the_work_is_kept_once_and_only_of_who_was_sent(alert: Alert, signed_in: SignedIn) -> None:
    signed_in("shuji").get(form_of(alert))
    signed_in("zhen").get(f"/alerts/{alert.pk}/")
    alert.refresh_from_db()
    assert alert.opened_by_visitor_at is None
    signed_in("cun").get(form_of(alert))
    alert.refresh_from_db()
    first = alert.opened_by_visitor_at
    assert first is not None
    signed_in("cun").get(f"/alerts/{alert.pk}/")
    alert.refresh_from_db()
    assert alert.opened_by_visitor_at == first
    assert Entry.objects.filter(verb="alert.opened_by_visitor").count() == 1


def test_a_call_is_one_press_and_its_reason_is_the_work(alert: Alert, signed_in: SignedIn) -> None:
    shown = signed_in("cun").post(reverse("alerts:call", args=[alert.pk])).content.decode()
    assert 'href="tel:13800000000" data-dial' in shown
    assert Entry.objects.filter(verb="identity.revealed", object_id=str(alert.household_id)).count() == 1
    assert Entry.objects.filter(verb="alert.called", object_id=str(alert.pk)).count() == 1
    alert.refresh_from_db()
    assert alert.opened_by_visitor_at is not None


@pytest.mark.parametrize("username", ["zhen", "xian"])
def test_nobody_else_calls_without_saying_why(alert: Alert, signed_in: SignedIn, username: str) -> None:
    answer = signed_in(username).post(reverse("alerts:call", args=[alert.pk]))
    assert "13800000000" not in answer.content.decode()
    assert not Entry.objects.filter(verb="identity.revealed").exists()


def test_work_that_was_reported_is_called_no_more(
    alert: Alert, signed_in: SignedIn, people: dict[str, User]
) -> None:
    checked(alert, people["cun"])
    answer = signed_in("cun").post(reverse("alerts:call", args=[alert.pk]), follow=True)
    assert "message-error" in answer.content.decode()


def test_the_own_list_counts_today_and_overdue_and_keeps_what_was_done(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    late = assigned(people, make_household("YS000002", "方小满", by=people["xian"]), "cun")
    today = clock.today()
    Alert.objects.filter(pk=alert.pk).update(step_due_on=today)
    Alert.objects.filter(pk=late.pk).update(step_due_on=today - datetime.timedelta(days=2))
    found = own_list(people["cun"])
    assert (found.total, found.today, found.overdue) == (2, 1, 1)
    assert [(work.head, work.may_call, work.photos) for work in found.works] == [
        ("方小满", False, ""), ("沈立夏", True, ""),
    ]  # fmt: skip
    visit = checked(alert, people["cun"])
    found = own_list(people["cun"])
    assert [work.head for work in found.works] == ["方小满"]
    assert [work.photos for work in found.done] == [f"/households/visits/{visit.pk}/#visit-photos"]
    shown = signed_in("cun").get(reverse("alerts:mine")).content.decode()
    assert re.search(r"方小满.*沈立夏", shown, re.DOTALL)
    assert own_list(people["shuji"]).total == 0


def test_attempts_are_counted_on_the_own_list(alert: Alert, people: dict[str, User]) -> None:
    for _number in range(2):
        checked(alert, people["cun"], {}, outcome="nobody", met=[])
    assert [work.attempts for work in own_list(people["cun"]).works] == [2]


def test_three_attempts_let_the_assistant_report_that_nobody_could_be_reached(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    address, cun = reverse("alerts:unreachable", args=[alert.pk]), signed_in("cun")
    for number in range(3):
        assert "form" in cun.post(address, {"reason": "全家外出"}).context
        visit = checked(alert, people["cun"], {}, outcome="nobody", met=[])
        offered = [step.url for step in steps_after(visit, people["cun"])]
        assert (address in offered) is (number == 2)
    assert cun.post(address, {"reason": "三次都没人"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.reported_outcome, alert.visit) == ("reported", "unreachable", visit)


def test_the_phone_home_has_the_four_tiles_each_with_its_count(alert: Alert, people: dict[str, User]) -> None:
    assert list(_counts(people["cun"])) == [
        "Monitoring and screening", "Information to hand up", "Data comparison", "Checks and reviews",
    ]  # fmt: skip
    assert (_counts(people["cun"])["Checks and reviews"], _counts(people["zhen"])["Checks and reviews"]) == (
        1,
        0,
    )
    checked(alert, people["cun"])
    assert _counts(people["cun"])["Information to hand up"] == 1
    assert (_counts(people["cun"])["Checks and reviews"], _counts(people["zhen"])["Checks and reviews"]) == (
        0,
        1,
    )
    assert _counts(people["cun"])["Data comparison"] == 1
    assert _counts(people["lingdao"]) == {}


def _counts(user: User) -> dict[str, int]:
    with translation.override("en"):
        return dict(_told(user))


def _told(user: User) -> Iterator[tuple[str, int]]:
    for tile in tiles(user):
        yield str(tile.label), tile.count
