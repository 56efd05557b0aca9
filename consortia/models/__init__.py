"""The parties' tables, a module a noun."""

from consortia.models.consortium import Consortium, Member, NamedPerson
from consortia.models.invitation import LASTS, Invitation
from consortia.models.organisation import Belonging, Organisation
from consortia.models.request import WAITS, JoinRequest

__all__ = [
    "LASTS",
    "WAITS",
    "Belonging",
    "Consortium",
    "Invitation",
    "JoinRequest",
    "Member",
    "NamedPerson",
    "Organisation",
]
