"""Forms of assessments: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.assessment.declaring import WHOM, Wanted
from assistance.assessment.lifecycle import ASSESSED
from assistance.models import AssessedHousehold
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.fields import DayField, ReasonField
from households.models import Standing

#: Acts of a list, in the order in which it walks. Meeting and notice have pages of their own (assistance.evaluations,
#: assistance.notices), where these households stand with all others of their village.
ACTS = (
    "confirm", "review", "decide", "carry_out", "send_back", "recheck", "return", "undo_review", "undo_decision",
    "undo", "drop",
)  # fmt: skip


class DeclareForm(forms.Form):
    """Who is assessed, where, and as of which day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    whom = forms.MultipleChoiceField(
        label=pgettext_lazy("assessment", "Who is assessed"), widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in WHOM], initial=[Standing.Kind.LIFTED_OUT.value],
    )  # fmt: skip
    on = DayField(
        label=pgettext_lazy("assessment", "As of"), initial=clock.today,
        help_text=gettext_lazy("Incomes, lists and members count as of this day; the rule is the one in force on it."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` may declare one, and what lies directly below."""
        super().__init__(*args, **options)
        codes = prefixes(user, Right.REVIEW_CASES) | prefixes(user, Right.DECIDE_CASES)
        rows = Area.objects.living().filter(within("code", codes), level__lte=Level.VILLAGE).order_by("code")
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.name} {each.code}")
            for each in rows
            if each.code in codes or each.parent_id in codes
        ]

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        said = self.cleaned_data
        return Wanted(said["area"], tuple(said["whom"]), said["on"], said["note"])


class StepForm(forms.Form):
    """What is done with the households that are ticked, and what has to be said with it."""

    act = forms.ChoiceField(
        label=pgettext_lazy("assessment", "What is done"),
        choices=[(act, ASSESSED.find(act).label) for act in ACTS],
    )
    result = forms.ChoiceField(
        label=pgettext_lazy("assessment", "Result"), required=False,
        choices=[("", pgettext_lazy("assessment", "as the rule proposed")), *AssessedHousehold.Result.choices],
    )  # fmt: skip
    on = DayField(label=gettext_lazy("Day"), required=False, initial=clock.today)
    number = forms.CharField(
        label=pgettext_lazy("assessment", "Number of the paper"), max_length=60, required=False
    )
    why = ReasonField(
        label=pgettext_lazy("assessment", "Reason or opinion"), required=False,
        help_text=gettext_lazy("Needed where a result is changed, sent back, taken out or undone."),
    )  # fmt: skip
    every = forms.BooleanField(
        label=pgettext_lazy("assessment", "All that the filters show, not only the ticked ones"),
        required=False,
    )

    #: Which fields an act asks for; all others are left out of the page.
    ASKS = {
        "confirm": ("result", "why"), "review": ("on", "why"), "decide": ("on", "number", "why"), "carry_out": (),
        "send_back": ("why",), "recheck": ("why",), "return": ("why",), "undo_review": ("why",),
        "undo_decision": ("why",), "undo": ("why",), "drop": ("why",),
    }  # fmt: skip

    def __init__(self, *args: Any, acts: list[str], **options: Any) -> None:
        """Offer the acts of a reader, with the fields that these ask for."""
        super().__init__(*args, **options)
        self.fields["act"].choices = [(act, ASSESSED.find(act).label) for act in acts]  # type: ignore[attr-defined]
        asked = {name for act in acts for name in self.ASKS[act]}
        for name in set(self.fields) - asked - {"act", "every"}:
            del self.fields[name]


class WhyForm(forms.Form):
    """Why, in words."""

    reason = ReasonField()
