"""The addresses of the competition."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tenders.views import consortium, invitation, member, notice, question, watch


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "tenders"
urlpatterns = [
    path("tenders/", not_built, name="list"),
    path("tenders/<slug:reference>/", not_built, name="tender"),
    path("tenders/<slug:reference>/register/", not_built, name="register"),
    path("tenders/<slug:reference>/register.json", not_built, name="register_json"),
    path("proposals/<uuid:key>/", not_built, name="proposal"),
    path("proposals/<uuid:key>/about/", not_built, name="edit_proposal"),
    path("proposals/<uuid:key>/sections/<uuid:section>/", not_built, name="section"),
    path("proposals/<uuid:key>/costs/", not_built, name="costs"),
    path("proposals/<uuid:key>/receipts/<int:number>/", not_built, name="receipt"),
    path("tenders/<slug:reference>/outcome/", not_built, name="tender_outcome"),
    path("proposals/<uuid:key>/outcome/", not_built, name="proposal_outcome"),
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
    path("programmes/<slug:slug>/", not_built, name="programme"),
    path("staff/tenders/", not_built, name="staff_tenders"),
    path("staff/tenders/<slug:reference>/", not_built, name="staff_tender"),
    path("staff/tenders/<slug:reference>/publish/", not_built, name="publish"),
]
