from django.urls import path

from . import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("clusters/", views.clusters, name="clusters"),
    path("fora/", views.fora, name="fora"),
    path("fora/<int:pk>/", views.forum, name="forum"),
]
