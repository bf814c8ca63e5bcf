"""What is said of an ID number while it is being typed: where it is wrong, and whom the reader may know it to be.

A person of the reader's own areas is named; of everybody else nothing is said but that they are registered elsewhere.
Nothing is written: the number stays in the request.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from households.ages import age
from households.identity import keeping
from households.identity.numbers import (
    FULL,
    IdFault,
    IdNumber,
    check_character,
    plain_number,
    read_id_number,
)
from households.models import Identity, Resident
from households.words import Words


@dataclass(frozen=True, slots=True)
class NumberLook:
    """What to say: `wrong` names the fault and its place; `says` what the number itself tells (sex and age).

    `known` are the rows of the register that the reader may see, living members first; `elsewhere` says that somebody
    with this number lives outside the reader's areas.
    """

    wrong: str = ""
    says: str = ""
    known: list[Resident] = field(default_factory=list)
    elsewhere: bool = False
    new: bool = False

    @property
    def name(self) -> str:
        """The name by which the reader's register knows the person; empty where it does not."""
        return self.known[0].name if self.known else ""


def look_at(text: str, user: User, area: str) -> NumberLook:
    """Look at a number as typed, for somebody who enters it in `area`. At most three queries."""
    plain = plain_number(text)
    if not plain:
        return NumberLook()
    read = read_id_number(text)
    if isinstance(read, IdFault):
        return NumberLook(wrong=_where_wrong(read, plain))
    return _found(read, user, area)


def _where_wrong(fault: IdFault, plain: str) -> str:
    """Say what is wrong with a number, and at which place."""
    for place, character in enumerate(plain[:FULL], start=1):
        if not character.isdigit() and not (place == FULL and character == "X") and character != "*":
            return _("The %(place)d. character is “%(character)s”: only digits stand there.") % {
                "place": place,
                "character": character,
            }
    if fault is IdFault.LENGTH:
        return _("%(typed)d characters so far; an ID number has %(full)d.") % {
            "typed": len(plain),
            "full": FULL,
        }
    if fault is IdFault.BIRTH_DATE:
        return _("The characters 7 to 14 are no date of birth that can be: %(digits)s.") % {
            "digits": plain[6:14]
        }
    if fault is IdFault.CHECKSUM:
        return _(
            "The check digit does not fit: by the first 17 digits the 18th would be %(check)s. "
            "Compare them one by one."
        ) % {"check": check_character(plain[: FULL - 1])}
    return str(fault.label)


def _found(read: IdNumber, user: User, area: str) -> NumberLook:
    says = _("%(sex)s, %(age)d years old") % {
        "sex": Words().word("sex", read.sex, area),
        "age": age(read.born_on) or 0,
    }
    subject = keeping.subject_of(Identity.Kind.ID_NUMBER, read.number)
    if subject is None:
        return NumberLook(says=says, new=True)
    rows = Resident.objects.visible_to(user).filter(identity=subject).select_related("household__area")
    known = sorted(rows, key=lambda row: (row.left_on is not None, -row.pk))
    living = Resident.objects.filter(identity=subject, left_on__isnull=True)
    elsewhere = living.exclude(pk__in=[row.pk for row in known]).exists()
    return NumberLook(says=says, known=known, elsewhere=elsewhere, new=not known and not elsewhere)
