"""What hangs on an area follows it when it gives way: people, stand-ins, labels, paths, loans, homes."""

import datetime

import pytest

from foundation.accounts import areas
from foundation.accounts.models import Area, AreaSuccession, Loan, Posting, RoleLabel, StandIn, User
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.regulations import lookup
from foundation.regulations.models import Holiday, Value
from foundation.regulations.models.values import Origin
from foundation.workflow.models import Path
from tests.people import FIRST_DAY, VILLAGE

TODAY = datetime.date(2026, 11, 4)
YESTERDAY = datetime.date(2026, 11, 3)
OTHER_VILLAGE = "999901001002"
OTHER_TOWNSHIP = "999901002"
DOCUMENT = "示例民函〔2026〕1号"


@pytest.fixture
def admin(people: dict[str, User]) -> User:
    """The system administrator of the first county."""
    return people["xitong"]


def area(code: str) -> Area:
    return Area.objects.get(pk=code)


def test_people_go_on_in_the_successor_from_that_day(admin: User, people: dict[str, User]) -> None:
    areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    old, new = Posting.objects.filter(user=people["cun"]).order_by("from_day")
    assert (old.area_id, old.until_day) == (VILLAGE, YESTERDAY)
    assert (new.area_id, new.from_day, new.until_day) == (OTHER_VILLAGE, TODAY, None)
    assert {duty.area for duty in User.objects.get(username="cun").duties()} == {OTHER_VILLAGE}
    assert Entry.objects.filter(verb="posting.followed_area", area=OTHER_VILLAGE).count() == 5


def test_who_stands_in_goes_along(admin: User, people: dict[str, User]) -> None:
    StandIn.objects.create(
        posting=people["cun"].postings.get(),
        substitute=people["shuji"],
        from_day=datetime.date(2026, 11, 1),
        until_day=datetime.date(2026, 11, 30),
        reason="产假",
    )
    areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    old, new = StandIn.objects.order_by("from_day")
    assert (old.until_day, new.from_day) == (YESTERDAY, TODAY)
    assert new.posting.area_id == OTHER_VILLAGE
    assert str(new.until_day) == "2026-11-30"


def test_a_posting_that_began_only_now_is_withdrawn_and_goes_on(admin: User, people: dict[str, User]) -> None:
    people["cun"].postings.update(from_day=TODAY)
    areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    assert Posting.objects.get(user=people["cun"], area=VILLAGE).withdrawn_on == TODAY
    assert Posting.objects.in_force().get(user=people["cun"]).area_id == OTHER_VILLAGE


def test_who_holds_the_same_post_there_does_not_get_it_twice(admin: User, people: dict[str, User]) -> None:
    Posting.objects.create(
        user=people["wangge"], role=Role.GRID_MEMBER, area=area(OTHER_VILLAGE), from_day=FIRST_DAY
    )
    areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    assert Posting.objects.in_force().filter(user=people["wangge"]).count() == 1


def test_running_loans_and_homes_follow(admin: User, people: dict[str, User]) -> None:
    loan = Loan.objects.create(
        borrower=people["bangfu"], model="x.y", object_id="1", area=area(VILLAGE),
        from_day=FIRST_DAY, until_day=TODAY, reason="x",
    )  # fmt: skip
    User.objects.filter(pk=people["cun"].pk).update(home=VILLAGE)
    areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    loan.refresh_from_db()
    assert loan.area_id == OTHER_VILLAGE
    assert User.objects.get(username="cun").home_id == OTHER_VILLAGE


def test_people_go_on_in_every_successor(admin: User, people: dict[str, User]) -> None:
    third = areas.add("999901001003", "白露村", by=admin)
    areas.split(area(VILLAGE), [area(OTHER_VILLAGE), third], by=admin, reason=DOCUMENT)
    held = Posting.objects.in_force().filter(user=people["cun"]).values_list("area_id", flat=True)
    assert sorted(held) == [OTHER_VILLAGE, "999901001003"]
    assert AreaSuccession.objects.filter(kind="split").count() == 2


def test_role_labels_and_paths_hold_under_the_new_code_but_not_after_a_merger(admin: User) -> None:
    RoleLabel.objects.create(area=area(VILLAGE), role="grid_member", label="网格长", from_day=FIRST_DAY)
    Path.objects.create(kind="x", area=area(VILLAGE), from_day=FIRST_DAY, steps=[1], digest="d", source={})
    new = areas.renumber(area(VILLAGE), "999901001003", by=admin, reason=DOCUMENT)
    assert RoleLabel.objects.get(area=new, from_day=TODAY).label == "网格长"
    assert Path.objects.get(area=new, from_day=TODAY).steps == [1]
    areas.merge(new, area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
    assert not RoleLabel.objects.filter(area=OTHER_VILLAGE).exists()
    assert not Path.objects.filter(area=OTHER_VILLAGE).exists()


def test_values_and_holidays_of_an_area_are_those_of_its_new_code(admin: User) -> None:
    shipped = Value.objects.filter(area="").first()
    assert shipped is not None
    own = Value.objects.get(pk=shipped.pk)
    own.pk, own.area, own.origin, own.used_on = None, VILLAGE, Origin.LOCAL, FIRST_DAY
    own.save()
    Holiday.objects.create(day=TODAY, area=VILLAGE, kind="rest", name="三月三")
    before = lookup.value(own.subject_id, area="999901001003", klass=own.population)
    areas.renumber(area(VILLAGE), "999901001003", by=admin, reason=DOCUMENT)
    after = lookup.value(own.subject_id, area="999901001003", klass=own.population)
    assert (before.value.area, after.value.area) == ("", "999901001003")  # type: ignore[union-attr]
    assert after.value.used_on is None  # type: ignore[union-attr]
    assert Holiday.objects.get(area="999901001003").name == "三月三"
