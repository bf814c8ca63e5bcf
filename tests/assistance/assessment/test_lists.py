"""Assessed households on the meetings, notices and papers of cases: votes, objections, who holds back, who sees."""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assistance.assessment import confirming
from assistance.evaluations import calling, concluding, voting
from assistance.evaluations.voting import Votes
from assistance.models import CaseBatchItem, EvaluationItem, Kind, NoticeItem, Objection
from assistance.notices import drawing, ending, public
from assistance.notices.selectors import hanging_in
from assistance.objections import settling
from assistance.objections.entering import Said, enter
from assistance.objections.settling import Settlement
from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from tests.assistance.assessment.made import TODAY, able, declared, on_lists, papered, rows, state_of, walked
from tests.assistance.noticed import attended, called, drawn, met, posted, voted, waiting
from tests.assistance.removal.made import on, proposed
from tests.assistance.removal.walked import LAST, OVER
from tests.people import VILLAGE

pytestmark = pytest.mark.usefixtures("english", "line")
NIGHT = "system"
In = Callable[[str], Client]
TOLD = calling.Call("representatives", TODAY, "村委会", 12)


def night(people: dict[str, User]) -> None:
    ending.night_work(by=User.objects.built_in(NIGHT), on=OVER)


def objected(people: dict[str, User], item: NoticeItem, day: object = None) -> Objection:
    said = Said("phone", day or LAST, "这家有门面房，应再看看", "")  # type: ignore[arg-type]
    with on(OVER):
        return enter(item, said, by=people["zhenling"])


def test_each_household_has_its_own_votes_and_one_meeting_holds_all_three(people: dict[str, User]) -> None:
    able(people), able(people)
    (case,) = waiting(people, 1)
    removal = proposed(people)
    made = declared(people)
    yes, no = walked(people, made, "confirmed")
    meeting = attended(people, called(people, [case, removal, yes, no]))  # type: ignore[list-item]
    assert list(meeting.items.order_by("pk").values_list("kind", flat=True)) == [
        "entry", "removal", "assessed", "assessed",
    ]  # fmt: skip
    voted(people, meeting, Votes(9, 1, 0), Votes(9, 1, 0), Votes(9, 1, 0), Votes(2, 8, 0))
    done = concluding.conclude(meeting, "逐户评议", by=people["cun"])
    assert done.assessed_passed == (yes.pk,)
    assert done.assessed_failed == (no.pk,)
    assert len(done.passed) == 2
    again = rows([no])[0]
    # Who did not pass is judged anew by the township, with the votes as the reason.
    assert (state_of(yes), again.state, again.result) == ("evaluated", "proposed", "")
    assert list(meeting.items.order_by("pk").values_list("result", flat=True)) == ["passed"] * 3 + ["failed"]


def test_a_household_waits_for_one_meeting_and_hangs_once(people: dict[str, User]) -> None:
    able(people)
    some = walked(people, declared(people), "confirmed")
    called(people, some)
    with pytest.raises(Refused, match="on the list of a meeting"):
        called(people, some)
    concluding_of = EvaluationItem.objects.get(assessed=some[0]).evaluation
    attended(people, concluding_of)
    voted(people, concluding_of, Votes(10, 0, 0))
    concluding.conclude(concluding_of, "", by=people["cun"])
    drawn(people, rows(some))
    with pytest.raises(Refused, match="hangs on a notice"):
        drawn(people, rows(some))
    with pytest.raises(Refused, match="does not wait for a meeting"):
        called(people, rows(some))


def test_kin_neither_votes_it_in_nor_settles(people: dict[str, User]) -> None:
    home = able(people)
    some = walked(people, declared(people), "confirmed")
    meeting = attended(people, called(people, some))
    Kin.objects.create(user=people["cun"], household=kin.household_number(home.code), relation="kin",
                       declared_on=LAST)  # fmt: skip
    with pytest.raises(Refused):
        voting.vote(meeting.items.get(), Votes(10, 0, 0), by=people["cun"])


