"""The addresses of delivery and the library."""

from django.urls import path

from deliverables.views import (
    blog_post,
    contract,
    deliverable,
    delivery,
    library,
    pattern,
    payment,
    released_data,
    review,
    workshop,
)

app_name = "deliverables"
urlpatterns = [
    path("contracts/<uuid:key>/", contract.show, name="contract"),
    path("contracts/<uuid:key>/accept/", contract.accept, name="accept_contract"),
    path("contracts/<uuid:key>/countersign/", contract.countersign, name="countersign_contract"),
    path("contracts/<uuid:key>/complete/", contract.complete, name="complete_contract"),
    path("staff/tenders/<slug:reference>/delivery/", delivery.show, name="delivery"),
    path("staff/tenders/<slug:reference>/contracts/offer/", delivery.offer, name="offer_contracts"),
    path("deliverables/<uuid:key>/", deliverable.show, name="deliverable"),
    path("deliverables/<uuid:key>/deliver/", deliverable.deliver, name="deliver"),
    path("deliverables/<uuid:key>/review/", review.answer, name="review_deliverable"),
    path(
        "deliverables/<uuid:key>/deliveries/<int:number>/file/",
        deliverable.delivery_file,
        name="delivery_file",
    ),
    path("deliverables/<uuid:key>/coming/", workshop.announce, name="announce"),
    path("deliverables/<uuid:key>/coming/<uuid:person>/take-off/", workshop.take_off, name="take_off"),
    path("deliverables/<uuid:key>/attendance/", workshop.record_attendance, name="record_attendance"),
    path("deliverables/<uuid:key>/blog/", blog_post.write, name="write_blog_post"),
    path("deliverables/<uuid:key>/patterns/add/", pattern.add, name="add_pattern"),
    path("deliverables/<uuid:key>/patterns/<uuid:pattern>/", pattern.change, name="change_pattern"),
    path("deliverables/<uuid:key>/patterns/<uuid:pattern>/remove/", pattern.remove, name="remove_pattern"),
    path("deliverables/<uuid:key>/patterns/<uuid:pattern>/file/", pattern.draft_file, name="draft_file"),
    path("deliverables/<uuid:key>/data/add/", released_data.add, name="add_data"),
    path("deliverables/<uuid:key>/data/none/", released_data.say_none, name="say_no_data"),
    path("deliverables/<uuid:key>/data/<uuid:data>/remove/", released_data.remove, name="remove_data"),
    path("payments/", payment.show_all, name="payments"),
    path("payments/<uuid:key>/", payment.pay, name="pay"),
    path("patterns/", library.patterns, name="patterns"),
    path("patterns/<slug:slug>/", library.pattern, name="pattern"),
    path("patterns/<slug:slug>/file/", library.pattern_file, name="pattern_file"),
    path("blog/", library.blog, name="blog"),
    path("blog/<slug:slug>/", library.blog_post, name="blog_post"),
    path("blog/<slug:slug>/elsewhere/", blog_post.note_elsewhere, name="blog_post_elsewhere"),
    path("reports/", library.reports, name="reports"),
    path("reports/<uuid:key>/", library.report, name="report"),
    path("reports/<uuid:key>/file/", library.report_file, name="report_file"),
]
