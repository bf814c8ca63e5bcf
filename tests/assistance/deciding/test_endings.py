"""Not enrolled, and wrongly identified: the reason, the letter, and the standing that ends as corrected."""

import datetime
from dataclasses import replace

import pytest

from alerts.verification.letters import Delivery
from assistance.deciding import correcting, refusing
from assistance.deciding.batches import Paper, announce_many, approve_many
from assistance.deciding.correcting import Hearing, PostedCorrection
from assistance.deciding.letter_words import printed, words_of
from assistance.deciding.letters import deliver
from assistance.models import Case, CaseLetter
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from households.words import Words
from tests.assistance.deciding.made import at_decision, case_at
from tests.households.signing.made import photograph

pytestmark = pytest.mark.usefixtures("english", "line")
TODAY = datetime.date(2026, 11, 4)
HEARD = Hearing(TODAY, "home", "我们确实买了车")


def enrolled(people: dict[str, User]) -> Case:
    case = at_decision(people)
    approve_many([case], Paper(TODAY, number="7号"), by=people["shending"])
    case.refresh_from_db()
    announce_many([case], Paper(TODAY, place="公开栏"), by=people["zhen"])
    return Case.objects.select_related("household", "standing__household").get(pk=case.pk)


def test_a_refusal_ends_the_case_and_owes_a_letter_with_the_reason(people: dict[str, User]) -> None:
    case = case_at("review", people)
    refusing.refuse(case, "收入稳定，支出能承受", by=people["zhen"])
    letter = CaseLetter.objects.get()
    assert (case.state, case.ended_on, letter.verb) == ("declined", TODAY, "refuse")
    assert letter.due_on is not None
    said = " ".join(line for part in words_of(letter).parts for line in part.lines)
    assert "收入稳定" in said
    assert "15,120" not in said
    assert printed(letter, by=people["cun"]).size
    deliver(letter, Delivery("read_out", TODAY), by=people["cun"])
    with pytest.raises(Refused, match="already"):
        deliver(letter, Delivery("handed", TODAY), by=people["cun"])


def test_the_county_declines_and_who_reviewed_does_not_decide(people: dict[str, User]) -> None:
    case = at_decision(people)
    with pytest.raises(Refused):
        refusing.decline(case, "不符合", by=people["zhen"])
    refusing.decline(case, "不符合", by=people["shending"])
    assert CaseLetter.objects.get().verb == "decline"


def test_a_wrong_identification_ends_as_corrected_and_stays_in_the_past(people: dict[str, User]) -> None:
    case = enrolled(people)
    row = correcting.propose(case, HEARD, "有未申报的车辆和门面", by=people["zhen"])
    assert Case.objects.get().state == "correcting"
    row = type(row).objects.select_related("case__standing__household", "case__household").get(pk=row.pk)
    correcting.confirm(row, "核实属实", by=people["shending"])
    held = Case.objects.select_related("standing").get().standing
    assert held is not None
    assert (held.until_day, held.removal_way, held.from_day) == (TODAY, "corrected", TODAY)
    assert Words().word("removal_way", held.removal_way, case.area_id) == "wrongly identified, corrected"
    assert CaseLetter.objects.get().verb == "confirm_correction"
    told = PostedCorrection(TODAY, "公开栏", "医保局，11 月 4 日")
    with pytest.raises(Refused, match="photo of the notice"):
        correcting.post_notice(row, told, by=people["zhen"])
    photo = Upload(draft_of([photograph()]), "更正公示.jpg", "posted")
    correcting.post_notice(row, replace(told, photo=photo), by=people["zhen"])
    assert Attachment.objects.of(row).get().kind == "posted"
    with pytest.raises(Refused, match="already"):
        correcting.post_notice(row, told, by=people["zhen"])
    assert Entry.objects.filter(verb="case.correction_noticed").count() == 1


def test_an_identification_that_stands_goes_on(people: dict[str, User]) -> None:
    case = enrolled(people)
    row = correcting.propose(case, HEARD, "有人举报", by=people["zhen"])
    with pytest.raises(Refused):
        correcting.confirm(row, "自己提的", by=people["zhen"])
    correcting.reject(row, "车辆是农用三轮", by=people["shending"])
    now = Case.objects.select_related("standing").get()
    assert now.state == "enrolled"
    assert now.standing is not None
    assert now.standing.until_day is None


def test_nobody_is_corrected_unheard(people: dict[str, User]) -> None:
    case = enrolled(people)
    with pytest.raises(Refused, match="Write down"):
        correcting.propose(case, Hearing(TODAY, "home", " "), "看错了", by=people["zhen"])
    with pytest.raises(Refused, match="how the household was heard"):
        correcting.propose(case, Hearing(TODAY, "", "说了"), "看错了", by=people["zhen"])
    assert Case.objects.get().state == "enrolled"
