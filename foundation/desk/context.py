"""What every page of the shell needs: navigation by role, the business day, the demo mark."""

from typing import Any

from django.http import HttpRequest

from foundation.accounts import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base layout; costs nothing where no template asks for it."""
    return {"business_day": clock.today}
