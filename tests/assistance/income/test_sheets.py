"""Income sheets: begun with what is known, confirmed, corrected by versions, withdrawn; nothing is written over."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from alerts.models import Alert
from assistance.income import confirming, drafting
from assistance.income.confirming import NewRisk, worked_of
from assistance.income.periods import collected, due_on, offered
from assistance.models import Case, IncomeLine, IncomeSheet
from assistance.removal.evidence import Evidence
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.income import calculator
from households.income.rules import Rule
from households.income.stating import Stated, state
from households.models import Income
from tests.assistance.helping.helped import helped
from tests.assistance.income.made import BEFORE, PERIOD, aid, confirmed, dibao, said
from tests.assistance.removal.made import CHECKED, visited
from tests.people import VILLAGE

DAY = clock.today


def income_of(case: Case) -> Income | None:
    return Income.objects.filter(
        household=case.household_id, from_day=PERIOD.first, until_day=PERIOD.last
    ).first()


def test_the_period_and_its_last_day_are_values_of_the_area(case: Case) -> None:
    assert collected(VILLAGE, DAY()) == PERIOD
    assert offered(VILLAGE, DAY())[:2] == [PERIOD, BEFORE]
    assert str(due_on(VILLAGE, PERIOD)) == "2026-11-30"
    assert str(offered(VILLAGE, DAY())[2].first) == "2025-11-01"


def test_a_sheet_begins_with_what_lists_know_and_the_rest_is_empty(
    case: Case, people: dict[str, User]
) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    (line,) = sheet.lines.all()
    assert (line.code, line.amount, line.source, line.fed_amount) == ("D2", Decimal(400), "fed", Decimal(400))
    assert line.fed[0]["months"] == ["2026-07"]
    assert (sheet.state, sheet.number, sheet.members) == ("draft", 1, 4)
    assert income_of(case) is None


def test_a_visit_that_asked_for_amounts_is_carried_over(case: Case, people: dict[str, User]) -> None:
    answers = CHECKED | {"production_cost": "3000", "transfers": "2200", "living_together": 3}
    visited(case.household, people["cun"], DAY(), answers)
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    found = {line.code: (line.amount, line.source) for line in sheet.lines.all()}
    assert found["A"] == (Decimal(23400), "carried")
    assert found["E"] == (Decimal(3000), "carried")
    assert found["D2"] == (Decimal(400), "fed")
    assert "D" not in found, "a letter stands either as one sum or item by item"
    assert sheet.members == 3


def test_confirming_works_the_sum_out_and_states_it_in_the_register(
    case: Case, people: dict[str, User]
) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = confirmed(case, people["cun"], A="40000", B1="9600", E1="4120", F="3000", G="1500.5")
    assert sheet.net_per_head == Decimal("11470.00")
    assert sheet.reference_per_head == Decimal("11844.88")
    assert (sheet.line, sheet.is_below, sheet.confirmed_by) == (Decimal(8800), False, people["cun"])
    held = income_of(case)
    assert held is not None
    assert (held.net_per_head, held.reference_per_head) == (sheet.net_per_head, sheet.reference_per_head)
    assert held.amounts["D2"] == Decimal(400)
    assert Entry.objects.filter(verb="income_sheet.confirm").count() == 1
    assert Evidence(case, DAY()).incomes[0].net == sheet.net_per_head, "guards of a removal read it"


MONEY = st.decimals(0, 9_999_999, places=2, allow_nan=False)


@given(
    st.dictionaries(
        st.sampled_from(["A1", "A2", "B1", "B4", "C2", "D2", "D4", "D6m", "E1", "F", "G"]), MONEY
    ),
    st.integers(1, 12),
)
def test_the_sum_of_a_sheet_is_that_of_a_hand_oracle(parts: dict[str, Decimal], members: int) -> None:
    lines = [IncomeLine(code=code, amount=amount) for code, amount in parts.items()]
    worked = calculator.work_out({line.code: line.amount for line in lines}, members, Rule())
    signs = {"E": -1, "G": -1}
    exact = {
        "net": sum(
            (Fraction(a) * signs.get(c[0], 1) for c, a in parts.items() if c[0] in "ABCDE"), Fraction(0)
        ),
        "all": sum((Fraction(a) * signs.get(c[0], 1) for c, a in parts.items()), Fraction(0)),
    }
    for name, result in (("net", worked.net_per_head), ("all", worked.reference_per_head)):
        head = exact[name] / members
        cents = Decimal((head * 100).numerator) / Decimal((head * 100).denominator)
        assert result.amount == cents.quantize(Decimal(1), ROUND_HALF_UP) / 100


def test_the_results_of_a_sheet_can_be_worked_out_again(case: Case, people: dict[str, User]) -> None:
    sheet = confirmed(case, people["cun"], A1="35200.01", E="100")
    again = worked_of(sheet, list(sheet.lines.all()), sheet.members or 0, DAY())
    assert again.net_per_head.amount == sheet.net_per_head == Decimal("8775.00")


@pytest.mark.usefixtures("english")
def test_another_amount_than_the_lists_needs_a_note(case: Case, people: dict[str, User]) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    with pytest.raises(Refused, match="400") as refused:
        confirming.confirm(sheet, said(sheet, D2="300"), by=people["cun"])
    assert refused.value.field == "note_D2"
    with pytest.raises(Refused, match="0 with a note"):
        confirming.confirm(sheet, said(sheet, A="9", D2=""), by=people["cun"])
    confirming.confirm(sheet, said(sheet, D2="300", notes={"D2": "七月退回一百"}), by=people["cun"])
    line = sheet.lines.get(code="D2")
    assert (line.amount, line.fed_amount, line.note) == (Decimal(300), Decimal(400), "七月退回一百")


@pytest.mark.usefixtures("english")
def test_what_is_delivered_meanwhile_is_looked_at_first(case: Case, people: dict[str, User]) -> None:
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    seen = said(sheet, A="40000")
    aid(case.household, ("2026-05-01", "800"), by=people["xian"])
    with pytest.raises(Refused, match="look at the amounts again"):
        confirming.confirm(sheet, seen, by=people["cun"])
    assert IncomeSheet.objects.get(pk=sheet.pk).state == "draft"


@pytest.mark.usefixtures("english")
def test_what_somebody_else_saved_meanwhile_is_not_lost(case: Case, people: dict[str, User]) -> None:
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    seen = said(sheet, A="1")
    drafting.save(sheet, said(sheet, A="40000"), by=people["zhen"])
    with pytest.raises(Refused, match="somebody else saved"):
        drafting.save(sheet, seen, by=people["cun"])
    assert sheet.lines.get().amount == Decimal(40000)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("members", "items", "sentence"),
    [
        (0, {"A": "1"}, "how many people"),
        (4, {}, "at least one item"),
        (4, {"A": "1", "A1": "2"}, "either as one sum"),
    ],
)
def test_what_cannot_be_a_sheet_is_refused(
    case: Case, people: dict[str, User], members: int, items: dict[str, str], sentence: str
) -> None:
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    with pytest.raises(Refused, match=sentence):
        confirming.confirm(sheet, said(sheet, members, **items), by=people["cun"])


@pytest.mark.usefixtures("english")
def test_a_period_has_one_sheet_that_is_written_and_one_that_holds(
    case: Case, people: dict[str, User]
) -> None:
    drafting.begin(case, PERIOD, by=people["cun"])
    with pytest.raises(Refused, match="being written"):
        drafting.begin(case, PERIOD, by=people["zhen"])
    confirmed(case, people["cun"], BEFORE, A="40000")
    with pytest.raises(Refused, match="new version"):
        drafting.begin(case, BEFORE, by=people["cun"])


def test_a_correction_is_a_new_version_and_the_one_before_stays_as_it_was(
    case: Case, people: dict[str, User]
) -> None:
    first = confirmed(case, people["cun"], A="40000")
    later = drafting.correct(first, "漏了务工收入", by=people["zhen"])
    assert (later.number, later.reason) == (2, "漏了务工收入")
    assert {line.code: line.amount for line in later.lines.all()} == {"A": Decimal(40000)}
    held = income_of(case)
    assert held is not None
    assert held.net_per_head == Decimal(10000), "the one before holds until this one is confirmed"
    confirming.confirm(later, said(later, A="44000"), by=people["zhen"])
    first.refresh_from_db()
    assert (first.state, first.net_per_head) == ("superseded", Decimal(10000))
    assert first.lines.get().amount == Decimal(40000)
    held.refresh_from_db()
    assert held.net_per_head == Decimal(11000)


def test_a_confirmed_sheet_is_not_written_over_by_anybody(case: Case, people: dict[str, User]) -> None:
    sheet = confirmed(case, people["cun"], A="40000")
    with pytest.raises(Refused):
        drafting.save(sheet, said(sheet, A="1"), by=people["cun"])
    line = IncomeLine(sheet=sheet, code="F", amount=1, source="typed", by=people["cun"], on=DAY())
    for write in (
        lambda: sheet.lines.update(amount=1),
        lambda: sheet.lines.all().delete(),
        line.save,
        lambda: IncomeSheet.objects.filter(pk=sheet.pk).update(net_per_head=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_withdrawing_gives_the_register_back_what_it_held(case: Case, people: dict[str, User]) -> None:
    sheet = confirmed(case, people["cun"], A="40000")
    confirming.withdraw(sheet, "填到别户了", by=people["cun"])
    assert sheet.state == "withdrawn"
    assert income_of(case) is None
    assert Entry.objects.filter(verb="income.taken_back").count() == 1
    state(case.household, Stated({"A": Decimal(20000)}, 4, DAY(), PERIOD), by=people["cun"])
    again = confirmed(case, people["cun"], A="36000")
    assert again.number == 2
    confirming.withdraw(again, "又错了", by=people["cun"])
    held = income_of(case)
    assert held is not None
    assert held.amounts == {"A": Decimal(20000)}


def test_withdrawing_leaves_what_somebody_stated_since(case: Case, people: dict[str, User]) -> None:
    sheet = confirmed(case, people["cun"], A="40000")
    stated = Stated({"A": Decimal(20000)}, 4, DAY(), PERIOD)
    state(case.household, stated, by=people["xian"], reason="核实后更正")
    confirming.withdraw(sheet, "填错", by=people["cun"])
    held = income_of(case)
    assert held is not None
    assert held.amounts == {"A": Decimal(20000)}


@pytest.mark.usefixtures("english")
def test_income_that_fell_under_the_line_is_reported_with_what_lies_behind(
    case: Case, people: dict[str, User]
) -> None:
    confirmed(case, people["cun"], BEFORE, A="40000")
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    with pytest.raises(Refused, match="8,800") as refused:
        confirming.confirm(sheet, said(sheet, A="30000"), by=people["cun"])
    assert refused.value.field == "risk_kind"
    confirming.confirm(sheet, said(sheet, A="30000"), by=people["cun"], risk=NewRisk("work"))
    alert = Alert.objects.get(household=case.household)
    assert sheet.signal is not None
    assert (sheet.signal.alert, sheet.signal.event_kind) == (alert, "work")
    assert "7,500.00" in sheet.signal.text


def test_who_was_below_before_is_not_reported_anew(case: Case, people: dict[str, User]) -> None:
    confirmed(case, people["cun"], BEFORE, A="30000")
    assert confirmed(case, people["cun"], A="28000").signal is None
    assert not Alert.objects.exists()


def test_a_new_risk_is_reported_although_the_income_holds(case: Case, people: dict[str, User]) -> None:
    sheet = confirmed(case, people["cun"], A="60000", risk=NewRisk("illness", "母亲住院"))
    assert sheet.signal is not None
    assert sheet.signal.text == "母亲住院"


def test_a_helper_writes_for_the_household_that_is_lent_and_the_township_hears_of_a_fall(
    case: Case, people: dict[str, User]
) -> None:
    helper = people["bangfu"]
    with pytest.raises(Refused):
        drafting.begin(case, PERIOD, by=helper)
    helped(case, helper, people["zhen"])
    confirmed(case, helper, BEFORE, A="40000")
    sheet = confirmed(case, helper, A="30000")
    assert (sheet.state, sheet.signal) == ("confirmed", None)
    assert Notice.objects.filter(kind="income_fell", recipient=people["zhen"]).count() == 1


@pytest.mark.usefixtures("english")
def test_nobody_writes_for_a_case_that_is_not_monitored(case: Case, people: dict[str, User]) -> None:
    Case.objects.filter(pk=case.pk).update(state="open")
    with pytest.raises(Refused, match="monitored households"):
        drafting.begin(Case.objects.get(pk=case.pk), PERIOD, by=people["cun"])


def test_a_draft_is_left_unused_and_another_one_begun(case: Case, people: dict[str, User]) -> None:
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    confirming.drop(sheet, "期间选错了", by=people["cun"])
    assert drafting.begin(case, PERIOD, by=people["cun"]).number == 2
