"""A death while the notice hangs: who counts follows at once, and the township may let a corrected line hang anew."""

import datetime

from django.test import override_settings

from assistance.enrolment import basis
from assistance.enrolment.members import after_register_change
from assistance.models import BasisChange
from foundation.accounts.models import User
from households.models import Resident
from tests.assistance.noticed import line, met, now, posted, waiting

DAY, LAST = datetime.date(2026, 11, 4), datetime.date(2026, 11, 9)


def test_a_corrected_line_hangs_its_days_anew_and_says_fewer_persons(people: dict[str, User]) -> None:
    cases = waiting(people, 2)
    met(people, cases)
    concerned, other = (now(case) for case in cases)
    notice = posted(people, [concerned, other])
    before = line(notice, concerned).persons
    somebody = Resident.objects.present().filter(household=concerned.household).order_by("pk").last()
    assert somebody
    Resident.objects.filter(pk=somebody.pk).update(left_on=DAY, departure="died")
    with override_settings(SHOUWANG_TODAY="2026-11-06"):
        after_register_change([], [concerned.household_id], by=people["cun"], on=datetime.date(2026, 11, 6))
        change = BasisChange.objects.get(case=concerned)
        assert "notice" in basis.answers_for(change)
        basis.answer(change, "notice", "成员去世，更正人数", by=people["zhen"])
    corrected = line(notice, concerned)
    assert (corrected.persons, corrected.until) == (before - 1, LAST + datetime.timedelta(days=2))
    assert line(notice, other).until == LAST
