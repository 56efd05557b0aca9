"""Commands for the server that move tenders."""
