"""Cases on their way, for tests: opened by the proposal, and brought along their chain by the moves themselves."""

from itertools import count
from typing import Any

from alerts.verification import reviewing
from assistance.enrolment.moved import advance
from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.accounts.models import User
from foundation.workflow.move import Request
from households.models import Household
from tests.alerts.verification.made import PROPOSED, reported
from tests.households.families import make_household

#: Verb → who makes it in tests/people.py.
BY = {
    "apply": "cun", "compare": "cun", "evaluate": "shuji", "post": "cun", "end_notice": "cun", "review": "zhen",
    "approve": "shending", "announce": "zhen",
}  # fmt: skip
#: The order in which the shipped chains are walked.
CHAIN = tuple(BY)
_number = count(500)


def opened(people: dict[str, User], home: Household | None = None) -> Case:
    """Return the case of a household whose warning the township has just proposed."""
    home = home or make_household(f"YC{next(_number):06d}", "沈立夏", "柳霜降", by=people["xian"])
    alert = reported(people, PROPOSED, home)
    reviewing.propose(alert, "四项都看过", by=people["zhen"])
    made: Case = Case.objects.select_related("household").get(alert=alert)
    return made


def taken(case: Case, *verbs: str, people: dict[str, User], **writes: Any) -> Case:
    """Take steps of a case, each by who takes it."""
    for verb in verbs:
        given = dict.fromkeys(CASE.find(verb).needs, "given")
        advance(case, Request(verb, reason="同意", given=given, writes=writes), by=people[BY[verb]])
    return case


def walked_to(case: Case, verb: str, people: dict[str, User]) -> Case:
    """Walk a case up to where it waits for `verb`."""
    return taken(case, *CHAIN[: CHAIN.index(verb)], people=people)
