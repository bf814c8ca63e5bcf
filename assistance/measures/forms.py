"""What the pages of measures ask: what is ticked, and what an office answers."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from assistance.measures.answering import Landed
from assistance.measures.ticking import LONGEST_NOTE, Tick
from assistance.models import Measure
from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField

R = TypeVar("R")
#: The names of the page: a suggestion that is ticked, another measure, for whom it is, and a word for the departments.
SUGGESTED, OTHER, FOR, NOTE = "tick", "other", "for_", "note"


def ticks_of(posted: QueryDict, risks: dict[str, str]) -> list[Tick]:
    """Return what was ticked; of the other measures `risks` says by code against which risk each stands."""
    note = posted.get(NOTE, "").strip()[: LONGEST_NOTE + 1]
    found, others = [], posted.getlist(OTHER)
    for key in posted.getlist(SUGGESTED):
        code, resident, risk = [*key.split(":", 2), "", ""][:3]
        found.append(Tick(code, _number(resident), risk, note))
    found += [
        Tick(code, _number(posted.get(f"{FOR}{code}", "")), risks.get(code, ""), note) for code in others
    ]
    return found


def kept_of(posted: QueryDict) -> set[str]:
    """Return what was ticked as the page names it, so that a refusal loses nothing."""
    return {*posted.getlist(SUGGESTED), *posted.getlist(OTHER)}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


class LandForm(forms.Form):
    """That a measure landed: day, amount with its time, until when, and a word beside it."""

    landed_on = DayField(label=pgettext_lazy("measure", "Landed on"))
    amount = forms.DecimalField(
        label=pgettext_lazy("measure", "Amount (yuan)"),
        required=False,
        max_digits=10,
        decimal_places=2,
        help_text=pgettext_lazy("measure", "Empty for a service, such as training or a visit."),
    )
    per = forms.ChoiceField(
        label=pgettext_lazy("measure", "For which time"),
        required=False,
        choices=[("", "—"), *Measure.Per.choices],
    )
    until_day = DayField(
        label=pgettext_lazy("measure", "Runs until"),
        required=False,
        help_text=pgettext_lazy("measure", "Only where it goes on for a time, such as a post or dibao."),
    )
    answer = forms.CharField(
        label=pgettext_lazy("measure", "A word for the village"), required=False, max_length=200
    )
    record = forms.BooleanField(
        label=pgettext_lazy("measure", "Record it as aid, too"),
        required=False,
        help_text=pgettext_lazy(
            "measure",
            "Sums of aid count records alone. The household acknowledges it later; what is recorded already is "
            "not written twice.",
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: Measure, may_record: bool = True, **options: Any) -> None:
        """Begin with today, and with the record; `may_record` says whether it is the reader's to write."""
        options.setdefault(
            "initial", {"landed_on": clock.today(), "version": measure.version, "record": True}
        )
        super().__init__(*args, **options)
        if not may_record:
            del self.fields["record"]

    def records(self) -> bool:
        """Say whether it is recorded as aid in the same act."""
        return bool(self.cleaned_data.get("record"))

    def told(self) -> Landed:
        """Return what was said."""
        given = self.cleaned_data
        return Landed(given["landed_on"], given["amount"], given["per"], given["until_day"], given["answer"])


class StopForm(forms.Form):
    """The last day of help that ends before its time, why, and the version that the person saw."""

    stopped_on = DayField(
        label=pgettext_lazy("measure", "Last day"),
        help_text=pgettext_lazy(
            "measure", "Until then it counts as help, and what is paid every month is counted."
        ),
    )
    reason = ReasonField()
    version = forms.IntegerField(widget=forms.HiddenInput)


def grouped(rows: Iterable[R], group: Callable[[R], str]) -> list[tuple[str, list[R]]]:
    """Return rows under the names of their groups, in the order in which the groups come."""
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(group(row), []).append(row)
    return list(found.items())
