"""Papers of the steps in the file of a household: each there once its step was taken, none before."""

import datetime

import pytest

from assistance.deciding import batches
from assistance.deciding.batches import Paper as Decided
from assistance.files import making
from assistance.files.making import Gathered
from assistance.models import Case
from foundation.accounts.models import User
from tests.assistance.deciding.made import at_decision
from tests.assistance.files.test_making import flat, words
from tests.assistance.noticed import met, now, posted, waiting
from tests.foundation.regulations.made import says
from tests.people import COUNTY

People = dict[str, User]
DAY = datetime.date(2026, 11, 4)

pytestmark = pytest.mark.usefixtures("english")


def gathered(case: Case, user: User) -> Gathered:
    return making.gather(
        Case.objects.select_related("household__area", "area", "alert", "visit").get(pk=case.pk), user
    )


def proved(found: Gathered) -> set[str]:
    return {code for paper in found.papers for code in paper.proves}


def test_meeting_notice_and_its_photo_come_into_the_file_as_they_happen(people: People) -> None:
    (case,) = waiting(people, 1)
    assert not proved(gathered(case, people["cun"])) & {"minutes", "notice", "posting_proof"}
    met(people, [case])
    assert "minutes" in proved(gathered(case, people["cun"]))
    posted(people, [now(case)])
    found = gathered(case, people["shending"])
    assert proved(found) >= {"minutes", "notice", "posting_proof"}
    assert not found.withheld
    assert "Proof that the notice was posted" not in [lack.what for lack in found.lacks]


def test_the_decision_sheet_proves_what_was_decided_and_no_more(people: People) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    case = at_decision(people)
    assert proved(gathered(case, people["zhen"])) & {"conclusion", "approval"} == {"conclusion"}
    batches.approve_many([case], Decided(DAY, "县乡振〔2026〕12 号"), by=people["shending"])
    assert proved(gathered(case, people["cun"])) >= {"conclusion", "approval"}


def test_the_whole_file_of_a_decided_household_is_bound(people: People) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    case = at_decision(people)
    case = Case.objects.select_related("household__area", "area", "alert", "visit").get(pk=case.pk)
    first, *_rest = words(making.made(case, by=people["zhen"]))
    assert flat("Sheet of review and decision") in flat(first)


@pytest.mark.parametrize("login", ["cun", "zhen", "shending", "lingdao", "choucha"])
def test_whoever_sees_the_case_can_take_the_file_out(people: People, login: str) -> None:
    (case,) = waiting(people, 1)
    met(people, [case])
    posted(people, [now(case)])
    case = Case.objects.select_related("household__area", "area", "alert", "visit").get(pk=case.pk)
    assert making.file_of(case, by=people[login]).size > 10_000
