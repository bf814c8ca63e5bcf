"""Forms of the shell: signing in, and one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignInForm(forms.Form):
    """Login name and password; where to go afterwards comes along unseen."""

    username = forms.CharField(
        label=_("Login name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """A code of the telephone or one from paper; where to go afterwards comes along unseen."""

    code = forms.CharField(
        label=pgettext_lazy("second factor", "Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
        help_text=_("Six digits from the application on your telephone, or one of your codes on paper."),
    )
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class ProveForm(forms.Form):
    """The present password, before something that protects the account is taken away."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class TokenForm(ProveForm):
    """A token for a program: what it is for, by which post, how long; and who asks, proved anew."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        help_text=_("For example the program and the server it runs on."),
    )
    posting = forms.TypedChoiceField(label=_("Post it acts by"), coerce=int)
    days = forms.IntegerField(label=_("Days it lasts"), min_value=1)
    code = CodeForm.base_fields["code"]
    field_order = ("name", "posting", "days", "password", "code")

    def __init__(self, *args: Any, posts: list[tuple[int, str]], asks_code: bool, **options: Any) -> None:
        """Offer the posts of today; ask for a code where a second factor is set up."""
        super().__init__(*args, **options)
        self.fields["posting"].choices = posts  # type: ignore[attr-defined]
        if not asks_code:
            del self.fields["code"]


class PasswordForm(forms.Form):
    """The present password, and twice the new one."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        """Say beside the field what a password must be."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> None:
        """Compare the two new ones."""
        super().clean()
        if self.cleaned_data.get("new") != self.cleaned_data.get("again"):
            self.add_error("again", _("The two new passwords differ: type them again."))
