"""Acts on accounts: open, correct the name, disable, enable, give passwords for the first or next sign-in."""

import base64

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import staff, staff_sheets
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.first_passwords import give_first_passwords
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.staff_forms import FirstPasswordsForm, NameForm, NewAccountForm, ReasonForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Right.MANAGE_ACCOUNTS)
@once
def open_account(request: StaffRequest) -> HttpResponse:
    """Open an account that gets its first posting from a security administrator."""
    form = NewAccountForm(request.POST or None, user=request.user)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: staff.open_account(form.wanted(), by=request.user),
            done=_("The account is open. A security administrator now proposes a posting."),
            then=lambda person: reverse("desk:person", args=[person.pk]),
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Open an account"), submit=_("Open"), cancel=reverse("desk:staff")
    )


@door(Right.MANAGE_ACCOUNTS)
@once
def correct_name(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a person's name."""
    person: User = get_visible_or_404(User.objects, request.user, pk=pk)
    page = reverse("desk:person", args=[pk])
    form = NameForm(request.POST or None, initial={"name": person.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        done = attempt(
            request,
            form,
            lambda: staff.correct_name(person, name, by=request.user),
            done=_("The name is corrected."),
            then=page,
        )
        if done:
            return done
    return form_page(request, form, title=_("Correct the name"), submit=_("Correct"), cancel=page)


@door(Right.MANAGE_ACCOUNTS)
@once
def switch(request: StaffRequest, pk: int, act: str) -> HttpResponse:
    """Disable or enable an account, with the reason."""
    person: User = get_visible_or_404(User.objects, request.user, pk=pk)
    page = reverse("desk:person", args=[pk])
    closing = act == "disable"
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        run = staff.disable if closing else staff.enable
        done = attempt(
            request,
            form,
            lambda: run(person, by=request.user, reason=reason),
            done=_("The account is disabled.") if closing else _("The account is enabled."),
            then=page,
        )
        if done:
            return done
    title = _("Disable %(name)s") if closing else _("Enable %(name)s")
    return form_page(
        request,
        form,
        title=title % {"name": person.name},
        submit=_("Disable") if closing else _("Enable"),
        cancel=page,
        template=CONFIRM,
        consequences=_closing() if closing else [_("The posts that still run count again at once.")],
    )


@door(Right.MANAGE_ACCOUNTS)
def one_time_password(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an account a password for its next sign-in and show it, once."""
    person: User = get_visible_or_404(User.objects, request.user, pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            password = staff.set_one_time_password(person, by=request.user)
        except Refused as refused:
            refusal = refused.sentence
        else:
            return render(request, "desk/password_once.html", {"person": person, "password": password})
    return render(
        request,
        "desk/password_ask.html",
        {"person": person, "refusal": refusal},
        status=409 if refusal else 200,
    )


@door(Right.MANAGE_ACCOUNTS)
@once
def reset_second_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who lost telephone and paper, with the reason."""
    person: User = get_visible_or_404(User.objects, request.user, pk=pk)
    page = reverse("desk:person", args=[pk])
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: staff.reset_second_factor(person, by=request.user, reason=reason),
            done=_("The second factor is taken away: the person sets up a new one."),
            then=page,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Reset the second factor of %(name)s") % {"name": person.name},
        submit=_("Reset"),
        cancel=page,
        template=CONFIRM,
        consequences=[
            _("Telephone and codes on paper open nothing any more."),
            _("Every session of this person ends."),
        ],
    )


@door(Right.MANAGE_ACCOUNTS)
def first_passwords(request: StaffRequest) -> HttpResponse:
    """Give a password to everybody of an area who has none, and show them all, this once.

    The workbook travels inside the page: nothing of it is kept on the server.
    """
    form = FirstPasswordsForm(request.POST or None, user=request.user)
    if form.is_valid():
        area = form.cleaned_data["area"]
        try:
            given = give_first_passwords(area, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            sheet = base64.b64encode(staff_sheets.first_passwords(given)).decode()
            context = {"given": given, "area": area, "file": f"data:{XLSX};base64,{sheet}"}
            return render(request, "desk/first_passwords.html", context)
    return form_page(
        request,
        form,
        title=_("First passwords"),
        submit=_("Make and show them"),
        cancel=reverse("desk:staff"),
        intro=_(
            "Everybody of the area whose account has no password yet gets one. The passwords are shown once, on "
            "the next page, to be printed and handed over closed."
        ),
    )


@door(Right.VIEW_STAFF)
def empty_workbook(request: StaffRequest) -> HttpResponse:
    """Give the staff workbook to fill in, with the roles as one's own area calls them."""
    area = min(prefixes(request.user, Right.VIEW_STAFF))
    response = HttpResponse(staff_sheets.template(area), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return response


def _closing() -> list[str]:
    return [
        _("Nobody can sign in with this account; its open sessions end with their next request."),
        _("Its posts stay, but their work goes to the stand-in or to the next level."),
    ]
