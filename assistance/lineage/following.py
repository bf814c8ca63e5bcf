"""Cases of the households of a family event: whom they count, whose measures go along, what is asked of whom."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.enrolment.basis import flag_members, flag_two_cases
from assistance.lifecycle import HELD, UNDER_WAY
from assistance.lineage.telling import tell_helpers
from assistance.lineage.windows import looked_at_until
from assistance.models import BasisChange, Case, CaseMember, HelperPlace, Measure
from foundation.accounts.models import User
from households.lineage.changes import read
from households.lineage.followers import Consequence
from households.lineage.plans import Kind, Plan
from households.models import Household, LineageAct, LineagePerson, Resident

#: Help that nobody takes back any more: it stays told of who had it.
_OVER = ("withdrawn",)


class CasesFollow:
    """Running cases (households.lineage.followers.LineageFollower).

    The case stays with the household that keeps the number. Who left is no longer counted and stays on its list; who
    came is counted. Township and county say what follows; measures of a person are the person's wherever they live.
    """

    name = "cases"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say what happens to cases, helpers and measures, and what is asked of whom."""
        about = pgettext("lineage", "Case and help")
        cases = _running(plan.households, Case.objects.visible_to(user))
        for case in cases.values():
            url = reverse("cases:case", args=[case.pk])
            for sentence, grave in _of_case(plan, case):
                yield Consequence(about, sentence, url, grave)
        if len(cases) == 2 and plan.moves:
            yield Consequence(about, _two(), grave=True)
        if plan.kind == Kind.SPLIT and plan.founding is not None:
            told = {"code": plan.founding.code, "day": looked_at_until(plan.home.area_id, plan.on)}
            if told["day"] is not None:
                yield Consequence(
                    about,
                    pgettext(
                        "lineage", "Where %(code)s applies until %(day)s, its case shows this split to be looked at."
                    ) % told,
                )  # fmt: skip

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Count who is there, ask township and county, let measures go with their people, tell the helpers."""
        cases = _running(plan.households, Case.objects.all())
        kept: dict[str, Any] = {}
        held = [case for case in cases.values() if case.state in HELD]
        for case in held:
            self._count(case, act)
        if len(cases) == 2 and plan.moves:
            first, second = cases.values()
            kept["two_cases"] = flag_two_cases(first, second)
        if measures := self._measures(act):
            kept["measures"] = measures
        for case in cases.values():
            tell_helpers(case, by=by)
        return kept

    def brings_back(self, act: LineageAct, kept: dict[str, Any], user: User) -> Iterable[str]:
        """Say what becomes of measures and of two cases (households.lineage.looking_back.LooksBack)."""
        keys = [measure for measure, _was, _now in kept.get("measures", [])]
        cases = Case.objects.visible_to(user).values("pk")
        for measure in Measure.objects.filter(pk__in=keys, case__in=cases).order_by("pk"):
            yield pgettext("lineage", "The measure “%(measure)s” goes back with its person.") % {
                "measure": measure.called
            }
        asked = BasisChange.objects.unanswered().filter(pk__in=kept.get("two_cases", []), case__in=cases)
        if asked.exists():
            yield pgettext(
                "lineage", "Nobody is asked any more whether one of the two cases goes on for all."
            )

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Count as before, and let measures be of the row that they were of."""
        for measure, was, now in kept.get("measures", []):
            Measure.objects.filter(pk=measure, resident=now).update(resident=was)
        BasisChange.objects.unanswered().filter(pk__in=kept.get("two_cases", [])).delete()
        made = [change.pk for change in read(act.changes) if (change.row, change.did) == ("resident", "made")]
        CaseMember.objects.filter(resident__in=made).delete()
        left = act.people.filter(stayed=False).values("resident")
        cases = Case.objects.filter(state__in=HELD, household__lineage_parts__act=act)
        CaseMember.objects.filter(case__in=cases, resident__in=left).update(left_on=None)

    def _count(self, case: Case, act: LineageAct) -> None:
        """Count who is there now in a case that was decided, and ask for its assessment anew (domain.md 5.9)."""
        counted = CaseMember.objects.filter(case=case, left_on__isnull=True)
        present = set(
            Resident.objects.present().filter(household=case.household_id).values_list("pk", flat=True)
        )
        before = counted.count()
        gone = counted.exclude(resident__in=present)
        known = set(CaseMember.objects.filter(case=case).values_list("resident", flat=True))
        came = [person.became_id for person in act.people.all() if person.became_id in present - known]
        changed = gone.update(left_on=act.revision.as_of) + len(came)
        CaseMember.objects.bulk_create(CaseMember(case=case, resident_id=key) for key in came)
        if changed:
            flag_members([(case, {"persons": before}, {"persons": counted.count()})])

    def _measures(self, act: LineageAct) -> list[list[int | None]]:
        """Let measures be of the row in which their person lives now; returns which were of which row."""
        moved: list[list[int | None]] = []
        people = LineagePerson.objects.filter(act=act, resident__isnull=False, became__isnull=False)
        for person in people:
            rows = Measure.objects.filter(resident=person.resident_id).exclude(state__in=_OVER)
            moved.extend(
                [key, person.resident_id, person.became_id] for key in rows.values_list("pk", flat=True)
            )
            rows.update(resident=person.became_id)
        return moved


