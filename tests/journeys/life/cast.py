"""Who lives through the tender. Everybody is called by their first name."""

from django.utils.text import slugify

from tests.journeys.life.bids import Bid, Party
from tests.journeys.story import Story
from tests.journeys.visitor import Visitor

STAFF = {
    "Morgan Ellery": "Manager",
    "Beatrix Holm": "Approver",
    "Oskar Lindqvist": "Moderator",
    "Tomasz Reid": "Evaluator",
    "Yewande Clarke": "Evaluator",
    "Haruto Bell": "Evaluator",
    "Philippa Garrow": "Evaluator",
    "Solveig Marsh": "Finance",
    "Ravi Thackeray": "Observer",
}
COUNCIL, BODY = "Local authority", "Other public sector organisation"
DESIGN, DIGITAL = "Service design agency", "Digital agency"


class Life(Story):
    """One tender's life: the fund's people, and six consortia."""

    def __init__(self, at):
        super().__init__(at)
        self.meets("Amara Quill", "fund")
        self.staff = [(self.meets(name, "fund"), role) for name, role in STAFF.items()]
        self.panel = [self.tomasz, self.yewande, self.haruto, self.philippa, self.oskar]
        self.meets("Wendy Tallis", "exampleshire-county-council")
        self._consortia_form()

    def meets(self, name, domain):
        """Somebody of whom the portal will learn a name and a mail address, and no more."""
        person = Visitor(self, name, f"{name.lower().replace(' ', '.')}@{domain}.example.org")
        setattr(self, name.split()[0].lower(), person)
        return person

    def _party(self, person, organisation, kind):
        return Party(organisation, kind, self.meets(person, slugify(organisation)))

    def _consortia_form(self):
        """Pattern & Post is in two that are rivals, with a person in each."""
        self.repairs = Bid(
            "Repairs people can see",
            self._party("Priya Nair", "Exampleshire County Council", COUNCIL),
            self._party("Ines Okafor", "Pattern & Post", DESIGN),
            "34,000",
        )
        self.bins = Bid(
            "Bins on the right day",
            self._party("Callum Frost", "Sampleton Borough Council", COUNCIL),
            self._party("Joan Pell", "Pattern & Post", DESIGN),
            "35,333",
        )
        self.halls = Bid(
            "One list of halls",
            self._party("Anand Pike", "Norwell City Council", COUNCIL),
            self._party("Cerys Dunmore", "Harbour & Mill Digital", DIGITAL),
            "27,370.50",
        )
        self.rooms = Bid(
            "Warm rooms near you",
            self._party("Esther Vale", "Tidewater Combined Authority", BODY),
            self._party("Kofi Brandt", "Openfield Data Works", DIGITAL),
            "32,000",
        )
        self.tips = Bid(
            "How long is the queue",
            self._party("Margery Stott", "Upper Hadding Town Council", COUNCIL),
            self._party("Sana Whitlock", "Lantern Row Design", DESIGN),
            "22,000",
        )
        self.buses = Bid(
            "Buses that wait",
            self._party("Nia Penhallow", "Middling District Council", COUNCIL),
            self._party("Freya Longman", "Plain Words Studio", DESIGN),
            "30,000",
        )

    @property
    def awarded(self):
        return [self.repairs, self.bins, self.rooms]

    @property
    def scored(self):
        return [*self.awarded, self.halls]

    @property
    def in_time(self):
        return [*self.scored, self.tips]

    @property
    def bids(self):
        return [*self.in_time, self.buses]

    def evaluators_of(self, bid):
        """Philippa is a deputy: she stands in where Yewande is blocked."""
        return [self.tomasz, self.philippa if bid is self.halls else self.yewande, self.haruto]
