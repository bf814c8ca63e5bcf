"""A look at a file before it is delivered."""

import io

import pytest

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from monitoring.intake.header_rows import Known
from monitoring.intake.headers import remember
from monitoring.intake.previewing import Preview, preview
from monitoring.models import Dataset, Delivery
from tests.monitoring.intake.files import csv_of, number, row
from tests.people import COUNTY

PERIOD = "2026-10"
OTHERS = {"姓名": "患者姓名", "身份证号": "证件号", "个人自付": "自付费用"}


@pytest.fixture
def medical(people: dict[str, User]) -> Dataset:
    """The settlements of the medical insurance office."""
    return Dataset.objects.get(code="medical_settlement")


def renamed(**cells: str) -> dict[str, str]:
    """A sound row under the headers of another system."""
    return {OTHERS.get(column, column): cell for column, cell in row(**cells).items()}


def known(look: Preview) -> dict[str, tuple[str, Known]]:
    """What is said of each header."""
    return {each.header: (each.column, each.known) for each in look.headers}


def test_a_sound_file_is_shown_as_it_would_be_read(medical: Dataset) -> None:
    look = preview(
        csv_of([row() | {"备注": "x"}, row(结算流水号="2", 个人自付="-3")]), medical, period=PERIOD
    )
    assert look.complete
    assert look.missing == ()
    assert (look.encoding, look.delimiter) == ("utf-8-sig", ",")
    assert [[str(reason) for reason in each.reasons] for each in look.rows] == [[], ["number_negative"]]
    assert known(look)["姓名"] == ("姓名", Known.FOUND)
    assert known(look)["备注"] == ("", Known.UNKNOWN)
    assert not Delivery.objects.exists()


def test_numbers_of_people_are_masked_wherever_they_stand(medical: Dataset) -> None:
    look = preview(csv_of([row(医疗机构=f"转 {number(2)}", 姓名=number(3))]), medical)
    shown = " ".join(cell.text for each in look.rows for cell in each.cells)
    assert not any(number(serial) in shown for serial in (1, 2, 3))
    assert number(1)[:4] in shown


@pytest.mark.parametrize("column", ["个人自付", "结算日期", "就诊类别", "结算流水号"])
def test_a_number_that_slipped_into_another_column_is_masked_as_well(medical: Dataset, column: str) -> None:
    look = preview(csv_of([row(**{column: number(2)}), row(**{column: "转" * 55 + number(2)})]), medical)
    shown = " ".join(cell.text for each in look.rows for cell in each.cells)
    assert number(2)[4:-2] not in shown
    assert number(2)[:5] not in shown


def test_unknown_headers_are_suggested_and_rows_shown_under_them(medical: Dataset) -> None:
    look = preview(csv_of([renamed()]), medical, period=PERIOD)
    assert set(look.missing) == {"姓名", "身份证号", "个人自付"}
    assert not look.complete
    assert look.suggestions == {header: column for column, header in OTHERS.items()}
    assert look.rows[0].reasons == ()


def test_what_the_person_says_and_what_was_confirmed_make_it_complete(medical: Dataset, yibao: User) -> None:
    county = Area.objects.get(pk=COUNTY)
    remember(medical, county, {"患者姓名": "姓名", "经办人": ""}, by=yibao)
    told = {"证件号": "身份证号", "自付费用": "个人自付"}
    look = preview(csv_of([renamed() | {"经办人": "甲"}]), medical, area=county, headers=told)
    assert look.complete
    assert known(look)["患者姓名"] == ("姓名", Known.REMEMBERED)
    assert known(look)["证件号"] == ("身份证号", Known.STATED)
    assert known(look)["经办人"] == ("", Known.LEFT_OUT)


def test_titles_above_unknown_headers_are_not_taken_for_them(medical: Dataset) -> None:
    above = "医保局 2026年10月 结算表,,\n单位：元,,\n".encode()
    look = preview(io.BytesIO(above + csv_of([renamed()]).getvalue()), medical)
    assert "患者姓名" in look.suggestions
    assert look.rows[0].line == 4


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_unknown_headers_are_found_in_every_way_of_writing(
    encoding: str, delimiter: str, medical: Dataset
) -> None:
    text = csv_of([renamed()]).getvalue().decode().replace(",", delimiter)
    look = preview(io.BytesIO(text.encode(encoding)), medical)
    assert set(look.suggestions.values()) == set(OTHERS)
    assert look.delimiter == delimiter


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "只有一句话".encode(), b"PK\x03\x04", b"\x00" * 999])
def test_what_is_no_such_file_is_refused_in_a_sentence(content: bytes, medical: Dataset) -> None:
    with pytest.raises(Refused) as refused:
        preview(io.BytesIO(content), medical)
    assert refused.value.sentence


def test_only_the_head_is_shown(medical: Dataset) -> None:
    rows = [row(结算流水号=str(serial)) for serial in range(300)]
    assert len(preview(csv_of(rows), medical).rows) == 20
    assert len(preview(csv_of(rows), medical, rows=5).rows) == 5
