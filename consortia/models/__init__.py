"""The parties' tables, a module a noun."""

from consortia.models.consortium import Consortium, Member, NamedPerson
from consortia.models.invitation import LASTS, Invitation
from consortia.models.organisation import PUBLIC_SECTOR, Belonging, Organisation
from consortia.models.request import WAITS, JoinRequest

__all__ = [
    "LASTS",
    "PUBLIC_SECTOR",
    "WAITS",
    "Belonging",
    "Consortium",
    "Invitation",
    "JoinRequest",
    "Member",
    "NamedPerson",
    "Organisation",
]
