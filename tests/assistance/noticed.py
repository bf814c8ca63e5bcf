"""Meetings, notices and objections for tests: each made by the stage functions themselves."""

import datetime
import io
from collections.abc import Sequence
from itertools import count

from PIL import Image

from assistance.evaluations import calling, concluding, voting
from assistance.evaluations.calling import Call
from assistance.evaluations.voting import Attendance, Votes
from assistance.models import Case, Evaluation, Notice, NoticeItem, Objection
from assistance.notices import drawing, posting
from assistance.notices.photos import PHOTOS, POSTED
from assistance.notices.posting import Posted
from assistance.objections import entering
from assistance.objections.entering import Said
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.files.attaching import Upload, attach
from foundation.files.drafts import draft_of
from tests.assistance.made import opened, walked_to

REPRESENTATIVES = Evaluation.Meeting.REPRESENTATIVES
_shade = count(1)


def now(row: Case) -> Case:
    """Return a case as it stands now."""
    return Case.objects.select_related("household").get(pk=row.pk)


def waiting(people: dict[str, User], many: int, verb: str = "evaluate") -> list[Case]:
    """Return cases of the village that wait for a step."""
    return [now(walked_to(opened(people), verb, people)) for _each in range(many)]


def called(people: dict[str, User], cases: Sequence[Case], must_come: int = 12) -> Evaluation:
    """Return a meeting of today on these cases."""
    wanted = Call(REPRESENTATIVES, clock.today(), "村委会会议室", must_come)
    return calling.call(cases[0].area, cases, wanted, by=people["cun"])


def attended(people: dict[str, User], meeting: Evaluation, came: int = 10, must: int = 12) -> Evaluation:
    """Let people come; the first secretary and the assistant are in the room."""
    staff = (people["shuji"].pk, people["cun"].pk)
    return voting.attend(meeting, Attendance(came, "贺立冬", "柳小满", must, staff), by=people["cun"])


def voted(people: dict[str, User], meeting: Evaluation, *votes: Votes) -> None:
    """Write down the votes on the households of a meeting, in their order."""
    for item, each in zip(meeting.items.order_by("pk"), votes, strict=False):
        voting.vote(item, each, by=people["cun"])


def met(people: dict[str, User], cases: Sequence[Case]) -> Evaluation:
    """Return a concluded meeting that everybody passed."""
    meeting = attended(people, called(people, cases))
    voted(people, meeting, *[Votes(9, 1, 0)] * len(cases))
    concluding.conclude(meeting, "逐户评议", by=people["cun"])
    return meeting


def photographed(notice: Notice, by: User) -> None:
    """Attach the photo of the wall."""
    sink = io.BytesIO()
    Image.new("RGB", (300, 200), (next(_shade) % 255, 120, 90)).save(sink, "JPEG")
    attach(notice, Upload(draft_of([sink.getvalue()]), "公示栏.jpg", POSTED.code), owner=PHOTOS, by=by)


def drawn(people: dict[str, User], cases: Sequence[Case], by: str = "cun") -> Notice:
    """Return a notice on these cases that is not posted yet."""
    return drawing.draw(cases[0].area, cases, by=people[by])


def posted(people: dict[str, User], cases: Sequence[Case]) -> Notice:
    """Return a notice that was posted today."""
    notice = drawn(people, cases)
    photographed(notice, people["cun"])
    posting.post(notice, Posted(clock.today(), "村委会公示栏"), by=people["cun"])
    notice.refresh_from_db()
    return notice


def line(notice: Notice, case: Case) -> NoticeItem:
    """Return the line of a case."""
    return NoticeItem.objects.select_related("notice", "case__household").get(notice=notice, case=case)


def objected(item: NoticeItem, by: User, on: datetime.date | None = None, way: str = "paper") -> Objection:
    """Take an objection down that arrived on a day (default: today)."""
    return entering.enter(item, Said(way, on or clock.today(), "他家有辆新货车", ""), by=by)
