from django.urls import path

from . import views

urlpatterns = [
    path("initiatives/<int:pk>/documents/", views.documents, name="documents"),
    path("initiatives/<int:pk>/documents/link/", views.add_link, name="add_link"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/rename/", views.rename, name="rename"),
    path("documents/<int:pk>/take_away/", views.take_away, name="take_away"),
    path("documents/<int:pk>/bring_back/", views.bring_back, name="bring_back"),
    path("documents/<int:pk>/erase/", views.erase_document, name="erase_document"),
    path("versions/<int:pk>/download/", views.download, name="download"),
    path("versions/<int:pk>/bring_back/", views.bring_back_version, name="bring_back_version"),
]
