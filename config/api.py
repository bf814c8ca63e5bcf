"""Every route of the API, in the order of the storeys; each view set declares its door (foundation/accounts)."""

from rest_framework.routers import SimpleRouter

from foundation.desk.api import AreaViewSet

router = SimpleRouter()
router.register("areas", AreaViewSet, basename="areas")
