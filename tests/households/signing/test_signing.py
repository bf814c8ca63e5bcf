"""Signatures are asked for, taken, refused and taken back; what was signed can be proved byte by byte."""

import datetime
from collections.abc import Iterator

import pytest

from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.files.models import Attachment, StoredCopy
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.identity.erasure import Ground, erase
from households.models import Household, Resident, Signature
from households.signing.asking import Party, drop_signatures
from households.signing.following import after_register_change
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import Progress, progress, signatures_of
from households.signing.taking import How, Proxy, Reading, refuse, sign, undo
from tests.households.families import make_household
from tests.households.signing.made import CONTENT, ask, drawing, drawn, photo, signed_households
from tests.people import COUNTY

DAY = datetime.date(2026, 11, 4)
Way, Part = Signature.Way, Signature.Party


@pytest.fixture
def home(people: dict[str, User]) -> Iterator[Household]:
    with signed_households():
        yield make_household("SH0001", "姜大雪", "姜小满", by=people["xian"])


@pytest.fixture
def owed(home: Household, people: dict[str, User]) -> list[Signature]:
    return ask(home, by=people["cun"])


def test_two_are_asked_and_one_has_signed(owed: list[Signature], home: Household, people: dict[str, User]):
    sign(owed[0], drawn(), by=people["cun"])
    assert progress(home) == Progress(signed=1, of=2)
    assert not progress(home).complete
    sign(owed[1], drawn(), by=people["cun"])
    assert progress(home).complete


def test_a_signature_binds_who_when_and_what(owed: list[Signature], people: dict[str, User]):
    signed = sign(owed[0], drawn(), by=people["cun"])
    entry = Entry.objects.filter(object_id=str(signed.pk), verb="signature.sign").get()
    told = read_body(entry)["details"]
    assert told["document"] == signed.document
    assert told["binding"] == signed.binding != ""
    assert verdicts([signed], CONTENT) == {signed.pk: Verdict.INTACT}


def test_a_changed_byte_of_the_document_is_seen(owed: list[Signature], people: dict[str, User]):
    signed = sign(owed[0], drawn(), by=people["cun"])
    assert verdicts([signed], CONTENT + b"\n") == {signed.pk: Verdict.DOCUMENT_CHANGED}


@pytest.mark.parametrize(
    "changed",
    [
        {"signed_on": DAY - datetime.timedelta(days=1)},
        {"name": "冒名"},
        {"picture": "0" * 64},
        {"way": "thumb"},
    ],
)
def test_a_changed_signature_is_seen(
    owed: list[Signature], people: dict[str, User], changed: dict[str, object]
):
    signed = sign(owed[0], drawn(), by=people["cun"])
    Signature.objects.filter(pk=signed.pk).update(**changed)
    signed.refresh_from_db()
    assert verdicts([signed], CONTENT) == {signed.pk: Verdict.SIGNATURE_CHANGED}


def test_a_changed_row_with_its_digest_worked_out_anew_is_seen(
    owed: list[Signature], people: dict[str, User]
):
    signed = sign(owed[0], drawn(), by=people["cun"])
    Signature.objects.filter(pk=signed.pk).update(document="1" * 64, binding="2" * 64)
    signed.refresh_from_db()
    assert verdicts([signed], CONTENT)[signed.pk] == Verdict.SIGNATURE_CHANGED


def test_an_empty_pad_is_no_signature(owed: list[Signature], people: dict[str, User]):
    for nothing in (b"", drawing(0), b"no picture"):
        with pytest.raises(Refused) as refused:
            sign(owed[0], How(Way.DRAWN, drawn=nothing), by=people["cun"])
        assert refused.value.field == "drawn"
    assert not Attachment.objects.exists()


def test_paper_needs_its_photo(owed: list[Signature], people: dict[str, User]):
    with pytest.raises(Refused) as refused:
        sign(owed[0], How(Way.PAPER), by=people["cun"])
    assert refused.value.field == "photo"
    assert sign(owed[0], How(Way.PAPER, photo=photo()), by=people["cun"]).state == "signed"


def test_a_print_names_writer_listener_and_who_put_it(owed: list[Signature], people: dict[str, User]):
    with pytest.raises(Refused) as refused:
        sign(owed[0], How(Way.THUMB, photo=photo()), by=people["cun"])
    assert refused.value.field == "written_by"
    told = Reading("沈立夏", "姜大雪", "姜大雪")
    signed = sign(owed[0], How(Way.THUMB, photo=photo(), reading=told), by=people["cun"])
    assert (signed.written_by, signed.read_to, signed.printed_by) == ("沈立夏", "姜大雪", "姜大雪")


def test_a_proxy_says_who_what_and_why(owed: list[Signature], people: dict[str, User]):
    with pytest.raises(Refused) as refused:
        sign(owed[0], drawn(proxy=Proxy("姜小满", "儿子", " ")), by=people["cun"])
    assert refused.value.field == "proxy_reason"
    signed = sign(owed[0], drawn(proxy=Proxy("姜小满", "儿子", "住院")), by=people["cun"])
    assert signed.proxy_name == "姜小满"


def test_nobody_signs_for_a_checker(home: Household, people: dict[str, User]):
    (owed,) = ask(home, [Party(Part.CHECKER, user=people["cun"])], by=people["cun"])
    with pytest.raises(Refused):
        sign(owed, drawn(proxy=Proxy("别人", "同事", "忙")), by=people["cun"])


