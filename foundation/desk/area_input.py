"""The input for an area: whatever is typed brings suggestions; without JavaScript code or name are typed in full."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString


class AreaInput(forms.TextInput):
    """A text input whose suggestions come from the picker, within the areas of the person who types."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, level: int | None = None) -> None:
        """Suggest areas of one `level`, or of all."""
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.level = level

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the input and the list that HTMX fills."""
        attrs = dict(attrs or {})
        suggestions = f"{attrs.get('id', name)}-suggestions"
        asked = {"field": name} | ({"level": self.level} if self.level else {})
        attrs |= {
            "list": suggestions,
            "hx-get": f"{reverse('desk:area_pick')}?{urlencode(asked)}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{suggestions}",
            "hx-swap": "innerHTML",
        }
        drawn = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}"></datalist>', drawn, suggestions)
