"""The tasks of a proposal, with how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from odifund.core.wording import counted, file_size, pounds
from tenders import access
from tenders.models import Attachment, Proposal
from tenders.queries.agreement import standings
from tenders.queries.draft import Answer, Draft
from tenders.queries.proposal import consortium_url


@dataclass(frozen=True)
class Task:
    """One line of the list. `kind` is the tag's; completed tasks are plain words."""

    title: str
    hint: str
    done: bool
    url: str | None = None
    begun: bool = True
    optional: bool = False
    live: bool = False
    of_lead: bool = False
    """Whether the lead alone does it."""
    waits: str = ""
    """Whom it waits for, where the list's own people have done their part: not done, and nobody's turn."""
    is_read: bool = False
    """Whether its page shows who only reads what stands there."""

    @property
    def left_out(self) -> bool:
        """Whether it is optional and nobody has begun it: neither done nor to do."""
        return self.optional and not self.begun

    @property
    def is_open(self) -> bool:
        """Whether something is to do."""
        return not self.done and not self.left_out and not self.waits

    @property
    def status(self) -> str:
        """How far it is, in words."""
        if self.left_out or self.done:
            return "Optional" if self.left_out else "Completed"
        if self.waits:
            return self.waits
        if self.live:
            return "Your turn"
        return "In progress" if self.begun else "Not started"

    @property
    def kind(self) -> str:
        """The tag's kind; none where the words stand plain."""
        if self.waits:
            return "part"
        if not self.is_open:
            return ""
        return "live" if self.live else ("part" if self.begun else "quiet")


@dataclass(frozen=True)
class Tasks:
    """A titled group of tasks."""

    title: str
    prefix: str
    tasks: list[Task]

    @property
    def count(self) -> str:
        """2 of 3."""
        return f"{self.done} of {self.asked}"

    @property
    def asked(self) -> int:
        """How many count: all but the optional ones that nobody has begun."""
        return sum(not task.left_out for task in self.tasks)

    @property
    def done(self) -> int:
        """How many are completed."""
        return sum(task.done and not task.left_out for task in self.tasks)


def tasks_of(draft: Draft) -> list[Tasks]:
    """All tasks of the draft but the last, which is to check and submit."""
    proposal = draft.proposal
    texts = [_section(proposal, answer) for answer in draft.answers]
    first = [_eligibility(proposal), _consortium(draft)]
    middle = [_about(proposal), *texts, _costs(draft), _payments(proposal), _attachments(draft)]
    last = [_confidential(proposal), _publication(proposal), _declarations(proposal)]
    tasks = [*first, *middle, *last]
    leads = getattr(proposal, "is_led", True)  # annotated where somebody was let in to the draft
    turn = next((task for task in tasks if task.is_open and (leads or not task.of_lead)), None)
    groups = (("Before you write", "before", first), ("Your proposal", "proposal", middle))
    return [
        Tasks(title, prefix, [replace(task, live=True) if task is turn else task for task in group])
        for title, prefix, group in (*groups, ("For all of you", "all", last))
    ]


def seen(draft: Draft) -> list[Tasks]:
    """As who was let in to the draft sees them: who works on it, or who only reads."""
    return for_reader(draft) if access.only_reads(draft.proposal) else tasks_of(draft)


def for_reader(draft: Draft) -> list[Tasks]:
    """The same for who reads and changes nothing: where a page has nothing for them, the draft."""
    preview = _url("preview_proposal", draft.proposal)
    return [
        replace(
            group,
            tasks=[
                replace(task, url=task.url if task.is_read else preview, live=False) for task in group.tasks
            ],
        )
        for group in tasks_of(draft)
    ]


def _url(name: str, proposal: Proposal) -> str:
    return reverse(f"tenders:{name}", args=[proposal.pk])


def _eligibility(proposal: Proposal) -> Task:
    done = proposal.eligible_at is not None
    hint = "Confirmed by the lead" if done else "What the tender asks of a consortium"
    return Task(
        "Eligibility", hint, done, _url("own_eligibility", proposal), begun=done, of_lead=True, is_read=True
    )


