from django.urls import path

from . import views
from .inviting import views as inviting
from .people import views as people
from .reorganising import views as reorganising
from .upkeep import views as upkeep

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<int:pk>/people/", upkeep.people, name="people"),
    path("organisations/<int:pk>/rename/", upkeep.rename_organisation, name="rename_organisation"),
    path("organisations/<int:pk>/invite/", inviting.invite, name="invite"),
    path("invitations/<int:pk>/", inviting.invitation, name="invitation"),
    path("invitations/<int:pk>/send-again/", inviting.send_again, name="send_again"),
    path(
        "invitations/<int:pk>/withdraw/", inviting.withdraw_invitation, name="withdraw_invitation"
    ),
    path("roles/<int:pk>/change/", upkeep.change_role, name="change_role"),
    path("clusters/", views.clusters, name="clusters"),
    path("fora/", views.fora, name="fora"),
    path("fora/<int:pk>/rule/", views.change_rule, name="change_rule"),
    path("reorganisations/", reorganising.reorganisations, name="reorganisations"),
    path("reorganisations/prepare/", reorganising.prepare, name="prepare"),
    path("reorganisations/<int:pk>/alter/", reorganising.alter, name="alter"),
    path("reorganisations/<int:pk>/cluster/", reorganising.plan_cluster, name="plan_cluster"),
    path(
        "reorganisations/<int:pk>/organisation/",
        reorganising.plan_organisation,
        name="plan_organisation",
    ),
    path("reorganisations/<int:pk>/confirm/", reorganising.confirm, name="confirm"),
    path("reorganisations/<int:pk>/take-back/", reorganising.take_back, name="take_back"),
    path("reorganisations/<int:pk>/take-up/", reorganising.take_up, name="take_up"),
    path("cluster-changes/<int:pk>/", reorganising.replan_cluster, name="replan_cluster"),
    path(
        "cluster-changes/<int:pk>/take-out/",
        reorganising.take_out_cluster,
        name="take_out_cluster",
    ),
    path(
        "organisation-changes/<int:pk>/",
        reorganising.replan_organisation,
        name="replan_organisation",
    ),
    path(
        "organisation-changes/<int:pk>/take-out/",
        reorganising.take_out_organisation,
        name="take_out_organisation",
    ),
    path("me/", people.account, name="account"),
    path("me/export/", people.account_export, name="account_export"),
    path("people/<int:pk>/erase/", people.erase_person, name="erase_person"),
]
