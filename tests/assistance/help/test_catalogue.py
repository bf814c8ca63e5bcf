"""The catalogue is read strictly: what it names exists, amounts have a source, and nobody sets a target."""

import datetime
from decimal import Decimal

import pytest

from assistance.catalogue.book import check, check_shipped, measures
from assistance.catalogue.paying import AMOUNTS, Expected, expected, read
from assistance.catalogue.reading import read_file
from assistance.catalogue.terms import About, Per
from assistance.catalogue.words import CatalogueWords
from foundation.accounts.models import Area, User
from foundation.regulations import local_values
from foundation.regulations.contents import FileError
from foundation.regulations.models.values import Kind
from foundation.regulations.units import Unit
from tests.foundation.regulations.made import NOTICE, draft
from tests.people import COUNTY, NEIGHBOUR_COUNTY, VILLAGE

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


@pytest.mark.django_db
def test_what_an_area_entered_itself_goes_before_the_file(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    own = [{"code": "travel_subsidy", "zh": "每年一次 800 元", "en": "800 yuan once a year"}]
    said = draft(AMOUNTS, areas[COUNTY], None, kind=Kind.LIST, unit=Unit.LIST, items=own)
    local_values.approve(local_values.propose(said, "县里的标准", by=people["xian"]), by=people["shending"])
    travel, first = measures()["travel_subsidy"], datetime.date(2026, 12, 1)
    text, source = CatalogueWords(VILLAGE).paid(travel, first)
    assert text in (own[0]["zh"], own[0]["en"])
    assert NOTICE.title in source
    assert expected("travel_subsidy", VILLAGE, first) == Expected(Decimal(800), Per.YEAR)
    assert expected("travel_subsidy", "520100", first) is None, "from … to … is no sum"
    assert expected("dibao", VILLAGE, first) is None
    assert CatalogueWords(VILLAGE).paid(travel, datetime.date(2026, 11, 30)) == ("", "")
    assert CatalogueWords(NEIGHBOUR_COUNTY).paid(travel, first) == ("", "")
    assert CatalogueWords("520100").paid(travel, first)[0] != ""
    assert CatalogueWords(VILLAGE).paid(measures()["dibao"], first) == ("", "")


@pytest.mark.parametrize(
    ("words", "yuan", "per"),
    [
        ("每学年 3000 元", "3000", Per.YEAR),
        ("每人每月 815.50 元", "815.50", Per.MONTH),
        ("1,500 元/学期", "1500", Per.TERM),
        ("500元/人/次", "500", Per.ONCE),
        ("一次性12000元", "12000", Per.ONCE),
        ("每月 500 至 1000 元", "", None),
        ("3000 元", "", None),
        ("每月按标准补差", "", None),
        ("每月 0 元", "", None),
    ],
)
def test_words_count_where_they_are_a_sum_and_a_time(words: str, yuan: str, per: Per | None) -> None:
    wanted = Expected(Decimal(yuan), per) if per else None
    assert read(words, About.MEMBER) == wanted
    assert read(words, About.HOUSEHOLD) == (None if "人" in words else wanted), (
        "a sum per head needs the heads"
    )
