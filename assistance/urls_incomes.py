"""Routes of income and expense over time."""

from django.urls import path

from assistance.views import incomes

urlpatterns = [
    path("incomes/", incomes.collection, name="incomes"),
    path("incomes/of/<int:pk>/", incomes.of_case, name="income_sheets"),
    path("incomes/of/<int:pk>/items/", incomes.items, name="income_items"),
    path("incomes/of/<int:pk>/begin/", incomes.begin, name="income_begin"),
    path("incomes/changes/<int:pk>/", incomes.change, name="income_change"),
    path("incomes/<int:pk>/", incomes.sheet, name="income_sheet"),
    path("incomes/<int:pk>/correct/", incomes.correct, name="income_correct"),
    path("incomes/<int:pk>/move/<slug:verb>/", incomes.move, name="income_move"),
]
