"""What every change of an area is held to."""

from django.utils.translation import gettext as _

from foundation.accounts.models import Area
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.refusals import Refused


def checked_code(code: str) -> str:
    """Return a code without blanks; refused where no area can have it."""
    code = code.strip()
    if not (code.isascii() and code.isdigit()) or len(code) not in CODE_LENGTHS:
        raise Refused(_("An area code has 2, 4, 6, 9, 12 or 15 digits."), field="code")
    return code


def checked_name(name: str) -> str:
    """Return a name without needless blanks; refused where there is none."""
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Enter the name."), field="name")
    return name


def check_reason(reason: str) -> None:
    """Refuse an act without a word of why."""
    if not reason.strip():
        raise Refused(_("Say why, or name the document: it stays in the record."), field="reason")


def check_living(area: Area, *, field: str | None = None) -> None:
    """Refuse an act on, or with, a retired area."""
    if area.retired_on is not None:
        raise Refused(
            _("%(area)s is retired since %(day)s.") % {"area": area, "day": area.retired_on}, field=field
        )


def check_giving_way(area: Area, reason: str) -> None:
    """Refuse to let a retired area give way, or any without a reason."""
    check_living(area)
    check_reason(reason)


def check_no_children(area: Area) -> None:
    """Refuse while living areas lie below."""
    living = area.children.filter(retired_on__isnull=True).count()
    if living:
        raise Refused(
            _(
                "%(area)s still has %(count)d areas below it: give those a new code under the area "
                "they belong to from now on, or retire them, first."
            )
            % {"area": area, "count": living}
        )
