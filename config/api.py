"""Every route of the API (/api/v1/), in the order of the storeys; each view set declares its door."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from alerts.api import AlertViewSet
from alerts.signal_api import SignalViewSet
from assistance.aid.api import AidViewSet
from assistance.api import CaseViewSet
from assistance.followups.api import FollowUpViewSet
from assistance.measures.api import MeasureViewSet
from assistance.plans.api import PlanViewSet
from assistance.removal.api import RemovalViewSet
from foundation.desk.api import AreaViewSet, PostingViewSet, StaffViewSet
from foundation.desk.api_jobs import JobViewSet
from foundation.desk.views import api_docs
from households.api import HouseholdViewSet, ResidentViewSet
from households.authorisations.api import AuthorisationViewSet
from households.monitored.api import StandingViewSet
from households.visits.api import VisitViewSet
from monitoring.api import DatasetViewSet, StandardViewSet
from monitoring.comparison.finding_api import FindingViewSet
from monitoring.deliveries.api import DeliveryViewSet
from monitoring.outcomes.api import RowOutcomeViewSet
from monitoring.proposals.api import ProposalViewSet

router = SimpleRouter()
router.register("areas", AreaViewSet, basename="areas")
router.register("staff", StaffViewSet, basename="staff")
router.register("postings", PostingViewSet, basename="postings")
router.register("jobs", JobViewSet, basename="jobs")
router.register("households", HouseholdViewSet, basename="households")
router.register("residents", ResidentViewSet, basename="residents")
router.register("visits", VisitViewSet, basename="visits")
router.register("standings", StandingViewSet, basename="standings")
router.register("authorisations", AuthorisationViewSet, basename="authorisations")
router.register("datasets", DatasetViewSet, basename="datasets")
router.register("deliveries", DeliveryViewSet, basename="deliveries")
router.register("standards", StandardViewSet, basename="standards")
router.register("alerts", AlertViewSet, basename="alerts")
router.register("signals", SignalViewSet, basename="signals")
router.register("findings", FindingViewSet, basename="findings")
router.register("outcomes", RowOutcomeViewSet, basename="outcomes")
router.register("proposals", ProposalViewSet, basename="proposals")
router.register("cases", CaseViewSet, basename="cases")
router.register("measures", MeasureViewSet, basename="measures")
router.register("plans", PlanViewSet, basename="plans")
router.register("aid", AidViewSet, basename="aid")
router.register("follow-ups", FollowUpViewSet, basename="follow-ups")
router.register("removals", RemovalViewSet, basename="removals")

urls = [
    path("schema/", api_docs.SchemaView.as_view(), name="schema"),
    path("docs/", api_docs.docs, name="docs"),
    *router.urls,
]
