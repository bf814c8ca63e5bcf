"""What the brake holds back: the reason with its numbers, ten to look at, released or refused by a person."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.sign_in import BACKEND
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from monitoring.models import Finding, Run
from monitoring.runs import held
from monitoring.runs.reasons import reason_of, why_held
from monitoring.runs.worklists import held_back
from tests.households.families import make_household
from tests.monitoring.comparison.stories import compared, county, paid
from tests.monitoring.runs.made import PAID, found, ran
from tests.people import COUNTY, make_areas, make_people

People = dict[str, User]
SignedIn = Callable[[str], Client]


def url(name: str, run: Run) -> str:
    return f"{reverse(f'comparisons:{name}', args=[run.pk])}?standard={PAID}&county={COUNTY}"


def hold(people: People, count: int = 12, because: str = "more_than_usual") -> Run:
    """Make three usual comparisons, and one that holds findings back."""
    for usual in (3, 2, 1):
        ran(people["xian"], results={PAID: {"new": usual, "basis": {COUNTY: {}}}})
    run = ran(people["xian"], results={PAID: {"held": count, "basis": {COUNTY: {"contract": "b" * 64}}}})
    for number in range(count):
        home = make_household(f"YS{number:06d}", "沈立夏", by=people["xian"])
        found(run, home, result=Finding.Result.HELD, held_because=because)
    return run


class TestThePages:
    """The list and a group of it."""

    def test_the_reason_has_both_numbers_and_the_runs_behind_them(self, people: People, signed_in: SignedIn):
        run = hold(people)
        (group,) = held.groups(held.held_findings(people["xian"]))
        with translation.override("en"):
            reason = reason_of(group)
        assert "12 findings, where 2 are usual: 6.0 times as many." in str(reason.sentence)
        assert [each.count for each in reason.runs] == [1, 2, 3]
        text = signed_in("xian").get(url("held", run)).content.decode()
        assert "6.0 times as many" in text
        assert "more than 5 times the usual number, and more than 50 households" in text

    def test_everybody_sees_the_same_ten_masked(self, people: People, signed_in: SignedIn):
        run = hold(people)
        first, second = (signed_in(who).get(url("held", run)) for who in ("xian", "shending"))
        seen = [[each["finding"].pk for each in answer.context["sample"]] for answer in (first, second)]
        assert seen[0] == seen[1]
        assert len(seen[0]) == 10
        text = first.content.decode()
        assert "沈**" in text
        assert "沈立夏" not in text
        assert reverse("monitoring:finding", args=[seen[0][0]]) in text

    def test_what_changed_is_named(self, people: People):
        run = hold(people, 1, because="contract")
        (group,) = held.groups(held.held_findings(people["xian"]))
        with translation.override("en"):
            reason = reason_of(group)
        assert "The contract of the dataset" in str(reason.sentence)
        assert [each.count for each in reason.runs] == [1]
        Finding.objects.filter(run=run).update(held_because="line")
        (group,) = held.groups(held.held_findings(people["xian"]))
        with translation.override("en"):
            assert "26,000.00" in dict(reason_of(group).facts)["Line now"]

    def test_the_list_names_each_group_and_the_dispatcher_has_work(self, people: People, signed_in: SignedIn):
        run = hold(people, 3)
        answer = signed_in("xian").get(reverse("comparisons:held_list"))
        assert [(group.run, group.count, why) for group, why in answer.context["groups"]] == [
            (run, 3, why_held("more_than_usual"))
        ]
        (item,) = held_back(people["xian"])
        assert item.url == url("held", run)
        assert held_back(people["shending"]) == []
        assert held_back(people["lin_xian"]) == []

    @pytest.mark.parametrize(("who", "status"), [("lin_xian", 404), ("shending", 403), ("lingdao", 403)])
    def test_only_the_countys_dispatcher_decides(
        self, who: str, status: int, people: People, signed_in: SignedIn
    ):
        run = hold(people, 2)
        for act in ("release", "refuse"):
            assert signed_in(who).post(url(act, run), {"reason": "seen"}).status_code == status
        assert Finding.objects.filter(result="held", retracted_at__isnull=True).count() == 2

    def test_nothing_goes_without_a_reason(self, people: People, signed_in: SignedIn):
        run = hold(people, 1)
        answer = signed_in("xian").post(url("release", run), {"reason": " "})
        assert "reason" in answer.context["form"].errors
        assert held.groups(held.held_findings(people["xian"]))

    def test_what_is_refused_warns_of_nobody_and_is_asked_no_more(self, people: People, signed_in: SignedIn):
        run = hold(people, 2)
        assert signed_in("xian").post(url("refuse", run), {"reason": "以分为单位"}).status_code == 302
        assert not Finding.objects.living().exists()
        assert not held.groups(held.held_findings(people["xian"]))
        assert Entry.objects.filter(verb="findings.refused").exists()
        again = signed_in("xian").get(url("refuse", run))
        assert again.url == reverse("comparisons:run", args=[run.pk])


@pytest.fixture
def own_people(own_database: str) -> People:
    """Everybody, in a database in which a job may commit."""
    return make_people(make_areas())


def test_six_times_as_many_are_held_looked_at_released_and_taken_up(own_people: People):
    """The story of a dispatcher (field.md 2.3): one department sent a list with a wrong unit."""
    xian, homes = own_people["xian"], 72
    made = county(homes, by=xian)
    paid(made, *((f"甲{n}", f"{n}", "26000") for n in range(12)), by=xian, period="2026-09")
    for _run in range(5):
        compared(xian, standards=[PAID])
    raised = Alert.objects.count()
    assert raised == 12
    paid(made, *((f"甲{n}", f"{n}", "26000") for n in range(12, homes)), by=xian)
    run = compared(xian, standards=[PAID])
    result = run.results.get()
    assert (result.findings, result.repeated, result.held) == (72, 12, 60)
    assert Alert.objects.count() == raised
    (notice,) = Notice.objects.filter(recipient=xian, kind="findings_held")
    assert notice.count == 60
    browser = Client()
    browser.force_login(xian, backend=BACKEND)
    page = browser.get(notice.place)
    assert len(page.context["sample"]) == 10
    assert str(page.context["reason"].facts[0][1]).startswith("12")
    assert browser.post(url("release", run), {"reason": "已与医保局核实"}).status_code == 302
    assert Alert.objects.count() == homes
    result.refresh_from_db()
    assert (result.new, result.held) == (60, 0)
    assert not held_back(xian)
    assert Notice.objects.filter(kind="findings_held").count() == 1
