from django.urls import path

from . import views

urlpatterns = [
    path("initiatives/<int:pk>/follow/", views.follow_initiative, name="follow_initiative"),
    path("clusters/<int:pk>/follow/", views.follow_cluster, name="follow_cluster"),
    path("views/", views.saved_views, name="saved_views"),
    path("views/<int:pk>/follow/", views.follow_view, name="follow_view"),
    path("views/<int:pk>/rename/", views.rename_view, name="rename_view"),
    path("views/<int:pk>/move/", views.move_view, name="move_view"),
    path("views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read, name="read"),
    path("notices/<int:pk>/unread/", views.unread, name="unread"),
    path("digest/", views.digest, name="digest"),
    path("digest/stop/", views.digest_stop, name="digest_stop"),
]
