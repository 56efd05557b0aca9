"""A consortium of the story: who it is, and what it does to propose."""

from dataclasses import dataclass, field

from tests.journeys.visitor import Visitor

PLACED = {"region": "North West", "size": "Medium: 50 to 249 people"}
SECTIONS = ("Need and users", "Open data", "Approach and team", "Use by others", "Value for money")


@dataclass
class Party:
    """An organisation, and the person who speaks for it."""

    name: str
    kind: str
    person: Visitor


@dataclass
class Bid:
    """A lead and its partner, with the partner's part of the price; and what the portal gave them to keep."""

    title: str
    lead: Party
    partner: Party
    amount: str
    number: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    fingerprints: list[str] = field(default_factory=list)

    @property
    def people(self):
        return [self.lead.person, self.partner.person]

    def forms(self):
        """The lead comes from the tender's page, adds the organisation, and invites the partner."""
        person = self.lead.person.goes("/tenders/SF1/").follows("Take part").registers_if_new()
        person.follows("Add your organisation")
        person.presses("Add the organisation", name=self.lead.name, kind=self.lead.kind, **PLACED)
        person.presses("Form the consortium and begin", name=self.title, title=self.title)
        person.reads(f"{self.title} is formed", f"Led by {self.lead.name}").follows("Invite an organisation")
        invited = {"organisation_name": self.partner.name, "email": self.partner.person.email}
        person.presses("Send the invitation", **invited).reads(f"{self.partner.name} is invited")

    def is_joined(self):
        """The partner comes from the mail, and accepts."""
        person = self.partner.person.opens_the_letter(f"{self.lead.name} invites {self.partner.name}")
        person.reads(f"{self.lead.name} invites {self.partner.name}").registers_if_new()
        if "Add your organisation" in person.page.links:
            person.follows("Add your organisation")
            person.presses("Add the organisation", name=self.partner.name, kind=self.partner.kind, **PLACED)
        person.presses("Accept the invitation").reads(f"{self.partner.name} has joined {self.title}")

    def is_opened_by(self, person):
        return person.goes_home().follows(self.title)

    def is_written_by(self, person):
        """The model of delivery, every text, and what each organisation costs."""
        self.is_opened_by(person).follows("Title and model of delivery")
        person.presses("Save and continue", delivery_model="More information for citizens")
        for section in SECTIONS:
            self.says(person, section, f"{section}, as {self.title.lower()} needs it.")
        staff = {"kind": "Staff", "what": "People of the service", "days": "60", "day_rate": "300"}
        other = {"kind": "Other", "what": "The prototype", "amount": self.amount}
        person.follows("Costs")
        for organisation, cost in ((self.lead.name, staff), (self.partner.name, other)):
            person.follows("Add a line").presses("Save the line", organisation=organisation, **cost)
            person.reads(cost["what"])

    def is_confirmed(self):
        """The lead says the rest for all of them, and the partner agrees to its lines."""
        person = self.is_opened_by(self.lead.person)
        for task, button in (
            ("Eligibility", "Confirm and continue"),
            ("Declarations", "Declare and continue"),
        ):
            person.follows(task).presses(button, **person.page.every_tick)
        person.follows("Payment plan and VAT").presses("Save and continue", vat="VAT at 20%")
        words = {"publishes": "The summary below", "public_summary": f"{self.title}, told to everybody."}
        person.follows("What may be published").presses("Save and continue", **words)

    def is_agreed_by(self, partner):
        self.is_opened_by(partner).follows("Costs").follows("Read and agree")
        partner.presses("Agree to these lines").reads("Lines agreed")

    def says(self, person, section, text):
        self.texts[section] = text
        person.follows(section).presses("Save and continue", text=text)

    def submits(self):
        """Check, submit, and keep the receipt."""
        self.is_opened_by(self.lead.person).follows("Check and submit")
        self.presses_submit()

    def presses_submit(self):
        person = self.lead.person.presses("Submit the proposal").reads("We have your proposal", self.title)
        self.receipts.append(person.finds(r"Receipt number (SF1-\d+)"))
        self.fingerprints.append(person.finds(r"All 64 characters: ([0-9a-f]{64})"))
