"""Routes of codes, for staff."""

from django.urls import path

from households.codes.views import household, villages

app_name = "codes"
urlpatterns = [
    path("", villages.overview, name="overview"),
    path("of/<int:pk>/replace/", household.replace, name="replace"),
    path("of/<int:pk>/revoke/", household.revoke, name="revoke"),
    path("of/<int:pk>/png/", household.png, name="png"),
    path("of/<int:pk>/svg/", household.svg, name="svg"),
    path("<slug:code>/", villages.village, name="village"),
    path("<slug:code>/give-out/", villages.give_out, name="give_out"),
    path("<slug:code>/sheet/", villages.sheet, name="sheet"),
]
