from django.urls import path

from . import views
from .giving import views as giving
from .grid import views as grid

urlpatterns = [
    path("", views.front, name="front"),
    path("my-work/", views.my_work_page, name="my_work"),
    path("my-work/put_off/", views.put_off, name="put_off"),
    path("initiatives/", views.overview, name="overview"),
    path("initiatives/csv/", views.overview_csv, name="overview_csv"),
    path("initiatives/xlsx/", views.overview_xlsx, name="overview_xlsx"),
    path("initiatives/<int:pk>/", views.initiative, name="initiative"),
    path("initiatives/<int:pk>/pdf/", views.initiative_pdf, name="initiative_pdf"),
    path("initiatives/<int:pk>/docx/", views.initiative_docx, name="initiative_docx"),
    path("measures/", grid.grid, name="grid"),
    path("measures/csv/", grid.grid_csv, name="grid_csv"),
    path("measures/xlsx/", grid.grid_xlsx, name="grid_xlsx"),
    path("export/", views.export_page, name="export"),
    path("export/package/", views.export_package, name="export_package"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("organisations/<int:pk>/figures/", giving.giving, name="giving"),
    *(
        path(
            f"organisations/<int:pk>/figures/{kind}/",
            giving.giving_file,
            {"kind": kind},
            f"giving_{kind}",
        )
        for kind in ("csv", "xlsx")
    ),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("reorganisations/<int:pk>/", views.reorganisation, name="reorganisation"),
    path("clusters/<int:pk>/", views.cluster, name="cluster"),
]
