"""The catalogue is read strictly: what it names exists, amounts have a source, and nobody sets a target."""

import datetime
from decimal import Decimal

import pytest

from assistance.catalogue.book import check, check_shipped, measures
from assistance.catalogue.reading import read_file
from foundation.regulations.contents import FileError

GOOD = """
[[measure]]
code = "water_tank"
name_zh = "储水罐"
name_en = "water tank"
department = "water"
about = "household"
answers = ["water"]
text_zh = "配储水罐。"
text_en = "A tank."
source = "proposal"
reason_zh = "提出。"
reason_en = "Proposed."
"""


INVENTED = """
[[measure.amount]]
area = "52"
from = 2023-01-01
yuan = 5
per = "once"
source = "proposal"
reason_zh = "无"
reason_en = "none"
"""


def declared(extra: str = "", text: str = GOOD) -> list[object]:
    return list(read_file("100A51", (text + extra).encode()))


@pytest.mark.django_db
def test_every_kind_department_and_risk_of_the_shipped_catalogue_is_known() -> None:
    check_shipped()
    assert len(measures()) >= 30
    assert {each.kind for each in measures().values()} >= {"100A39", "100A40", "100A45", "100A48", "100A51"}


def test_a_catalogue_that_names_what_nobody_knows_is_refused() -> None:
    (measure,) = declared()
    known = {"kinds": {"100A51"}, "risks": {"water"}, "departments": {"water"}}
    check([measure], **known)  # type: ignore[list-item]
    for missing in known:
        with pytest.raises(FileError):
            check([measure], **known | {missing: set()})  # type: ignore[list-item]


@pytest.mark.parametrize(
    "target",
    [
        "removal_ratio = 80",
        "[measure.quota]\nyear = 2026",
        'note = "本年度风险消除比例不低于 80%"',
        'note = "帮扶覆盖名额 30 户"',
        'note = "a target of 80 percent removed"',
    ],
)
def test_a_target_for_helping_or_removal_is_refused_with_its_clause(target: str) -> None:
    with pytest.raises(FileError, match="不设置比例要求"):
        declared(target)


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ("colour = 1", "is not known"),
        ('[[measure.when]]\nfact = "age"\nleast = 3', "asked of a member"),
        ('[[measure.when]]\nfact = "water_safe"\nis = ["maybe"]', "does not know"),
        ('[[measure.when]]\nfact = "water_safe"\nleast = 3', "needs is or is_not"),
        ('[[measure.when]]\nfact = "weather"\nis = ["dry"]', "write one of"),
        ('[[measure.amount]]\narea = "52"\nyuan = 5\nper = "once"', "from is missing"),
        (
            INVENTED,
            "nobody invents an amount",
        ),
    ],
)
def test_what_the_form_does_not_know_is_refused_with_its_place(extra: str, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        declared(extra)


def test_an_amount_holds_in_its_area_from_its_day_on() -> None:
    travel = measures()["travel_subsidy"]
    paid = travel.amount_for("520100", datetime.date(2026, 1, 1))
    assert paid is not None
    assert (paid.yuan, paid.most) == (Decimal(500), Decimal(1000))
    assert travel.amount_for("520100", datetime.date(2022, 12, 31)) is None
    assert travel.amount_for("999901", datetime.date(2026, 1, 1)) is None
