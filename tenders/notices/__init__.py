"""Who is told what by mail, a module a noun."""
