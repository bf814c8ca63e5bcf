"""Look of the administration site: setting UNFOLD of django-unfold."""

from typing import Any

from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Shouwang"),
    "SITE_HEADER": _("Shouwang administration"),
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {
        "primary": {
            "50": "#f0f5fb",
            "100": "#dde8f5",
            "200": "#bfd3ec",
            "300": "#93b4de",
            "400": "#608ecb",
            "500": "#3f70b6",
            "600": "#1f4e8c",
            "700": "#1c447a",
            "800": "#1a3a66",
            "900": "#192f51",
            "950": "#111f36",
        }
    },
}
