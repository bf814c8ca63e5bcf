"""The form in which dibao or tekun of a member is corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.desk.fields import DayField
from households.benefits import Benefit, present
from households.forms import SeenForm
from households.models import Resident


class BenefitForm(SeenForm):
    """What is received, and from when until when."""

    field_order = ("aid", "from_day", "until_day", "never", "happened_on", "reason")
    aid = forms.ChoiceField(
        label=gettext_lazy("What is received"),
        required=False,
        choices=[("", gettext_lazy("not stated")), *Resident.Aid.choices],
        widget=forms.RadioSelect,
    )
    from_day = DayField(
        label=gettext_lazy("Received from"),
        required=False,
        help_text=gettext_lazy("Where it is received. Empty: not known, it counts for all earlier days."),
    )
    until_day = DayField(
        label=gettext_lazy("Received until and including"),
        required=False,
        help_text=gettext_lazy("Where it is received no longer: the last day."),
    )
    never = forms.BooleanField(
        label=gettext_lazy("It was never received: what stands here was wrong"), required=False
    )
    happened_on = DayField(
        label=gettext_lazy("Seen on"),
        help_text=gettext_lazy("The day on which you saw, or were told, that it is so."),
    )

    def __init__(self, *args: Any, resident: Resident, kind: str, **options: Any) -> None:
        """Begin with what the register says."""
        now = present(resident, kind)
        options["initial"] = {
            "seen": resident.revision_id,
            "happened_on": clock.today(),
            "aid": now.aid,
            "from_day": now.from_day,
            "until_day": now.until_day,
        }
        super().__init__(*args, **options)
        self.order_fields(self.field_order)

    def wanted(self) -> Benefit:
        """Return what was entered; a first day left over from what was received until now counts as nothing."""
        given = self.cleaned_data
        received = given["aid"] in (Resident.Aid.RURAL, Resident.Aid.URBAN)
        kept = "from_day" in self.changed_data or received
        return Benefit(given["aid"], given["from_day"] if kept else None, given["until_day"], given["never"])
