"""The competition's tables, a module a noun."""

from tenders.models.address_watch import AddressWatch
from tenders.models.admission import Admission
from tenders.models.agreement import Agreement
from tenders.models.approval import Approval
from tenders.models.cancellation import Cancellation
from tenders.models.comment import Comment
from tenders.models.contract import Contract
from tenders.models.criterion import Criterion, ScaleStep
from tenders.models.decision import Award, Decision
from tenders.models.document import Document
from tenders.models.evaluation import Declaration, Eligibility, Panellist, Score
from tenders.models.extension import Extension
from tenders.models.file_note import FileNote
from tenders.models.incident import Incident
from tenders.models.moderation import AgreedScore, Moderation
from tenders.models.notice import Notice, Watch
from tenders.models.opening import Opening, OpeningCheck, Register, Settlement
from tenders.models.problem import ProblemReport
from tenders.models.programme import Programme
from tenders.models.proposal import Attachment, CostLine, Proposal, SectionText
from tenders.models.question import Question
from tenders.models.section import OwedDeliverable, Section
from tenders.models.tender import Tender
from tenders.models.upload import Upload
from tenders.models.version import LateAttempt, Reading, Version

__all__ = [
    "AddressWatch",
    "Admission",
    "AgreedScore",
    "Agreement",
    "Approval",
    "Attachment",
    "Award",
    "Cancellation",
    "Comment",
    "Contract",
    "CostLine",
    "Criterion",
    "Decision",
    "Declaration",
    "Document",
    "Eligibility",
    "Extension",
    "FileNote",
    "Incident",
    "LateAttempt",
    "Moderation",
    "Notice",
    "Opening",
    "OpeningCheck",
    "OwedDeliverable",
    "Panellist",
    "ProblemReport",
    "Programme",
    "Proposal",
    "Question",
    "Reading",
    "Register",
    "ScaleStep",
    "Score",
    "Section",
    "SectionText",
    "Settlement",
    "Tender",
    "Upload",
    "Version",
    "Watch",
]
