"""Forms of helpers: what naming, answering and handing over are given; the shape of it, never a rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.board.wording import head
from assistance.helping.assigning import Named
from assistance.helping.handing_over import Handed
from assistance.helping.naming_many import Suggestion
from assistance.helping.panel import filled
from assistance.helping.places import Candidate, candidates
from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ManyField, ReasonField


class PlaceForm(forms.Form):
    """Who fills a free place of a case; the list says how many households everybody has already."""

    def __init__(self, *args: Any, case: Case, kind: str, **options: Any) -> None:
        """Offer who may fill this place."""
        super().__init__(*args, **options)
        self._kind, self._people = kind, {str(each.posting.pk): each for each in candidates(case, kind)}
        self.fields["posting"] = forms.ChoiceField(
            label=pgettext_lazy("helper", "Person"),
            choices=[(key, each.words) for key, each in self._people.items()],
            widget=forms.RadioSelect,
            help_text=gettext_lazy("Who helps fewest households stands first."),
        )
        self.fields["unit"] = forms.CharField(
            label=pgettext_lazy("helper", "Assisting unit"),
            max_length=60,
            required=False,
            help_text=gettext_lazy("Empty: the department of the post."),
        )

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to choose from."""
        return not self._people

    def named(self) -> Named:
        """Return what was chosen."""
        given = self.cleaned_data
        return Named(self._kind, self._people[given["posting"]].posting, given["unit"])


class ManyForm(forms.Form):
    """Who fills each free place of many households: suggested, changed where wanted, or left for later."""

    def __init__(self, *args: Any, rows: Sequence[Suggestion], **options: Any) -> None:
        """Offer the suggestion first, then who else fits."""
        super().__init__(*args, **options)
        for number, row in enumerate(rows):
            self.fields[f"place-{row.case.pk}-{row.kind}"] = forms.ChoiceField(
                label=f"{number + 1}. {head(row.case)} · {row.case.household.code} · {row.case.area.name} · {row.name}",
                choices=[
                    *((str(each.posting.pk), each.words) for each in row.choices),
                    ("", pgettext_lazy("helper", "not now")),
                ],
                initial=str(row.posting),
                required=False,
            )

    def chosen(self) -> list[tuple[int, str, int]]:
        """Return what was chosen: case, place, post."""
        found = []
        for name, post in self.cleaned_data.items():
            _place, case, kind = name.split("-", 2)
            if post:
                found.append((int(case), kind, int(post)))
        return found


class AnswerForm(forms.Form):
    """Accept, or decline with a reason: for one household or a whole hand-over."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("helper", "Answer"),
        choices=(
            ("accept", pgettext_lazy("helper", "I accept")),
            ("decline", pgettext_lazy("helper", "I cannot accept")),
        ),
        widget=forms.RadioSelect,
    )
    reason = ReasonField(required=False, help_text=gettext_lazy("Needed when you cannot accept."))


class WhyForm(forms.Form):
    """A reason alone."""

    reason = ReasonField()


class EndForm(WhyForm):
    """Why the help of somebody ends, and why without a sheet of what is open there, where none was printed."""

    no_sheet = forms.ChoiceField(
        label=pgettext_lazy("helper", "Why there is no sheet of what is open"),
        choices=[
            ("", pgettext_lazy("helper", "None of these: I print the sheet first")),
            *HelperPlace.NoSheet.choices,
        ],
        required=False,
        widget=forms.RadioSelect,
    )


class GiverForm(forms.Form):
    """Whose households are handed over."""

    def __init__(self, *args: Any, givers: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer who holds places where the reader names helpers."""
        super().__init__(*args, **options)
        self.fields["giver"] = forms.ChoiceField(
            label=pgettext_lazy("hand-over", "Who hands over"),
            choices=[("", "—"), *((str(key), words) for key, words in givers)],
        )


class HandOverForm(forms.Form):
    """To whom, from which day, why, and which households: all of them, but for those that are unticked."""

    def __init__(
        self,
        *args: Any,
        giver: User,
        places: Sequence[HelperPlace],
        receivers: Sequence[Candidate],
        **options: Any,
    ) -> None:
        """Offer the households of the giver, and who may receive them."""
        super().__init__(*args, **options)
        self._giver, self._people = giver, {str(each.posting.pk): each for each in receivers}
        self.fields["posting"] = forms.ChoiceField(
            label=pgettext_lazy("hand-over", "To whom"),
            choices=[("", "—"), *((key, each.words) for key, each in self._people.items())],
        )
        self.fields["day"] = DayField(
            label=pgettext_lazy("hand-over", "Day of the hand-over"),
            initial=clock.today,
            help_text=gettext_lazy("The other person can accept from this day on."),
        )
        self.fields["reason"] = ReasonField()
        self.fields["places"] = ManyField(
            label=_("Households (%(count)d)") % {"count": len(places)},
            choices=[(str(row.pk), _line(row)) for row in places],
            initial=[str(row.pk) for row in places],
            help_text=gettext_lazy("Untick what stays with this person."),
        )

    def handed(self) -> Handed:
        """Return what was chosen."""
        given = self.cleaned_data
        keys = [int(key) for key in given["places"]]
        posting = self._people[given["posting"]].posting
        return Handed(self._giver, posting, given["day"], given["reason"], keys)


def free_places(case: Case) -> list[tuple[str, str]]:
    """Return the places of a case that nobody holds or was asked for, code and name."""
    return [(place.kind, place.name) for place in filled(case) if not place.held and not place.asked]


def _line(row: HelperPlace) -> str:
    heads = getattr(row.case.household, "heads", None) or []
    name = heads[0].shown_name if heads else row.case.household.code
    return f"{name} · {row.case.household.code} · {row.case.area.name}"
