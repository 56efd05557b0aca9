"""READ FIRST: every move of a tender and of what lives in it.

Who may is a rule of access.py; what is missing is said by queries.py in sentences.
"""

from odifund.core.lifecycle import Lifecycle, Step, Tick
from tenders import access
from tenders.models import (
    Admission,
    Contract,
    Decision,
    Moderation,
    Proposal,
    Question,
    Score,
    Settlement,
    Tender,
)
from tenders.queries import admission as admissions
from tenders.queries import cancellation as cancellations
from tenders.queries import decision as decisions
from tenders.queries import extension as extensions
from tenders.queries import held
from tenders.queries import moderation as moderations
from tenders.queries import tender as tenders
from tenders.queries.opening import stops_opening, what_opens
from tenders.queries.proposal import stops_submitting
from tenders.queries.question import stops_publishing

T, Q, P = Tender.Status, Question.Status, Proposal.Status
S, M, D, C = Score.Status, Moderation.Status, Decision.Status, Contract.Status
H, A = Settlement.Status, Admission.Status
TO_ANSWER = (Q.ASKED, Q.READY)

TENDER = Lifecycle(
    Tender,
    #    verb                  event                       from            to            and
    Step("edit", "tender.edited", (T.DRAFT,), None, access.manages, needs=tenders.stops_editing),
    Step("discard", "tender.discarded", (T.DRAFT,), None, access.manages, needs=tenders.stops_discarding),
    Step(
        "propose_publishing",
        "tender.publishing_proposed",
        (T.DRAFT,),
        None,
        access.manages,
        needs=tenders.what_is_missing,
        proposes="publish",
        content=tenders.content,
    ),
    Step(
        "publish",
        "tender.published",
        (T.DRAFT,),
        T.PUBLISHED,
        access.confirms,
        needs=tenders.what_is_missing,
        second=True,
        content=tenders.content,
    ),
    Step(
        "schedule",
        "tender.publishing_scheduled",
        (T.DRAFT,),
        None,
        access.confirms,
        needs=tenders.what_is_missing,
        second=True,
        confirms="publish",
        content=tenders.content,
    ),
    Step("unschedule", "tender.publishing_unscheduled", (T.DRAFT,), None, access.confirms),
    Tick("publish_when_due", "tender.published_by_clock", (T.DRAFT,), T.PUBLISHED, due="publish_at"),
    Step(
        "propose_extending",
        "tender.extending_proposed",
        (T.PUBLISHED, T.CLOSED),
        None,
        access.manages,
        needs=extensions.stops_extending,
        proposes="extend",
        content=extensions.content,
    ),
    Step(
        "extend",
        "tender.extended",
        (T.PUBLISHED, T.CLOSED),
        T.PUBLISHED,
        access.confirms,
        needs=extensions.stops_extending,
        second=True,
        content=extensions.content,
    ),
    Tick("close", "tender.closed", (T.PUBLISHED,), T.CLOSED, due="proposals_close_at"),
    Step(
        "propose_opening",
        "tender.opening_proposed",
        (T.CLOSED,),
        None,
        access.confirms,
        needs=stops_opening,
        proposes="open",
        content=what_opens,
    ),
    Step(
        "open",
        "tender.opened",
        (T.CLOSED,),
        T.OPENED,
        access.confirms,
        needs=stops_opening,
        second=True,
        content=what_opens,
    ),
    Step("correct", "tender.corrected", (T.PUBLISHED,), None, access.manages),
    Step("postpone", "tender.postponed", (T.PUBLISHED, T.CLOSED, T.OPENED), None, access.manages),
    Step(
        "propose_cancelling",
        "tender.cancelling_proposed",
        (T.PUBLISHED, T.CLOSED, T.OPENED),
        None,
        access.confirms,
        needs=cancellations.stops_cancelling,
        proposes="cancel",
        content=cancellations.content,
    ),
    Step(
        "cancel",
        "tender.cancelled",
        (T.PUBLISHED, T.CLOSED, T.OPENED),
        T.CANCELLED,
        access.confirms,
        needs=cancellations.stops_cancelling,
        second=True,
        content=cancellations.content,
    ),
    Step("decide", "tender.decided", (T.OPENED,), T.DECIDED, access.decides),
    Step("finish", "tender.finished", (T.DECIDED,), T.FINISHED, access.manages),
    Step(
        "finish_without_award",
        "tender.finished_without_award",
        (T.DECIDED,),
        T.FINISHED,
        access.manages,
        needs=decisions.keeps_it_running,
    ),
)

