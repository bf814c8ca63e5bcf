"""What the bar of the guided walk shows."""

from django import template

from foundation.desk.walk import Place, current

register = template.Library()


@register.simple_tag
def walk_place() -> Place | None:
    """Return where the walk stands now."""
    return current()
