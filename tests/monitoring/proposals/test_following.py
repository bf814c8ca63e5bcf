"""Deliveries and changes of the register ask for comparisons; what an area lets be taken is taken by itself."""

from collections.abc import Callable

from foundation.accounts.models import Area, User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.regulations.models import Subject, Value
from foundation.regulations.revision import VALUES, renew
from households.corrections import correct
from households.followers import register_changed
from households.identity.erasure import Ground, erase
from households.models import Household, Resident
from monitoring.models import RegisterProposal
from monitoring.proposals.automatic import FIELDS, subject_of, taken_in
from monitoring.proposals.following import areas, ask, speaking_with
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SPOUSE
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.monitoring.proposals.test_deciding import SEEN
from tests.people import COUNTY, TOWNSHIP, VILLAGE

People = dict[str, User]
Member = Callable[[str], Resident]


def allow(field: str, area: str) -> None:
    """Let a field be taken by itself in an area, as an approved local value does."""
    Value.objects.create(
        subject_id=subject_of(field),
        area=area,
        from_day="2026-01-01",
        kind="yes/no",
        unit="yes/no",
        amount=1,
        origin="local",
        source_kind="proposal",
        source_reason_zh="试行",
        fingerprint="0" * 64,
        loaded_on="2026-01-01",
    )
    renew(VALUES)


def insure(people: People, *members: Resident) -> None:
    rows = [
        {"身份证号": number_of(each), "姓名": each.name, "参保年度": 2026, "是否参保": "是"}
        for each in members
    ]
    delivered("medical_insurance_status", rows, by=people["yibao"])


def compared() -> dict[str, int]:
    """Do the comparison that was asked for last."""
    result: dict[str, int] = run_here(Job.objects.filter(kind="propose_changes").latest("pk")).result
    return result


def test_by_default_every_proposal_waits_for_a_person(db: None) -> None:
    assert Subject.objects.filter(key__in=[subject_of(field.value) for field in FIELDS]).count() == len(
        FIELDS
    )
    assert taken_in(VILLAGE) == frozenset()


def test_datasets_that_speak_for_one_field_are_compared_together() -> None:
    assert speaking_with("temporary_aid") == []
    assert speaking_with("cremation") == ["cremation", "household_registration"]


def test_a_delivery_has_its_area_compared(people: People, member: Member) -> None:
    insure(people, member(HEAD), member(SPOUSE))
    job = Job.objects.get(kind="propose_changes")
    assert (job.area, job.params["datasets"], job.asked_by) == (
        COUNTY, ["medical_insurance_status"], people["yibao"],
    )  # fmt: skip
    assert compared() == {"new": 2, "again": 0, "overtaken": 0, "withdrawn": 0, "taken": 0}


def test_what_an_area_lets_be_taken_is_taken_by_itself(people: People, member: Member) -> None:
    allow("resident.insured", TOWNSHIP)
    spouse = member(SPOUSE)
    correct(spouse, {"insured": True}, by=people["cun"], checked_on=SEEN, seen=spouse.revision_id)
    spouse = member(SPOUSE)
    correct(spouse, {"insured": False}, by=people["cun"], checked_on=SEEN, seen=spouse.revision_id)
    insure(people, member(HEAD), spouse)
    result = compared()
    assert (result["new"], result["taken"]) == (2, 1)
    assert (member(HEAD).insured, member(SPOUSE).insured) == (True, False)
    assert RegisterProposal.objects.get(state="proposed").resident == spouse
    assert Value.objects.get(subject=subject_of("resident.insured"), area=TOWNSHIP).used_on is not None


def test_a_death_is_never_taken_by_itself(people: People, member: Member, compare: Compare) -> None:
    mother = member(MOTHER)
    row = {"身份证号": number_of(mother), "姓名": mother.name, "火化日期": "2026-10-09"}
    delivered("cremation", [row], by=people["xian"])
    assert compared()["taken"] == 0
    depart(mother, Resident.Departure.DIED, SEEN, by=people["cun"], seen=mother.revision_id)
    assert RegisterProposal.objects.get().state == "overtaken"


def test_a_register_file_has_what_was_delivered_compared_anew(people: People, member: Member) -> None:
    insure(people, member(HEAD))
    register_changed([COUNTY], by=people["xian"])
    assert Job.objects.filter(kind="propose_changes").count() == 2


def test_an_erased_person_takes_what_is_proposed_about_them_along(
    people: People, member: Member, compare: Compare
) -> None:
    insure(people, member(HEAD), member(SPOUSE))
    compare("medical_insurance_status")
    erase(member(SPOUSE), ground=Ground.REQUEST, by=people["shending"])
    assert [row.resident for row in RegisterProposal.objects.all()] == [member(HEAD)]


def test_proposals_go_where_their_household_goes(
    people: People, home: Household, member: Member, compare: Compare
) -> None:
    insure(people, member(HEAD))
    compare("medical_insurance_status")
    old, new = Area.objects.get(pk=VILLAGE), Area.objects.get(pk="999901001002")
    Household.objects.filter(pk=home.pk).update(area=new)
    areas(old, [new], by=people["xian"], on=SEEN)
    assert RegisterProposal.objects.get().area == new


def test_a_comparison_is_asked_for_as_the_platform_where_a_person_may_not(
    people: People, member: Member
) -> None:
    assert ask(COUNTY, ["cremation"], by=people["shi"]).asked_by == User.objects.built_in("system")
