"""Reading delivery and the library: a module a noun."""
