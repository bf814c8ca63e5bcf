"""What everybody reads: nothing but the masked line, on the page and on the wall, and only while it hangs."""

import datetime

import pypdfium2
import pytest
from django.test import Client, override_settings
from django.urls import reverse

from assistance.models import Case, Notice, Objection
from assistance.notices import paper, public
from assistance.notices.lines import Style, line_of, shown_name
from foundation.accounts.models import User
from foundation.regulations import revision
from foundation.regulations.models import Value
from households.identity import keeping
from households.models import Household
from tests.assistance.made import opened, walked_to
from tests.assistance.noticed import now, posted
from tests.households.families import make_household
from tests.people import VILLAGE

LAST = datetime.date(2026, 11, 9)
PHONE = "13800000017"
PAGE = f"/notices/{VILLAGE}/"


@pytest.fixture
def hanging(people: dict[str, User]) -> Notice:
    """Return a notice of a household of which everything is known."""
    home = make_household(
        "YC000777", "欧阳立夏", "柳霜降", "欧阳秋分", "贺春分", by=people["xian"], phone=PHONE,
        address="石桥村七组老井旁31号", net_income_per_head="5234.56", group_name="七组",
    )  # fmt: skip
    case = walked_to(opened(people, home), "post", people)
    Case.objects.filter(pk=case.pk).update(category="sudden", risk_types=["1"])
    return posted(people, [now(case)])


def planted(home: Household) -> list[str]:
    """Return every fact of the household that a notice may never show."""
    members = list(home.residents.all())
    numbers = [
        keeping.opened(each.identity.subject, each.identity.sealed) for each in members if each.identity
    ]
    names = [each.name for each in members]
    born = [str(each.born_on) for each in members]
    pieces = [number[-4:] for number in numbers] + [PHONE[-4:], PHONE[:7]]
    said = [
        "老井",
        "31号",
        "5234",
        "5,234",
        home.code,
        "因病",
        "疾病",
        "残疾",
        "慢性",
        "大病",
        "健康",
        "房屋",
        "收入",
    ]
    return [*numbers, *names, *born, *pieces, *said]


def shown_on_paper(notice: Notice, by: User) -> str:
    content = b"".join(paper.wall_sheet(notice, by=by).pieces)
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_page_and_wall_show_the_masked_line_and_no_planted_fact(
    hanging: Notice, people: dict[str, User]
) -> None:
    home = hanging.items.get().case.household
    page = Client().get(PAGE).content.decode()
    wall = shown_on_paper(hanging, people["cun"])
    for text in (page, wall):
        assert "欧***" in text
        assert "突发严重困难户" in text
        assert "七组" in text
        found = [fact for fact in planted(home) if fact in text]
        assert found == []
    assert people["cun"].name not in wall


def test_the_page_lives_as_long_as_the_notice(hanging: Notice) -> None:
    word = public.word_of(VILLAGE, hanging.items.get())
    form = reverse("public_objection", args=[word])
    with override_settings(SHOUWANG_TODAY=LAST.isoformat()):
        assert "欧***" in Client().get(PAGE).content.decode()
        assert Client().get(form).status_code == 200
    with override_settings(SHOUWANG_TODAY=str(LAST + datetime.timedelta(days=1))):
        assert "欧***" not in Client().get(PAGE).content.decode()
        assert Client().get(form).headers["Location"] == PAGE


def test_a_place_without_notice_and_no_place_answer_alike(people: dict[str, User]) -> None:
    assert Client().get("/notices/999901001002/").status_code == 200
    assert Client().get("/notices/123/").status_code == 200
    response = Client().get(reverse("public_objection", args=["1~2~3"]))
    assert response.status_code == 302


def test_everybody_objects_without_a_name_and_reads_the_answer_by_receipt(hanging: Notice) -> None:
    browser = Client(headers={"Accept-Language": "en"})
    form = reverse("public_objection", args=[public.word_of(VILLAGE, hanging.items.get())])
    assert b"This field is required" in browser.post(form, {"text": ""}).content
    page = browser.post(form, {"text": "他家有货车，车主电话13912345678", "by_whom": ""}).content.decode()
    made = Objection.objects.get()
    assert made.receipt in page
    assert (made.way, made.entered_by, made.in_time, made.by_whom) == ("page", None, True, "")
    assert "13912345678" not in made.text
    answer = browser.post("/notices/answers/", {"receipt": made.receipt.lower()}).content.decode()
    assert "being checked" in answer
    assert "货车" not in answer
    assert (
        "no objection with this receipt"
        in browser.post("/notices/answers/", {"receipt": "X"}).content.decode()
    )


def test_one_network_does_not_flood_a_village(hanging: Notice) -> None:
    form = reverse("public_objection", args=[public.word_of(VILLAGE, hanging.items.get())])
    for _each in range(public.PER_NETWORK):
        assert Client().post(form, {"text": "不符合"}).status_code == 200
    assert Client().post(form, {"text": "不符合"}).status_code == 429
    assert Objection.objects.count() == public.PER_NETWORK


@pytest.mark.parametrize(("style", "shown"), [("full", "沈立夏"), ("first", "沈**"), ("ends", "沈*夏")])
def test_the_area_says_how_the_name_is_masked(people: dict[str, User], style: str, shown: str) -> None:
    Value.objects.filter(subject_id="notice_name_wall").update(
        items=[{"code": style, "zh": style, "en": style}]
    )
    revision.renew(revision.VALUES)
    assert shown_name("沈立夏", VILLAGE, Style.WALL) == shown
    assert shown_name("沈夏", VILLAGE, Style.WALL) == ("沈夏" if style == "full" else "沈*")
    assert shown_name("沈立夏", VILLAGE, Style.ONLINE) == "沈**"


def test_before_signing_the_household_sees_the_very_line(people: dict[str, User]) -> None:
    case = now(opened(people))
    before = line_of(case, "wall")
    item = posted(people, [now(walked_to(case, "post", people))]).items.get()
    assert (item.village, item.group_name, item.name_wall, item.persons, item.category) == (
        before.village, before.group, before.name, before.persons, before.category,
    )  # fmt: skip
