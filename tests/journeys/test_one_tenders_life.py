"""One tender's whole life at the dates of 2017: only by links, buttons and letters, and the clock's turns."""

from tests.journeys.life import asking, auditing, deciding, delivering, finishing, proposing, publishing
from tests.journeys.life.cast import Life
from tests.journeys.story import london


def test_one_tender_from_the_first_administrator_to_a_pattern(db, capsys):
    story = Life(london(14, 8))

    publishing.an_administrator_is_invited(story, capsys)
    publishing.staff_are_invited_with_their_roles(story)
    publishing.a_tender_is_written_from_the_template(story)
    publishing.it_cannot_be_published_until_it_is_complete(story)
    publishing.one_proposes_publishing_and_another_confirms(story)
    publishing.everybody_reads_it_without_signing_in(story)

    asking.a_newcomer_registers_watches_and_asks(story)
    asking.staff_answer_and_nobody_learns_who_asked(story)
    proposing.consortia_form_and_partners_accept_from_the_mail(story)
    proposing.an_agency_joins_a_rival_too(story)
    proposing.an_organisation_names_its_people(story)
    asking.watchers_are_reminded_two_days_before_questions_close(story)
    asking.a_question_is_taken_at_a_minute_to_five_and_refused_at_five(story)
    asking.every_answer_is_out_and_everybody_watching_is_told(story)

    proposing.they_write_their_proposals(story)
    proposing.a_proposal_stays_under_the_highest_price(story)
    proposing.they_submit_and_keep_a_receipt(story)
    proposing.one_is_changed_and_submitted_again(story)
    proposing.one_is_withdrawn_and_submitted_again(story)
    proposing.drafts_are_reminded_and_nobody_else(story)
    proposing.a_microsecond_before_five_is_in_time_and_five_is_late(story)
    proposing.the_clock_closes_the_tender_and_publishes_the_register(story)

    deciding.two_people_open_the_proposals(story)
    deciding.a_manager_names_the_panel(story)
    deciding.each_declares_first_and_a_conflict_blocks_at_once(story)
    deciding.a_manager_records_what_is_eligible(story)
    deciding.three_people_score_every_criterion_and_see_no_other(story)
    deciding.all_is_locked_and_the_panel_agrees(story)
    deciding.the_ranking_follows_from_the_weights(story)
    deciding.one_proposes_three_awards_and_another_approves(story)
    deciding.every_bidder_reads_their_own_letter_with_reasons(story)
    deciding.everybody_reads_the_outcome(story)
    deciding.anybody_computes_the_totals_again(story)

    delivering.contracts_are_offered_and_accepted(story)
    delivering.contracts_are_countersigned(story)
    delivering.leads_come_to_the_workshop(story)
    delivering.two_blogs_come_in_time_and_one_late(story)
    delivering.blogs_are_published_for_everybody(story)
    delivering.the_clocks_go_back_and_no_deadline_moves(story)
    delivering.halfway_is_accepted_and_half_is_paid(story)

    finishing.final_work_is_delivered(story)
    finishing.one_report_is_returned_and_then_accepted(story)
    finishing.the_rest_is_paid_and_the_contracts_are_complete(story)
    finishing.everybody_takes_a_pattern(story)

    auditing.an_observer_reads_the_trail(story)
    auditing.the_trail_is_whole(story, capsys)
