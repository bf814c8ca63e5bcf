"""The leaflet printed: two on a page, in the words of the area, with a code and a telephone; nothing is cut off."""

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import Area, User
from foundation.regulations.models import Value
from foundation.regulations.revision import VALUES, renew
from households.codes import tokens
from households.leaflets import papers
from tests.people import COUNTY, TOWNSHIP, VILLAGE


def printed() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(b"".join(papers.leaflet(Area.objects.get(pk=VILLAGE)).pieces))


def words(document: pypdfium2.PdfDocument) -> str:
    """Everything that is printed, without blanks and ends of lines."""
    said = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(said.split())


def set_items(subject: str, area: str, *lines: str) -> None:
    value = Value.objects.get(subject=subject, area="")
    value.pk, value.area, value.origin = None, area, "local"
    value.items = [{"code": f"c{number}", "zh": line, "en": line} for number, line in enumerate(lines)]
    value.save(force_insert=True)
    renew(VALUES)


def test_two_of_them_stand_on_one_page(areas: dict[str, Area]) -> None:
    document = printed()
    said = words(document)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((595.3, 841.9), abs=0.1)
    for told in (
        "防返贫监测帮扶明白纸",
        "怎样申报",
        "可以得到哪些帮助",
        "低保、特困供养、临时救助",
        "12317",
        "青石镇石桥村",
    ):
        assert said.count(told) >= 2
    codes = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    assert [code.text for code in codes] == [tokens.village_address(VILLAGE)] * 2


def test_it_is_in_chinese_whoever_prints_it(areas: dict[str, Area]) -> None:
    with translation.override("en"):
        said = words(printed())
    assert "怎样申报" in said
    assert "How to report" not in said


def test_the_words_are_those_of_the_nearest_area(areas: dict[str, Area]) -> None:
    set_items("leaflet_help", COUNTY, "县里的帮扶")
    set_items("leaflet_help", TOWNSHIP, "镇里的帮扶")
    said = words(printed())
    assert "镇里的帮扶" in said
    assert "县里的帮扶" not in said


def test_long_words_get_pages_of_their_own_and_lose_nothing(areas: dict[str, Area]) -> None:
    lines = [f"第{number}项帮扶政策：" + "按规定的条件和程序办理，" * 6 for number in range(40)]
    set_items("leaflet_help", COUNTY, *lines)
    document = printed()
    said = words(document)
    assert len(document) > 1
    assert all(f"第{number}项帮扶政策" in said for number in range(40))
    assert "申报不收任何费用" in said


def test_words_that_look_like_code_are_printed_as_they_stand(areas: dict[str, Area]) -> None:
    line = '#panic("no") $x$ *bold* <script>'
    set_items("leaflet_notes", VILLAGE, line)
    assert line.replace(" ", "") in words(printed()).replace(" ", "")


def test_who_keeps_codes_prints_it(people: dict[str, User]) -> None:
    client = Client()
    client.force_login(people["cun"])
    answer = client.get(reverse("leaflets:paper", args=[VILLAGE]))
    assert answer["Content-Type"] == "application/pdf"
    client.force_login(people["lingdao"])
    assert client.get(reverse("leaflets:paper", args=[VILLAGE])).status_code == 403
