"""The addresses of the competition."""

from django.urls import include, path

from tenders.views import (
    address_watch,
    attachment,
    consortium,
    cost_line,
    decision,
    desk,
    draft,
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
    publishing,
    question,
    register,
    rows,
    score,
    section_text,
    settlement,
    submission,
    tender,
    watch,
)

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

HELD = [
    path("", settlement.settle_held, name="settle_held"),
    path("confirm/", settlement.confirm, name="confirm_settlement"),
    path("take-back/", settlement.take_back, name="take_back_settlement"),
]
"""What becomes of a proposal that was held at the opening."""

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
    path("decision/no-award/", decision.propose_no_award, name="propose_no_award"),
    path("decision/approve/", decision.approve_decision, name="approve_decision"),
    path("decision/take-back/", decision.take_back_decision, name="take_back_decision"),
    path("finish/", decision.finish_without_award, name="finish_without_award"),
]
"""The staff's pages between opening and decision."""
WRITING = [
    path("", draft.write, name="write_tender"),
    path("about/", draft.edit, {"part": "about"}, name="edit_about"),
    path("money/", draft.edit, {"part": "money"}, name="edit_money"),
    path("timetable/", draft.edit, {"part": "timetable"}, name="edit_timetable"),
    path("who/", draft.edit, {"part": "who"}, name="edit_who"),
    path("panel/", draft.edit, {"part": "panel"}, name="edit_panel"),
    path("scale/", draft.edit_scale, name="edit_scale"),
    path("criteria/", rows.index, {"kind": "criteria"}, name="criteria"),
    path("criteria/add/", rows.add, {"kind": "criteria"}, name="add_criterion"),
    path("criteria/<uuid:key>/", rows.edit, {"kind": "criteria"}, name="edit_criterion"),
    path("criteria/<uuid:key>/remove/", rows.remove, {"kind": "criteria"}, name="remove_criterion"),
    path("criteria/<uuid:key>/up/", rows.move_up, {"kind": "criteria"}, name="move_criterion"),
    path("sections/", rows.index, {"kind": "sections"}, name="sections"),
    path("sections/add/", rows.add, {"kind": "sections"}, name="add_section"),
    path("sections/<uuid:key>/", rows.edit, {"kind": "sections"}, name="edit_section"),
    path("sections/<uuid:key>/remove/", rows.remove, {"kind": "sections"}, name="remove_section"),
    path("sections/<uuid:key>/up/", rows.move_up, {"kind": "sections"}, name="move_section"),
    path("deliverables/", rows.index, {"kind": "deliverables"}, name="deliverables"),
    path("deliverables/add/", rows.add, {"kind": "deliverables"}, name="add_owed"),
    path("deliverables/<uuid:key>/", rows.edit, {"kind": "deliverables"}, name="edit_owed"),
    path("deliverables/<uuid:key>/remove/", rows.remove, {"kind": "deliverables"}, name="remove_owed"),
    path("deliverables/<uuid:key>/up/", rows.move_up, {"kind": "deliverables"}, name="move_owed"),
]
"""Writing a draft: for managers."""

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
    path("tenders/<slug:reference>/watch/address/", address_watch.ask, name="ask_to_watch"),
    path("tenders/<slug:reference>/watch/<str:key>/confirm/", address_watch.confirm, name="confirm_address"),
    path("tenders/<slug:reference>/watch/<str:key>/leave/", address_watch.leave, name="leave_by_address"),
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
    # The fund's own pages: writing a tender, publishing it, where it stands
    path("staff/programmes/add/", draft.add_programme, name="add_programme"),
    path("staff/programmes/<slug:slug>/edit/", draft.edit_programme, name="edit_programme"),
    path("staff/tenders/", desk.index, name="staff_tenders"),
    path("staff/tenders/add/", draft.add, name="add_tender"),
    path("staff/tenders/<slug:reference>/", desk.show, name="staff_tender"),
    path("staff/tenders/<slug:reference>/write/", include(WRITING)),
    path("staff/tenders/<slug:reference>/check/", publishing.check, name="check_tender"),
    path("staff/tenders/<slug:reference>/propose/", publishing.propose, name="propose_publishing"),
    path("staff/tenders/<slug:reference>/publish/", publishing.publish, name="publish"),
    path("staff/tenders/<slug:reference>/take-back/", publishing.take_back, name="take_back_publishing"),
    # A proposal, its register and its opening
    path("tenders/<slug:reference>/register/", register.show, name="register"),
    path("tenders/<slug:reference>/register.json", register.download, name="register_json"),
    path("staff/tenders/<slug:reference>/opening/", opening.show, name="opening"),
    path("staff/tenders/<slug:reference>/opening/propose/", opening.propose, name="propose_opening"),
    path("staff/tenders/<slug:reference>/opening/confirm/", opening.confirm, name="confirm_opening"),
    path("staff/tenders/<slug:reference>/opening/take-back/", opening.take_back, name="take_back_opening"),
    path("staff/tenders/<slug:reference>/held/<uuid:key>/", include(HELD)),
    path("proposals/<uuid:key>/", include(PROPOSAL)),
    # The panel, the decision and its outcome
    path("panel/<slug:reference>/", include(PANEL)),
    path("staff/tenders/<slug:reference>/", include(DECIDING)),
    path("tenders/<slug:reference>/outcome/", outcome.tender_outcome, name="tender_outcome"),
    path("tenders/<slug:reference>/outcome/scores.csv", outcome.scores_csv, name="scores_csv"),
    path("tenders/<slug:reference>/outcome/scores.json", outcome.scores_json, name="scores_json"),
]