def _running(households: Iterable[Household], rows: Any) -> dict[int, Case]:
    found = rows.running().filter(household__in=[each.pk for each in households]).select_related("household")
    return {case.household_id: case for case in found.order_by("pk")}


def _of_case(plan: Plan, case: Case) -> Iterable[tuple[str, bool]]:
    told = {"number": case.number, "state": case.state_label, "code": case.household.code}
    yield pgettext("lineage", "Case %(number)s (%(state)s) stays with household %(code)s.") % told, False
    if case.state in (*UNDER_WAY, *HELD):
        yield (
            pgettext("lineage", "Township and county are asked to assess case %(number)s anew.") % told,
            True,
        )
    home = case.household_id == plan.home.pk
    nobody = home and plan.newcomer is None and not _stay(plan)
    if nobody:
        yield _nobody(case), True
    held = HelperPlace.objects.held().filter(case=case).select_related("person").order_by("pk")
    if names := "、".join(place.person.name for place in held):
        yield (
            pgettext("lineage", "%(names)s, who help household %(code)s, are told.")
            % (told | {"names": names}),
            False,
        )
    yield from _of_measures(plan, case)


def _of_measures(plan: Plan, case: Case) -> Iterable[tuple[str, bool]]:
    rows = Measure.objects.filter(case=case, resident__in=plan.gone).exclude(state__in=_OVER)
    for measure in rows.select_related("resident").order_by("pk"):
        told = {"measure": measure.called, "name": measure.resident.shown_name if measure.resident else ""}
        if plan.moves:
            yield pgettext("lineage", "The measure “%(measure)s” goes with %(name)s.") % told, False
        else:
            yield (
                pgettext(
                    "lineage", "The measure “%(measure)s” is for %(name)s: its department says how it ends."
                )
                % told,
                True,
            )


def _stay(plan: Plan) -> bool:
    here = Resident.objects.present().filter(household=plan.home.pk)
    return here.exclude(pk__in=[each.pk for each in plan.gone]).exists()


def _nobody(case: Case) -> str:
    if case.state in HELD:
        return pgettext(
            "lineage",
            "Nobody is left: the village proposes natural removal, and departments end what was promised.",
        )
    return pgettext(
        "lineage", "Nobody is left: the township ends the case as a household that no longer exists."
    )


def _two() -> str:
    return pgettext(
        "lineage",
        "Both households have a case: both townships are asked whether one goes on for all. Both histories stay.",
    )


CASES = CasesFollow()
