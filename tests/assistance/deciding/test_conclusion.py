"""What a case comes to, by the table of domain.md section 3, and what people confirm of it."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from assistance.deciding.computing import CONDITIONS, category_of, compute
from assistance.deciding.conclusion import confirm, holding, work_out
from assistance.deciding.facts import Facts
from assistance.models import Case, Conclusion
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.regulations.lookup import value
from households.models import Standing
from tests.assistance.deciding.made import S1, at_decision, case_at, chosen_of

DAY = datetime.date(2026, 11, 3)
LINE = Decimal("8800.00")


def facts(**fields: Any) -> Facts:
    usual: dict[str, Any] = {
        "net": LINE,
        "reference": LINE,
        "line": LINE,
        "risks": ("01",),
        "sudden": ("illness",),
    }
    return Facts(day=DAY, area="999901001001", **usual | fields)


@pytest.mark.parametrize(
    ("known", "category", "why"),
    [
        ({"net": LINE, "registered": True}, "unstable", "below_registered"),
        ({"net": LINE, "registered": False}, "marginal", "below_ordinary"),
        ({"net": LINE - Decimal("0.01")}, "marginal", "below_ordinary"),
        ({"net": LINE + Decimal("0.01")}, "sudden", "above_serious"),
        ({"net": LINE + Decimal("0.01"), "registered": True}, "sudden", "above_serious"),
        ({"net": LINE * 2, "reference": LINE + Decimal("0.01")}, "", "above_not_serious"),
        (
            {"net": LINE * 2, "reference": LINE * 2, "answers": {"expense_part": "heavy"}},
            "sudden",
            "above_serious",
        ),
        (
            {"net": LINE * 2, "reference": LINE * 2, "answers": {"hardship_part": "grave"}},
            "sudden",
            "above_serious",
        ),
        ({"net": LINE * 2, "sudden": ()}, "", "above_not_serious"),
        ({"net": Decimal(0), "risks": ()}, "", "no_risk"),
        ({"net": None}, "", "unknown"),
        ({"line": None}, "", "unknown"),
    ],
)
def test_the_table_of_categories(known: dict[str, Any], category: str, why: str) -> None:
    assert category_of(facts(**known)) == (category, why)


def test_the_level_is_the_first_rule_that_fits_and_low_without_one() -> None:
    rules = ["high.net_below.no_labour", "middle.reference_below"]
    assert compute(facts(able=0), rules, 5).level == "high"
    assert compute(facts(able=1), rules, 5).level == "middle"
    assert compute(facts(reference=LINE + 1), rules, 5).level == "low"


@pytest.mark.django_db
def test_the_shipped_table_of_levels_asks_only_for_what_is_known() -> None:
    for item in value("risk_level_rules", area="999901", on=DAY).items:
        level, *wanted = item["code"].split(".")
        assert level in Case.RiskLevel.values
        assert set(wanted) <= CONDITIONS


@pytest.mark.usefixtures("english", "line")
class TestPeopleConfirm:
    """What is computed, confirmed, or changed with the reason."""

    def test_the_family_of_the_first_story_is_in_sudden_difficulty(self, people: dict[str, User]) -> None:
        found = work_out(case_at("review", people))
        assert (found.facts.net, found.facts.reference) == (Decimal("15120.00"), Decimal("7966.13"))
        assert (found.category, found.risk_types, found.level, found.no_labour) == (
            "sudden",
            ("01",),
            "middle",
            False,
        )

    def test_who_was_lifted_out_on_the_day_of_the_check_is_unstable(self, people: dict[str, User]) -> None:
        case = case_at("review", people, S1 | {"wages": "10000"})
        home = case.household
        lifted = Standing.objects.create(
            household=home, kind="lifted_out", basis=home.source, revision=home.revision, until_day=DAY
        )
        assert work_out(case).category == "unstable"
        Standing.objects.filter(pk=lifted.pk).delete()
        Standing.objects.create(
            household=home, kind="lifted_out", basis=home.source, revision=home.revision,
            from_day=DAY + datetime.timedelta(1),
        )  # fmt: skip
        assert work_out(case).category == "marginal"

    def test_confirming_keeps_the_facts_and_a_change_asks_why(self, people: dict[str, User]) -> None:
        case = case_at("review", people)
        with pytest.raises(Refused, match="say why"):
            confirm(case, chosen_of(case, level="high"), by=people["zhen"])
        confirm(case, chosen_of(case), by=people["zhen"])
        made = confirm(case, chosen_of(case, level="high", reason="老人也病了"), by=people["zhenling"])
        assert holding([case])[case.pk] == made
        assert (made.line, made.net_per_head, made.changed_because) == (
            LINE,
            Decimal("15120.00"),
            "老人也病了",
        )
        assert Conclusion.objects.filter(case=case).count() == 2
        assert Entry.objects.filter(verb="case.concluded").count() == 2

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"risk_types": ("02",)}, "choose which kind"),
            ({"risk_types": ("99",)}, "in words"),
            ({"risk_types": ()}, "one to five"),
            ({"risk_types": ("01", "01")}, "each once"),
            ({"risk_types": ("01", "03", "04", "05", "06", "07")}, "at most 5"),
            ({"risk_types": ("88",)}, "from the list"),
            ({"category": ""}, "three categories"),
            ({"category": "dibao"}, "three categories"),
            ({"level": "extreme"}, "risk level"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, people: dict[str, User], changes: dict[str, Any], sentence: str
    ) -> None:
        case = case_at("review", people)
        with pytest.raises(Refused, match=sentence):
            confirm(case, chosen_of(case, **changes, reason="看过"), by=people["zhen"])

    def test_sub_items_are_kept_where_their_risk_is_chosen(self, people: dict[str, User]) -> None:
        case = case_at("review", people)
        chosen = chosen_of(
            case, risk_types=("02", "99"), disaster_kind="0201", other_risk="欠债", reason="上门看过"
        )
        made = confirm(case, chosen, by=people["zhen"])
        assert (made.disaster_kind, made.other_risk) == ("0201", "欠债")

    def test_the_county_has_its_word_when_it_decides_and_nobody_else(self, people: dict[str, User]) -> None:
        case = at_decision(people)
        with pytest.raises(Refused):
            confirm(case, chosen_of(case), by=people["zhen"])
        made = confirm(case, chosen_of(case, level="high", reason="县级复核"), by=people["shending"])
        assert made.by_county
        for outsider in ("lin_zhen", "cun", "lingdao"):
            with pytest.raises(Refused):
                confirm(case, chosen_of(case), by=people[outsider])
