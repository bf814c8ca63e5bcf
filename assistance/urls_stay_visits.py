"""Routes of visits where households live; they stand before those that begin with the key of a case."""

from django.urls import path

from assistance.views import stay_visits

urlpatterns = [
    path("stay-visits/", stay_visits.stay_visits, name="stay_visits"),
    path("stay-visits/of-case/<int:pk>/", stay_visits.ask, name="ask_stay_visit"),
    path("stay-visits/<int:pk>/", stay_visits.stay_visit, name="stay_visit"),
    path("stay-visits/<int:pk>/<slug:verb>/", stay_visits.act, name="stay_visit_act"),
]
