"""The leaflet printed: A4 with two on a page, in Chinese, because the household reads it."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts.models import Area
from foundation.accounts.roles import Level
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from households.codes import pictures, tokens
from households.codes.scanning import contact_of
from households.leaflets.texts import text_of


def leaflet(village: Area) -> Opened:
    """Return the leaflet of a village as PDF; it names nobody."""
    with translation.override(settings.LANGUAGE_CODE):
        made = pdf.render("leaflet", content_of(village))
        name = f"{text_of(village.code).title} {village.name}.pdf"
    return Opened(iter([made]), name, PDF, len(made))


def content_of(village: Area) -> dict[str, object]:
    """Return what the leaflet of a village shows, in the language of the page."""
    text, contact = text_of(village.code), contact_of(village.code)
    places = [area.name for area in contact.places if area.level >= Level.TOWNSHIP]
    return {
        "title": text.title,
        "place": "".join(places),
        "parts": [{"heading": part.heading, "lines": list(part.lines)} for part in text.parts],
        "whose": contact.whose.name if contact.whose else "",
        "telephone": contact.telephone,
        "edition": _("Text in force from %(day)s") % {"day": text.edition.isoformat()},
        "svg": pictures.svg(tokens.village_address(village.code)),
    }