QUESTION = Lifecycle(
    Question,
    Step("prepare", "question.prepared", TO_ANSWER, Q.READY, access.answers, needs=stops_publishing),
    Step("answer", "question.answered", TO_ANSWER, Q.ANSWERED, access.answers, needs=stops_publishing),
    Step(
        "leave_to_mail", "question.left_to_mail", TO_ANSWER, Q.READY, access.answers, needs=stops_publishing
    ),
    Step("take_back", "question.taken_back", (Q.READY,), None, access.answers),
    Tick("publish_with_mail", "question.published_with_mail", (Q.READY,), Q.ANSWERED, due="publish_at"),
    Step("answer_alone", "question.answered_alone", (Q.ASKED,), Q.ANSWERED_ALONE, access.answers),
    Step("offer_wording", "question.wording_offered", (Q.ASKED,), Q.OFFERED, access.answers),
    Step("agree", "question.wording_agreed", (Q.OFFERED,), Q.ASKED, access.asked),
    Step("withdraw", "question.withdrawn", (Q.ASKED, Q.OFFERED), Q.WITHDRAWN, access.asked),
    Step("merge", "question.merged", (Q.ASKED,), Q.MERGED, access.answers),
    Step("decline", "question.declined", (Q.ASKED,), Q.DECLINED, access.answers),
)

PROPOSAL = Lifecycle(
    Proposal,
    Step(
        "submit",
        "proposal.submitted",
        (P.DRAFT, P.SUBMITTED, P.WITHDRAWN),
        P.SUBMITTED,
        access.submits,
        needs=stops_submitting,
    ),
    Step("withdraw", "proposal.withdrawn", (P.SUBMITTED,), P.WITHDRAWN, access.submits),
    Step(
        "admit",
        "proposal.admitted_late",
        (P.DRAFT, P.SUBMITTED, P.WITHDRAWN),
        P.SUBMITTED,
        lambda person, proposal: access.confirms(person, proposal.tender),
        needs=stops_submitting,
    ),
)

ADMISSION = Lifecycle(
    Admission,
    Step(
        "propose_admitting",
        "admission.proposed",
        (A.PROPOSED,),
        None,
        lambda person, admission: access.confirms(person, admission.attempt.tender),
        needs=admissions.stops_admitting,
        proposes="admit",
        content=admissions.content,
    ),
    Step(
        "admit",
        "admission.confirmed",
        (A.PROPOSED,),
        A.ADMITTED,
        lambda person, admission: access.confirms(person, admission.attempt.tender),
        needs=admissions.stops_admitting,
        second=True,
        content=admissions.content,
    ),
)

SETTLEMENT = Lifecycle(
    Settlement,
    Step(
        "propose_settling",
        "settlement.proposed",
        (H.PROPOSED,),
        None,
        lambda person, settlement: access.decides(person, settlement.held.version.tender),
        needs=held.stops_settling,
        proposes="settle",
        content=held.content,
    ),
    Step(
        "settle",
        "settlement.confirmed",
        (H.PROPOSED,),
        H.SETTLED,
        lambda person, settlement: access.decides(person, settlement.held.version.tender),
        needs=held.stops_settling,
        second=True,
        content=held.content,
    ),
)

SCORE = Lifecycle(
    Score,
    Step(
        "lock",
        "score.locked",
        (S.DRAFT,),
        S.LOCKED,
        lambda person, score: score.evaluator_id == person.pk and access.scores(person, score.proposal),
    ),
)

MODERATION = Lifecycle(
    Moderation,
    Step(
        "agree",
        "moderation.agreed",
        (M.STARTED,),
        M.AGREED,
        lambda person, moderation: access.moderates(person, moderation.proposal),
        needs=moderations.missing,
    ),
)

DECISION = Lifecycle(
    Decision,
    Step(
        "propose_awards",
        "decision.proposed",
        (D.DRAFT,),
        None,
        lambda person, decision: access.decides(person, decision.tender),
        proposes="approve",
        content=decisions.content,
    ),
    Step(
        "propose_no_award",
        "decision.no_award_proposed",
        (D.DRAFT,),
        None,
        lambda person, decision: access.decides(person, decision.tender),
        proposes="approve",
        content=decisions.content,
    ),
    Step(
        "approve",
        "decision.approved",
        (D.DRAFT,),
        D.APPROVED,
        lambda person, decision: access.decides(person, decision.tender),
        second=True,
        content=decisions.content,
    ),
)

CONTRACT = Lifecycle(
    Contract,
    Step("accept", "contract.accepted", (C.OFFERED,), C.ACCEPTED, access.accepts_contract),
    Step(
        "countersign",
        "contract.countersigned",
        (C.ACCEPTED,),
        C.COUNTERSIGNED,
        access.countersigns,
    ),
    Step("complete", "contract.completed", (C.COUNTERSIGNED,), C.COMPLETE, access.runs_contract),
)
