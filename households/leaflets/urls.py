"""Routes of leaflets."""

from django.urls import path

from households.leaflets.views import ticks, walk

app_name = "leaflets"
urlpatterns = [
    path("of/<int:pk>/give/", ticks.give, name="give"),
    path("of/<int:pk>/take-back/", ticks.take_back, name="take_back"),
    path("of/<int:pk>/tick/", walk.tick, name="tick"),
    path("of/<int:pk>/untick/", walk.untick, name="untick"),
    path("<slug:code>/", walk.walk, name="walk"),
    path("<slug:code>/paper/", walk.paper, name="paper"),
]
