"""The village sheet: what is printed for whom, read back from the pages as a telephone reads them."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job, State
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.codes import giving, pictures, sheet_job, sheets, tokens
from households.codes.groups import group_order
from households.models import HouseholdCode
from tests.households.made import family
from tests.people import VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]
ADDRESS = "https://watch.example.gov.cn/c/999901001-kW3-abcdefghijkLMNOPQ_"


def village() -> Area:
    return Area.objects.get(pk=VILLAGE)


@pytest.fixture
def families(people: People) -> None:
    """Two groups, and one household that came after the codes were given out."""
    family("YS01", "沈立夏", by=people["xian"], group_name="第十组")
    family("YS02", "柳霜降", by=people["xian"], group_name="第二组")
    giving.give_out(village(), by=people["cun"])
    family("YS03", "何冬至", by=people["xian"], group_name="第二组")


def pages(content: bytes) -> tuple[str, list[str]]:
    """The words of a PDF, and the codes a telephone finds on its pages."""
    document = pypdfium2.PdfDocument(content)
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    seen = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    return words, seen


def test_it_shows_number_masked_head_and_a_code_that_can_be_scanned(families: None, people: People) -> None:
    made = sheets.printed(village(), by=people["cun"])
    words, seen = pages(made.pdf)
    assert made.codes == 2
    assert re.search(r"第二组.*柳\*\*.*YS02.*第十组.*沈\*\*.*YS01", words, re.DOTALL), (
        "groups as people count"
    )
    assert "沈立夏" not in words
    assert "YS03" not in words
    assert sorted(seen) == sorted(
        tokens.household_address(VILLAGE, code.token) for code in HouseholdCode.objects.all()
    )


def test_who_printed_it_stands_on_it_and_in_the_record(families: None, people: People) -> None:
    opened = sheets.village_sheet(village(), by=people["zhen"])
    words, _seen = pages(b"".join(opened.pieces))
    assert "zhen" in words
    entry = Entry.objects.get(verb=sheets.PRINTED)
    assert (entry.area, read_body(entry)["details"]) == (VILLAGE, {"codes": 2})


@pytest.mark.parametrize("who", ["lingdao", "lin_cun"])
def test_nobody_else_prints_it(families: None, signed_in: SignedIn, people: People, who: str) -> None:
    with pytest.raises(Refused):
        sheets.printed(village(), by=people[who])
    answer = signed_in(who).post(reverse("codes:sheet", args=[VILLAGE]))
    assert answer.status_code == (404 if who == "lin_cun" else 403)
    assert not Entry.objects.filter(verb=sheets.PRINTED).exists()


def test_without_codes_there_is_nothing_to_print(people: People, signed_in: SignedIn) -> None:
    family("YS01", "沈立夏", by=people["xian"])
    with pytest.raises(Refused):
        sheets.printed(village(), by=people["cun"])
    answer = signed_in("cun").post(reverse("codes:sheet", args=[VILLAGE]))
    assert answer["Location"] == reverse("codes:village", args=[VILLAGE])


def test_a_large_village_is_printed_as_long_work(
    families: None, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_job, "AT_ONCE", 1)
    client = signed_in("cun")
    answers = [client.post(reverse("codes:sheet", args=[VILLAGE])) for _ in range(2)]
    job = Job.objects.get(kind="village_sheet")
    assert {answer["Location"] for answer in answers} == {reverse("desk:job", args=[job.uuid])}
    done = run_here(job)
    assert (done.state, done.result) == (State.DONE, {"codes": 2})
    assert Entry.objects.filter(verb=sheets.PRINTED).count() == 1
    file = client.get(reverse("desk:job_rejects", args=[job.uuid]))
    _words, seen = pages(b"".join(file.streaming_content))
    assert len(seen) == 2


@pytest.mark.parametrize("who", ["lin_cun", "lingdao", ""])
@pytest.mark.parametrize("name", ["png", "svg"])
def test_the_picture_of_a_code_is_for_who_keeps_it(
    families: None, signed_in: SignedIn, who: str, name: str
) -> None:
    code = HouseholdCode.objects.select_related("household").first()
    assert code is not None
    address = reverse(f"codes:{name}", args=[code.household_id])
    picture = signed_in("cun").get(address)
    assert picture["Content-Type"] == {"png": "image/png", "svg": "image/svg+xml"}[name]
    assert picture["Content-Disposition"] == f'attachment; filename="{code.household.code}.{name}"'
    refused = (signed_in(who) if who else Client()).get(address)
    assert refused.status_code in (302, 403, 404)
    assert refused.status_code != 302 or "/sign-in/" in refused["Location"]


def test_png_and_svg_hold_the_address() -> None:
    picture = Image.open(io.BytesIO(pictures.png(ADDRESS)))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == ADDRESS
    drawn = pictures.svg(ADDRESS)
    assert drawn.startswith("<svg")
    assert "script" not in drawn


def test_groups_sort_as_people_count_them() -> None:
    counted = [
        "",
        "一组",
        "二组",
        "9组",
        "10组",
        "东湾组",
        "第二组",
        "第十组",
        "第十二组",
        "第二十组",
        "第一百组",
    ]
    mixed = counted[5:] + counted[:5]
    assert sorted(mixed, key=group_order) == counted
