"""A household authorises: asked, signed by everybody, in force; refused, resumed, withdrawn, replaced, expired."""

import datetime

import pytest

from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.regulations.models import Value
from foundation.workflow.move import Request
from households.authorisations.asking import Basis
from households.authorisations.document import content_of
from households.authorisations.ending import end, expire_due, night_work
from households.identity.erasure import Ground, erase
from households.models import Authorisation, AuthorisationMember, Household, Signature
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import Progress, progress, signatures_of
from households.signing.taking import refuse, sign, undo
from tests.households.authorisations.made import DAY, LAST_DAY, asked, sign_all, signed
from tests.households.families import make_household
from tests.households.signing.made import drawn


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    return make_household("AU0001", "姜大雪", "柳霜降", "姜小满", "陶立秋", by=people["xian"])


@pytest.fixture
def cun(people: dict[str, User]) -> User:
    return people["cun"]


def state_of(row: Authorisation) -> str:
    return Authorisation.objects.get(pk=row.pk).state


def test_two_of_four_have_signed_and_it_is_not_in_force(home: Household, cun: User):
    row = asked(home, by=cun)
    for signature in signatures_of(row)[:2]:
        sign(signature, drawn(), by=cun)
    assert str(progress(row)) == "2/4"
    assert state_of(row) == "pending"


def test_the_last_signature_puts_it_into_force(home: Household, cun: User):
    row = signed(home, by=cun)
    assert (row.state, row.in_force_on, row.valid_until) == ("in_force", DAY, LAST_DAY)
    assert Entry.objects.filter(verb="authorisation.take_effect", object_id=str(row.pk)).count() == 1


def test_it_holds_from_the_latest_signature_in_whatever_order_they_are_entered(home: Household, cun: User):
    three = datetime.timedelta(days=3)
    row = asked(home, by=cun, valid_from=DAY - three, valid_until=LAST_DAY - three)
    *others, last = signatures_of(row)
    for each in others:
        sign(each, drawn(), by=cun)
    sign(last, drawn(), by=cun, happened_on=DAY - datetime.timedelta(days=2))
    row.refresh_from_db()
    assert row.in_force_on == DAY


def test_a_child_signs_through_the_guardian(home: Household, people: dict[str, User], cun: User):
    home.residents.filter(relation="03").update(born_on=datetime.date(2012, 11, 5))
    with pytest.raises(Refused) as refused:
        asked(home, by=cun, guardian=None)
    assert refused.value.field == "guardian"
    row = asked(home, by=cun)
    child = next(each for each in signatures_of(row) if each.party == Signature.Party.GUARDIAN)
    assert (child.resident.name, child.signed_for.name) == ("姜大雪", "姜小满")
    by_name = make_household("AU0002", "陶立秋", "万惊蛰", "陶小满", by=people["xian"])
    by_name.residents.filter(relation="03").update(born_on=datetime.date(2020, 1, 1))
    other = asked(by_name, by=cun, guardian=None, guardian_name="陶大暑")
    assert [each.who for each in signatures_of(other)] == ["陶立秋", "万惊蛰", "陶大暑"]


def test_a_refusal_stops_it_and_a_signature_resumes_it(home: Household, cun: User):
    row = asked(home, by=cun)
    head, *others = signatures_of(row)
    for each in others:
        sign(each, drawn(), by=cun)
    refused = refuse(head, told="不授权不影响其他帮扶，可随时补签", by=cun)
    assert state_of(row) == "refused"
    assert progress(row) == Progress(signed=3, of=4, refused=1)
    sign(refused, drawn(), by=cun)
    assert state_of(row) == "in_force"


def test_of_two_refusals_one_signature_is_not_enough(home: Household, cun: User):
    row = asked(home, by=cun)
    said = [refuse(each, told="可随时补签", by=cun) for each in signatures_of(row)[:2]]
    sign(said[0], drawn(), by=cun)
    assert state_of(row) == "refused"
    sign(said[1], drawn(), by=cun)
    assert state_of(row) == "pending"


def test_a_signature_taken_back_suspends_it(home: Household, cun: User):
    row = signed(home, by=cun)
    undo(signatures_of(row)[0], reason="签错了人", by=cun)
    assert state_of(row) == "pending"
    assert sign_all(row, by=cun).state == "in_force"


def test_a_household_withdraws(home: Household, cun: User):
    row = signed(home, by=cun)
    with pytest.raises(Refused) as refused:
        end(row, Request("withdraw"), by=cun)
    assert refused.value.field == "reason"
    assert end(row, Request("withdraw", reason="户主当面说明"), by=cun).state == "withdrawn"
    assert row.ended_on == DAY
    with pytest.raises(Refused):
        undo(signatures_of(row)[0], reason="补", by=cun)


def test_what_was_entered_by_mistake_is_no_longer_signed(home: Household, cun: User):
    row = asked(home, by=cun)
    end(row, Request("cancel", reason="选错了户"), by=cun)
    assert signatures_of(row) == []
    assert asked(home, by=cun).state == "pending"


