"""Who helps a household, as a part of its file (assistance.files.parts.FilePart)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import pgettext, pgettext_lazy

from assistance.files.parts import Lack, Paper
from assistance.helping.places import kinds_of
from assistance.lifecycle import HELD
from assistance.models import Case, HelperPlace
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf


class HelpersPart:
    """Everybody who accepted to help, then and now, with the unit and the days."""

    order, right, label = 92, Right.VIEW_CASES, pgettext_lazy("helper", "Helpers of the household")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return one sheet; none where nobody ever helped."""
        rows = HelperPlace.objects.filter(case=case, accepted_on__isnull=False).select_related("person")
        places = list(rows.order_by("accepted_on", "pk"))
        if not places:
            return
        names = kinds_of(case.area_id)
        told = [
            (
                names.get(row.kind, row.kind),
                row.person.name,
                row.unit or "—",
                str(row.accepted_on),
                str(row.ended_on or ""),
                str(row.told_on or ""),
            )
            for row in places
        ]
        columns = (
            pgettext("helper", "place"),
            pgettext("helper", "person"),
            pgettext("helper", "unit"),
            pgettext("helper", "from"),
            pgettext("helper", "until"),
            pgettext("helper", "household told on"),
        )
        made = pdf.Sheet(
            title=str(self.label),
            watermark=watermark(user, case.area.name),
            facts=[(pgettext("case", "Case number"), case.number)],
            grids=[pdf.Grid(str(self.label), columns, told, "")],
        )
        yield Paper(str(self.label), pdf.sheet(made), places[-1].accepted_on)

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Name the places that nobody holds; of cases from before nothing is demanded."""
        if case.state not in HELD or case.origin == Case.Origin.IMPORT:
            return ()
        held = set(HelperPlace.objects.held().filter(case=case).values_list("kind", flat=True))
        why = pgettext("helper", "The household is monitored, and nobody has accepted this place.")
        return [Lack(name, why) for code, name in kinds_of(case.area_id).items() if code not in held]


HELPERS = HelpersPart()
