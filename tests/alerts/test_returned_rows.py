"""“Not this household”, from the department's file back to its line: a real archive, a real run, real pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert, Relocation
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Household
from monitoring.models import CorrectionTask, Delivery
from monitoring.returning import rows
from tests.households.families import SPOUSE, make_household
from tests.monitoring.comparison.found import compared, member, settled
from tests.monitoring.feeds import delivered, number_of

People = dict[str, User]
SignedIn = Callable[[str], Client]
STAY = "medical_single_stay"


@pytest.fixture
def right(people: People) -> Household:
    """Return the household of the man whose stay in hospital it was; he has the same name."""
    return make_household("YS000077", "沈立夏", area="999901001002", by=people["xian"])


@pytest.fixture
def file(people: People, home: Household) -> Delivery:
    """Return the bureau's file: the third line names the wrong man, the second and fourth are small stays."""
    head, spouse = member(home), member(home, SPOUSE)
    lines = [
        settled(spouse, "2026-10-03", "300.00"), settled(head, "2026-10-12", "12600.00"),
        settled(spouse, "2026-10-20", "150.00"),
    ]  # fmt: skip
    return delivered("medical_settlement", lines, by=people["yibao"])


@pytest.fixture
def alert(people: People, home: Household, file: Delivery) -> Alert:
    """Return what the comparison of that night warned of."""
    compared(STAY)
    return Alert.objects.open().get(household=home)


def pressed(client: Client, alert: Alert, right: Household) -> Relocation:
    """Press “not this household” on the page of the warning."""
    keys = [str(key) for key in alert.signals.living().values_list("pk", flat=True)]
    answer = client.post(
        reverse("alerts:relocate", args=[alert.pk]),
        {
            "signals": keys,
            "household": right.code,
            "reason": "同名，住院的是芒种村的沈立夏",
            "data_wrong": "on",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    made: Relocation = Relocation.objects.get(source=alert)
    return made


def test_the_department_gets_its_own_line_back(
    people: People, home: Household, right: Household, file: Delivery, alert: Alert, signed_in: SignedIn
) -> None:
    made = pressed(signed_in("xian"), alert, right)
    assert made.returned == 1, "one row counted, and one goes back"
    task = CorrectionTask.objects.get()
    assert (task.delivery, task.line, task.state) == (file, 3, "open")
    kept = rows.at_line(file, 3, task.sheet)
    assert (task.row_key, task.row_content) == (kept.key, kept.content), "the row as it lies in the archive"

    page = signed_in("yibao").get(reverse("corrections:task", args=[task.pk])).content.decode()
    assert "2026-10, line 3" in page
    assert "同名，住院的是芒种村的沈立夏" in page
    cells = dict(rows.shown(file, 3, task.sheet, by=people["yibao"]))
    assert "12600.00" in "".join(cells.values()).replace(",", ""), "its own row, out of the archive"
    assert signed_in("lin_xian").get(reverse("corrections:task", args=[task.pk])).status_code == 404


def test_the_row_found_again_before_it_is_corrected_warns_of_the_right_household(
    people: People, home: Household, right: Household, alert: Alert, signed_in: SignedIn
) -> None:
    pressed(signed_in("xian"), alert, right)
    compared(STAY)
    assert not Alert.objects.open().filter(household=home).exists()
    assert Alert.objects.open().get(household=right).standards == [STAY]
    assert CorrectionTask.objects.count() == 1, "it goes back once"


def test_the_corrected_file_warns_of_the_right_household_alone_and_closes_the_row(
    people: People, home: Household, right: Household, file: Delivery, alert: Alert, signed_in: SignedIn
) -> None:
    made = pressed(signed_in("xian"), alert, right)
    wrong, meant = settled(member(home), "2026-10-12", "12600.00"), member(right)
    delivered(
        "medical_settlement",
        [wrong | {"身份证号": number_of(meant), "姓名": meant.name}],
        by=people["yibao"],
    )
    run_here(Job.objects.latest("pk"))
    assert CorrectionTask.objects.get().state == "corrected"
    compared(STAY)
    assert not Alert.objects.open().filter(household=home).exists()
    open_one = Alert.objects.open().get(household=right)
    assert open_one.pk == made.target_id, "the warning goes on: nobody begins anew"
    (signal,) = open_one.signals.living()
    assert signal.resident == meant, "its own finding says it now, about its own member"
    assert (open_one.standards, open_one.baseless_on) == ([STAY], None)
