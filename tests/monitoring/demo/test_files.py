"""The files of the departments: the same bytes again, of every form, and about nobody who lives."""

import hashlib
import io
import re
import zipfile

from households.demo.numbers import check_character
from monitoring.demo.papers import WAITING, papers
from monitoring.demo.register import Register
from tests.demonstration import LOADED


def digest(made) -> list[str]:
    return [hashlib.sha256(paper.content).hexdigest() for paper in made]


def test_the_same_register_gives_the_same_bytes(made):
    assert digest(papers(Register(LOADED))) == digest(made)
    assert not set(digest(papers(Register(LOADED, "another")))) & set(digest(made))


def test_there_are_enough_files_of_every_form(made):
    assert len(made) >= 14
    endings = {paper.name.rpartition(".")[2] for paper in made}
    assert endings == {"csv", "xlsx", "zip", "txt"}
    assert any(paper.content.startswith(b"\xff\xfe") for paper in made)
    assert any(_is_gb18030(paper.content) for paper in made if paper.name.endswith(".csv"))
    for paper in made:
        if paper.name.endswith((".zip", ".xlsx")):
            assert zipfile.ZipFile(io.BytesIO(paper.content)).testzip() is None


def test_every_core_dataset_is_handed_in(made):
    assert {paper.dataset for paper in made} == {
        "medical_settlement", "medical_insurance_status", "school_dropout", "dibao_roll", "cremation",
        "temporary_aid", "disability_certificate", "employment", "house_grade", "water_supply",
        "disaster_loss", "traffic_accident", "household_registration", "farm_income", "microloan", "injury_claim",
    }  # fmt: skip


def test_many_ways_of_being_wrong_are_there(made):
    reasons = {reason for paper in made for reason in paper.tally.rejects}
    assert reasons >= {
        "id_checksum", "id_masked", "id_length", "id_missing", "name_missing", "date_invalid", "date_outside_period",
        "number_invalid", "number_negative", "code_unknown", "duplicate_row",
    }  # fmt: skip
    assert [paper.dataset for paper in made if paper.state == WAITING] == ["temporary_aid"]


def test_every_number_is_of_an_area_that_is_nowhere(made):
    for paper in made:
        for number in re.findall(rb"(?<![0-9])[1-9][0-9]{16}[0-9X](?![0-9])", paper.content):
            assert number.startswith((b"999901", b"999902")), paper.name


def test_a_mistaken_number_differs_in_two_digits_and_passes_its_check():
    register = Register(60)
    number = register.story("YS000016", "陶夏至").id_number
    other = register.mistaken(number)
    assert sum(a != b for a, b in zip(number, other, strict=True)) == 2
    assert check_character(other[:17]) == other[17]
    assert other[:14] == number[:14]
    assert int(other[16]) % 2 == int(number[16]) % 2


def test_a_very_small_county_has_its_files_too():
    assert len(papers(Register(25))) >= 12
    assert papers(Register(1))


def _is_gb18030(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return bool(content.decode("gb18030"))
    return False
