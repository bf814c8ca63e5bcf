"""The exact day of an imported identification: put in by the county with the paper, shown, and taken back."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from assistance.imported import dating
from assistance.imported.day_files import FILES, PROOF
from assistance.models import Case, ImportedDay
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.fields import ReasonField
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.photo_field import PaperPhotoField, upload_of
from foundation.files.attaching import Upload
from households.openings import record_opening


class DayForm(forms.Form):
    """Which day, and the paper that names it."""

    day = forms.DateField(
        label=pgettext_lazy("imported", "Day of the identification"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    paper = forms.CharField(
        label=pgettext_lazy("imported", "Paper that says so"),
        max_length=dating.LONGEST,
        help_text=gettext_lazy("Its number and page, so that anybody can find it."),
    )
    proof = PaperPhotoField(label=pgettext_lazy("imported", "Photo or scan of the paper"))

    def __init__(self, *args: object, case: Case, **options: object) -> None:
        """Offer the days of the month that the old register says."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if month := dating.month_of(case):
            self.fields["day"].help_text = _("A day of %(month)s, as the old register says.") % {
                "month": f"{month:%Y-%m}"
            }

    def upload(self) -> Upload:
        """Return the paper as it is attached."""
        return upload_of(self.cleaned_data["proof"], PROOF)


class BackForm(forms.Form):
    """Why the day is taken back."""

    reason = ReasonField(label=gettext_lazy("Reason"))


@door(Right.DECIDE_CASES)
@once
def put_in(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the day and its paper."""
    rows = Case.objects.visible_to(request.user, Right.DECIDE_CASES)
    case = get_visible_or_404(rows.select_related("household", "area", "standing"), request.user, pk=pk)
    back = reverse("cases:case", args=[case.pk])
    if not dating.may_put_in(case, request.user):
        messages.error(
            request, _("Only of a monitored household of the old register the day is put in here.")
        )
        return redirect(back)
    if request.method != "POST":
        record_opening(case.household, by=request.user, through="case")
    form = DayForm(request.POST or None, request.FILES or None, case=case)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: dating.put_in(case, given["day"], given["paper"], form.upload(), by=request.user),
            done=_("Put in: the guards of a removal count by this day from now on."),
            then=lambda row: reverse("cases:imported_day", args=[row.pk]),
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{pgettext('imported', 'Exact day of identification')} · {title_of(case)}",
        submit=pgettext("imported", "Put in"), cancel=back,
        intro=_(
            "The old register kept the month alone, so the months since the identification count by month. With the "
            "day they count by day; counts and lists that were reported stay as they were."
        ),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def imported_day(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a day that was put in, with its paper, and who put it in, to whoever may know that colleague."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="case")
    may = row.taken_back_on is None and request.user.holds(Right.DECIDE_CASES, row.area_code)
    context = {
        "row": row,
        "title": title_of(row.case),
        "files": file_list(row, FILES, request.user),
        "may": may,
        "month": dating.month_of(row.case),
        "known": set(
            User.objects.visible_to(request.user)
            .filter(pk__in=[row.by_id, row.taken_back_by_id])
            .values_list("pk", flat=True)
        ),
    }
    return render(request, "assistance/imported/day.html", context)


@door(Right.DECIDE_CASES)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a day back, with the reason."""
    row = _found(request, pk)
    here = reverse("cases:imported_day", args=[row.pk])
    form = BackForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: dating.take_back(row, form.cleaned_data["reason"], by=request.user),
            done=_("Taken back: the household counts by its month again."),
            then=here,
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{pgettext('imported', 'Take the day back')} · {title_of(row.case)}",
        submit=pgettext("imported", "Take back"), cancel=here,
    )  # fmt: skip


def _found(request: StaffRequest, pk: int) -> ImportedDay:
    rows = ImportedDay.objects.select_related(
        "case__household", "case__area", "case__standing", "by", "taken_back_by"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
