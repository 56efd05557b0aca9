"""The one lock of delivery: a contract's row, taken first by every move that changes what it owes.

Writing a draft, handing in, reviewing and what follows from an acceptance then come one after another:
what was read is what is published, and two last acceptances see each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tenders.models import Contract


@contextmanager
def alone(contract: Contract) -> Iterator[None]:
    """A transaction that holds the contract's row to its end."""
    with transaction.atomic():
        Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        yield
