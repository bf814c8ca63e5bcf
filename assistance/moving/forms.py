"""Forms of what follows a move: the shape of what is asked, never a rule."""

from django import forms

from foundation.desk.fields import ReasonField


class TakeOverForm(forms.Form):
    """Why the new county takes a measure over."""

    reason = ReasonField()
