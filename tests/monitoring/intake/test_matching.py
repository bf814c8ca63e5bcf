"""What the register makes of the rows, and how the counters follow it."""

import pytest

from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.identity.erasure import Ground, erase
from households.models import Resident
from households.register.importing import import_register
from monitoring.intake.matching import name_differs
from monitoring.models import Delivery
from tests.households.register.files import csv_of as register_of
from tests.households.register.files import row as person
from tests.monitoring.intake.files import number, row, taken


def counts(delivery: Delivery) -> tuple[int | None, int | None, int | None]:
    now = Delivery.objects.get(pk=delivery.pk)
    return now.matched, now.unmatched, now.name_differs


def recounted() -> None:
    for job in Job.objects.filter(kind="recount_matches", state="queued"):
        run_here(job)


@pytest.mark.parametrize(
    ("said", "known", "differs"),
    [
        ("沈立夏", "沈立夏", False),
        ("沈 立夏", "沈立夏", False),
        ("\u202d沈立夏\u202c", "沈立夏", False),
        ("阿依古丽·买买提", "阿依古丽・买买提", False),
        ("ＡＢ", "AB", False),
        ("沈立厦", "沈立夏", False),
        ("审立夏", "沈立夏", True),
        ("沈大暑", "沈立夏", True),
        ("沈立", "沈立夏", True),
        ("欧阳立", "欧阳丽", False),
        ("欧杨立", "欧阳立", True),
    ],
)
def test_two_names_differ_when_more_than_one_character_of_the_given_name_does(
    said: str, known: str, differs: bool
) -> None:
    assert name_differs(said, known) is differs


def test_rows_find_people_of_the_register_and_mark_another_name(xian: User) -> None:
    import_register(register_of([person(1), person(2, name="单白露", relation="配偶")]), by=xian)
    done = taken(
        xian,
        row(结算流水号="1", 身份证号=number(1), 姓名="沈 立夏"),
        row(结算流水号="2", 身份证号=number(2), 姓名="何冬至"),
        row(结算流水号="3", 身份证号=number(3)),
    )
    assert counts(done) == (2, 1, 1)


def test_households_are_found_by_their_head(xian: User) -> None:
    import_register(register_of([person(1)]), by=xian)
    assert counts(taken(xian, row("house_grade", 1), dataset="house_grade")) == (1, 0, 0)


def test_who_is_registered_later_is_matched_then(
    own_database: str, people: dict[str, User], xian: User
) -> None:
    done = taken(xian, row(结算流水号="1", 身份证号=number(1)))
    assert counts(done) == (0, 1, 0)
    import_register(register_of([person(1)]), by=xian)
    recounted()
    assert counts(done) == (1, 0, 0)


def test_who_is_erased_is_matched_no_longer(own_database: str, people: dict[str, User], xian: User) -> None:
    import_register(register_of([person(1)]), by=xian)
    done = taken(xian, row(结算流水号="1", 身份证号=number(1)))
    erase(Resident.objects.get(), ground=Ground.REQUEST, by=User.objects.built_in("system"))
    recounted()
    assert counts(done) == (0, 1, 0)
