"""Words of the templates of data quality."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from households.models import Household
from households.quality.wording import household_url

register = template.Library()


@register.simple_tag
def home_link(household: Household, head: str) -> SafeString:
    """Name a household by its head, or by its number, and link its page."""
    name = _("Household of %(name)s") % {"name": head} if head else household.code
    return format_html('<a href="{}">{}</a>', household_url(household.pk), name)
