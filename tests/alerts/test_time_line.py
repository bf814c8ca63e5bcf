"""The time line of a household: everything on one line, and to each reader what is theirs."""

import datetime

from alerts import deciding
from alerts.deciding import Closing
from alerts.models import Letter
from alerts.reporting import Told, report
from alerts.time_line import time_line
from alerts.verification.letters import Delivery, deliver
from foundation.accounts.models import User
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.house.planted_visits import visit_to


def lived(home: Household, people: dict[str, User]) -> None:
    """Let a household be warned about, reported, visited, closed, and told."""
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get(relation="01"))
    follow(run)
    report(home, Told("visit", DAY, "illness", "住院，花了很多钱"), by=people["cun"])
    visit_to(home, people["cun"])
    alert = the_alert(home)
    deciding.close(alert, Closing("not_eligible", "收入稳定", 0), by=people["xian"])
    letter = Letter.objects.create(
        alert=alert, outcome="not_eligible", concluded_on=DAY, until=DAY + datetime.timedelta(days=20)
    )
    deliver(letter, Delivery("handed", DAY), by=people["cun"])


def test_everything_stands_on_one_line(home: Household, people: dict[str, User]) -> None:
    lived(home, people)
    urls = [each.url.split("/")[1:3] for each in time_line(home, people["zhen"])]
    assert ["households", "visits"] in urls
    assert ["alerts", "letters"] in urls
    assert len(time_line(home, people["zhen"])) == 6


def test_words_and_sums_stay_on_their_pages(home: Household, people: dict[str, User]) -> None:
    lived(home, people)
    said = " ".join(f"{each.title} {each.detail}" for each in time_line(home, people["cun"]))
    assert "花了很多钱" not in said
    assert "12,600" not in said


def test_the_neighbour_county_reads_nothing(home: Household, people: dict[str, User]) -> None:
    lived(home, people)
    assert time_line(home, people["lin_xian"]) == []


def test_it_costs_the_same_for_many_warnings(
    home: Household, people: dict[str, User], django_assert_max_num_queries: object
) -> None:
    lived(home, people)
    for _again in range(3):
        report(home, Told("visit", DAY, "illness", "又住院"), by=people["cun"])
        deciding.close(the_alert(home), Closing("not_eligible", "收入稳定", 0), by=people["xian"])
    reader = User.objects.get(pk=people["zhen"].pk)
    reader.duties()
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert len(time_line(home, reader)) > 12
