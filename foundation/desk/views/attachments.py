"""The pages of attachments: the same routes for every kind of row that files belong to.

    urlpatterns = [*attachment_routes(GRANT_PAPERS, "grants/"), …]

A route passes two doors: the attachment is looked for among those that the person may see, and its row through the
row's own `visible_to`. Opening a file is a POST, because every look at it is recorded.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.desk import sharing
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.files.answers import download
from foundation.files.arriving import Arrival
from foundation.files.attaching import Upload, attach
from foundation.files.looking import Opened, look, thumbnail
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import AttachmentOwner
from foundation.files.retention import remove

FileView = Callable[..., HttpResponseBase]
#: Files that one upload may carry.
AT_ONCE = 10
#: What the browser hears after an upload: parts of a page that show more than the list (a step that is done now) read
#: themselves anew with `hx-trigger="files-changed from:body"`.
CHANGED = "files-changed"


class RemoveForm(forms.Form):
    """Why a file is taken away."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def attachment_routes(owner: AttachmentOwner, prefix: str) -> list[URLPattern]:
    """Return the routes of the files of `owner` under `prefix`, behind its view right."""

    def route(pattern: str, view: FileView, name: str) -> URLPattern:
        @wraps(view)
        def opened(request: StaffRequest, **kwargs: Any) -> HttpResponseBase:
            return view(request, owner, **kwargs)

        return path(f"{prefix}{pattern}", door(owner.view_right)(opened), name=f"{owner.route}_{name}")

    return [
        route("<int:pk>/files/", files, "files"),
        route("<int:pk>/files/pdf/", files_pdf, "files_pdf"),
        route("files/<uuid:attachment_id>/", file, "file"),
        route("files/<uuid:attachment_id>/thumbnail/", file_thumbnail, "thumbnail"),
        route("files/<uuid:attachment_id>/remove/", file_remove, "file_remove"),
    ]


@require_http_methods(["GET", "POST"])
def files(request: StaffRequest, owner: AttachmentOwner, pk: int) -> HttpResponseBase:
    """Attach files to a row (POST); show the list alone (GET by HTMX) or lead to the row's page."""
    row = get_visible_or_404(owner.model.objects, request.user, pk=pk)  # type: ignore[attr-defined]
    errors = _attach_all(request, owner, row) if request.method == "POST" else []
    if request.htmx:  # type: ignore[attr-defined]
        shown = file_list(row, owner, request.user, errors=errors)
        answer = render(
            request, "components/attachments.html", {"files": shown}, status=422 if errors else 200
        )
        if request.method == "POST":
            answer.headers["HX-Trigger"] = CHANGED
        return answer
    for sentence in errors:
        messages.error(request, sentence)
    return redirect(owner.url(row))


@require_POST
def files_pdf(request: StaffRequest, owner: AttachmentOwner, pk: int) -> HttpResponseBase:
    """Hand out the pictures of a row as one PDF."""
    row = get_visible_or_404(owner.model.objects, request.user, pk=pk)  # type: ignore[attr-defined]
    attachments = Attachment.objects.visible_to(request.user).of(row).living().with_copies()
    return _or_back(
        request, owner, row, lambda: sharing.pictures(attachments, row, owner=owner, by=request.user)
    )


@require_POST
def file(request: StaffRequest, owner: AttachmentOwner, attachment_id: UUID) -> HttpResponseBase:
    """Hand out a file, or the copy of it that `use` names; the look is recorded."""
    attachment, row = _found(request, owner, attachment_id)
    use = request.POST.get("use", "")
    wanted = use if use in StoredCopy.Use.values else StoredCopy.Use.SHOWN
    return _or_back(
        request, owner, row, lambda: look(attachment, row, owner=owner, by=request.user, use=wanted)
    )


@require_GET
def file_thumbnail(request: StaffRequest, owner: AttachmentOwner, attachment_id: UUID) -> HttpResponseBase:
    """Show the thumbnail of a picture, as part of the page that lists it."""
    attachment, _row = _found(request, owner, attachment_id)
    try:
        opened = thumbnail(attachment)
    except Refused as refused:
        return HttpResponse(refused.sentence, status=404, content_type="text/plain; charset=utf-8")
    return download(
        opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size, inline=True
    )


@once
def file_remove(request: StaffRequest, owner: AttachmentOwner, attachment_id: UUID) -> HttpResponseBase:
    """Take a file away, after asking why."""
    attachment, row = _found(request, owner, attachment_id)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        answer = attempt(
            request,
            form,
            lambda: remove(attachment, row, owner=owner, reason=form.cleaned_data["reason"], by=request.user),
            done=_("The file is destroyed."),
            then=owner.url(row),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=_("Take away “%(name)s”") % {"name": attachment},
        submit=_("Take away"),
        cancel=owner.url(row),
        template=CONFIRM,
        consequences=[
            _("The file is destroyed and cannot be brought back. The record keeps that it was here.")
        ],
    )


def _found(request: StaffRequest, owner: AttachmentOwner, uuid: UUID) -> tuple[Attachment, Model]:
    """Find an attachment and its row, each through its own door."""
    attachment = get_visible_or_404(
        Attachment.objects.with_copies(), request.user, uuid=uuid, owner_model=owner.label
    )
    row = get_visible_or_404(owner.model.objects, request.user, pk=attachment.owner_id)  # type: ignore[attr-defined]
    return attachment, row


def _attach_all(request: StaffRequest, owner: AttachmentOwner, row: Model) -> Sequence[str]:
    """Attach every file of the form; returns a sentence for each that was refused."""
    arrivals: list[Arrival] = [each for each in request.FILES.getlist("file") if isinstance(each, Arrival)]
    if not arrivals:
        return [_("Choose a file first.")]
    if len(arrivals) > AT_ONCE:
        return [_("Choose at most %(most)d files at once.") % {"most": AT_ONCE}]
    kind = request.POST.get("kind") or owner.kinds[0].code
    errors = []
    for arrival in arrivals:
        try:
            arrival.refuse_if_cut()
            attach(row, Upload(arrival.draft, arrival.name or "", kind), owner=owner, by=request.user)
        except Refused as refused:
            errors.append(said_of(arrival.name, refused.sentence))
    return errors


def _or_back(
    request: StaffRequest, owner: AttachmentOwner, row: Model, run: Callable[[], Opened]
) -> HttpResponseBase:
    """Answer with what `run` opens; where it refuses, lead back to the row's page with the sentence."""
    try:
        opened = run()
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(owner.url(row))
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)
