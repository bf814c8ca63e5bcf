"""A household applies: carried over from the doorstep, signed, or handed in first; and no needless paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from alerts.models import Alert, Signal
from assistance.applying import papers
from assistance.applying.demanding import demand, settle
from assistance.applying.document import content_of, words_stand
from assistance.applying.taking import Lack, lacking, take
from assistance.applying.words import told
from assistance.applying.writing import Paper, Wanted, take_paper, write
from assistance.models import Application, Case, PaperDemand
from assistance.notices.lines import line_of
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.identity.erasure import Ground, erase
from households.models import Household
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import signatures_of
from households.signing.taking import undo
from tests.assistance.checks.made import car, cars, open_case
from tests.assistance.made import opened
from tests.households.authorisations.made import DAY, sign_all, signed
from tests.households.families import make_household
from tests.households.signing.made import photograph


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[None]:
    with override_settings(
        ARCHIVE_INCOMING=tmp_path / "drafts",
        ARCHIVE_FOLDER=tmp_path / "archive",
        ARCHIVE_CACHE=tmp_path / "c",
    ):
        yield


@pytest.fixture
def case(home: Household, people: dict[str, User]) -> Case:
    return open_case(home, people)


def wanted(home: Household, **fields: object) -> Wanted:
    given = {"applicant": home.residents.get(relation="01"), "problems": ["01"], "text": "住院自付三万元"}
    return Wanted(**given | fields)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("household").get(pk=case.pk)


def paper_of(home: Household, **fields: object) -> Paper:
    given = {
        "upload": Upload(draft_of([photograph()]), "申请.jpg", "application"),
        "on": DAY,
        "applicant": home.residents.get(relation="01"),
        "event_kind": "illness",
        "text": "住院花了三万元",
    }
    return Paper(**given | fields)


def test_the_last_signature_of_either_paper_takes_the_step(
    case: Case, home: Household, people: dict[str, User]
):
    row = write(case, wanted(home), by=people["cun"])
    sign_all(row, by=people["cun"])
    assert lacking(fresh(case)) == [Lack.AUTHORISATION]
    allowed = signed(home, by=people["cun"])
    assert (fresh(case).waits_for, fresh(case).authorisation_id) == (["compare"], allowed.pk)


def test_the_application_signed_last_takes_it_too(case: Case, home: Household, people: dict[str, User]):
    signed(home, by=people["cun"])
    assert lacking(fresh(case)) == [Lack.APPLICATION]
    row = write(case, wanted(home), by=people["cun"])
    assert lacking(fresh(case)) == [Lack.SIGNATURES]
    with pytest.raises(Refused):
        take(fresh(case), by=people["cun"])
    sign_all(row, by=people["cun"])
    assert fresh(case).waits_for == ["compare"]
    assert Application.objects.get(case=case).complete_on == DAY


def test_an_authorisation_signed_before_the_case_is_not_asked_for_again(
    home: Household, people: dict[str, User]
):
    allowed = signed(home, by=people["cun"])
    case = open_case(home, people)
    sign_all(write(case, wanted(home), by=people["cun"]), by=people["cun"])
    assert fresh(case).authorisation_id == allowed.pk


def test_what_was_known_stands_in_it_without_a_name_in_the_signed_bytes(
    case: Case, home: Household, people: dict[str, User]
):
    row = write(case, wanted(home), by=people["cun"])
    counts = row.body["counts"]
    assert (counts["members"], counts["able"], counts["pupils"], counts["chronic"]) == (4, 2, 1, 1)
    assert (counts["disabled"], counts["dibao"]) == (1, 1)
    assert not [word for word in ("沈", "立夏", "住院自付") if word in content_of(row).decode()]


def test_the_household_sees_the_very_line_that_the_notice_will_show(
    case: Case, home: Household, people: dict[str, User]
):
    row = write(case, wanted(home), by=people["cun"])
    line = line_of(fresh(case))
    assert [said for _label, said in told(row).line][:3] == [
        f"{line.village} {line.group}".strip(), line.name, str(line.persons),
    ]  # fmt: skip


def test_whatever_is_changed_after_signing_is_seen(case: Case, home: Household, people: dict[str, User]):
    row = sign_all(write(case, wanted(home), by=people["cun"]), by=people["cun"])
    assert set(verdicts(signatures_of(row), content_of(row)).values()) == {Verdict.INTACT}
    row.told = row.told | {"problem": "改过"}
    assert not words_stand(row)
    row.body = row.body | {"income": {}} | {"problems": []}
    assert set(verdicts(signatures_of(row), content_of(row)).values()) == {Verdict.DOCUMENT_CHANGED}


def test_one_not_signed_gives_way_to_a_new_one_and_a_complete_one_stays(
    case: Case, home: Household, people: dict[str, User]
):
    first = write(case, wanted(home), by=people["cun"])
    second = write(fresh(case), wanted(home, text="又借了两万"), by=people["cun"])
    first.refresh_from_db()
    assert (first.dropped_on, signatures_of(first)) == (DAY, [])
    sign_all(second, by=people["cun"])
    with pytest.raises(Refused):
        write(fresh(case), wanted(home), by=people["cun"])


def test_a_signature_taken_back_makes_it_incomplete(case: Case, home: Household, people: dict[str, User]):
    row = sign_all(write(case, wanted(home), by=people["cun"]), by=people["cun"])
    undo(signatures_of(row)[0], reason="签错了", by=people["cun"])
    assert lacking(fresh(case))[0] == Lack.SIGNATURES


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"problems": []}, "problems"), ({"problems": ["77"]}, "problems"), ({"text": " "}, "text")],
)
def test_what_says_nothing_is_refused(
    case: Case, home: Household, people: dict[str, User], fields: dict[str, object], field: str
):
    with pytest.raises(Refused) as refused:
        write(case, wanted(home, **fields), by=people["cun"])
    assert refused.value.field == field


def test_who_may_write_it(case: Case, home: Household, people: dict[str, User]):
    for outsider in ("lin_cun", "xian", "shending", "zhenling"):
        with pytest.raises(Refused):
            write(case, wanted(home), by=people[outsider])
    Kin.objects.create(user=people["cun"], household=home.code, relation=Kin.Relation.OWN, declared_on=DAY)
    with pytest.raises(Refused):
        write(case, wanted(home), by=people["cun"])


def test_a_written_application_opens_the_clue_travels_and_is_never_asked_for_again(
    home: Household, people: dict[str, User]
):
    row = take_paper(home, paper_of(home), by=people["cun"])
    assert (row.case_id, row.complete_on) == (None, DAY)
    assert Attachment.objects.of(row).living().count() == 1
    signal = Signal.objects.get(channel="self_report")
    assert signal.alert.household_id == home.pk
    case = opened(people, home)
    assert Application.objects.get(pk=row.pk).case_id == case.pk
    assert lacking(fresh(case)) == [Lack.AUTHORISATION]
    with pytest.raises(Refused):
        take_paper(home, paper_of(home), by=people["cun"])
    signed(home, by=people["cun"])
    assert fresh(case).waits_for == ["compare"]


def test_handed_in_for_a_running_case_it_opens_no_clue(case: Case, home: Household, people: dict[str, User]):
    row = take_paper(home, paper_of(home), by=people["cun"])
    assert row.case_id == case.pk
    assert not Alert.objects.filter(household=home).exists()


def test_an_erased_person_leaves_the_signed_bytes_proved(
    case: Case, home: Household, people: dict[str, User]
):
    row = sign_all(write(case, wanted(home), by=people["cun"]), by=people["cun"])
    before = content_of(row)
    erase(home.residents.get(relation="12"), ground=Ground.REQUEST, by=people["shending"])
    row.refresh_from_db()
    assert (row.told, bytes(row.salt), content_of(row)) == ({}, b"", before)
    assert words_stand(row)


def test_no_paper_is_asked_for_whose_fact_data_answer(case: Case, home: Household, people: dict[str, User]):
    demand(case, "no_car", "核实有无车辆", by=people["cun"])  # nothing was delivered yet
    stranger = make_household("YS000009", "柳大雪", by=people["xian"])
    cars(home, car(stranger, by=people["xian"]), by=people["xian"])
    PaperDemand.objects.all().delete()
    with pytest.raises(Refused) as refused:
        demand(fresh(case), "no_car", "核实有无车辆", by=people["cun"])
    assert refused.value.field == "paper"
    assert "机动车" in refused.value.sentence
    with pytest.raises(Refused):
        demand(fresh(case), "hukou", "核对人口", by=people["cun"])


def test_a_paper_that_is_awaited_holds_the_step(case: Case, home: Household, people: dict[str, User]):
    row = demand(case, "private_debt", "借款两万元的借条", by=people["cun"])
    with pytest.raises(Refused):
        demand(case, "private_debt", "再要一次", by=people["cun"])
    signed(home, by=people["cun"])
    sign_all(write(fresh(case), wanted(home), by=people["cun"]), by=people["cun"])
    assert lacking(fresh(case)) == [Lack.PAPERS]
    settle(row, brought=True, by=people["cun"])
    assert fresh(case).waits_for == ["compare"]


def test_every_declared_paper_is_answered_in_one_way_by_a_dataset_that_exists():
    from monitoring.contracts.book import contracts

    for each in papers.papers().values():
        assert not each.dataset or each.dataset in contracts(), each.code


def test_nothing_personal_stands_in_the_record(case: Case, home: Household, people: dict[str, User]):
    write(case, wanted(home), by=people["cun"])
    bodies = [str(read_body(each)) for each in Entry.objects.filter(object_type="assistance.application")]
    assert bodies
    assert not [body for body in bodies if "沈" in body or "住院" in body]
