"""The telephone of a household as typed by hand."""

from foundation.accounts.refusals import Refused
from households.identity import keeping
from households.identity.numbers import PhoneFault, read_phone
from households.models import Identity


def keep(typed: str) -> Identity:
    """Return the identity of a typed telephone, kept if it is new; inside the caller's transaction."""
    number = read_phone(typed)
    if isinstance(number, PhoneFault):
        raise Refused(number.label, field="phone")
    subject = keeping.keep(Identity.Kind.PHONE, [number])[number]
    return Identity.objects.get(subject=subject)
