"""Routes of authorisations."""

from django.urls import path

from households.authorisations import views

app_name = "authorisations"
urlpatterns = [
    path("", views.authorisations, name="list"),
    path("of-household/<int:pk>/", views.authorisation_ask, name="ask"),
    path("<int:pk>/", views.authorisation, name="authorisation"),
    path("<int:pk>/pdf/", views.authorisation_pdf, name="pdf"),
    path("<int:pk>/<slug:verb>/", views.authorisation_move, name="move"),
]
