"""The lock that makes an acceptance and what follows from it one move: a contract's row, taken first."""

from tenders.models import Contract


def alone(contract: Contract) -> None:
    """Hold the contract's row until the transaction ends. Two last acceptances then see each other."""
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
