from django.urls import path

from .views import proposals

urlpatterns = [
    path("initiatives/<int:pk>/proposals/", proposals.proposals, name="proposals"),
    path("initiatives/<int:pk>/propose/", proposals.propose, name="propose"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/<int:edition>/", proposals.version, name="proposal_version"),
    path("proposals/<int:pk>/ask/", proposals.ask, name="ask_proposal"),
    path("proposals/<int:pk>/write/<slug:part>/", proposals.write, name="write_part"),
    path("proposals/<int:pk>/submit/", proposals.submit, name="submit_proposal"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw_proposal"),
    *(
        path(
            f"proposals/<int:pk>/proposal.{kind}",
            proposals.proposal_file,
            {"kind": kind},
            f"proposal_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
]
