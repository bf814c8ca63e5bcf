"""Routes of departmental data."""

from django.urls import path

from monitoring.views import datasets, duties, standards

app_name = "monitoring"
urlpatterns = [
    path("datasets/", datasets.datasets, name="datasets"),
    path("datasets/<slug:dataset>/", datasets.dataset, name="dataset"),
    path("datasets/<slug:dataset>/workbook/", datasets.workbook, name="workbook"),
    path("standards/", standards.standards, name="standards"),
    path("standards/sheet/", standards.standards_sheet, name="standards_sheet"),
    path("standards/<slug:standard>/", standards.standard, name="standard"),
    path("duty-list/", duties.duty_list, name="duty_list"),
    path("duty-list/sheet/", duties.duty_sheet, name="duty_sheet"),
]
