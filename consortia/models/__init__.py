"""The parties' tables, a module a noun."""

from consortia.models.consortium import Consortium, Member, NamedPerson
from consortia.models.invitation import Invitation
from consortia.models.organisation import Belonging, Organisation

__all__ = ["Belonging", "Consortium", "Invitation", "Member", "NamedPerson", "Organisation"]