def test_a_line_names_one_thing(people: dict[str, User]) -> None:
    able(people)
    (row,) = walked(people, declared(people), "confirmed")
    (case,) = waiting(people, 1)
    meeting = called(people, [row])
    for names in (
        {"case": case, "assessed": row},
        {"kind": Kind.ASSESSED, "case": case},
        {"kind": Kind.ASSESSED, "case": case, "assessed": row},
        {},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationItem.objects.create(evaluation=meeting, **names)


@pytest.mark.parametrize(("day", "in_time"), [(LAST, True), (OVER, False)])
def test_an_objection_of_the_last_day_holds_it_back_and_one_of_the_next_does_not(
    people: dict[str, User], day: object, in_time: bool
) -> None:
    able(people), able(people)
    one, other = walked(people, declared(people), "posted")
    held = objected(people, NoticeItem.objects.get(assessed=one), day)
    assert held.in_time is in_time
    night(people)
    assert (state_of(one), state_of(other)) == ("posted" if in_time else "heard", "heard")


def test_the_line_hangs_on_its_last_day_and_ends_in_the_night_after(people: dict[str, User]) -> None:
    able(people)
    (row,) = walked(people, declared(people), "posted")
    with on(LAST):
        ending.night_work(by=User.objects.built_in(NIGHT), on=LAST)
        assert state_of(row) == "posted"
        assert [len(lines) for lines in hanging_in(VILLAGE).values()] == [1]
    with on(OVER):
        assert hanging_in(VILLAGE) == {}
    night(people)
    assert (state_of(row), row.notice_items.get().ended_on) == ("heard", OVER)


def test_an_objection_that_comes_late_to_the_desk_stops_review_and_decision(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    (row,) = walked(people, made, "heard")
    item = row.notice_items.get()
    held = objected(people, item)
    paper = papered(people, rows(made), "review")
    assert [(line.result, "objection" in line.why) for line in paper.items.all()] == [("left", True)]
    with on(OVER):
        settling.settle(held, Settlement("dismissed", "门面房已转让"), by=people["zhen"])
    papered(people, rows(made), "review")
    held = objected(people, item)
    assert papered(people, rows(made), "approval").items.get().result == "left"
    assert state_of(row) == "reviewed"


@pytest.mark.parametrize(
    ("outcome", "state", "left"),
    [("dismissed", "heard", False), ("recheck", "proposed", True), ("refuse", "dropped", True)],
)  # fmt: skip
def test_a_settled_objection_changes_or_stops_this_line_alone(
    people: dict[str, User], outcome: str, state: str, left: bool
) -> None:
    able(people), able(people)
    one, other = walked(people, declared(people), "posted")
    item = NoticeItem.objects.get(assessed=one)
    held = objected(people, item)
    night(people)
    assert settling.why_not(held, people["zhenling"])  # who took it down
    assert settling.why_not(held, people["cun"])  # who voted
    with on(OVER):
        settled = settling.settle(held, Settlement(outcome, "已核实"), by=people["zhen"])
    item.refresh_from_db()
    assert (state_of(one), item.left_on is not None, state_of(other)) == (state, left, "heard")
    assert settled.outcome_label == str(Objection.OF_ASSESSED[Objection.Outcome(outcome)])
    if outcome == "recheck":
        assert rows([one])[0].result == ""
        # The township judges it anew and the line hangs a second time.
        confirming.confirm(rows([one]), "stays", "门面房收入待核", by=people["zhen"])
        met(people, rows([one]))
        posted(people, rows([one]))
        assert state_of(one) == "posted"


def test_a_paper_bears_no_day_before_the_step_that_it_follows(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    walked(people, made, "heard")
    (line,) = papered(people, rows(made), "review", day=LAST).items.all()
    assert (line.result, "hangs until" in line.why) == ("left", True)
    after = OVER + datetime.timedelta(days=1)
    assert papered(people, rows(made), "review", day=after).items.get().result == "done"
    (line,) = papered(people, rows(made), "approval", day=OVER).items.all()
    assert (line.result, "reviewed it on" in line.why) == ("left", True)
    assert papered(people, rows(made), "approval", day=after).items.get().result == "done"


def test_after_the_countys_decision_the_county_takes_it_back_first(people: dict[str, User]) -> None:
    able(people)
    (row,) = walked(people, declared(people), "decided")
    held = objected(people, row.notice_items.get())
    with on(OVER):
        with pytest.raises(Refused, match="takes the decision back"):
            settling.settle(held, Settlement("recheck", "属实"), by=people["zhen"])
        confirming.undo_decision(rows([row]), "有异议", by=people["shending"])
        settling.settle(held, Settlement("recheck", "属实"), by=people["zhen"])
    assert state_of(row) == "proposed"


def test_who_reviewed_does_not_decide_and_who_concluded_does_not_review(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    confirming.confirm(rows(made), "", "", by=people["zhenling"])
    meeting = calling.call(rows(made)[0].area, rows(made), TOLD, by=people["zhen"])
    attended(people, meeting)
    voting.vote(meeting.items.get(), Votes(10, 0, 0), by=people["zhen"])
    concluding.conclude(meeting, "", by=people["zhen"])
    for state in ("posted", "heard"):
        on_lists(people, made)[state]()
    (line,) = papered(people, rows(made), "review", by="zhen").items.all()
    assert (line.result, rows(made)[0].state) == ("left", "heard")
    papered(people, rows(made), "review", by="zhenling")
    assert rows(made)[0].state == "reviewed"


def test_another_township_sees_and_does_nothing(people: dict[str, User], client: Client) -> None:
    able(people)
    (row,) = walked(people, declared(people), "posted")
    held = objected(people, row.notice_items.get())
    stranger = people["lin_zhen"]
    for model in (EvaluationItem, NoticeItem, Objection, CaseBatchItem):
        assert not model.objects.visible_to(stranger).exists(), model
    assert EvaluationItem.objects.visible_to(people["zhen"]).count() == 1
    with pytest.raises(Refused):
        settling.settle(held, Settlement("dismissed", "x"), by=stranger)
    night(people)
    batch = papered(people, rows([row]), "review", by="lin_zhen")
    assert batch.items.get().result == "left"
    client.force_login(stranger)
    assert client.get(reverse("cases:objection", args=[held.pk])).status_code == 404
    assert client.get(reverse("cases:assessed", args=[row.pk])).status_code == 404
    line = row.evaluation_items.get()
    for name, key in (("vote", line.pk), ("evaluation_off", line.pk), ("notice_off", held.item_id)):
        assert client.get(reverse(f"cases:{name}", args=[key])).status_code in (403, 404), name


def test_everybody_reads_the_line_and_objects_to_it(people: dict[str, User], client: Client) -> None:
    able(people)
    (row,) = walked(people, declared(people), "posted")
    address = reverse("public_notices", args=[VILLAGE])
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "results of the batch assessment" in page
    assert "leaves in order" in page
    assert "沈立夏" not in page
    assert row.household.code not in page
    ((item,),) = hanging_in(VILLAGE).values()
    word = public.word_of(VILLAGE, item)
    client.post(reverse("public_objection", args=[word]), {"text": "他家有车", "by_whom": ""})
    held = Objection.objects.get()
    assert (held.item_id, held.in_time, held.entered_by) == (item.pk, True, None)


def test_the_pages_of_lists_show_it(people: dict[str, User], signed_in: In) -> None:
    able(people)
    (row,) = walked(people, declared(people), "decided")
    client = signed_in("zhen")
    held = objected(people, row.notice_items.get())
    line, item = row.evaluation_items.get(), row.notice_items.get()
    paper = row.batch_items.order_by("pk")[0]
    pages = {
        reverse("cases:evaluation", args=[line.evaluation_id]): "leaves in order",
        reverse("cases:notice", args=[item.notice_id]): "leaves in order",
        reverse("cases:objection", args=[held.pk]): "Assessment sheet",
        reverse("cases:objections"): row.household.code,
        reverse("cases:reviews_paper", args=[paper.batch_id]): row.household.code,
        reverse("cases:assessed", args=[row.pk]): "9 agree, 1 against, 0 abstain",
    }
    for address, said in pages.items():
        answered = client.get(address)
        assert answered.status_code == 200, address
        assert said in answered.content.decode(), address
    for name, key in (("evaluation_minutes", line.evaluation_id), ("notice_sheet", item.notice_id)):
        printed = client.post(reverse(f"cases:{name}", args=[key]))
        assert printed.status_code == 200, name
    printed = client.post(reverse("cases:reviews_print", args=[paper.batch_id]))
    assert printed.status_code == 200


def test_a_meeting_offers_them_and_an_unposted_line_comes_off(
    people: dict[str, User], client: Client
) -> None:
    able(people)
    made = declared(people)
    (row,) = walked(people, made, "confirmed")
    client.force_login(people["cun"])
    assert f'value="a{row.pk}"' in client.get(reverse("cases:call", args=[VILLAGE])).content.decode()
    assert (
        reverse("cases:call", args=[VILLAGE])
        in client.get(reverse("cases:assessment", args=[made.pk])).content.decode()
    )
    met(people, rows([row]))
    notice = drawn(people, rows([row]))
    drawing.take_off(notice.items.get(), "下次再公示", by=people["cun"])
    assert state_of(row) == "evaluated"
    posted(people, rows([row]))
    assert state_of(row) == "posted"
