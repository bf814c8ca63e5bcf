"""Trials: a draft runs over the archive and raises nothing; what it would have named stands township by township."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.sign_in import BACKEND
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.regulations.models import LocalValue
from monitoring.comparison import trials
from monitoring.comparison.trials import Wanted, ask_trial, month_ends
from monitoring.models import Finding, Trial
from monitoring.screening.files import FOLDER
from tests.monitoring.comparison.stories import ON, county, paid
from tests.monitoring.runs.made import PAID
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP, make_areas, make_people

People = dict[str, User]
SignedIn = Callable[[str], Client]
DECLARATION = (FOLDER / f"{PAID}.toml").read_text()


def wanted(area: str = COUNTY, **said: object) -> Wanted:
    """Return a drafted line of 30,000 yuan, unless something else is said."""
    defaults: dict[str, object] = {"standard": PAID, "amount": Decimal(30000), "comparator": ">="}
    return Wanted(Area.objects.get(pk=area), ON, **(defaults | said))  # type: ignore[arg-type]


def tried(by: User, **said: object) -> Trial:
    """Ask for a trial and work it out here."""
    trial = ask_trial(wanted(**said), by=by, ring=False)  # type: ignore[arg-type]
    run_here(Job.objects.get(uuid=str(trial.job)))
    trial.refresh_from_db()
    return trial


@pytest.fixture
def own_people(own_database: str) -> People:
    """Everybody, in a database in which a job may commit; four households with bills of 20,000 to 50,000 yuan."""
    people = make_people(make_areas())
    made = county(4, by=people["xian"])
    bills = [(f"甲{n}", str(n), str(20000 + 10000 * n)) for n in range(4)]
    paid(made, *bills, by=people["xian"])
    return people


def test_a_trial_story(own_people: People):
    """A lower line, a higher one, a proposed one, a drafted standard; and nothing is raised by any of them."""
    xian = own_people["xian"]
    higher = tried(xian, amount=Decimal(40000))
    assert higher.result["all"] == {"now": 1, "both": 2, "draft": 0}
    assert [each["now"] + each["both"] for each in higher.result["months"]] == [0] * 11 + [3]
    assert higher.result["townships"] == [{"area": TOWNSHIP, "now": 1, "both": 2, "draft": 0}]
    assert higher.result["outcomes"] == {"now": {}, "both": {}, "draft": {}}, "nobody was visited yet"
    lower = tried(xian, amount=Decimal(20000))
    assert lower.result["all"] == {"now": 0, "both": 3, "draft": 1}
    more_than = tried(xian, amount=Decimal(20000), comparator=">")
    assert more_than.result["all"] == {"now": 0, "both": 3, "draft": 0}
    low_income = tried(xian, amount=Decimal(20000), population="low_income")
    assert low_income.result["all"] == {"now": 0, "both": 3, "draft": 0}
    drafted = tried(
        xian, standard="one_large_bill", declaration=DECLARATION, amount=Decimal(50000), comparator=">="
    )
    assert drafted.result["all"] == {"now": 0, "both": 0, "draft": 1}
    assert not Finding.objects.exists()
    assert Entry.objects.filter(verb="trial.ended").count() == 5
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(xian, backend=BACKEND)
    text = browser.get(reverse("comparisons:trial", args=[lower.pk])).content.decode()
    assert "青石镇" in text
    assert "None of these households was visited in that time." in text
    assert 'id="trial-data"' in text
    address = reverse("comparisons:trial", args=[higher.pk])
    export = browser.post(reverse("desk:export"), {"address": address, "form": "csv"})
    assert "青石镇" in b"".join(export.streaming_content).decode("utf-8-sig")
    at_the_doors = [lambda homes, _since, _until: {"enrolled": len(homes)}]
    with mock.patch.object(trials, "parts", return_value=at_the_doors):
        visited = tried(xian, amount=Decimal(20000))
    assert visited.result["outcomes"] == {
        "now": {"enrolled": 0},
        "both": {"enrolled": 3},
        "draft": {"enrolled": 1},
    }
    assert "enrolled" in browser.get(reverse("comparisons:trial", args=[visited.pk])).content.decode()


def test_months_end_on_their_last_day():
    days = list(month_ends(datetime.date(2026, 3, 31)))
    assert (len(days), days[0], days[-2:]) == (
        12,
        datetime.date(2025, 4, 30),
        [datetime.date(2026, 2, 28), datetime.date(2026, 3, 31)],
    )


class TestAsking:
    """What is refused, and in which words."""

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"amount": None}, "amount"),
            ({"standard": "no_such_standard"}, "standard"),
            ({"amount": Decimal(-1)}, "amount"),
            ({"standard": "school_dropout", "amount": Decimal(2)}, "amount"),
            ({"standard": "farm_income_fall", "amount": Decimal(2)}, "amount"),
            ({"standard": "school_dropout", "amount": Decimal(1), "population": "other"}, "population"),
            ({"standard": "x", "declaration": DECLARATION}, "standard"),
            ({"standard": "drafted", "declaration": "core = maybe"}, "declaration"),
            (
                {"standard": "drafted", "declaration": DECLARATION.replace("个人自付", "无此列")},
                "declaration",
            ),
        ],
    )
    def test_what_fits_no_standard_is_refused(self, people: People, said: dict[str, object], field: str):
        with pytest.raises(Refused) as refused:
            ask_trial(wanted(**said), by=people["xian"], ring=False)  # type: ignore[arg-type]
        assert refused.value.field == field
        assert not Trial.objects.exists()

    def test_a_day_to_come_and_an_area_of_others_are_refused(self, people: People):
        later = Wanted(Area.objects.get(pk=COUNTY), datetime.date(2027, 1, 1), PAID, amount=Decimal(1))
        for asked in (later, wanted(NEIGHBOUR_COUNTY)):
            with pytest.raises(Refused):
                ask_trial(asked, by=people["xian"])

    def test_a_file_is_read_under_its_own_name(self, people: People, signed_in: SignedIn):
        file = SimpleUploadedFile("my_draft.toml", DECLARATION.encode())
        asked = {"area": COUNTY, "as_of": "2026-10-31", "file": file}
        answer = signed_in("xian").post(reverse("comparisons:trial_ask"), asked)
        trial = Trial.objects.get()
        assert answer.url == reverse("comparisons:trial", args=[trial.pk])
        assert (trial.standard, trial.amount) == ("my_draft", None)

    def test_what_is_wrong_in_a_declaration_stands_at_its_field(self, people: People, signed_in: SignedIn):
        asked = {"area": COUNTY, "as_of": "2026-10-31", "code": "my_draft", "declaration": "theme = 'none'"}
        form = signed_in("xian").post(reverse("comparisons:trial_ask"), asked).context["form"]
        assert "my_draft.toml" in form.errors["declaration"][0]

    def test_a_binary_file_is_refused(self, people: People, signed_in: SignedIn):
        file = SimpleUploadedFile("my_draft.toml", b"\xff\xfe\x00")
        answer = signed_in("xian").post(
            reverse("comparisons:trial_ask"), {"area": COUNTY, "as_of": "2026-10-31", "file": file}
        )
        assert answer.context["form"].errors
        assert not Trial.objects.exists()


class TestProposedValues:
    """A proposed local value leads to its trial."""

    @pytest.fixture
    def proposal(self, people: People) -> LocalValue:
        return LocalValue.objects.create(
            subject_id="medical_yearly_burden",
            area_id=COUNTY,
            from_day=datetime.date(2027, 1, 1),
            kind="amount",
            unit="yuan",
            amount=30000,
            comparator=">=",
            population="other",
            source_kind="document",
            source_title="通知",
            source_issuer="示例县",
            source_issued="2026-10-01",
            why="试行",
            proposed_by=people["xian"],
            state="proposed",
        )

    def test_its_page_offers_it_to_who_may_try(
        self, people: People, proposal: LocalValue, signed_in: SignedIn
    ):
        page = reverse("desk:local_value", args=[proposal.pk])
        offered = f"{reverse('comparisons:trial_ask')}?proposal={proposal.pk}"
        assert offered in signed_in("xian").get(page).content.decode()
        assert offered not in signed_in("shending").get(page).content.decode()

    def test_it_is_tried_as_it_is_proposed(self, people: People, proposal: LocalValue, signed_in: SignedIn):
        address = f"{reverse('comparisons:trial_ask')}?proposal={proposal.pk}"
        assert set(signed_in("xian").get(address).context["form"].fields) == {"area", "as_of", "standard"}
        signed_in("xian").post(address, {"area": COUNTY, "as_of": "2026-10-31", "standard": PAID})
        trial = Trial.objects.get()
        assert (trial.proposal, trial.amount) == (proposal, None)
        assert (
            "30,000.00"
            in signed_in("xian").get(reverse("comparisons:trial", args=[trial.pk])).content.decode()
        )

    def test_a_proposal_of_others_does_not_exist(
        self, people: People, proposal: LocalValue, signed_in: SignedIn
    ):
        address = f"{reverse('comparisons:trial_ask')}?proposal={proposal.pk}"
        assert signed_in("lin_xian").get(address).status_code == 404


class TestKeeping:
    """Trials lie in an area, and go when their time is over."""

    @pytest.fixture
    def trial(self, people: People) -> Trial:
        return ask_trial(wanted(), by=people["xian"], ring=False)

    def test_they_are_seen_where_findings_are(self, trial: Trial, signed_in: SignedIn):
        for who, status in (("xian", 200), ("shi", 200), ("lin_xian", 404), ("zhen", 404), ("cun", 403)):
            assert signed_in(who).get(reverse("comparisons:trial", args=[trial.pk])).status_code == status, (
                who
            )

    def test_the_list_names_the_draft(self, trial: Trial, signed_in: SignedIn):
        row = signed_in("xian").get(reverse("comparisons:trials")).context["table"].rows[0]
        cells = {cell.column.key: cell.value for cell in row.cells}
        assert "30,000.00" in str(cells["draft"])

    def test_they_are_deleted_after_their_last_day(self, trial: Trial):
        system = User.objects.built_in("system")
        assert trials.delete_over(trial.kept_until, by=system) == 0
        assert trials.delete_over(trial.kept_until + datetime.timedelta(days=1), by=system) == 1
        assert not Trial.objects.exists()
        assert Entry.objects.filter(verb="trial.deleted").exists()
