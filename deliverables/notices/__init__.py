"""Mails of delivery, each queued in the transaction of its move: a module a noun."""
