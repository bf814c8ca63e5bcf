"""Routes of removals of risk; they stand before those that begin with the key of a case."""

from django.urls import path

from assistance.views import removal_records, removals

urlpatterns = [
    path("removals/", removals.removals, name="removals"),
    path("removals/of-case/<int:pk>/", removals.propose, name="propose_removal"),
    path("removals/of-case/<int:pk>/measure/", removals.state_measure, name="state_measure"),
    path("removals/<int:pk>/", removals.removal, name="removal"),
    path("removals/measures/<int:pk>/strike/", removal_records.strike, name="strike_measure"),
    path("removals/<int:pk>/contact/", removal_records.contact, name="removal_contact"),
    path("removals/<int:pk>/print/", removals.sheet, name="removal_sheet"),
    path("removals/<int:pk>/<slug:verb>/", removals.move, name="removal_move"),
]
