"""Authorisations of the stories: who was asked, who signed with a finger, who did not."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from PIL import Image, ImageDraw

from alerts.demo.acts import holder
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from households.authorisations.asking import Wanted, ask, longest_until
from households.demo.chance import Chance
from households.models import Authorisation, Household, Signature
from households.models.households import HEAD
from households.signing.selectors import progress, signatures_of
from households.signing.taking import How, refuse, sign

_PAD = (600, 240)


@dataclass(frozen=True, slots=True)
class Asks:
    """The assistant of the village asks for the asset check; some sign, one refuses, the others are still to sign."""

    day: datetime.date
    kinds: Sequence[str]
    signed_by: Sequence[str] = ()
    refused_by: str = ""
    told: str = ""

    def done(self, home: Household) -> bool:
        """Say whether an authorisation of that day stands as far as it came then."""
        return any(
            self.stands(row) for row in Authorisation.objects.filter(household=home, asked_on=self.day)
        )

    def stands(self, row: Authorisation) -> bool:
        """Say whether an authorisation is as far as this act left it."""
        signed = {
            each.resident.name for each in signatures_of(row) if each.state == "signed" and each.resident
        }
        given = "in_force" if progress(row).complete else "pending"
        wanted = "refused" if self.refused_by else given
        return (
            row.state == wanted
            and signed == set(self.signed_by)
            and bool(progress(row).refused) == bool(self.refused_by)
        )

    @transaction.atomic
    def play(self, home: Household) -> Authorisation:
        """Ask, and take what was given."""
        by = holder(Role.VILLAGE_ASSISTANT, home.area_id)
        row = ask(self._wanted(home), by=by)
        for signature in signatures_of(row):
            self._answered(signature, by)
        row.refresh_from_db()
        return row

    def _wanted(self, home: Household) -> Wanted:
        members = list(home.residents.present(self.day).order_by("relation", "pk"))
        return Wanted(
            home,
            Authorisation.Basis.WRITTEN,
            ["asset_check"],
            self.kinds,
            members,
            self.day,
            longest_until(home.area_id, self.day),
            guardian=next(each for each in members if each.relation == HEAD),
        )

    def _answered(self, signature: Signature, by: User) -> None:
        name = signature.resident.name if signature.resident else ""
        if name in self.signed_by:
            sign(signature, How(Signature.Way.DRAWN, drawn=scrawl(name)), by=by)
        elif name and name == self.refused_by:
            refuse(signature, told=self.told, by=by)


def scrawl(name: str) -> bytes:
    """Return strokes on a pad (PNG), the same for the same name; nobody's handwriting."""
    chance, picture = Chance(f"signature {name}"), Image.new("RGB", _PAD, "white")
    pen, across = ImageDraw.Draw(picture), 60
    for _character in name:
        for _stroke in range(3):
            points = [(across + chance.between(0, 110), chance.between(40, 200)) for _each in range(4)]
            pen.line(points, fill="black", width=5, joint="curve")
        across += 150
    sink = io.BytesIO()
    picture.save(sink, "PNG")
    return sink.getvalue()
