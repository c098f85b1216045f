from django.urls import path

from . import views

urlpatterns = [
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/write/", views.write, name="write_proposal"),
    path("proposals/<int:pk>/<int:edition>/", views.version, name="proposal_version"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
]
