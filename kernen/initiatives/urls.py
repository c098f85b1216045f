from django.urls import path

from . import views
from .leading import views as leading
from .likeness import views as likeness

urlpatterns = [
    path("initiatives/register/", views.register, name="register"),
    path("initiatives/<int:pk>/story/", views.story, name="story"),
    path("initiatives/<int:pk>/goals/", views.goals, name="goals"),
    path("initiatives/<int:pk>/history/", views.history, name="history"),
    path("initiatives/<int:pk>/set_back/", views.set_back, name="set_back"),
    path("initiatives/<int:pk>/involvement/", views.involvement, name="involvement"),
    path("involvements/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("initiatives/<int:pk>/team/", views.team, name="team"),
    path("team/<int:pk>/release/", views.release, name="release"),
    path("initiatives/<int:pk>/lead/", leading.offer_lead, name="offer_lead"),
    path("offers/<int:pk>/", leading.offer, name="offer"),
    path("offers/<int:pk>/withdraw/", leading.withdraw_offer, name="withdraw_offer"),
    path("initiatives/<int:pk>/still_running/", leading.still_running, name="still_running"),
    path("initiatives/<int:pk>/links/", views.links, name="links"),
    path("links/<int:pk>/unlink/", views.unlink, name="unlink"),
    path("initiatives/<int:pk>/journal/", views.journal, name="journal"),
    path("initiatives/<int:pk>/move/<slug:name>/", views.move, name="move"),
    path("initiatives/alike/", likeness.alike, name="alike"),
    path(
        "initiatives/<int:pk>/likenesses/", likeness.of_initiative, name="likenesses_of_initiative"
    ),
    path("clusters/<int:pk>/likenesses/", likeness.of_cluster, name="likenesses_of_cluster"),
    path("likenesses/", likeness.unresolved, name="likenesses"),
    path("likenesses/<int:pk>/answer/", likeness.answer, name="answer_likeness"),
]
