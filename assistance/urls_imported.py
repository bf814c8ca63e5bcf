"""Routes of cases from before this platform."""

from django.urls import path

from assistance.views import imported

urlpatterns = [
    path("imported/", imported.imported, name="imported"),
    path("imported/doubles/", imported.doubles, name="imported_doubles"),
    path("imported/doubles/<int:pk>/", imported.double, name="imported_double"),
    path("imported/<slug:code>/", imported.imported, name="imported_area"),
]
