"""Forms about people and their posts: the shape of what is asked, never a rule."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.accounts.eligibility import Grant
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Department, Kin, Posting, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import prefixes
from foundation.accounts.staff import NewAccount
from foundation.accounts.stand_ins import Absence, candidates_area
from foundation.desk.area_field import AreaField
from foundation.desk.fields import DayField, ReasonField


def labels_for(user: User, right: Right) -> dict[Role, str]:
    """Return the names of the roles where `user` holds `right`: of the first such area, for pages over many."""
    return role_labels(min(prefixes(user, right), default=""))


class NewAccountForm(forms.Form):
    """Name, login name, and the area the account is for."""

    name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(
        label=_("Login name"),
        max_length=60,
        help_text=_("Letters and digits; no telephone or identity number."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` manages accounts."""
        super().__init__(*args, **options)
        self.fields["area"] = AreaField(user=user, right=Right.MANAGE_ACCOUNTS)

    def wanted(self) -> NewAccount:
        """Return the account to open."""
        return NewAccount(**self.cleaned_data)


class NameForm(forms.Form):
    """A person's name as it should be."""

    name = forms.CharField(label=_("Name"), max_length=60)


class ReasonForm(forms.Form):
    """Why."""

    reason = ReasonField()


class ProposalForm(forms.Form):
    """A posting that is to be proposed: who, as what, where, from when until when, and why."""

    role = forms.ChoiceField(label=_("Role"))
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.all(),
        required=False,
        empty_label="---",
        help_text=_("Only for the roles of departments."),
    )
    from_day = DayField(label=_("From"))
    until_day = DayField(
        label=_("Until and including"), required=False, help_text=_("Empty: until it is ended.")
    )
    reason = ReasonField(help_text=_("Such as the number of the appointment paper."))
    field_order = ("user", "role", "area", "department", "from_day", "until_day", "reason")

    def __init__(self, *args: Any, user: User, person: User | None = None, **options: Any) -> None:
        """Offer the roles as they are called where `user` grants; `person` is fixed where it is known."""
        options.setdefault("initial", {"from_day": clock.today()})
        super().__init__(*args, **options)
        self._person = person
        roles = self.fields["role"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101  (declared above)
        labels = labels_for(user, Right.GRANT_POSTINGS)
        roles.choices = [("", "---"), *((role.value, label) for role, label in labels.items())]
        self.fields["area"] = AreaField(user=user, right=Right.GRANT_POSTINGS)
        if person is None:
            self.fields["user"] = PersonField(user=user, label=_("Member of staff"))
        self.order_fields(self.field_order)

    def wanted(self) -> Grant:
        """Return the grant asked for."""
        given = self.cleaned_data
        return Grant(
            user=self._person or given["user"],
            role=Role(given["role"]),
            area=given["area"],
            from_day=given["from_day"],
            until_day=given["until_day"],
            department=given["department"],
        )


class PersonField(forms.CharField):
    """A member of staff by login name, among those whom `user` may see."""

    def __init__(self, *, user: User, **options: Any) -> None:
        """Look among the people whom `user` may see."""
        options.setdefault("help_text", _("Login name; the staff list finds it."))
        super().__init__(max_length=60, **options)
        self._people = User.objects.visible_to(user)

    def clean(self, value: Any) -> User | None:
        """Return the person, or say that there is none."""
        typed = super().clean(value)
        if not typed:
            return None
        found = self._people.filter(username=normal_username(typed)).first()
        if found is None:
            raise forms.ValidationError(_("Nobody of this login name works in your areas."))
        return found


class EndForm(forms.Form):
    """When a posting ends, and why."""

    on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: at once. The person's next request no longer has these rights."),
    )
    reason = ReasonField()


class PeriodForm(forms.Form):
    """The days a posting should have had."""

    from_day = DayField(label=_("From"))
    until_day = DayField(label=_("Until and including"), required=False)
    reason = ReasonField()


class ColleagueField(forms.ModelChoiceField):
    """A colleague, named so that namesakes can be told apart."""

    def label_from_instance(self, obj: User) -> str:
        """Return name and login name."""
        return f"{obj.name} · {obj.username}"


class StandInForm(forms.Form):
    """Who acts in an absent person's posting, and when."""

    substitute = ColleagueField(label=_("Stand-in"), queryset=User.objects.none(), empty_label="---")
    from_day = DayField(label=_("From"))
    until_day = DayField(label=_("Until and including"))
    reason = ReasonField(help_text=_("Such as leave, birth, secondment."))

    def __init__(self, *args: Any, user: User, posting: Posting, **options: Any) -> None:
        """Offer the colleagues who work nearby and can sign in."""
        options.setdefault("initial", {"from_day": clock.today()})
        super().__init__(*args, **options)
        self._posting = posting
        near = Posting.objects.in_force().filter(area__code__startswith=candidates_area(posting))
        colleagues = User.objects.visible_to(user).filter(is_active=True, pk__in=near.values("user_id"))
        field = self.fields["substitute"]
        assert isinstance(field, ColleagueField)  # noqa: S101  (declared above)
        field.queryset = colleagues.exclude(pk__in=[posting.user_id, user.pk]).order_by("name", "pk")

    def wanted(self) -> Absence:
        """Return the absence to arrange for."""
        return Absence(self._posting, **self.cleaned_data)


class LabelForm(forms.Form):
    """What a role is called in an area from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    label = forms.CharField(label=_("Called here"), max_length=40)
    from_day = DayField(label=_("From"))
    reason = ReasonField(required=False)
    field_order = ("area", "role", "label", "from_day", "reason")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` names roles."""
        super().__init__(*args, **options)
        self.fields["area"] = AreaField(user=user, right=Right.LABEL_ROLES)
        self.order_fields(self.field_order)


class KinForm(forms.Form):
    """One's own or a kin's household."""

    household = forms.CharField(
        label=_("Household number"),
        max_length=40,
        help_text=_("As it stands on the household's sheet, such as YS000001."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=Kin.Relation.choices)


class FirstPasswordsForm(forms.Form):
    """The area whose people get a password for their first sign-in."""

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` manages accounts."""
        super().__init__(*args, **options)
        self.fields["area"] = AreaField(user=user, right=Right.MANAGE_ACCOUNTS)


def days(posting: Posting) -> dict[str, datetime.date | None]:
    """Return a posting's days, for a form to begin with."""
    return {"from_day": posting.from_day, "until_day": posting.until_day}