def test_it_expires_in_the_night_after_its_last_day(home: Household, people: dict[str, User], cun: User):
    row, unsigned = signed(home, by=cun), asked(home, by=cun, purposes=["removal_check"])
    system = User.objects.built_in("system")
    assert expire_due(by=system, on=LAST_DAY) == 0
    following = LAST_DAY + datetime.timedelta(days=1)
    with clock.at(following):
        night_work(by=system, on=following)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("expired", following)
    assert state_of(unsigned) == "expired"
    assert signatures_of(unsigned) == []
    assert expire_due(by=system, on=following) == 0


def test_a_new_one_takes_the_place_of_the_old(home: Household, cun: User):
    old, other = signed(home, by=cun), signed(home, by=cun, purposes=["removal_check"])
    new = signed(home, by=cun, kinds=["vehicle", "deposit", "tax"])
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id) == ("replaced", new.pk)
    assert state_of(other) == "in_force"


def test_the_same_is_not_asked_twice(home: Household, cun: User):
    asked(home, by=cun)
    with pytest.raises(Refused) as refused:
        asked(home, by=cun)
    assert refused.value.field == "purposes"


def test_a_separate_consent_has_one_purpose(home: Household, cun: User):
    with pytest.raises(Refused) as refused:
        asked(home, by=cun, basis=Basis.CONSENT, purposes=["asset_check", "removal_check"])
    assert refused.value.field == "purposes"
    assert asked(home, by=cun, basis=Basis.CONSENT).state == "pending"


def test_a_duty_names_its_clause_needs_no_signature_and_is_not_withdrawn(home: Household, cun: User):
    with pytest.raises(Refused) as refused:
        asked(home, by=cun, basis=Basis.DUTY)
    assert refused.value.field == "clause"
    row = asked(home, by=cun, basis=Basis.DUTY, clause="社会救助暂行办法第五十八条")
    assert (row.state, signatures_of(row)) == ("in_force", [])
    with pytest.raises(Refused):
        end(row, Request("withdraw", reason="不愿意"), by=cun)
    assert end(row, Request("cancel", reason="误录"), by=cun).state == "cancelled"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_until": LAST_DAY + datetime.timedelta(days=1)}, "valid_until"),
        ({"valid_until": DAY - datetime.timedelta(days=1)}, "valid_until"),
        ({"purposes": []}, "purposes"),
        ({"kinds": ["unheard_of"]}, "kinds"),
        ({"members": []}, "members"),
    ],
)
def test_what_makes_no_sense_is_not_asked(home: Household, cun: User, fields: dict[str, object], field: str):
    with pytest.raises(Refused) as refused:
        asked(home, by=cun, **fields)
    assert refused.value.field == field
    assert not Authorisation.objects.exists()


def test_only_who_takes_authorisations_there_and_is_no_kin(home: Household, people: dict[str, User]):
    for outsider in ("lin_cun", "xian", "wangge", "lingdao"):
        with pytest.raises(Refused):
            asked(home, by=people[outsider])
    Kin.objects.create(user=people["cun"], household=home.code, relation=Kin.Relation.OWN, declared_on=DAY)
    with pytest.raises(Refused):
        asked(home, by=people["cun"])
    assert asked(home, by=people["shuji"]).state == "pending"


def test_the_text_that_was_signed_can_no_longer_change(home: Household, cun: User, areas: dict[str, Area]):
    row = asked(home, by=cun)
    assert row.text_value.subject_id == "authorisation_text"
    assert "可以随时撤回" in row.text
    assert Value.objects.get(pk=row.text_value_id).used_on is not None


@pytest.mark.parametrize(
    "changed", [{"text": "改"}, {"kinds": []}, {"valid_until": LAST_DAY + datetime.timedelta(days=30)}]
)
def test_whatever_is_changed_after_signing_is_seen(home: Household, cun: User, changed: dict[str, object]):
    row = signed(home, by=cun)
    assert set(verdicts(signatures_of(row), content_of(row)).values()) == {Verdict.INTACT}
    Authorisation.objects.filter(pk=row.pk).update(**changed)
    row.refresh_from_db()
    assert set(verdicts(signatures_of(row), content_of(row)).values()) == {Verdict.DOCUMENT_CHANGED}


def test_erasing_one_leaves_what_the_others_signed_proved(
    home: Household, people: dict[str, User], cun: User
):
    row = signed(home, by=cun)
    gone = home.residents.get(relation="12")
    erase(gone, ground=Ground.REQUEST, by=people["shending"])
    kept = AuthorisationMember.objects.get(authorisation=row, resident=gone)
    assert (kept.name, bytes(kept.salt)) == ("*", b"")
    found = verdicts(signatures_of(row), content_of(row))
    assert sorted(found.values()) == [Verdict.INTACT] * 3 + [Verdict.PERSON_ERASED]


def test_nothing_personal_stands_in_the_record(home: Household, cun: User):
    row = asked(home, by=cun)
    refuse(signatures_of(row)[0], told="姜大雪不同意", by=cun)
    sign_all(row, by=cun)
    bodies = [str(read_body(entry)) for entry in Entry.objects.filter(object_type__startswith="households.")]
    assert len(bodies) > 8
    assert not [body for body in bodies if "姜" in body or "雪" in body]
