from django.urls import path

from .views import answers, deciding, decisions, fora, proposals

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
    # What a forum and its secretary do
    path("fora/<int:pk>/", fora.forum, name="forum"),
    path("fora/<int:pk>/call/", fora.call_meeting, name="call_meeting"),
    path("meetings/<int:pk>/", fora.meeting, name="meeting"),
    path("meetings/<int:pk>/arrange/", fora.arrange, name="arrange"),
    path("meetings/<int:pk>/pdf/", fora.agenda_pdf, name="agenda_pdf"),
    path("meetings/<int:pk>/docx/", fora.agenda_docx, name="agenda_docx"),
    path("meetings/<int:pk>/csv/", fora.agenda_csv, name="agenda_csv"),
    path("meetings/<int:pk>/xlsx/", fora.agenda_xlsx, name="agenda_xlsx"),
    path("meetings/<int:pk>/minutes/", fora.meeting_minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/decide/", deciding.decide_block, name="decide_block"),
    path("proposals/<int:pk>/decide/", deciding.decide, name="decide"),
    path("proposals/<int:pk>/recommend/", deciding.recommend, name="recommend"),
    path("proposals/<int:pk>/forward/", deciding.forward, name="forward"),
    path("decisions/<int:pk>/look_again/", deciding.look_again, name="look_again"),
    # What anybody reads afterwards
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/csv/", decisions.decisions_csv, name="decisions_csv"),
    path("decisions/xlsx/", decisions.decisions_xlsx, name="decisions_xlsx"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/minute/", decisions.decision_minute, name="decision_minute"),
    path("decisions/<int:pk>/publish/", decisions.publish, name="publish"),
    path("published/", decisions.published, name="published"),
    path("published/<int:pk>/", decisions.published_decision, name="published_decision"),
    # What organisations answer
    path("proposals/<int:pk>/answers/<int:organisation>/", answers.answer, name="answer_proposal"),
    path("proposals/<int:pk>/answers/<int:organisation>/ask/", answers.ask, name="ask_answer"),
    path("answer-links/<int:pk>/", answers.answer_link, name="answer_link"),
    path("answer-links/<int:pk>/again/", answers.send_again, name="send_answer_link_again"),
    path("answer-links/<int:pk>/withdraw/", answers.withdraw_link, name="withdraw_answer_link"),
]
