"""The addresses of the competition."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tenders.views import (
    attachment,
    consortium,
    cost_line,
    decision,
    eligibility,
    invitation,
    member,
    moderation,
    notice,
    opened,
    opening,
    outcome,
    panel,
    proposal,
    question,
    register,
    score,
    section_text,
    submission,
    tender,
    watch,
)


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


PROPOSAL = [
    path("", proposal.show, name="proposal"),
    path("outcome/", outcome.proposal_outcome, name="proposal_outcome"),
    path("title/", proposal.edit, name="edit_proposal"),
    path("preview/", proposal.preview, name="preview_proposal"),
    path("sections/<uuid:section>/", section_text.write, name="section"),
    path("costs/", cost_line.show, name="costs"),
    path("costs/add/", cost_line.add, name="add_cost_line"),
    path("costs/<uuid:line>/", cost_line.edit, name="edit_cost_line"),
    path("costs/<uuid:line>/remove/", cost_line.remove, name="remove_cost_line"),
    path("attachments/", attachment.show, name="attachments"),
    path("attachments/<uuid:attachment>/", attachment.download, name="attachment"),
    path("attachments/<uuid:attachment>/remove/", attachment.remove, name="remove_attachment"),
    path("check/", submission.check, name="check_proposal"),
    path("submit/", submission.submit, name="submit_proposal"),
    path("withdraw/", submission.withdraw, name="withdraw_proposal"),
    path("receipts/<int:number>/", submission.show_receipt, name="receipt"),
    path("receipts/<int:number>/proposal/", submission.show_submitted, name="submitted_version"),
    path("receipts/<int:number>/written.json", submission.download_written, name="written_version"),
    path("receipts/<int:number>/files/<uuid:file>/", submission.download_file, name="version_file"),
]
"""A proposal's pages: only for the people named on it."""

PANEL = [
    path("", score.pile, name="pile"),
    path("interests/", panel.declare, name="declare"),
    path("scores/", score.my_scores, name="my_scores"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("<uuid:key>/", opened.opened_proposal, name="opened_proposal"),
    path("<uuid:key>/files/<uuid:file>/", opened.opened_file, name="opened_file"),
    path("<uuid:key>/score/<slug:code>/", score.score, name="score"),
    path("<uuid:key>/lock/", score.lock_scores, name="lock_scores"),
    path("<uuid:key>/moderation/", moderation.start_moderation, name="start_moderation"),
    path("<uuid:key>/moderation/settle/", moderation.agree_scores, name="agree_scores"),
    path("<uuid:key>/moderation/criteria/<slug:code>/", moderation.moderate, name="moderate"),
]
"""The panel's pages between opening and decision."""

DECIDING = [
    path("panel/", panel.panel, name="panel"),
    path("panel/<uuid:key>/end/", panel.end_panellist, name="end_panellist"),
    path("eligibility/", eligibility.eligibility, name="eligibility"),
    path("eligibility/<uuid:key>/", eligibility.record_eligibility, name="record_eligibility"),
    path("ranking/", decision.ranking, name="ranking"),
    path("decision/", decision.decision, name="decision"),
    path("decision/approve/", decision.approve_decision, name="approve_decision"),
    path("decision/take-back/", decision.take_back_decision, name="take_back_decision"),
]
"""The staff's pages between opening and decision."""

app_name = "tenders"
urlpatterns = [
    path("tenders/", tender.index, name="list"),
    path("tenders/<slug:reference>/", tender.show, name="tender"),
    # What everybody may ask and is told
    path("tenders/<slug:reference>/questions/", question.index, name="questions"),
    path("tenders/<slug:reference>/questions/waiting/", question.waiting, name="waiting_questions"),
    path("tenders/<slug:reference>/questions/<uuid:pk>/answer/", question.answer, name="answer_question"),
    path("tenders/<slug:reference>/watch/", watch.show, name="watch"),
    path("tenders/<slug:reference>/watch/start/", watch.start, name="start_watch"),
    path("tenders/<slug:reference>/watch/stop/", watch.stop, name="stop_watch"),
    path("tenders/<slug:reference>/notices/publish/", notice.publish, name="publish_notice"),
    # Taking part with others
    path("tenders/<slug:reference>/take-part/", consortium.take_part, name="take_part"),
    path("consortia/<uuid:pk>/", consortium.show, name="consortium"),
    path("consortia/<uuid:pk>/name/", consortium.rename, name="rename_consortium"),
    path("consortia/<uuid:pk>/invite/", consortium.invite, name="invite"),
    path("members/<uuid:pk>/name/", member.name_person, name="name_person"),
    path("members/<uuid:pk>/unname/<uuid:person_pk>/", member.unname_person, name="unname_person"),
    path("members/<uuid:pk>/leave/", member.leave, name="leave_consortium"),
    path("invitations/<uuid:pk>/", invitation.show, name="invitation"),
    path("invitations/<uuid:pk>/accept/", invitation.accept, name="accept_invitation"),
    path("invitations/<uuid:pk>/decline/", invitation.decline, name="decline_invitation"),
    path("invitations/<uuid:pk>/withdraw/", invitation.withdraw, name="withdraw_invitation"),
    path("programmes/<slug:slug>/", tender.programme, name="programme"),
    path("staff/tenders/", not_built, name="staff_tenders"),
    path("staff/tenders/<slug:reference>/", not_built, name="staff_tender"),
    path("staff/tenders/<slug:reference>/publish/", not_built, name="publish"),
    # A proposal, its register and its opening
    path("tenders/<slug:reference>/register/", register.show, name="register"),
    path("tenders/<slug:reference>/register.json", register.download, name="register_json"),
    path("staff/tenders/<slug:reference>/opening/", opening.show, name="opening"),
    path("staff/tenders/<slug:reference>/opening/propose/", opening.propose, name="propose_opening"),
    path("staff/tenders/<slug:reference>/opening/confirm/", opening.confirm, name="confirm_opening"),
    path("staff/tenders/<slug:reference>/opening/take-back/", opening.take_back, name="take_back_opening"),
    path("proposals/<uuid:key>/", include(PROPOSAL)),
    # The panel, the decision and its outcome
    path("panel/<slug:reference>/", include(PANEL)),
    path("staff/tenders/<slug:reference>/", include(DECIDING)),
    path("tenders/<slug:reference>/outcome/", outcome.tender_outcome, name="tender_outcome"),
    path("tenders/<slug:reference>/outcome/scores.csv", outcome.scores_csv, name="scores_csv"),
    path("tenders/<slug:reference>/outcome/scores.json", outcome.scores_json, name="scores_json"),
]
