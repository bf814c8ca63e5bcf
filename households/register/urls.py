"""Routes of register files."""

from django.urls import path

from households.pairs import views as pairs
from households.register import views

app_name = "register"
urlpatterns = [
    path("", views.files, name="files"),
    path("import/", views.hand_in, name="hand_in"),
    path("look/<uuid:uuid>/", views.look, name="look"),
    path("look/<uuid:uuid>/import/", views.confirm, name="confirm"),
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/<int:pk>/", pairs.pair, name="duplicate"),
    path("duplicates/<int:pk>/<slug:verb>/", pairs.act, name="duplicate_act"),
]