def _payments(proposal: Proposal) -> Task:
    said = bool(proposal.vat)
    hint = proposal.get_vat_display() if said else "When it is paid, and what VAT the lead adds"
    return Task(
        "Payment plan and VAT", hint, said, _url("payments", proposal), begun=said, of_lead=True, is_read=True
    )


def _confidential(proposal: Proposal) -> Task:
    count = len(proposal.confidential)
    hint = counted(count, "part") if count else "What the fund should not tell others"
    url = _url("confidential", proposal)
    return Task("Confidential parts", hint, bool(count), url, begun=bool(count), optional=True)


def _publication(proposal: Proposal) -> Task:
    said = bool(proposal.publishes)
    hint = proposal.get_publishes_display() if said else "A summary for everybody, if you win"
    url = _url("publication", proposal)
    return Task("What may be published", hint, said, url, begun=said, of_lead=True, is_read=True)


def _declarations(proposal: Proposal) -> Task:
    done = proposal.declared_at is not None
    hint = "Made by the lead" if done else "The lead makes them for all of you"
    return Task(
        "Declarations", hint, done, _url("declarations", proposal), begun=done, of_lead=True, is_read=True
    )


def _consortium(draft: Draft) -> Task:
    members, least = len(draft.members), draft.proposal.tender.organisations_least
    said = f"{members} organisation{'s' if members > 1 else ''} accepted"
    public = any(member.organisation.is_uk_public_sector for member in draft.members)
    needs_public = draft.proposal.tender.needs_uk_public_sector and not public
    hint = f"{said}, at least {least} needed" if members < least else said
    if needs_public:
        hint += ". A UK public sector organisation is missing"
    done = members >= least and not needs_public
    return Task("Consortium", hint, done, consortium_url(draft.proposal), is_read=True)


def _about(proposal: Proposal) -> Task:
    url = reverse("tenders:edit_proposal", args=[proposal.pk])
    hint = (
        proposal.get_delivery_model_display() if proposal.delivery_model else "Model of delivery not chosen"
    )
    return Task("Title and model of delivery", hint, bool(proposal.delivery_model), url)


def _section(proposal: Proposal, answer: Answer) -> Task:
    section = answer.section
    url = reverse("tenders:section", args=[proposal.pk, section.pk])
    optional = not section.required
    return Task(
        section.title,
        _how_far(answer),
        answer.answered,
        url,
        begun=answer.is_begun,
        optional=optional,
        is_read=True,
    )


def _how_far(answer: Answer) -> str:
    section = answer.section
    if section.wants_files:
        return _files(answer.files) or section.room
    if not section.is_text:
        return f"{answer.text} {section.unit}".strip() if answer.text else section.room
    over = f", {answer.over} over the limit" if answer.over else ""
    return f"{answer.words} of {section.word_limit} words{over}"


def _costs(draft: Draft) -> Task:
    url, highest = reverse("tenders:costs", args=[draft.proposal.pk]), draft.proposal.tender.highest_price
    over = highest is not None and draft.price > highest
    hint = pounds(draft.price) if draft.lines else "Days and rates, or amounts, by organisation"
    partners = standings(draft)
    agreed = sum(each.holds for each in partners)
    if draft.lines and partners:
        hint += f", agreed by {agreed} of {counted(len(partners), 'partner')}"
    if over and highest is not None:
        hint += f", {pounds(draft.price - highest)} over the highest price"
    add_up, missing = draft.price > 0 and not over, len(partners) - agreed
    waits = f"Waiting for {counted(missing, 'partner')}" if add_up and missing else ""
    done = add_up and not missing
    return Task("Costs", hint, done, url, begun=bool(draft.lines), waits=waits, is_read=True)


def _attachments(draft: Draft) -> Task:
    url = reverse("tenders:attachments", args=[draft.proposal.pk])
    beside = draft.files_of(None)
    return Task("Attachments", _files(beside), bool(beside), url, begun=bool(beside), optional=True)


def _files(files: Sequence[Attachment]) -> str:
    size = file_size(sum(one.file.size for one in files))
    return f"{counted(len(files), 'file')}, {size}" if files else ""
