"""What the departments' data say in a story, and how what was decided about them since its day is taken back."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.demo.places import COUNTY
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.models import User
from foundation.workflow.move import Request, move
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household
from monitoring.candidates import deciding
from monitoring.comparison.asking import ask_run, run_now
from monitoring.demo import wrong_row
from monitoring.demo.days import officer
from monitoring.models import Reminder, RowCandidate
from monitoring.reminders.owners import people_of
from monitoring.reminders.settling import settle
from monitoring.returning.returning import answer

#: Who of the cast asks for comparisons, and answers contested rows.
_DISPATCHER = "xian"


class FeedPart:
    """The departments' data: rows that may be somebody's, reminders of offices, rows that went back."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say what waits for a department or an office, and what was answered."""
        return [*_rows(home), *_reminders(home), *_tasks(home)]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Ask again whom a row means, open reminders again, and return the wrong row again."""
        done = [*_candidates_back(home, found), *_reminders_back(home), *_task_back(home, found)]
        found.done += [f"{home.code}: {said}" for said in done]


def _rows(home: Household) -> Iterator[Line]:
    for row in RowCandidate.objects.filter(resident__household=home).exclude(state="gone"):
        waits = row.state == "waiting"
        page = reverse("candidates:list") if waits else reverse("candidates:all")
        state = _("row of a department that may be %(name)s's: %(state)s") % {
            "name": row.resident.name, "state": row.state_label,
        }  # fmt: skip
        yield Line(state, _("say whether it is this person") if waits else "", page, "yibao")


def _reminders(home: Household) -> Iterator[Line]:
    for row in (
        Reminder.objects.filter(finding__household=home).exclude(state="retracted").select_related("finding")
    ):
        page = reverse("reminders:reminder", args=[row.pk])
        is_open = row.state == "open"
        state = _("reminder: %(state)s") % {"state": row.state_label}
        yield Line(state, _("say what the office did") if is_open else "", page, _of_the_cast(row))


def _tasks(home: Household) -> Iterator[Line]:
    task = wrong_row.task() if home.code == wrong_row.HOUSEHOLD else None
    if task is not None:
        page = reverse("corrections:task", args=[task.pk])
        state = _("row %(line)d back at its department: %(state)s") % {
            "line": task.line,
            "state": task.state_label,
        }
        waits = task.state in ("open", "contested")
        yield Line(state, _("correct the row, or say why it is right") if waits else "", page, "yibao")


def _candidates_back(home: Household, found: PutBack) -> Iterator[str]:
    """Ask again whom rows mean; where one counted as somebody's, the county is compared anew."""
    rows = RowCandidate.objects.filter(resident__household=home, state__in=["confirmed", "refused"])
    for row in rows.select_related(
        "delivery__dataset", "delivery__area", "resident__household", "corrected_by"
    ):
        by = officer(row.delivery.dataset.department_id)
        if row.state == "refused":
            move(row, Request("reopen", reason=reason(), writes={"decided_on": None}), by=by)
        else:
            deciding.take_back(row, Request("take_back", reason=reason()), by=by)
            found.afterwards.append(_compare_anew)
        yield _("the row waits for an answer again")


def _compare_anew() -> None:
    run_now(ask_run(COUNTY, by=User.objects.get(username=_DISPATCHER), ring=False))


def _reminders_back(home: Household) -> Iterator[str]:
    rows = Reminder.objects.filter(finding__household=home, state="settled", settled_on__gte=LAST_DAY)
    for row in rows.select_related("finding__household", "finding__area", "correction"):
        if row.correction is not None and row.correction.state in ("open", "contested"):
            answer(
                row.correction,
                Request("withdraw", reason=reason()),
                by=User.objects.get(username=_DISPATCHER),
            )
        by = people_of(row.department_id, row.area_code)[0]
        settle(row, Request("reopen", reason=reason()), by=by)
        yield _("the reminder is open again")


def _task_back(home: Household, found: PutBack) -> Iterator[str]:
    """Bring the row that went back to its department to that state again; a settled one is returned anew."""
    task = wrong_row.task() if home.code == wrong_row.HOUSEHOLD else None
    if task is None or task.state == "open":
        return
    if task.state == "contested":
        answer(task, Request("insist", reason=reason()), by=User.objects.get(username=_DISPATCHER))
    elif wrong_row.may_be_sent_back():
        wrong_row.send_back()
    else:
        found.left.append(_("%(home)s: the row was corrected and counts no longer") % {"home": home.code})
        return
    yield _("the row is with its department again")


def _of_the_cast(row: Reminder) -> str:
    people = people_of(row.department_id, row.area_code)
    return people[0].username if people else ""


FEEDS = FeedPart()
