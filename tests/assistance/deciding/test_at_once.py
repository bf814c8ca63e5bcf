"""Two county approvers decide the same case at the same moment: exactly one does."""

import datetime
import threading

from django.db import connection

from assistance.deciding.batches import Paper, approve_many
from assistance.models import Case, CaseBatchItem
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from tests.assistance.deciding.made import at_decision
from tests.foundation.regulations.made import says
from tests.people import COUNTY, FIRST_DAY, make_areas, make_people


def test_of_two_approvals_at_once_exactly_one_is_made(own_database: str) -> None:
    areas = make_areas()
    people = make_people(areas)
    second = User.objects.create(username="shending2", name="shending2")
    Posting.objects.create(user=second, role=Role.COUNTY_APPROVER, area=areas[COUNTY], from_day=FIRST_DAY)
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    key, begin = at_decision(people).pk, threading.Barrier(2)

    def approve(name: str, number: str) -> None:
        case = Case.objects.select_related("household").get(pk=key)
        by = User.objects.get(username=name)
        begin.wait(timeout=60)
        try:
            approve_many([case], Paper(datetime.date(2026, 11, 4), number=number), by=by)
        finally:
            connection.close()

    papers = (("shending", "7号"), ("shending2", "8号"))
    threads = [threading.Thread(target=approve, args=each) for each in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert Passage.objects.filter(verb="approve", object_id=str(key)).count() == 1
    assert Entry.objects.filter(verb="case.approve").count() == 1
    results = CaseBatchItem.objects.filter(case=key, batch__kind="approval").values_list("result", flat=True)
    assert sorted(results) == ["done", "left"]
