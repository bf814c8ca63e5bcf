"""Routes of moves of households."""

from django.urls import path

from foundation.desk.views.attachments import attachment_routes
from households.moving import views, views_of_persons
from households.moving.papers import PAPERS

app_name = "moves"
urlpatterns = [
    path("", views.moves, name="moves"),
    path("of-household/<int:pk>/", views.propose, name="propose"),
    path("of-person/<int:pk>/", views_of_persons.propose_person, name="propose_person"),
    path("<int:pk>/", views.move, name="move"),
    path("<int:pk>/letter/", views.letter, name="letter"),
    *attachment_routes(PAPERS, ""),
    path("<int:pk>/<slug:verb>/", views.act, name="act"),
]
