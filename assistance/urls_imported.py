"""Routes of cases from before this platform."""

from django.urls import path

from assistance.imported.day_files import FILES
from assistance.views import imported, imported_days
from foundation.desk.views.attachments import attachment_routes

urlpatterns = [
    path("imported/", imported.imported, name="imported"),
    path("imported/doubles/", imported.doubles, name="imported_doubles"),
    path("imported/doubles/<int:pk>/", imported.double, name="imported_double"),
    *attachment_routes(FILES, "imported/days/"),
    path("imported/days/<int:pk>/", imported_days.imported_day, name="imported_day"),
    path("imported/days/<int:pk>/take-back/", imported_days.take_back, name="imported_day_back"),
    path("imported/of/<int:pk>/day/", imported_days.put_in, name="put_imported_day"),
    path("imported/<slug:code>/", imported.imported, name="imported_area"),
]
