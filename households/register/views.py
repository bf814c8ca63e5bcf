"""Register files: hand one in, look at what it would do, import it, and take it back."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.desk.views.jobs import context_of
from foundation.jobs import spool
from foundation.jobs.models import Job, State
from households.models import Revision
from households.monitored.job import sentences as monitored_sentences
from households.register import handing_in
from households.register.forms import RegisterFileForm, TakeBackForm
from households.register.looking import first_look
from households.register.sentences import reverted_sentences, sentences
from households.register.tables import DUPLICATES, FILES, duplicates_of, files_of


@door(Right.IMPORT_REGISTER)
def files(request: StaffRequest) -> HttpResponse:
    """List the files that were imported here."""
    return answer(request, "households/register/files.html", FILES.page(files_of(request.user), request))


@door(Right.IMPORT_REGISTER)
@once
def hand_in(request: StaffRequest) -> HttpResponse:
    """Take a file and have it looked through."""
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        found = attempt(
            request,
            form,
            lambda: _looked(request, form),
            done=_(
                "The file is safe here and is being looked through. Nothing is imported before you say so."
            ),
            then=lambda job: reverse("register:look", args=[job.uuid]),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=_("Import a register file"),
        submit=_("Look through it"),
        cancel=reverse("register:files"),
        intro=_(
            "农户花名册 as CSV, XLSX or XLS, zipped or not. You see what it would change before anything is imported."
        ),
    )


@door(Right.IMPORT_REGISTER)
def look(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show what a file would do."""
    job = _looked_at(request, uuid)
    context = context_of(request, uuid)
    try:
        with spool.opened(job.params["kept"]) as file:
            context["look"] = first_look(file)
    except Refused as gone:
        context["gone"] = gone.sentence
    context["may_import"] = job.state == State.DONE and "gone" not in context
    return render(request, "households/register/look.html", context)


@door(Right.IMPORT_REGISTER)
@once
def confirm(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Import a file that was looked through."""
    job, page = _looked_at(request, uuid), reverse("register:look", args=[uuid])
    if request.method != "POST":
        return redirect(page)
    form = forms.Form({})
    found = attempt(
        request,
        form,
        lambda: handing_in.confirm(job, by=request.user),
        done=_("The import goes on even if you close this page."),
        then=lambda made: reverse("desk:job", args=[made.uuid]),
    )
    return found or form_page(
        request, form, title=_("Import a register file"), submit=_("Import"), cancel=page
    )


@door(Right.IMPORT_REGISTER)
def file(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what came of a file, and what came of taking it back."""
    row = _file(request, pk)
    back = row.reverted_by
    return render(
        request,
        "households/register/file.html",
        {
            "file": row,
            "sentences": list(_told(row)),
            "back": back,
            "back_sentences": list(reverted_sentences(back.counts)) if back else [],
        },
    )


@door(Right.IMPORT_REGISTER)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a file back, with a reason."""
    row, page = _file(request, pk), reverse("register:file", args=[pk])
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        found = attempt(
            request,
            form,
            lambda: handing_in.ask_back(row, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("The file is being taken back; this goes on even if you close this page."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=_("Take back file %(number)d") % {"number": row.pk},
        submit=_("Take back"),
        cancel=page,
        template=CONFIRM,
        consequences=[
            _(
                "Every household and person becomes what it was before this file; whom it brought goes away again."
            ),
            _("What somebody changed after it stays as it is, and is named."),
        ],
    )


@door(Right.VIEW_HOUSEHOLDS)
def duplicates(request: StaffRequest) -> HttpResponse:
    """List the people who stand in two households."""
    return answer(
        request, "households/register/duplicates.html", DUPLICATES.page(duplicates_of(request.user), request)
    )


def _looked(request: StaffRequest, form: RegisterFileForm) -> Job:
    """Refuse at once what is no register file or is of a day to come; otherwise have it looked through."""
    as_of, upload = form.cleaned_data["as_of"], form.cleaned_data["file"].file
    if as_of > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="as_of")
    try:
        first_look(upload)
    except Refused as unreadable:
        raise Refused(unreadable.sentence, field="file") from unreadable
    return handing_in.show(upload, by=request.user, as_of=as_of)


def _looked_at(request: StaffRequest, uuid: UUID) -> Job:
    """Find the look through a file; it shows people's rows, so only who handed the file in finds it."""
    rows = Job.objects.filter(kind=handing_in.LOOK, asked_by=request.user)
    return get_visible_or_404(rows, request.user, uuid=uuid)


def _told(row: Revision) -> Iterable[str]:
    """Tell what came of a file, in the words of its kind."""
    return monitored_sentences(row.counts) if row.kind == row.Kind.MONITORED_FILE else sentences(row.counts)


def _file(request: StaffRequest, pk: int) -> Revision:
    rows = Revision.objects.files().select_related("area", "by", "reverted_by__by")
    return get_visible_or_404(rows, request.user, pk=pk)
