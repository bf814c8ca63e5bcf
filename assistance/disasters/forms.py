"""Forms of disasters: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.disasters.keeping import KINDS, Struck
from assistance.disasters.selectors import kinds_of
from assistance.fast_track.helping import KINDS as HELP_KINDS
from assistance.fast_track.helping import Help
from assistance.models import Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.desk.area_field import AreaField
from foundation.desk.fields import DayField, ManyField
from foundation.desk.views.imports import FileForm

Harm = DisasterHousehold.Harm
_ANY = ("", "---")


class DisasterForm(forms.Form):
    """What happened, where and when."""

    kind = forms.ChoiceField(label=pgettext_lazy("disaster", "Kind"))
    name = forms.CharField(
        label=pgettext_lazy("disaster", "Name"),
        max_length=60,
        help_text=gettext_lazy("As people call it, such as 芒种村山洪."),
    )
    happened_on = DayField(label=pgettext_lazy("disaster", "Day"))
    note = forms.CharField(
        label=pgettext_lazy("disaster", "Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("No names and no numbers of people."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the kinds of the person's area, and the area itself."""
        own = min(prefixes(user, Right.REVIEW_CASES), default="")
        options.setdefault("initial", {"happened_on": clock.today(), "area": own})
        super().__init__(*args, **options)
        self.fields["kind"].choices = [_ANY, *kinds_of(KINDS, own)]  # type: ignore[attr-defined]
        self.fields = {
            "area": AreaField(
                user=user, right=Right.REVIEW_CASES, label=gettext_lazy("Place that was struck")
            )
        } | self.fields

    def struck(self) -> Struck:
        """Return what was entered."""
        return Struck(
            **{name: self.cleaned_data[name] for name in ("area", "kind", "name", "happened_on", "note")}
        )


class ListForm(FileForm):
    """An emergency list: a file, or lines pasted from a chat."""

    harm = forms.ChoiceField(
        label=pgettext_lazy("disaster", "Harm where a line does not say it"),
        choices=Harm.choices,
        initial=Harm.AFFECTED,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Lines of the list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One household a line: its number or somebody's ID number, then the damage if known (严重, 倒塌, 一般)."
        ),
    )
    field_order = ("text", "file", "harm")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Either of the two is enough."""
        super().__init__(*args, accept=".xlsx,.xls,.csv,.tsv,.txt,.zip", **options)
        self.fields["file"].required = False

    def clean_file(self) -> Any:
        """Refuse what is too large for the page."""
        return super().clean_file() if self.cleaned_data.get("file") else None

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and not given.get("text", "").strip() and not self.errors:
            self.add_error("text", _("Paste the lines of the list, or choose its file."))
        return given


class VillagesForm(forms.Form):
    """Whole villages."""

    villages = ManyField(label=gettext_lazy("Villages"))
    harm = forms.ChoiceField(
        label=pgettext_lazy("disaster", "Harm"),
        choices=Harm.choices,
        initial=Harm.AFFECTED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, disaster: Disaster, user: User, **options: Any) -> None:
        """Offer the villages of the place that are the person's."""
        super().__init__(*args, **options)
        mine = Area.objects.visible_to(user, Right.REVIEW_CASES).living().filter(level=Level.VILLAGE)
        rows = mine.filter(code__startswith=disaster.area_id).order_by("code")
        self.fields["villages"].choices = [(area.code, area.name) for area in rows]  # type: ignore[attr-defined]


class HelpForm(forms.Form):
    """What came first: what, when, by whom."""

    kind = forms.ChoiceField(label=pgettext_lazy("first help", "What was given"))
    giver = forms.CharField(
        label=pgettext_lazy("first help", "Given by"),
        max_length=60,
        help_text=gettext_lazy("The office or the team, such as 镇应急办."),
    )
    helped_on = DayField(label=pgettext_lazy("first help", "Day"))
    what = forms.CharField(
        label=pgettext_lazy("first help", "What exactly"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as 大米 50 斤、棉被 2 床."),
    )

    def __init__(self, *args: Any, area: str, **options: Any) -> None:
        """Offer the kinds of help of the area."""
        options.setdefault("initial", {"helped_on": clock.today()})
        super().__init__(*args, **options)
        self.fields["kind"].choices = [_ANY, *kinds_of(HELP_KINDS, area)]  # type: ignore[attr-defined]

    def help(self) -> Help:
        """Return what was entered."""
        return Help(**{name: self.cleaned_data[name] for name in ("kind", "giver", "helped_on", "what")})
