"""Forms of pairs: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ReasonField
from households.lineage.fields import LookField, PaperField
from households.models import Duplicate, PairDecision, Resident
from households.pairs.deciding import Decision
from households.pairs.effects import heirs
from households.pairs.sides import by_likeness, outcomes_of
from households.words import Words


class DecideForm(forms.Form):
    """Where the person belongs, since when, what they are in the other household, who follows a head, and why."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("pair", "Where the person belongs"),
        choices=PairDecision.Outcome.choices,
        widget=forms.RadioSelect,
    )
    happened_on = DayField(
        label=pgettext_lazy("pair", "Since"), help_text=gettext_lazy("Of who moved or married: the day.")
    )
    relation = forms.ChoiceField(
        label=pgettext_lazy("pair", "Relation to the head of the other household"), required=False,
        help_text=gettext_lazy("Of who moved or married, where the register has the other household."),
    )  # fmt: skip
    paper = PaperField()
    reason = ReasonField()
    look = LookField()

    def __init__(self, *args: Any, pair: Duplicate, user: User, **options: Any) -> None:
        """Begin with today, and offer what may be decided and the relations of the other village."""
        options.setdefault("initial", {"happened_on": clock.today()})
        super().__init__(*args, **options)
        wanted = outcomes_of(pair)
        offered = [(code, label) for code, label in PairDecision.Outcome.choices if code in wanted]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined]
        self.fields["paper"].required = False  # who stays where they are needs none: the stage function asks
        self.fields["paper"].help_text = pgettext(
            "pair",
            "Needed where the register changes: a marriage certificate, a household booklet, or who said so.",
        )
        self._ask_head(pair, user)
        if by_likeness(pair):
            # Who is meant is a member over there already.
            del self.fields["relation"]
            return
        choices = [("", _("not stated")), *Words().choices("relation", pair.claimed_area_id)]
        self.fields["relation"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> Decision:
        """Return what was decided."""
        given = self.cleaned_data
        return Decision(
            given["outcome"], given["reason"], given["happened_on"], given.get("relation", ""),
            given["paper"], self._heirs.get(given.get("new_head", "")),
        )  # fmt: skip

    def _ask_head(self, pair: Duplicate, user: User) -> None:
        """Ask who is head from now on where a head may leave whom others live with; of whom the reader may see."""
        keys = [each.pk for each in heirs(pair)]
        rows = Resident.objects.visible_to(user).filter(pk__in=keys).select_related("household")
        self._heirs = {str(row.pk): row for row in rows.order_by("household", "born_on", "pk")}
        if not self._heirs:
            return
        named = [(key, f"{row.shown_name} · {row.household.code}") for key, row in self._heirs.items()]
        self.fields["new_head"] = forms.ChoiceField(
            label=pgettext("lineage", "Head of those who stay"), choices=[("", "---"), *named], required=False,
            help_text=pgettext("lineage", "Only where the head leaves."),
        )  # fmt: skip
        self.order_fields(["outcome", "happened_on", "relation", "new_head", "paper", "reason"])


class WhyForm(forms.Form):
    """Why."""

    reason = ReasonField()
