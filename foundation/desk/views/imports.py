"""Hand in a file of areas or of staff; a job imports it."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.imports import hand_in
from foundation.desk.once import once


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args: object, accept: str, **options: object) -> None:
        """Offer the files that the import can read, and say how large one may be."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        size = {"limit": settings.IMPORT_LARGEST // 2**20}
        self.fields["file"].widget.attrs["accept"] = accept
        self.fields["file"].help_text = (
            _("At most %(limit)d MB. A larger one is imported on the server.") % size
        )
        self.fields["file"].error_messages["required"] = _("Choose a file of at most %(limit)d MB.") % size
        self.fields["file"].error_messages["empty"] = _("This file is empty: choose another.")

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large for the page."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_LARGEST:
            raise forms.ValidationError(self.fields["file"].error_messages["required"])
        return file


@door(Right.MANAGE_AREAS)
@once
def import_areas(request: StaffRequest) -> HttpResponse:
    """Take a CSV file of areas."""
    return _hand_in(
        request,
        "import_areas",
        title=_("Import areas"),
        intro=_(
            "A CSV file with the columns 行政区划代码 and 名称. New areas are added, changed names are kept as "
            "history; nothing is retired because a file does not name it."
        ),
        accept=".csv,text/csv",
    )


@door(Right.MANAGE_ACCOUNTS, Right.GRANT_POSTINGS)
@once
def import_staff(request: StaffRequest) -> HttpResponse:
    """Take a workbook of staff from a system or a security administrator."""
    return _hand_in(
        request,
        "import_staff",
        title=_("Import staff"),
        intro=_(
            "An XLSX or CSV file with the columns 姓名, 登录名, 角色, 行政区划代码, 部门, 起始日期 and 截止日期. The "
            "system administrator's hand-in opens the accounts; then the security administrator hands in the "
            "very same file, and the postings are granted."
        ),
        accept=".xlsx,.csv",
    )


def _hand_in(request: StaffRequest, kind: str, *, title: str, intro: str, accept: str) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None, accept=accept)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, accept=accept)
        if form.is_valid():
            found = attempt(
                request,
                form,
                lambda: hand_in(form.cleaned_data["file"].file, kind, by=request.user),
                done=_("The file is safe here; its import goes on even if you close this page."),
                then=lambda job: reverse("desk:job", args=[job.uuid]),
            )
            if found:
                return found
    return form_page(
        request, form, title=title, submit=_("Hand in"), cancel=reverse("desk:jobs"), intro=intro
    )
