"""The form of a file of values: what does not obey stops the load with file, key and what to do."""

from pathlib import Path

import pytest

from foundation.regulations.checks import check_expressions
from foundation.regulations.contents import FileError
from foundation.regulations.files import fingerprint, read_folder

GOOD = """\
label_zh = "线"
label_en = "Line"
asks_zh = "多少？"
asks_en = "How much?"
unit = "yuan/year"
local = true
checked_on = 2026-11-21

[[value]]
from = 2024-01-01
area = "99"
amount = 7_000.5
source = { title = "通知", issuer = "省", issued = 2024-01-01, href = "https://www.example.gov.cn/a.html" }
"""


def write(folder: Path, text: str, name: str = "lines/line.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_read_with_exact_amounts(tmp_path: Path) -> None:
    (read,) = read_folder(write(tmp_path, GOOD)).values()
    (value,) = read.values
    assert str(value["amount"]) == "7000.5"
    assert value["source_issued"] == "2024-01-01"
    assert read.subject["group"] == "lines"
    assert len(read.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("local = true", "local = true\nlocall = true", "locall"),
        ("checked_on = 2026-11-21\n", "", "checked_on"),
        ('label_en = "Line"', 'label_en = ""', "label_en"),
        ('unit = "yuan/year"', 'unit = "dollars"', "unit"),
        ("checked_on = 2026-11-21", 'checked_on = "2026-11-21"', "checked_on"),
        ("amount = 7_000.5", "amuont = 7_000.5", "[[value]] 1 amuont"),
        ("amount = 7_000.5", "yes = true", "[[value]] 1 yes"),
        ("amount = 7_000.5", "amount = true", "[[value]] 1 amount"),
        ("amount = 7_000.5", 'amount = 7\nexpression = "7"', "[[value]] 1 content"),
        ("amount = 7_000.5", "", "[[value]] 1 content"),
        ('area = "99"', 'area = "991"', "[[value]] 1 area"),
        ('area = "99"\n', "", "[[value]] 1 area"),
        ("from = 2024-01-01", 'from = "2024"', "[[value]] 1 from"),
        ('title = "通知", ', "", "[[value]] 1 source.title"),
        ('issuer = "省", ', "", "[[value]] 1 source.issuer"),
        ("issued = 2024-01-01, ", "", "[[value]] 1 source.issued"),
        ("issued = 2024-01-01", 'issued = "undated"', "source.issued"),
        ("https://www.example.gov.cn/a.html", "https://www.gov.cn.example.com/a", "source.href"),
        ("https://www.example.gov.cn/a.html", "javascript:alert(1)//www.gov.cn", "source.href"),
        ('area = "99"', 'area = "99"\nclass = "low_income"', "[[value]] 1 class"),
        ('area = "99"', 'area = "99"\nnote_zh = "注"', "[[value]] 1 note_zh"),
    ],
)
def test_whatever_does_not_obey_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(FileError) as refused:
        read_folder(write(tmp_path, GOOD.replace(old, new)))
    assert "lines/line.toml" in str(refused.value)
    assert key in str(refused.value)


def test_two_values_for_one_area_and_day_are_refused(tmp_path: Path) -> None:
    doubled = GOOD + GOOD[GOOD.index("[[value]]") :]
    with pytest.raises(FileError, match=r"\[\[value\]\] 2 repeats"):
        read_folder(write(tmp_path, doubled))


def test_a_proposal_says_why_in_both_languages(tmp_path: Path) -> None:
    bare = GOOD[: GOOD.index("source =")] + 'source = "proposal"\n'
    with pytest.raises(FileError, match="reason_zh"):
        read_folder(write(tmp_path, bare))
    (read,) = read_folder(write(tmp_path, bare + 'reason_zh = "理由"\nreason_en = "why"\n')).values()
    assert read.values[0]["source_kind"] == "proposal"


def test_a_line_ends_with_a_value_of_its_own(tmp_path: Path) -> None:
    (read,) = read_folder(write(tmp_path, GOOD.replace("7_000.5", '"ended"'))).values()
    assert read.values[0]["kind"] == "ended"
    assert read.values[0]["amount"] is None


def test_a_folder_is_a_group(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not a group"):
        read_folder(write(tmp_path, GOOD, "wages/line.toml"))


def test_sums_that_go_in_a_circle_are_refused(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "three"), ("three", "one")):
        write(tmp_path, GOOD.replace("amount = 7_000.5", f'expression = "{other} * 2"'), f"lines/{name}.toml")
    with pytest.raises(FileError, match="circle: one → two → three → one"):
        check_expressions(read_folder(tmp_path))


def test_last_year_makes_no_circle(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("amount = 7_000.5", 'expression = "last_year(line) * 1.05"'))
    check_expressions(read_folder(tmp_path))


COMPARED = GOOD.replace("local = true", "local = true\ncompared = true")


def test_reaching_a_line_is_enough_unless_its_value_says_more_than(tmp_path: Path) -> None:
    (read,) = read_folder(write(tmp_path, COMPARED)).values()
    assert read.values[0]["comparator"] == ">="
    more = COMPARED.replace("amount =", 'comparator = ">"\namount =')
    (read,) = read_folder(write(tmp_path, more)).values()
    assert read.values[0]["comparator"] == ">"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("amount =", 'comparator = ">"\namount ='), "comparator has no meaning here"),
        (COMPARED.replace("7_000.5", '"ended"\ncomparator = ">"'), "comparator has no meaning here"),
        (COMPARED.replace("amount =", 'comparator = "<"\namount ='), "comparator must be one of >=, >"),
        (COMPARED.replace('"yuan/year"', '"yes/no"'), "compared is only for amounts"),
    ],
)
def test_a_comparator_stands_where_something_is_compared(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FileError, match=says):
        read_folder(write(tmp_path, text))


def test_a_value_without_a_comparator_keeps_its_digest() -> None:
    assert fingerprint({"amount": 1, "comparator": ""}) == fingerprint({"amount": 1})
    assert fingerprint({"amount": 1, "comparator": ">"}) != fingerprint({"amount": 1})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("lines/line.toml", "多少？", "本年度风险消除比例是多少？"),
        ("lines/line.toml", "How much?", "Which share of households must be removed?"),
        ("lines/removal_quota.toml", "线", "线"),
        ("guards/ratio_targets.toml", "amount = 7_000.5", "yes = true"),
    ],
)
def test_a_target_for_removals_is_refused_with_its_clause(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    with pytest.raises(FileError, match="不设置比例要求"):
        read_folder(write(tmp_path, GOOD.replace(old, new), name))
