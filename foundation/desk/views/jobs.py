"""Long work: the list, one job with its live progress, cancelling, trying again, and the rejected rows."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, get_visible_or_404, own_door
from foundation.accounts.models import Area, User
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import Badge, Column, Filter, Table, Tone, answer
from foundation.jobs import asking, spool
from foundation.jobs.kinds import known
from foundation.jobs.models import Job, State
from foundation.jobs.selectors import interruption_of, may_know_asker, progress_of, waiting_part

_TONES: dict[str, Tone] = {
    State.QUEUED: "plain",
    State.RUNNING: "action",
    State.WAITING_RETRY: "soon",
    State.DONE: "done",
    State.FAILED: "overdue",
    State.CANCELLED: "plain",
}


def badge_of(job: Job) -> Badge:
    """Return the state of a job as a coloured word."""
    if job.is_open and job.cancel_requested_at is not None:
        return Badge(_("stopping"), "soon")
    return Badge(job.get_state_display(), _TONES[job.state])


def label_of(job: Job) -> str:
    """Return what kind of work it is; its code where this version does not know the kind."""
    kind = known().get(job.kind)
    return str(kind.label) if kind else job.kind


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


def _by_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(kind=kind)


def _kinds(_user: User) -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in known().values()]


JOBS = Table(
    "jobs",
    title=gettext_lazy("Long work"),
    columns=(
        Column("kind", gettext_lazy("work"), label_of, url=lambda job: reverse("desk:job", args=[job.uuid])),
        Column("state", gettext_lazy("state"), badge_of, kind="badge"),
        Column("progress", gettext_lazy("progress"), lambda job: f"{progress_of(job).percent} %", "number"),
        Column("area", gettext_lazy("area"), lambda job: job.area, kind="code"),
        Column("by", gettext_lazy("asked by"), lambda job: job.asked_by.name if job.asker_shown else ""),
        Column("asked", gettext_lazy("asked on"), lambda job: timezone.localdate(job.created_at), kind="day"),
    ),
    filters=(
        Filter("state", gettext_lazy("state"), "choice", _by_state, lambda _user: State.choices),
        Filter("kind", gettext_lazy("work"), "choice", _by_kind, _kinds),
    ),
    order=("-pk",),
    empty=gettext_lazy(
        "No long work yet. Imports and large exports stand here while they run and afterwards."
    ),
)


@own_door
def jobs(request: StaffRequest) -> HttpResponse:
    """List one's own jobs, and those of the areas whose running one looks after."""
    rows = Job.objects.visible_to(request.user).with_progress().select_related("asked_by")
    page = JOBS.page(rows.annotate(asker_shown=may_know_asker(request.user)), request)
    return answer(request, "desk/jobs.html", page, imports=_imports(request.user))


@own_door
def job(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one job: how far it is, what came of it, what can be done about it."""
    return render(request, "desk/job.html", context_of(request, uuid))


@own_door
def job_progress(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Answer the live part of a job's page; when the job has ended the whole page is loaded once more."""
    context = context_of(request, uuid)
    response = render(request, "desk/_job_progress.html", context)
    if not context["job"].is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@own_door
@once
def job_cancel(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask whether a job is to be cancelled, then cancel it."""
    row, form, page = _row(request, uuid), forms.Form(request.POST or None), reverse("desk:job", args=[uuid])
    if request.method == "POST":
        form = forms.Form({})
        sentence = _("The job stops at its next step; what is done so far stays.")
        if found := attempt(
            request, form, lambda: asking.cancel(row, by=request.user), done=sentence, then=page
        ):
            return found
    return form_page(
        request,
        form,
        title=_("Cancel: %(work)s") % {"work": label_of(row)},
        submit=_("Cancel this job"),
        cancel=page,
        template=CONFIRM,
        consequences=[_("What is done so far stays."), _("What is not done yet is not done.")],
    )


@own_door
@once
def job_retry(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Try a failed job again from where it stood."""
    row, page = _row(request, uuid), reverse("desk:job", args=[uuid])
    if request.method != "POST":
        return redirect(page)
    form = forms.Form({})
    sentence = _("The job goes on from where it stood.")
    found = attempt(request, form, lambda: asking.retry(row, by=request.user), done=sentence, then=page)
    return found or form_page(request, form, title=label_of(row), submit=_("Try again"), cancel=page)


@own_door
def job_rejects(request: StaffRequest, uuid: UUID) -> HttpResponseBase:
    """Give the file of a job (rejected rows, an exported list) to who asked for it, and to nobody else."""
    row = _row(request, uuid)
    kind = known().get(row.kind)
    if row.asked_by_id != request.user.pk or not row.rejects or kind is None:
        raise Http404(_("There is no such file, or it is no longer kept."))
    return FileResponse(spool.opened(row.rejects), as_attachment=True, filename=kind.file_name(row))


def _imports(user: User) -> list[dict[str, str]]:
    """Return the imports that `user` may hand files in for."""
    return [
        {"label": str(kind.label), "url": reverse(f"desk:{code}")}
        for code, kind in known().items()
        if code in ("import_areas", "import_staff") and any(user.holds(right) for right in kind.rights)
    ]


def _row(request: StaffRequest, uuid: UUID) -> Job:
    return get_visible_or_404(Job.objects, request.user, uuid=uuid)


def context_of(request: StaffRequest, uuid: UUID) -> dict[str, Any]:
    """Return what templates/desk/job.html shows of a job, also for pages that show it among other things."""
    row: Any = get_visible_or_404(
        Job.objects.with_progress()
        .select_related("asked_by")
        .annotate(asker_shown=may_know_asker(request.user)),
        request.user,
        uuid=uuid,
    )
    return context_for(row, request.user)


def context_for(row: Any, user: User) -> dict[str, Any]:
    """Return the same of a job that the caller was shown by another door; annotated as in `context_of`."""
    kind = known().get(row.kind)
    return {
        "job": row,
        "label": label_of(row),
        "unit": kind.unit if kind else "",
        "badge": badge_of(row),
        "progress": progress_of(row),
        "area_name": Area.objects.visible_to(user)
        .filter(code=row.area)
        .values_list("name", flat=True)
        .first(),
        "sentences": list(kind.tell(row.result)) if kind and row.state == State.DONE else [],
        "waiting": waiting_part(user, row) if row.is_open else None,
        "interruption": interruption_of(user, row) if row.is_open else None,
        "may_act": kind is not None and any(user.holds(right, row.area) for right in kind.rights),
        "mine": row.asked_by_id == user.pk,
        "kind": kind,
    }
