"""Paths: read strictly, nearest area then latest day, frozen for a running object."""

import datetime

import pytest

from foundation.accounts.models import Area, User
from foundation.accounts.postings import Grant
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.desk.grants import propose
from foundation.desk.lifecycle import GRANT
from foundation.desk.models import GrantProposal
from foundation.workflow import courses
from foundation.workflow.models import CourseStep
from foundation.workflow.move import Request, move
from foundation.workflow.paths import PathError, load, paths_for, read
from tests.people import COUNTY, VILLAGE

DAY = datetime.date(2026, 11, 4)
TEXT = """
kind = "grant"
{area}
from = {day}
source = {{ title = "proposal" }}
[[step]]
code = "look"
label = "研究"
verb = "return"
skip_reasons = ["small_office"]
[[step]]
code = "decide"
label = "审批"
verb = "refuse"
waits_for = ["look"]
"""


def text(day: str = "2026-01-01", area: str = "") -> str:
    return TEXT.format(day=day, area=f'area = "{area}"' if area else "")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('waits_for = ["look"]', 'waits_for = ["later"]', "waits for"),
        ('verb = "refuse"', 'verb = "fly"', "no verb fly"),
        ('code = "decide"', 'code = "look"', "stands twice"),
        ("skip_reasons", "skip_resons", "unknown key"),
        ('label = "审批"', "", "missing key"),
    ],
)
def test_a_path_that_cannot_work_is_refused_with_its_place(old: str, new: str, sentence: str) -> None:
    with pytest.raises(PathError, match=sentence):
        read(text().replace(old, new), file="grant.toml", lifecycle=GRANT)


def test_the_nearest_area_wins_then_the_latest_day(areas: dict[str, Area]) -> None:
    country = load(read(text(), file="a", lifecycle=GRANT))
    county = load(read(text(area=COUNTY), file="b", lifecycle=GRANT))
    newer = load(read(text(day="2026-07-01", area=COUNTY), file="c", lifecycle=GRANT))
    assert paths_for("grant", [VILLAGE], DAY).get(VILLAGE) == newer
    assert paths_for("grant", [VILLAGE], datetime.date(2026, 6, 30)).get(VILLAGE) == county
    assert paths_for("grant", ["999902"], DAY).get("999902") == country
    assert paths_for("grant", [VILLAGE], datetime.date(2025, 12, 31)).get(VILLAGE) is None


def test_a_path_in_force_cannot_change(areas: dict[str, Area]) -> None:
    load(read(text(), file="a", lifecycle=GRANT))
    with pytest.raises(PathError, match="cannot change"):
        load(read(text().replace("审批", "批准"), file="a", lifecycle=GRANT))


@pytest.fixture
def proposal(people: dict[str, User], areas: dict[str, Area]) -> GrantProposal:
    load(read(text(), file="a", lifecycle=GRANT))
    made = propose(Grant(people["bangfu"], Role.FIRST_SECRETARY, areas[VILLAGE], DAY), by=people["anquan"])
    courses.begin(made, "grant")
    return made


def test_a_step_waits_for_the_one_before_it(proposal: GrantProposal, people: dict[str, User]) -> None:
    with pytest.raises(Refused, match="研究"):
        move(proposal, Request("refuse", reason="x"), by=people["xitong"])


def test_a_running_object_keeps_its_path(proposal: GrantProposal, people: dict[str, User]) -> None:
    load(read(text(day="2026-11-01").replace('waits_for = ["look"]', ""), file="b", lifecycle=GRANT))
    with pytest.raises(Refused, match="研究"):
        move(proposal, Request("refuse", reason="x"), by=people["xitong"])


def test_a_step_is_skipped_for_a_declared_reason_only(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    with pytest.raises(Refused):
        courses.skip(proposal, "look", "no_time", by=people["xitong"], right=Right.APPROVE_GRANTS)
    courses.skip(proposal, "look", "small_office", by=people["xitong"], right=Right.APPROVE_GRANTS)
    move(proposal, Request("refuse", reason="x"), by=people["xitong"])
    endings = CourseStep.objects.values_list("step", "ending")
    assert list(endings) == [("look", "skipped"), ("decide", "done")]
