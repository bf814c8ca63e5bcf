"""A form field for an area: its code, padded or not, or its name where only one area of one's own has it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import readings
from foundation.accounts.roles import Right
from foundation.accounts.tabular import plain
from foundation.desk.area_input import AreaInput

_SHOWN = 5


class AreaField(forms.CharField):
    """Gives the living `Area` that was meant; what lies outside the person's `right` does not exist."""

    def __init__(self, *, user: User, right: Right, **options: Any) -> None:
        """Look among the areas in which `user` holds `right`."""
        options.setdefault("label", gettext_lazy("Area"))
        options.setdefault("help_text", gettext_lazy("Code or name, such as 999901001 or 青石镇."))
        options.setdefault("widget", AreaInput())
        super().__init__(max_length=80, **options)
        self._areas = Area.objects.visible_to(user, right).living()

    def prepare_value(self, value: Any) -> Any:
        """Show an area by its code."""
        return value.code if isinstance(value, Area) else value

    def clean(self, value: Any) -> Area | None:
        """Return the area, or say what to type instead."""
        typed = super().clean(value)
        if not typed:
            return None
        codes = readings(plain(typed))
        by_code = {area.pk: area for area in self._areas.filter(pk__in=codes)}
        found = next((by_code[code] for code in codes if code in by_code), None)
        return found or self._by_name(typed.strip())

    def _by_name(self, name: str) -> Area:
        named = list(self._areas.filter(name=name)[: _SHOWN + 1])
        if not named:
            raise ValidationError(_("None of your areas has this code or name."))
        if len(named) > 1:
            choice = "、".join(area.padded_code for area in named[:_SHOWN])
            raise ValidationError(
                _("Several of your areas have this name: type the code (%(codes)s).") % {"codes": choice}
            )
        return named[0]
