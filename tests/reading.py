"""Reading a page as a person does."""

from django.http import HttpResponse
from django.utils.html import strip_tags


def visible(page: str | HttpResponse) -> str:
    """Return a page's text without its tags.

    For sentences of the kind "H2 is not shown": a random token or nonce in an attribute may hold any two letters.
    """
    return strip_tags(page if isinstance(page, str) else page.content.decode())
