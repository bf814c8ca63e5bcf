"""The file of a household: missing papers first, every page numbered, and nobody reads more by it than on pages."""

import pypdfium2
import pytest

from assistance.files import documents, making
from assistance.files.parts import Lack, Paper
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files import binding, pdf
from foundation.ledger.models import Entry
from foundation.workflow.move import Request, move
from households.models import Household
from tests.assistance.made import opened
from tests.house.planted_cases import a_case_of

pytestmark = pytest.mark.usefixtures("english")


def words(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def case(home: Household, people: dict[str, User]) -> Case:
    """Return the case of the household."""
    return opened(people, home)


def test_the_first_page_says_what_is_missing_before_what_is_there(
    case: Case, people: dict[str, User]
) -> None:
    first, *rest = words(making.made(case, by=people["zhen"]))
    assert case.number in first
    assert flat(first).index(flat("Missing papers")) < flat(first).index(flat("Contents"))
    missing, contents = flat(first).split(flat("Contents"))
    assert flat("Authorisation to compare data") in missing
    assert flat("Minutes of the democratic evaluation") not in missing, "its step is still ahead"
    assert flat("The household and its members") in contents
    assert len(rest) >= 4


def test_every_page_has_the_number_that_the_contents_name(case: Case, people: dict[str, User]) -> None:
    pages = words(making.made(case, by=people["zhen"]))
    assert [f"- {number} -" in page for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    at = next(
        number
        for number, page in enumerate(pages[1:], start=2)
        if flat("What happened with the case") in flat(page)
    )
    row = flat(pages[0]).split(flat("What happened with the case"))[-1]
    assert row.startswith(str(at))


def test_a_step_that_was_taken_without_its_paper_is_named(case: Case, people: dict[str, User]) -> None:
    move(case, Request("apply", given={"application": "1"}), by=people["cun"])
    case.refresh_from_db()
    lacks = list(documents.lacking(case, {"authorisation"}))
    assert [each.what for each in lacks] == ["Application", "Result sheet of the asset check"]
    assert "was taken without it" in lacks[0].why
    assert "Still to come" in lacks[1].why
    assert not list(documents.lacking(case, {"application", "authorisation", "check_result"}))


def test_of_a_case_from_before_this_platform_papers_are_listed_not_demanded(
    home: Household, people: dict[str, User]
) -> None:
    old = a_case_of(home, state="enrolled", origin="import")
    lacks = list(documents.lacking(old, ()))
    assert len(lacks) == len(documents.NAMES)
    assert all("not demanded" in each.why for each in lacks)


def test_who_may_not_read_a_part_gets_the_file_without_it_and_a_line_that_says_so(
    case: Case, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Secret:
        order, right, label = 50, Right.VIEW_FINDINGS, "Asset check detail"

        def papers(self, case: Case, user: User) -> list[Paper]:
            return [Paper("Asset check detail", pdf.sheet(pdf.Sheet("Zhang has a car", "")))]

        def lacking(self, case: Case, user: User) -> list[Lack]:
            return []

    monkeypatch.setattr(making, "parts", lambda name: [Secret()])
    village = making.gather(case, people["cun"])
    assert (village.papers, village.withheld) == ([], ["Asset check detail"])
    assert [each.title for each in making.gather(case, people["zhen"]).papers] == ["Asset check detail"]


def test_a_paper_that_cannot_be_opened_counts_as_missing_and_the_rest_is_bound(
    case: Case, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        order, right, label = 1, Right.VIEW_CASES, "x"

        def papers(self, case: Case, user: User) -> list[Paper]:
            return [
                Paper("Scan", b"%PDF-1.7 broken %%EOF"),
                Paper("Whole", pdf.sheet(pdf.Sheet("Whole", ""))),
            ]

        def lacking(self, case: Case, user: User) -> list[Lack]:
            return []

    monkeypatch.setattr(making, "parts", lambda name: [Broken()])
    gathered = making.gather(case, people["cun"])
    assert [each.title for each in gathered.papers] == ["Whole"]
    assert "cannot be bound" in next(each.why for each in gathered.lacks if each.what == "Scan")


def test_taking_a_file_out_stands_in_the_record_and_outsiders_cannot(
    case: Case, people: dict[str, User]
) -> None:
    made = making.file_of(case, by=people["cun"])
    assert made.name == f"Household file YS000001 {case.number}.pdf"
    entry = Entry.objects.get(verb=making.MADE)
    assert (entry.object_id, entry.area) == (str(case.pk), case.area_id)
    for login in ("lin_zhen", "bangfu", "yibao"):
        with pytest.raises(Refused):
            making.file_of(case, by=people[login])


def test_bound_pages_go_on_from_a_number() -> None:
    sheet = pdf.sheet(pdf.Sheet("One", ""))
    assert [
        f"- {number} -" in page
        for number, page in zip((7, 8), words(binding.bound([sheet, sheet], from_page=7)), strict=True)
    ] == [True, True]