def test_a_refusal_keeps_what_was_told_and_is_resumed_by_signing(
    owed: list[Signature], home: Household, people: dict[str, User]
):
    with pytest.raises(Refused):
        refuse(owed[0], told=" ", by=people["cun"])
    said = refuse(
        owed[0], told="不授权不影响其他帮扶", by=people["cun"], happened_on=datetime.date(2026, 11, 1)
    )
    assert (said.state, said.refused_on) == ("refused", datetime.date(2026, 11, 1))
    assert progress(home) == Progress(signed=0, of=2, refused=1)
    assert sign(said, drawn(), by=people["cun"]).state == "signed"


def test_a_signature_taken_back_is_owed_again_and_its_picture_destroyed(
    owed: list[Signature], people: dict[str, User]
):
    signed = sign(owed[0], drawn(), by=people["cun"])
    again = undo(signed, reason="签错了人", by=people["cun"])
    assert (again.state, again.picture, again.binding) == ("owed", "", "")
    assert not StoredCopy.objects.exists()
    assert sign(again, drawn(), by=people["cun"]).state == "signed"


def test_a_child_has_a_guardian(home: Household, people: dict[str, User]):
    child = home.residents.order_by("pk")[1]
    Resident.objects.filter(pk=child.pk).update(born_on=datetime.date(2012, 11, 5))
    child.refresh_from_db()
    with pytest.raises(Refused) as refused:
        ask(home, by=people["cun"])
    assert refused.value.field == "guardian"
    head = home.residents.get(relation="01")
    (owed,) = ask(home, [Party(Part.GUARDIAN, resident=head, signs_for=child)], by=people["cun"])
    assert (owed.resident, owed.signed_for) == (head, child)


def test_who_is_fourteen_today_signs_alone(home: Household, people: dict[str, User]):
    home.residents.update(born_on=datetime.date(2012, 11, 4))
    assert len(ask(home, by=people["cun"])) == 2


def test_nobody_is_asked_twice_and_nobody_from_outside(
    owed: list[Signature], home: Household, people: dict[str, User]
):
    with pytest.raises(Refused):
        ask(home, by=people["cun"])
    stranger = make_household("SH0002", "谢处暑", by=people["xian"]).residents.first()
    with pytest.raises(Refused, match=stranger.name):
        ask(home, [Party(Part.MEMBER, resident=stranger)], by=people["cun"])
    with pytest.raises(Refused):
        ask(home, [], by=people["cun"])


def test_what_is_no_longer_needed_is_dropped_and_may_be_asked_anew(
    owed: list[Signature], home: Household, people: dict[str, User]
):
    sign(owed[0], drawn(), by=people["cun"])
    drop_signatures(home, by=people["cun"], reason="改用新文本")
    assert [each.state for each in signatures_of(home)] == ["signed"]
    assert len(ask(home, [Party(Part.MEMBER, resident=owed[1].resident)], by=people["cun"])) == 1


def test_a_document_that_changed_is_not_signed(owed: list[Signature], people: dict[str, User]):
    with signed_households(b"other"), pytest.raises(Refused):
        sign(owed[0], drawn(), by=people["cun"])


def test_own_people_and_outsiders_take_no_signature(
    owed: list[Signature], home: Household, people: dict[str, User]
):
    for outsider in ("lin_cun", "wangge", "lingdao"):
        with pytest.raises(Refused):
            sign(owed[0], drawn(), by=people[outsider])
    Kin.objects.create(user=people["cun"], household=home.code, relation=Kin.Relation.OWN, declared_on=DAY)
    with pytest.raises(Refused):
        sign(owed[0], drawn(), by=people["cun"])
    assert not Signature.objects.visible_to(people["lin_cun"]).exists()
    assert not Attachment.objects.exists()


def test_the_signed_row_is_told_of_every_signature(home: Household, people: dict[str, User]):
    heard: list[tuple[str, str]] = []

    def after(row: Household, signature: Signature, *, by: User) -> None:
        heard.append((row.code, signature.state))

    with signed_households(after=after):
        owed = ask(home, by=people["cun"])
        refuse(owed[1], told="可随时补签", by=people["cun"])
        undo(sign(owed[0], drawn(), by=people["cun"]), reason="误签", by=people["cun"])
    assert heard == [("SH0001", "refused"), ("SH0001", "signed"), ("SH0001", "owed")]


def test_a_closed_row_takes_none(home: Household, people: dict[str, User]):
    with signed_households(closed=lambda row: "已结束"):
        (owed, _other) = ask(home, by=people["cun"])
        with pytest.raises(Refused, match="已结束"):
            sign(owed, drawn(), by=people["cun"])


def test_who_is_erased_leaves_no_picture_and_no_words(owed: list[Signature], people: dict[str, User]):
    told = Reading("沈立夏", "姜大雪", "姜大雪")
    signed = sign(owed[0], How(Way.THUMB, photo=photo(), reading=told), by=people["cun"])
    other = sign(owed[1], drawn(), by=people["cun"])
    erase(signed.resident, ground=Ground.REQUEST, by=people["shending"])
    kept = Signature.objects.select_related("resident").get(pk=signed.pk)
    assert (kept.written_by, kept.read_to) == ("*", "*")
    assert list(Attachment.objects.living().values_list("owner_id", flat=True)) == [str(other.pk)]
    other = Signature.objects.select_related("resident").get(pk=other.pk)
    assert verdicts([kept, other], CONTENT) == {
        kept.pk: Verdict.PERSON_ERASED,
        other.pk: Verdict.INTACT,
    }


def test_the_pictures_go_where_the_household_goes(
    owed: list[Signature], home: Household, people: dict[str, User]
):
    sign(owed[0], drawn(), by=people["cun"])
    other = "999901001002"
    Resident.objects.filter(household=home).update(area=other)
    Household.objects.filter(pk=home.pk).update(area=other)
    after_register_change({COUNTY}, None, by=people["xian"], on=DAY)
    assert Attachment.objects.get().area == other
