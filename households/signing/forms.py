"""Forms of signing: how it was signed, why it was not, why it is taken back."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from foundation.files.arriving import Arrival
from foundation.files.content import PICTURES
from households.models import Signature
from households.signing.pictures import LARGEST_DRAWING
from households.signing.taking import OFFERED, How, Photo, Proxy, Reading

_DATA = "data:image/png;base64,"
_PROXY = ("proxy_name", "proxy_relation", "proxy_reason")
_READING = ("written_by", "read_to", "printed_by")


class _Act(forms.Form):
    """The day of an act, why it is entered late, and the version that the person saw of the signature."""

    happened_on = DayField(
        label=_("Happened on"), help_text=_("The day of the signature; today unless it is entered later.")
    )
    reason = ReasonField(
        label=_("Why it is entered only now"), required=False, help_text=_("Only for a day long past.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, signature: Signature, **options: Any) -> None:
        """Begin with today."""
        options.setdefault("initial", {"happened_on": clock.today(), "version": signature.version})
        super().__init__(*args, **options)


class SignForm(_Act):
    """One signature: drawn, or on paper with its photo; by whom in whose place, and read to whom."""

    way = forms.ChoiceField(
        label=_("How it is signed"),
        widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in OFFERED],
        initial=OFFERED[0].value,
    )
    drawn = forms.CharField(required=False, max_length=2 * LARGEST_DRAWING, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Photo of the signed paper"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(PICTURES)), "capture": "environment"}),
    )
    written_by = forms.CharField(label=_("Written by"), max_length=60, required=False)
    read_to = forms.CharField(label=_("Read aloud to"), max_length=60, required=False)
    printed_by = forms.CharField(label=_("Print put by"), max_length=60, required=False)
    proxy_name = forms.CharField(label=_("Who signs instead"), max_length=60, required=False)
    proxy_relation = forms.CharField(label=_("What they are to each other"), max_length=60, required=False)
    proxy_reason = forms.CharField(label=_("Why somebody else signs"), max_length=200, required=False)

    def __init__(self, *args: Any, signature: Signature, **options: Any) -> None:
        """Begin with a signature drawn today by the one who owes it, who would also put a print."""
        initial = {
            "happened_on": clock.today(),
            "version": signature.version,
            "way": OFFERED[0].value,
            "read_to": signature.who,
            "printed_by": signature.who,
        }
        super().__init__(*args, signature=signature, initial=initial, **options)

    @property
    def by_proxy(self) -> bool:
        """Whether anything was typed about somebody who signs instead."""
        return any((self.data.get(name) or "").strip() for name in _PROXY) if self.is_bound else False

    def how(self) -> How:
        """Return how it was signed, as the stage takes it; Refused where the photo is too large."""
        given, photo = self.cleaned_data, self.cleaned_data["photo"]
        if isinstance(photo, Arrival):
            photo.refuse_if_cut()
        way = Signature.Way(given["way"])
        reading = Reading(*(given[name] for name in _READING)) if way is Signature.Way.THUMB else None
        return How(
            way,
            drawn=_png(given["drawn"]),
            photo=Photo(photo.draft, photo.name or "") if isinstance(photo, Arrival) else None,
            proxy=Proxy(*(given[name] for name in _PROXY)) if self.by_proxy else None,
            reading=reading,
        )


class RefusalForm(_Act):
    """What somebody was told who does not sign."""

    told = forms.CharField(
        label=_("What the person was told"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: that help which needs no asset check goes on, and that it can be signed any day."
        ),
    )
    field_order = ("told", "happened_on", "reason")


def _png(text: str) -> bytes:
    """Return the picture that the pad wrote into its field; nothing where it is none."""
    if not text.startswith(_DATA):
        return b""
    try:
        return base64.b64decode(text.removeprefix(_DATA), validate=True)
    except (binascii.Error, ValueError):
        return b""
