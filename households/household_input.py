"""The input for a household: its number, with suggestions for whatever is typed: a name, initials, a number.

It asks by POST: what people type here may be an ID number, which never stands in an address.
"""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


class HouseholdInput(forms.TextInput):
    """A text input whose suggestions come from the picker, within the areas of the person who types."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the input and the list that HTMX fills."""
        attrs = {"autocomplete": "off", "spellcheck": "false", **(attrs or {})}
        suggestions = f"{attrs.get('id', name)}-suggestions"
        attrs |= {
            "list": suggestions,
            "hx-post": f"{reverse('households:pick')}?field={name}",
            "hx-trigger": "input changed delay:200ms",
            "hx-params": name,
            "hx-target": f"#{suggestions}",
            "hx-swap": "innerHTML",
        }
        drawn = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}"></datalist>', drawn, suggestions)
