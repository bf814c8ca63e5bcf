"""Two people move one case at the same moment: exactly one does."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from assistance.enrolment.moved import advance
from assistance.enrolment.returning import ReturnItem, give_back
from assistance.models import Case
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from tests.assistance.made import opened, walked_to
from tests.people import COUNTY, FIRST_DAY, make_areas, make_people

Act = Callable[[Case, User], object]
ACTS: dict[str, Act] = {
    "approve": lambda case, by: advance(
        case, Request("approve", reason="同意", given={"approval": "x"}), by=by
    ),
    "decline": lambda case, by: advance(case, Request("decline", reason="不符合"), by=by),
    "return_from_county": lambda case, by: give_back(
        case, [ReturnItem("apply", "signature")], "缺签字", by=by
    ),
}


@pytest.mark.parametrize(
    "pair", [("approve", "approve"), ("approve", "decline"), ("return_from_county", "approve")]
)
def test_of_two_county_approvers_exactly_one_decides(pair: tuple[str, str], own_database: str) -> None:
    areas = make_areas()
    people = make_people(areas)
    second = User.objects.create(username="shending2", name="shending2")
    Posting.objects.create(user=second, role=Role.COUNTY_APPROVER, area=areas[COUNTY], from_day=FIRST_DAY)
    key = walked_to(opened(people), "approve", people).pk
    begin, said = threading.Barrier(2), []

    def decide(verb: str, name: str) -> None:
        case = Case.objects.select_related("household").get(pk=key)
        by = User.objects.get(username=name)
        begin.wait(timeout=60)
        try:
            ACTS[verb](case, by)
        except Refused as refused:
            said.append(str(refused.sentence))
        finally:
            connection.close()

    names = ("shending", "shending2")
    threads = [threading.Thread(target=decide, args=each) for each in zip(pair, names, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    made = Passage.objects.filter(object_id=str(key), verb__in=ACTS, model="assistance.case")
    assert made.count() == 1
    assert len(said) == 1
    assert Entry.objects.filter(verb__in=[f"case.{verb}" for verb in ACTS]).count() == 1
    case = Case.objects.get(pk=key)
    assert case.pieces.count() == (1 if case.returned else 0)
