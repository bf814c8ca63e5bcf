"""What stands in the `<…>` of each route: the registry of the scope walk.

A new route under an address that is listed here is walked by itself. A route with an argument of its own
fails the walk with a sentence until the argument is registered: plant such things in `world.planted` and add
a line below.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model

from alerts.models import Alert, Signal
from alerts.views.way import STEPS
from assistance.models import AidRecord, Case, FollowUp, Measure, Plan, Removal
from assistance.removal.page import BY_FORM
from assistance.views import aid as aid_views
from assistance.views import aid_gaps as aid_gap_views
from assistance.views import incomes as income_views
from assistance.views import measures as measure_views
from assistance.views import plans as plan_views
from assistance.views.way import STEPS as CASE_STEPS
from foundation.accounts.composition import parts
from foundation.accounts.models import Area, Department, Posting, RoleLabel, StandIn, User
from foundation.jobs.models import Job
from households.models import Authorisation, Household, Resident, Standing, Visit
from households.moving.lifecycle import BY_PEOPLE as MOVES_BY_PEOPLE
from households.pairs.views import VERBS as PAIR_VERBS
from monitoring.models import Dataset, DeclaredStandard, Delivery, Finding, RegisterProposal, RowOutcome
from tests.house.routes import Route
from tests.house.world import Thing, World

#: Argument as it stands in the address (with what goes before it), or its bare name → kind of thing it names.
KINDS: dict[str, str] = {
    "grants/files/<uuid:attachment_id>": "attachment",
    "grants/<int:pk>": "proposal",
    "households/members/<int:pk>": "resident",
    "register/files/<int:pk>": "register_file",
    "register/duplicates/<int:pk>": "pair",
    "register/look/<uuid:uuid>": "register_look",
    "households/family/files/<uuid:attachment_id>": "family_paper",
    "households/family/<int:pk>": "family_event",
    "households/visits/files/<uuid:attachment_id>": "visit_photo",
    "households/visits/<int:pk>": "visit",
    "households/<int:pk>": "household",
    "c/<str:word>": "scanned_code",
    "codes/of/<int:pk>": "household",
    "leaflets/of/<int:pk>": "household",
    "quality/findings/<int:pk>": "finding",
    "authorisations/of-household/<int:pk>": "household",
    "authorisations/<int:pk>": "authorisation",
    "grid/cells/<int:pk>": "grid_cell",
    "grid/members/<int:pk>": "grid_member",
    "grid/acts/<int:pk>": "grid_act",
    "moves/of-household/<int:pk>": "household",
    "moves/of-person/<int:pk>": "household",
    "moves/<int:pk>": "household_move",
    "moves/files/<uuid:attachment_id>": "move_paper",
    "signatures/<int:pk>": "signature",
    "proposals/<int:pk>": "register_proposal",
    "candidates/<int:pk>": "row_candidate",
    "cases/applications/of-case/<int:pk>": "case",
    "cases/applications/of-household/<int:pk>": "household",
    "cases/applications/demands/of-case/<int:pk>": "case",
    "cases/applications/demands/<int:pk>": "paper_demand",
    "cases/applications/files/<uuid:attachment_id>": "application_paper",
    "cases/applications/<int:pk>": "application",
    "cases/checks/of-case/<int:pk>": "case",
    "cases/checks/hits/<int:pk>": "asset_hit",
    "cases/checks/<int:pk>": "asset_check",
    "alerts/report/<int:pk>": "household",
    "alerts/signals/<int:pk>": "signal",
    "alerts/rules/<int:pk>": "alert_rule",
    "alerts/relocations/<int:pk>": "relocation",
    "alerts/batches/<slug:batch>": "batch",
    "alerts/bulk/<int:pk>": "bulk_act",
    "alerts/letters/<int:pk>": "letter",
    "alerts/<int:pk>": "alert",
    "cases/decisions/files/<uuid:attachment_id>": "decision_paper",
    "cases/decisions/<int:pk>": "decision",
    "cases/reviews/papers/<int:pk>": "review_paper",
    "cases/approvals/papers/<int:pk>": "approval_paper",
    "cases/announcements/papers/<int:pk>": "announcement_paper",
    "cases/reviews/of/<int:pk>": "case",
    "cases/approvals/of/<int:pk>": "case",
    "cases/corrections/of/<int:pk>": "case",
    "cases/corrections/files/<uuid:attachment_id>": "correction_file",
    "cases/corrections/<int:pk>": "case_correction",
    "cases/letters/<int:pk>": "case_letter",
    "cases/papers/files/<uuid:attachment_id>": "case_paper",
    "cases/papers/<int:pk>": "case",
    "cases/removals/of-case/<int:pk>": "case",
    "cases/removals/measures/<int:pk>": "measure_statement",
    "cases/removals/<int:pk>": "removal",
    "cases/assessments/households/<int:pk>": "assessed_household",
    "cases/assessments/<int:pk>": "assessment",
    "cases/rosters/<int:pk>": "roster",
    "cases/categories/of-case/<int:pk>": "case",
    "cases/categories/<int:pk>": "recategorisation",
    "cases/stay-visits/of-case/<int:pk>": "case",
    "cases/stay-visits/<int:pk>": "stay_visit",
    "cases/basis/<int:pk>": "basis_change",
    "cases/risks/<int:pk>": "case_risk",
    "cases/pieces/<int:pk>": "case_piece",
    "cases/measures/of/<int:pk>": "case",
    "cases/measures/<int:pk>": "measure",
    "cases/aid/files/<uuid:attachment_id>": "aid_file",
    "cases/aid/of/<int:pk>": "case",
    "cases/aid/of-measure/<int:pk>": "measure",
    "cases/aid/matching/<int:pk>": "aid_gap",
    "cases/aid/explained/<int:pk>": "aid_explanation",
    "cases/aid/<int:pk>": "aid_record",
    "cases/incomes/of/<int:pk>": "case",
    "cases/incomes/changes/<int:pk>": "income_change",
    "cases/incomes/<int:pk>": "income_sheet",
    "cases/plans/of/<int:pk>": "case",
    "cases/plans/<int:pk>": "plan",
    "cases/<int:pk>": "case",
    "cases/disasters/help/<int:pk>": "case",
    "cases/disasters/<int:pk>": "disaster",
    "cases/imported/doubles/<int:pk>": "imported_double",
    "cases/imported/days/files/<uuid:attachment_id>": "imported_day_file",
    "cases/imported/days/<int:pk>": "imported_day",
    "cases/imported/of/<int:pk>": "case",
    "views/<int:pk>": "saved_view",
    "corrections/of-delivery/<int:pk>": "delivery",
    "corrections/<int:pk>": "correction_task",
    "deliveries/<int:pk>": "delivery",
    "findings/of-household/<int:pk>": "household",
    "findings/<int:pk>": "comparison_finding",
    "reminders/<int:pk>": "reminder",
    "tuning/<int:pk>": "tuning_request",
    "comparisons/trials/<int:pk>": "trial",
    "comparisons/<int:pk>": "comparison",
    "regulations/local/<int:local_value_id>": "local_value",
    "regulations/<slug:subject>": "subject",
    "datasets/<slug:dataset>": "dataset",
    "standards/<slug:standard>": "standard",
    "deliveries/due/<slug:dataset>": "dataset",
    "deliveries/hand-in/<slug:kept>": "handed_in",
    "inbox/<int:pk>": "notice",
    "jobs/<uuid:uuid>": "job",
    "me/kin/<int:pk>": "kin",
    "me/tokens/<int:pk>": "own_token",
    "staff/tokens/<int:pk>": "token",
    "postings/<int:pk>": "posting",
    "record/<uuid:uuid>": "entry",
    "staff/<int:pk>": "staff",
    "stand-ins/<int:pk>": "stand_in",
    "cases/evaluations/hall/<str:word>": "hall_word",
    "cases/evaluations/call/<str:code>": "village",
    "cases/evaluations/items/<int:pk>": "evaluation_item",
    "cases/evaluations/files/<uuid:attachment_id>": "meeting_photo",
    "cases/evaluations/<int:pk>": "evaluation",
    "cases/notices/draw/<str:code>": "area",
    "cases/notices/items/<int:pk>": "notice_item",
    "cases/notices/files/<uuid:attachment_id>": "notice_photo",
    "cases/notices/<int:pk>": "case_notice",
    "cases/objections/<int:pk>": "objection",
    "notices/object/<str:word>": "public_word",
    "notices/<str:place>": "public_place",
    "cases/helpers/of-case/<int:pk>": "case",
    "cases/helpers/hand-overs/<int:pk>": "hand_over",
    "cases/helpers/<int:pk>": "helper_place",
    "cases/files/<int:pk>": "case",
    "cases/national/compared/<int:pk>": "compared_export",
    "code": "area",
}
#: Models of the administration site and of the API → the kind of thing their keys name.
MODEL_KINDS: dict[type[Model], str] = {
    Area: "area",
    User: "staff",
    Posting: "posting",
    StandIn: "stand_in",
    Department: "department",
    RoleLabel: "role_label",
    Household: "household",
    Resident: "resident",
    Job: "job",
    Dataset: "dataset",
    DeclaredStandard: "standard",
    Delivery: "delivery",
    Finding: "comparison_finding",
    RowOutcome: "row_outcome",
    Alert: "alert",
    Signal: "signal",
    Visit: "visit",
    Standing: "imported_double",
    Authorisation: "authorisation",
    RegisterProposal: "register_proposal",
    Case: "case",
    Measure: "measure",
    Plan: "plan",
    AidRecord: "aid_record",
    FollowUp: "follow_up",
    Removal: "removal",
}
#: Arguments that name a move → the lifecycle whose moves the route offers.
MOVES: dict[str, str] = {
    "desk:grant_move": "grant",
    "desk:local_value_move": "local_value",
    "corrections:move": "correction_task",
    "tuning:move": "tuning_request",
}
#: The same where people make only some of the moves: the others are the platform's own.
VERBS: dict[str, list[str]] = {
    "monitoring:delivery_move": ["release", "refuse", "withdraw"],
    "reminders:move": ["stop_aid", "keep_aid", "data_wrong", "reassess", "reopen"],
    "authorisations:move": ["withdraw", "cancel"],
    "moves:act": list(MOVES_BY_PEOPLE),
    "register:duplicate_act": list(PAIR_VERBS),
    "alerts:move": ["dispatch", "reopen"],
    "alerts:way": list(STEPS),
    "cases:move": list(CASE_STEPS),
    "cases:removal_move": list(BY_FORM),
    "cases:recategorisation_move": ["decide", "decline", "withdraw"],
    "cases:stay_visit_act": ["accept", "refuse", "withdraw"],
    "cases:measure_move": list(measure_views.VERBS),
    "cases:plan_move": list(plan_views.VERBS),
    "cases:aid_act": list(aid_views.ACTS),
    "cases:aid_settle": list(aid_gap_views.VERBS),
    "cases:income_move": list(income_views.VERBS),
}
#: Arguments that choose a form of the answer, not a row: the walk puts this value in.
FIXED: dict[str, str] = {
    "format": "json",
    "app_label": "accounts",
    "url": "no/such/page/",
    "step": "compare",
}


class UnregisteredError(Exception):
    """A route has an argument that the walk cannot fill."""


def arguments(route: Route, world: World) -> Iterator[tuple[dict[str, Any], Thing | None]]:
    """Yield fillings of a route's arguments with the thing each names (None: the route names no row).

    Every thing comes once; where the route also names a move, the moves take turns.
    """
    fixed = {name: FIXED[name] for name in route.kwargs & FIXED.keys()}
    chosen = [fixed | {"verb": verb} for verb in _verbs(route)] if "verb" in route.kwargs else [fixed]
    named = sorted(route.kwargs - FIXED.keys() - {"verb"})
    if not named:
        yield from ((choice, None) for choice in chosen)
    elif len(named) == 1:
        for number, thing in enumerate(world.things[_kind(route, named[0])]):
            yield chosen[number % len(chosen)] | {named[0]: thing.key}, thing
    else:
        raise UnregisteredError(
            f"{route}: takes several arguments ({', '.join(named)}); teach tests/house/registry.py which "
            "things belong together."
        )


def _verbs(route: Route) -> list[str]:
    """Return the moves that a route with a <verb> offers."""
    if route.name in VERBS:
        return VERBS[route.name]
    for lifecycle in parts("LIFECYCLES"):
        if lifecycle.name == MOVES.get(route.name):
            return [move.verb for move in lifecycle.moves]
    raise UnregisteredError(f"{route}: say in tests/house/registry.py (MOVES) whose moves <verb> names.")


def _kind(route: Route, argument: str) -> str:
    in_address = (kind for start, kind in KINDS.items() if route.pattern.startswith(start))
    kind = _kind_of_model(route) or next(in_address, None) or KINDS.get(argument)
    if kind is None:
        raise UnregisteredError(
            f"{route}: the walk does not know what <{argument}> names; register it in "
            "tests/house/registry.py (KINDS or FIXED) and plant such things in tests/house/world.py."
        )
    return kind


def _kind_of_model(route: Route) -> str | None:
    """Find the model whose key the route takes: by the API view's rows, or the name of the admin route."""
    api = getattr(route.view, "cls", None)
    model = getattr(getattr(api, "queryset", None), "model", None)
    for administered in admin.site._registry:
        meta = administered._meta
        if route.name.startswith(f"admin:{meta.app_label}_{meta.model_name}_"):
            model = administered
    return MODEL_KINDS.get(model) if model else None
