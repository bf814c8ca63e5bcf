"""Which cases an objection holds back."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assistance.models import Case, Objection

#: Moves that an open objection stands before.
HELD_BACK = frozenset({"end_notice", "review", "approve", "announce"})


def open_objections(cases: Iterable[Case]) -> set[int]:
    """Return the keys of those cases that an objection in time holds back: nobody reviews or decides on them."""
    blocking = Objection.objects.blocking().filter(
        item__case__in=[case.pk for case in cases], item__removal__isnull=True
    )
    return set(blocking.order_by().values_list("item__case_id", flat=True))


def founded(cases: Iterable[Case]) -> set[int]:
    """Return the keys of those cases of which an objection was found to be right: they are not enrolled."""
    rows = Objection.objects.filter(
        outcome=Objection.Outcome.REFUSE, in_time=True, item__removal__isnull=True
    )
    return set(
        rows.filter(item__case__in=[case.pk for case in cases]).values_list("item__case_id", flat=True)
    )


class ContestedCases:
    """Nobody passes a household on that somebody objects to in time (assistance.enrolment.barriers.CaseBarrier)."""

    def standing_before(self, verb: str, cases: Sequence[Case]) -> dict[int, str]:
        """Return the sentence for cases that an open objection holds back, or a founded one keeps out."""
        if verb not in HELD_BACK:
            return {}
        is_open = _("An objection against the notice is open: it is settled first.")
        kept_out = _("An objection against the notice was founded: this household is not enrolled.")
        judged = founded(cases) if verb != "end_notice" else set()
        return dict.fromkeys(judged, kept_out) | dict.fromkeys(open_objections(cases), is_open)


CONTESTED = ContestedCases()
