"""The calculator on the form: the same sum as the register's, against the line of the area."""

from decimal import Decimal
from unittest.mock import patch

from django.test import Client
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from households.income.calculator import work_out
from households.income.rules import rule_for
from households.models import Household
from households.visits.book import in_force
from households.visits.calculating import calculator
from households.visits.questionnaires import Kind
from households.visits.reading import read_folder

DOORSTEP = next(each for each in read_folder() if each.code == "doorstep")
TYPED = {
    "living_together": 4, "wages": "24000", "production": "6000.50", "production_cost": "2000", "transfers": "",
    "medical_paid": "12000", "education_paid": "3000", "payouts": "1000", "found": "屋顶漏雨",
}  # fmt: skip


def test_the_form_works_out_what_the_register_would(home: Household) -> None:
    with patch("households.visits.calculating.line_on", lambda area, day: Decimal(8500)):
        found = calculator(DOORSTEP, TYPED.get, area=home.area_id, on=clock.today())
    assert found is not None
    parts = {"A": "24000", "B": "6000.50", "E": "2000", "F": "1000", "G": "15000"}
    wanted = work_out(
        {code: Decimal(amount) for code, amount in parts.items()}, 4, rule_for(home.area_id, clock.today())
    )
    assert found.worked == wanted
    assert found.short_by == 8500 - wanted.reference_per_head.amount


def test_nothing_stated_is_not_below_the_line_and_other_forms_have_no_calculator(home: Household) -> None:
    found = calculator(DOORSTEP, {}.get, area=home.area_id, on=clock.today())
    assert found is not None
    assert found.incomplete
    call = next(each for each in read_folder() if each.code == "call")
    assert calculator(call, {}.get, area=home.area_id, on=clock.today()) is None


def test_the_expense_that_cannot_be_avoided_counts_and_debts_do_not() -> None:
    counted = {each.code: each.counts for each in DOORSTEP.questions() if each.kind is Kind.AMOUNT}
    assert [code for code, letter in counted.items() if letter == "G"] == [
        "medical_paid", "education_paid", "other_losses",
    ]  # fmt: skip
    assert counted["debts"] == ""


def test_without_scripts_the_button_works_it_out_and_sends_nothing(
    home: Household, people: dict[str, User], client: Client
) -> None:
    client.force_login(people["cun"])
    sent = {f"q_{code}": answer for code, answer in TYPED.items()} | {"work_out": "1", "outcome": "met"}
    with patch(
        "households.visits.views.due_by_form",
        lambda row, by: ([], {"doorstep": in_force(clock.today())["doorstep"]}),
    ):
        answer = client.post(reverse("households:visit_write", args=[home.pk]) + "?form=doorstep", sent)
    assert answer.context["calculator"].worked.groups["G"] == 15000
    assert answer.context["form"]["q_found"].value() == "屋顶漏雨"
    assert answer.context["form"].errors == {}
    assert not home.visits.exists()
