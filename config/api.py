"""Every route of the API, in the order of the storeys; each view set declares its door (foundation/accounts)."""

from rest_framework.routers import SimpleRouter

from alerts.api import AlertViewSet, SignalViewSet
from foundation.desk.api import AreaViewSet, PostingViewSet, StaffViewSet
from foundation.desk.api_jobs import JobViewSet
from households.api import HouseholdViewSet, ResidentViewSet
from monitoring.api import DatasetViewSet, DeliveryViewSet, StandardViewSet
from monitoring.comparison.finding_api import FindingViewSet
from monitoring.outcomes.api import RowOutcomeViewSet

router = SimpleRouter()
router.register("areas", AreaViewSet, basename="areas")
router.register("staff", StaffViewSet, basename="staff")
router.register("postings", PostingViewSet, basename="postings")
router.register("jobs", JobViewSet, basename="jobs")
router.register("households", HouseholdViewSet, basename="households")
router.register("residents", ResidentViewSet, basename="residents")
router.register("datasets", DatasetViewSet, basename="datasets")
router.register("deliveries", DeliveryViewSet, basename="deliveries")
router.register("standards", StandardViewSet, basename="standards")
router.register("alerts", AlertViewSet, basename="alerts")
router.register("signals", SignalViewSet, basename="signals")
router.register("findings", FindingViewSet, basename="findings")
router.register("outcomes", RowOutcomeViewSet, basename="outcomes")
