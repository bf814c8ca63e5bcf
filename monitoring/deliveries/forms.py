"""Forms of deliveries: handing in a file, saying what its headers mean, and why something is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.desk.fields import ReasonField
from monitoring.deliveries.choosing import Deliverable
from monitoring.deliveries.drafts import Wanted
from monitoring.models import Dataset, Delivery
from monitoring.periods import period_for

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xls,.zip"


class HandInForm(forms.Form):
    """Where a file belongs, and the file. With `earlier` it takes the place of a delivery, or adds to one."""

    dataset: "forms.ModelChoiceField[Dataset]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Dataset"), empty_label=None
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Area"), empty_label=None
    )
    period = forms.CharField(label=pgettext_lazy("delivery", "Period"), max_length=10)
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop-file"})
    )

    def __init__(self, *args: Any, own: Deliverable, earlier: Delivery | None = None, **options: Any) -> None:
        """Offer what the person delivers; of an earlier delivery dataset, area and period are given."""
        super().__init__(*args, **options)
        self.earlier = earlier
        self.fields["dataset"].queryset = own.datasets  # type: ignore[attr-defined]
        self.fields["area"].queryset = own.areas  # type: ignore[attr-defined]
        if earlier is not None:
            for name in ("dataset", "area", "period"):
                del self.fields[name]
        limit = {"limit": settings.FILES_LARGEST // 2**20}
        field = self.fields["file"]
        field.help_text = (
            _("Drop it here or choose it: CSV, XLSX or XLS, zipped or not, at most %(limit)d MB.") % limit
        )
        field.error_messages["required"] = _("Choose the file to hand in.")
        field.error_messages["empty"] = _(
            "This file is empty. Where nothing happened, hand in the empty workbook with its header."
        )

    def clean_file(self) -> UploadedFile:
        """Refuse what arrived cut, because it is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.FILES_LARGEST:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB.") % {"limit": settings.FILES_LARGEST // 2**20}
            )
        return file

    def clean(self) -> None:
        """Refuse a period that the dataset is not delivered by."""
        super().clean()
        dataset, period = self.cleaned_data.get("dataset"), self.cleaned_data.get("period")
        if dataset is None or not period:
            return
        try:
            self.cleaned_data["period"] = period_for(dataset.contract, period).text
        except Refused as refused:
            self.add_error("period", refused.sentence)

    def wanted(self, *, adds: bool) -> Wanted:
        """Return what the file is to become; `adds` says that it adds to the earlier delivery."""
        if (earlier := self.earlier) is None:
            return Wanted(*(self.cleaned_data[name] for name in ("dataset", "area", "period")))
        given = {"supplements" if adds else "replaces": earlier}
        return Wanted(earlier.dataset, earlier.area, earlier.period, **given)


@dataclass(frozen=True, slots=True)
class Question:
    """A header that the contract does not know: the column it probably means ("": none), and why that is thought."""

    header: str
    column: str
    why: str


class MeaningForm(forms.Form):
    """What the headers that the contract does not know mean: a column, or nothing (the column is left out)."""

    def __init__(
        self, *args: Any, questions: Sequence[Question], columns: Sequence[str], **options: Any
    ) -> None:
        """Ask for each header which of `columns` it means."""
        super().__init__(*args, **options)
        self._headers = [each.header for each in questions]
        choices = [("", _("left out: not stored")), *((column, column) for column in columns)]
        for number, each in enumerate(questions):
            self.fields[f"header_{number}"] = forms.ChoiceField(
                label=each.header, choices=choices, required=False, initial=each.column, help_text=each.why
            )

    def clean(self) -> None:
        """Refuse two headers that mean one column."""
        super().clean()
        seen: dict[str, str] = {}
        for number, header in enumerate(self._headers):
            column = self.cleaned_data.get(f"header_{number}", "")
            if column and column in seen:
                self.add_error(
                    f"header_{number}",
                    _("“%(other)s” already means this column: leave one of them out.")
                    % {"other": seen[column]},
                )
            seen.setdefault(column, header)

    def meanings(self) -> dict[str, str]:
        """Return what each header means, as the person said."""
        return {
            header: self.cleaned_data.get(f"header_{number}", "")
            for number, header in enumerate(self._headers)
        }


class WhyForm(forms.Form):
    """Why an act is done. `version` is what the person saw of the delivery."""

    reason = ReasonField()
    version = forms.IntegerField(widget=forms.HiddenInput)
