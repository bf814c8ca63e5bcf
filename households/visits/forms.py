"""The phone form of a visit: who, how, where, and the questions of one questionnaire; never a rule."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ReasonField
from households.models import Household, Resident, Visit
from households.models.households import HEAD
from households.visits.answers import FIELD
from households.visits.fields import field_of
from households.visits.known import Fact
from households.visits.purposes import Due, Purpose
from households.visits.questionnaires import Declared, Question
from households.visits.told import Place, Told

#: The button that works the sums out and sends nothing.
WORK_OUT = "work_out"
_NO_PLACE = (Visit.NoPlace.NO_SIGNAL, Visit.NoPlace.FORBIDDEN, Visit.NoPlace.PAPER)


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section: what is asked, and what the register knows already; after the last that counts, the calculator."""

    name: str
    asked: list[forms.BoundField]
    known: list[forms.BoundField]
    ends_counting: bool = False

    @property
    def is_known_open(self) -> bool:
        """Whether something that was known is wrong, and must be seen."""
        return any(field.errors for field in self.known)


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: the household, its questions, what is known of it and due there, who may have come too."""

    household: Household
    declared: Declared
    members: Sequence[Resident]
    facts: Mapping[str, Fact]
    companions: Sequence[User]
    due: Sequence[Due] = ()

    @property
    def head(self) -> str:
        """Name of the head of the household; empty where it has none."""
        return next((each.shown_name for each in self.members if each.relation == HEAD), "")


class VisitForm(forms.Form):
    """One visit, as the person who made it writes it down."""

    way = forms.ChoiceField(
        label=gettext_lazy("How you spoke with the household"),
        choices=Visit.Way.choices,
        widget=forms.RadioSelect,
    )
    way_reason = forms.CharField(label=gettext_lazy("Why not at home"), max_length=200, required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Was anybody reached?"), choices=Visit.Outcome.choices, widget=forms.RadioSelect
    )
    met = forms.MultipleChoiceField(
        label=gettext_lazy("Members you spoke with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=gettext_lazy("Who else was there"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Names and what they are to the household: neighbour, relative, village doctor."
        ),
    )
    visitors = forms.MultipleChoiceField(
        label=gettext_lazy("Who came with you"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What this visit also settles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    happened_on = DayField(label=gettext_lazy("Day of the visit"))
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    no_place = forms.ChoiceField(
        label=gettext_lazy("If there is no place: why"),
        required=False,
        choices=[("", "---"), *((each.value, each.label) for each in _NO_PLACE)],
    )
    note = forms.CharField(
        label=pgettext_lazy("visit", "Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What no question asks for. ID numbers and telephones are masked."),
    )
    reason = ReasonField(
        label=gettext_lazy("Why it is entered only now"),
        required=False,
        help_text=gettext_lazy("Only where the visit was more than a few days ago."),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        about: About,
        visit: Visit | None = None,
        begun: MultiValueDict[str, str] | None = None,
        **options: Any,
    ) -> None:
        """Ask what the questionnaire asks; begin with what is known, with what the visit says, or what was `begun`."""
        self._about, self._visit = about, visit
        options["initial"] = {**_beginning(about), **_told_before(visit)}
        super().__init__(*args, **options)
        self._offer("met", [(str(each.pk), each.shown_name) for each in about.members])
        self._offer("visitors", [(str(each.pk), each.name) for each in about.companions])
        needed = max((due.visitors for due in about.due), default=1)
        if needed > 1:
            self.fields["visitors"].help_text = _(
                "Here at least %(count)d people go together, you included."
            ) % {"count": needed}
        self._offer("purposes", [(due.purpose.key, due.title) for due in about.due] if visit is None else [])
        answered = self.data.get("outcome") != Visit.Outcome.NOBODY
        area = about.household.area_id
        for question in about.declared.questions():
            self.fields[FIELD + question.code] = field_of(
                question,
                self._fact(question),
                area=area,
                required=question.required and answered,
                hint=" ".join(filter(None, (each.hint(question) for each in about.due))),
            )
        for name in self.fields:
            if begun is not None and (name in begun or WORK_OUT in begun):
                self.initial[name] = self.fields[name].widget.value_from_datadict(begun, {}, name)

    def answer_to(self, code: str) -> object:
        """Return what stands at a question now: typed, begun or known."""
        return self[FIELD + code].value()

    def sections(self) -> Iterator[FormSection]:
        """Yield the questions section by section; what is known already stands apart, to be confirmed."""
        counting = [each for each in self._about.declared.sections if any(q.counts for q in each.questions)]
        for section in self._about.declared.sections:
            asked = [self[FIELD + each.code] for each in section.questions if not self._fact(each)]
            known = [self[FIELD + each.code] for each in section.questions if self._fact(each)]
            yield FormSection(section.name, asked, known, section in counting[-1:])

    def visit_key(self) -> UUID:
        """Return the key that makes the same form sent twice one visit."""
        key: UUID = self.cleaned_data["key"]
        return key

    def serves(self) -> list[Purpose]:
        """Return what was ticked as settled by this visit."""
        ticked = set(self.cleaned_data["purposes"])
        return [due.purpose for due in self._about.due if due.purpose.key in ticked]

    def told(self, by: User) -> Told:
        """Return what was typed."""
        given = self.cleaned_data
        met, came = set(given["met"]), set(given["visitors"])
        return Told(
            way=given["way"],
            outcome=given["outcome"],
            happened_on=given["happened_on"],
            at=given["at"],
            questionnaire=self._about.declared.code,
            answers={
                each.code: given.get(FIELD + each.code)
                for each in self._about.declared.questions()
                if given["outcome"] == Visit.Outcome.MET
            },
            way_reason=given["way_reason"],
            visitors=[by, *(each for each in self._about.companions if str(each.pk) in came)],
            met=[each for each in self._about.members if str(each.pk) in met],
            others=given["others"],
            place=self._place(),
            no_place=given["no_place"],
            note=given["note"],
            reason=given["reason"],
        )

    def _place(self) -> Place | None:
        given = self.cleaned_data
        if given["latitude"] is None or given["longitude"] is None:
            return None
        accuracy = given["accuracy"]
        return Place(given["latitude"], given["longitude"], None if accuracy is None else round(accuracy))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer choices, or take the field away where there are none."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            self.fields[name] = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def _fact(self, question: Question) -> Fact | None:
        return self._about.facts.get(question.known) if question.known else None


def _beginning(about: About) -> dict[str, Any]:
    """Return what a new form begins with: today, at home, spoken with, everything due, and what is known."""
    known = {
        FIELD + each.code: about.facts[each.known].value
        for each in about.declared.questions()
        if each.known in about.facts
    }
    return {
        "way": Visit.Way.HOME,
        "outcome": Visit.Outcome.MET,
        "happened_on": clock.today(),
        "at": timezone.localtime().time(),
        "key": uuid4(),
        "purposes": [due.purpose.key for due in about.due if due.ticked],
        **known,
    }


def _told_before(visit: Visit | None) -> dict[str, Any]:
    """Return what a visit says, for its correction."""
    if visit is None:
        return {}
    names = (
        "way",
        "way_reason",
        "outcome",
        "others",
        "happened_on",
        "latitude",
        "longitude",
        "accuracy",
        "note",
    )
    return {
        **{name: getattr(visit, name) for name in names},
        "at": visit.at if isinstance(visit.at, datetime.time) else None,
        "no_place": visit.no_place,
        "key": visit.key,
        "version": visit.version,
        "met": [str(pk) for pk in visit.met.values_list("pk", flat=True)],
        "visitors": [str(pk) for pk in visit.visitors.values_list("pk", flat=True)],
        **{FIELD + code: answer for code, answer in visit.answers.items()},
    }
