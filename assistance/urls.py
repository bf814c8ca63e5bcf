"""Routes of cases. Those of the parts stand before the ones that begin with a case's key."""

from django.urls import include, path

from assistance.enrolment.papers import PAPERS
from assistance.views import asked, cases, followups, way
from foundation.desk.views.attachments import attachment_routes

app_name = "cases"
urlpatterns = [
    path("", cases.cases, name="cases"),
    *attachment_routes(PAPERS, "papers/"),
    path("basis/<int:pk>/", asked.change, name="basis"),
    path("risks/<int:pk>/", asked.risk, name="risk"),
    path("pieces/<int:pk>/tick/", way.tick, name="tick"),
    path("", include("assistance.urls_deciding")),
    path("", include("assistance.urls_recategorising")),
    path("", include("assistance.urls_stay_visits")),
    path("", include("assistance.urls_assessments")),
    path("", include("assistance.urls_notices")),
    path("", include("assistance.urls_removals")),
    path("", include("assistance.urls_disasters")),
    path("", include("assistance.urls_incomes")),
    path("follow-ups/", followups.follow_ups, name="follow_ups"),
    path("", include("assistance.urls_imported")),
    path("", include("assistance.urls_data_checks")),
    path("", include("assistance.urls_overview")),
    path("", include("assistance.urls_files")),
    path("", include("assistance.urls_checks")),
    path("", include("assistance.urls_helping")),
    path("", include("assistance.urls_help")),
    path("", include("assistance.urls_aid")),
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/skip/<slug:step>/", way.skip, name="skip"),
    path("<int:pk>/<slug:verb>/", way.move, name="move"),
]
