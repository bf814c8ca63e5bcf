"""Meetings, notices and objections that the walks look at: one of each village with cases."""

from collections.abc import Iterator

from assistance.evaluations import hall
from assistance.models import Case, Evaluation, EvaluationItem, Notice, NoticeItem, Objection
from foundation.accounts.models import User
from tests.house.planted_attachments import attached
from tests.house.things import DAY, Thing, of_the_place


def noticed(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Let every case have been before a meeting, hang on a notice, and be objected to; by kind of thing."""
    for case in Case.objects.order_by("pk"):
        _rows(case, of_the_place(case.area_id, people))
    lines = list(NoticeItem.objects.select_related("notice"))
    meetings = list(Evaluation.objects.all())
    return {
        "evaluation": _things(meetings),
        "hall_word": [Thing(hall.word_of(row), row.area_id) for row in meetings],
        "evaluation_item": [Thing(row.pk, row.evaluation.area_id) for row in EvaluationItem.objects.all()],
        "case_notice": _things(list(Notice.objects.all())),
        "notice_item": [Thing(row.pk, row.notice.area_id) for row in lines],
        "objection": [Thing(row.pk, row.item.notice.area_id) for row in Objection.objects.all()],
        "meeting_photo": list(_photos(meetings)),
        "notice_photo": list(_photos(list(Notice.objects.all()))),
        # Whoever reads a public page is nobody: neither a place without notice nor a word says anything.
        "public_place": [Thing("999999999999", "")],
        "public_word": [Thing("no~word", "")],
    }


def _rows(case: Case, by: User) -> None:
    meeting = Evaluation.objects.create(
        area_id=case.area_id, meeting="representatives", meets_on=DAY, place="hall", must_come=9, called_on=DAY,
        called_by=by,
    )  # fmt: skip
    EvaluationItem.objects.create(evaluation=meeting, case=case)
    notice = Notice.objects.create(
        area_id=case.area_id, drawn_on=DAY, drawn_by=by, where="township", telephone="12317", days=5, unit="days",
        posted_on=DAY, posted_by=by, until=DAY,
    )  # fmt: skip
    item = NoticeItem.objects.create(
        notice=notice, case=case, until=DAY, name_wall="*", name_online="*", persons=1
    )
    Objection.objects.create(
        item=item,
        way="phone",
        arrived_on=DAY,
        in_time=True,
        text="?",
        receipt=f"R{item.pk:09d}",
        entered_on=DAY,
    )


def _things(rows: list[Evaluation] | list[Notice]) -> list[Thing]:
    return [Thing(row.pk, row.area_id) for row in rows]


def _photos(rows: list[Evaluation] | list[Notice]) -> Iterator[Thing]:
    """Let every meeting have a photo, and every notice the one that proves its posting."""
    for row in rows:
        meeting = isinstance(row, Evaluation)
        yield from attached(
            [row], row.called_by if meeting else row.drawn_by, "photo" if meeting else "posted"
        )
