"""Forms of the acts on areas: what each asks, and nothing of what is allowed."""

import datetime
from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.roles import Right
from foundation.accounts.tabular import plain
from foundation.desk.area_field import AreaField
from foundation.desk.area_input import AreaInput
from foundation.desk.fields import DayField, ReasonField
from foundation.desk.punctuation import said_of


class When(TypedDict):
    """The part of every act: its day and its document."""

    on: datetime.date
    reason: str


class ActForm(forms.Form):
    """The day from which a change holds, and the document that orders it."""

    happened_on = DayField(
        label=gettext_lazy("Holds from"), help_text=gettext_lazy("The first day of the new state of things.")
    )
    reason = ReasonField(label=gettext_lazy("Document or reason"))

    def __init__(self, *args: Any, area: Area | None = None, user: User, **options: Any) -> None:
        """Begin with today."""
        self.area, self.user = area, user
        options["initial"] = {"happened_on": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)

    def when(self) -> When:
        """Return day and reason as the stage functions take them."""
        return When(on=self.cleaned_data["happened_on"], reason=self.cleaned_data["reason"])


class CodeField(forms.CharField):
    """An area code: digits only, however they are typed."""

    def __init__(self, **options: Any) -> None:
        """Ask with the number pad of a phone."""
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=20, label=gettext_lazy("Area code"), **options)

    def clean(self, value: Any) -> str:
        """Bring full-width digits and blanks into order."""
        return plain(super().clean(value))


class AddForm(ActForm):
    """A new area below the one looked at."""

    field_order = ("code", "name", "happened_on", "reason")
    code = CodeField()
    name = forms.CharField(label=pgettext_lazy("area", "Name"), max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin the code with that of the area above."""
        super().__init__(*args, **options)
        if self.area is not None:
            digits = next(length for length in CODE_LENGTHS if length > self.area.level)
            self.fields["code"].initial = self.area.code
            self.fields["code"].help_text = _("%(digits)d digits, beginning with %(code)s.") % {
                "digits": digits,
                "code": self.area.code,
            }
        self.fields["reason"].required = False


class RenameForm(ActForm):
    """Another name."""

    field_order = ("name", "happened_on", "reason")
    name = forms.CharField(label=gettext_lazy("New name"), max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin with the name it has."""
        super().__init__(*args, **options)
        self.fields["name"].initial = self.area.name if self.area else ""
        self.fields["reason"].required = False


class RenumberForm(ActForm):
    """Another code of the same level."""

    field_order = ("code", "happened_on", "reason")
    code = CodeField()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin with the code it has."""
        super().__init__(*args, **options)
        self.fields["code"].initial = self.area.code if self.area else ""


class MergeForm(ActForm):
    """The area it becomes part of."""

    field_order = ("into", "happened_on", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Suggest areas of the same level."""
        super().__init__(*args, **options)
        self.fields["into"] = AreaField(
            user=self.user,
            right=Right.MANAGE_AREAS,
            label=gettext_lazy("Becomes part of"),
            widget=AreaInput(level=self.area.level if self.area else None),
        )
        self.order_fields(self.field_order)


class SplitForm(ActForm):
    """The areas it ends in."""

    field_order = ("into", "happened_on", "reason")
    into = forms.CharField(
        label=gettext_lazy("Continues in"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Codes or names, one a line; add the new areas first."),
    )

    def clean_into(self) -> list[Area]:
        """Return the areas that the lines name."""
        field = AreaField(user=self.user, right=Right.MANAGE_AREAS)
        lines = [line.strip() for line in self.cleaned_data["into"].splitlines() if line.strip()]
        found: list[Area] = []
        for line in lines:
            try:
                area = field.clean(line)
            except ValidationError as unknown:
                raise ValidationError(said_of(line, unknown.messages[0])) from unknown
            if area is not None and area not in found:
                found.append(area)
        return found


class RestoreForm(forms.Form):
    """Why a retired area lives again."""

    reason = ReasonField()

    def __init__(self, *args: Any, area: Area | None = None, user: User, **options: Any) -> None:
        """Take what every act takes."""
        super().__init__(*args, **options)
