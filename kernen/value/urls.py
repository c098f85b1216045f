from django.urls import path

from . import views
from .rows import views as rows

urlpatterns = [
    path("initiatives/<int:pk>/value/", views.value, name="value"),
    path("initiatives/<int:pk>/value/csv/", views.value_file, {"kind": "csv"}, "value_csv"),
    path("initiatives/<int:pk>/value/xlsx/", views.value_file, {"kind": "xlsx"}, "value_xlsx"),
    path("initiatives/<int:pk>/value/terms/", views.terms, name="value_terms"),
    path("initiatives/<int:pk>/value/actual/", views.actual, name="report_actual"),
    path("initiatives/<int:pk>/gains/add/", rows.add_gain, name="add_gain"),
    path("initiatives/<int:pk>/costs/add/", rows.add_cost, name="add_cost"),
    path("gains/<int:pk>/", rows.gain, name="gain"),
    path("gains/<int:pk>/figures/", rows.on_figures, name="gain_on_figures"),
    path("gains/<int:pk>/study/", rows.on_study, name="gain_on_study"),
    path("evidence/<int:pk>/take_out/", rows.take_out_evidence, name="take_out_evidence"),
    *(
        path(f"{noun}s/<int:pk>/{verb}/", view, {"noun": noun}, f"{name}_{noun}")
        for noun in ("gain", "cost")
        for verb, view, name in (
            ("change", rows.change, "change"),
            ("take_out", rows.take_out, "take_out"),
            ("history", rows.earlier, "history_of"),
            ("set_back", rows.set_back, "set_back_of"),
        )
    ),
]
