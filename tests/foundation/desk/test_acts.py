"""From a posted form to a stage function and back."""

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from foundation.accounts.entry.sessions import SessionStore
from foundation.accounts.refusals import Refused
from foundation.desk.acts import attempt
from foundation.desk.fields import DayField, ReasonField


class Moving(forms.Form):
    """A form with everything."""

    day = DayField(label="Day", help_text="Not a Sunday.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Sure", required=False)
    reason = ReasonField()


TYPED = {"day": "2026-11-01", "kind": "b", "reason": "Flood <b>"}


def asking() -> HttpRequest:
    request = RequestFactory().post("/", TYPED)
    request.session = SessionStore()
    MessageMiddleware(lambda request: HttpResponse()).process_request(request)
    return request


def refuse(field: str | None) -> None:
    raise Refused("The 1st is a Sunday.", field=field)


def drawn(form: forms.Form) -> str:
    return render_to_string("components/form.html", {"form": form, "submit": "Move"})


def test_success_leaves_a_message_and_leads_on() -> None:
    request, form = asking(), Moving(TYPED)
    answer = attempt(request, form, lambda: "S1", done=lambda what: f"{what} moved", then="desk:home")
    assert answer is not None
    assert answer.url == "/"
    assert [str(message) for message in get_messages(request)] == ["S1 moved"]


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays() -> None:
    request, form = asking(), Moving(TYPED)
    assert attempt(request, form, lambda: refuse("day"), done="", then="/") is None
    html = drawn(form)
    assert html.count("The 1st is a Sunday.") == 2  # the summary, and beside the field
    assert '<a href="#id_day">' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'value="2026-11-01"' in html
    assert "Flood &lt;b&gt;" in html
    assert list(get_messages(request)) == []


def test_a_refusal_of_no_field_or_an_unknown_one_stands_above_the_form() -> None:
    for field in (None, "somewhere"):
        form = Moving(TYPED)
        assert attempt(asking(), form, lambda field=field: refuse(field), done="", then="/") is None
        assert form.non_field_errors() == ["The 1st is a Sunday."]
        assert drawn(form).count("The 1st is a Sunday.") == 1


def test_every_field_has_its_label_and_the_form_its_tokens() -> None:
    html = drawn(Moving())
    assert '<label class="form-label" for="id_day">' in html
    assert "<legend>Kind</legend>" in html
    assert 'name="once"' in html
    assert "error-summary" not in html
    assert drawn(Moving()) != html, "each showing has a token of its own"
