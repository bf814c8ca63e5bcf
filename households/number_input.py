"""The input for an ID number: checked while it is typed, and the name filled in where the register knows it.

It asks by POST, for a number never stands in an address. Without JavaScript it is checked when the form is sent.
"""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


class NumberInput(forms.TextInput):
    """A text input under which HTMX says what the number is; `beside` names the input for the person's name."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, beside: str = "name") -> None:
        """Fill the input `beside` where it is empty and the person is known."""
        super().__init__({"autocomplete": "off", "spellcheck": "false", "inputmode": "text", **(attrs or {})})
        self.beside = beside

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the input and the place under it."""
        attrs = dict(attrs or {})
        place = f"{attrs.get('id', name)}-look"
        attrs |= {
            "hx-post": f"{reverse('households:number_look')}?field={name}&beside={self.beside}",
            "hx-trigger": "input changed delay:300ms, change",
            "hx-params": f"{name},{self.beside}",
            "hx-target": f"#{place}",
            "hx-swap": "innerHTML",
        }
        drawn = super().render(name, value, attrs, renderer)
        return format_html('{}<div class="number-look" id="{}" aria-live="polite"></div>', drawn, place)
