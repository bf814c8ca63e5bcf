"""Routes of changes of category; they stand before those that begin with the key of a case."""

from django.urls import path

from assistance.views import recategorising

urlpatterns = [
    path("categories/", recategorising.recategorisations, name="recategorisations"),
    path("categories/of-case/<int:pk>/", recategorising.propose, name="propose_category"),
    path("categories/<int:pk>/", recategorising.recategorisation, name="recategorisation"),
    path("categories/<int:pk>/<slug:verb>/", recategorising.move, name="recategorisation_move"),
]
