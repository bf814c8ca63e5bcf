"""Tokens and programs that tests make."""

import datetime
from typing import Any

from django.test import Client

from foundation.accounts import clock
from foundation.accounts.models import ApiToken, User
from foundation.accounts.programs import tokens


def made_token(person: User, *, name: str = "program", **changes: Any) -> tuple[ApiToken, str]:
    """Give somebody a token for their first posting without asking for a password; returns it and its word."""
    word = f"{tokens.PREFIX}{name}-{person.pk}-{'x' * 32}"
    told = {
        "user": person,
        "posting": person.postings.get(),
        "name": name,
        "digest": tokens._digest(word),
        "oath": tokens._oath(person),
        "made_on": clock.today(),
        "expires_on": clock.today() + datetime.timedelta(days=30),
    }
    return ApiToken.objects.create(**(told | changes)), word


def program_of(person: User, **changes: Any) -> Client:
    """Return a program that shows a token of somebody."""
    _token, word = made_token(person, **changes)
    return Client(headers={"authorization": f"Bearer {word}", "accept-language": "en"})
